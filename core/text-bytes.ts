// Text on its way into a file: each piece becomes UTF-8 at once, so that what is gathered for one large write is bytes and
// not a long chain of strings, which would outlive many collections and has to be walked again.

export type TextBytes = {
  add(text: string): void;
  /** Hands on what is gathered. */
  flush(): void;
};

const nothing = Buffer.alloc(0);

/**
 * Gathers text and hands it on as UTF-8, some `room` bytes at a time. `take` gets bytes that nobody writes to again. A
 * character must not be cut in two pieces.
 */
export function gatherText(room: number, take: (bytes: Buffer) => void): TextBytes {
  const encoder = new TextEncoder();
  let bytes = nothing;
  let length = 0;
  const flush = () => {
    if (length > 0) take(bytes.subarray(0, length));
    bytes = nothing;
    length = 0;
  };
  return {
    add(text) {
      // A UTF-16 unit takes three bytes at most.
      const most = text.length * 3;
      if (length + most > bytes.length) {
        flush();
        bytes = Buffer.allocUnsafeSlow(Math.max(room, most));
      }
      length += encoder.encodeInto(text, bytes.subarray(length)).written;
    },
    flush,
  };
}
