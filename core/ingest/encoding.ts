// Bytes to text, strictly: a byte that means nothing is never replaced by a question mark. UTF-8 unless a byte order
// mark or the pattern of NUL bytes says UTF-16. A file that is not UTF-8 and has shown nothing but ASCII before is
// windows-1252, and the import says so; one that was UTF-8 and stops being it is damaged.

import { isAscii, isUtf8 } from 'node:buffer';
import { AppError } from '#core/errors.ts';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

export type Decoder = {
  /** Text of the next piece. Throws AppError('input') with the line where the bytes stop making sense. */
  decode(piece: Uint8Array): string;
  /** The same as UTF-8: the piece itself where it is that already. Throws as decode. */
  decodeBytes(piece: Uint8Array): Uint8Array;
  /** What is left at the end of the file. */
  end(): string;
  /** Final once everything has been decoded. */
  encoding(): Encoding;
};

/** A decoder for a file that begins with `head`. `name` is for messages. */
export function createDecoder(head: Uint8Array, name: string): Decoder {
  let encoding = detectEncoding(head);
  let decoder = new TextDecoder(encoding, { fatal: true });
  let onlyAscii = true;
  let lines = 1;
  /** Whether the decoder is past the beginning of the file and waits for no end of a character. */
  let isWhole = false;
  /** Bytes of an unfinished character at the end of the last piece, to be read again if the encoding changes. */
  let unfinished: Uint8Array = new Uint8Array(0);

  function decode(piece: Uint8Array, isLast: boolean): string {
    try {
      const text = decoder.decode(piece, { stream: !isLast });
      remember(piece, text);
      isWhole = piece.length > 3 && unfinishedTail(piece) === 0;
      return text;
    } catch {
      if (encoding !== 'utf-8' || !onlyAscii || !isPlainBefore(piece)) throw undecodable(piece);
      // Everything so far was ASCII, which both encodings share.
      encoding = 'windows-1252';
      decoder = new TextDecoder(encoding);
      return decoder.decode(Buffer.concat([unfinished, piece]), { stream: !isLast });
    }
  }

  function remember(piece: Uint8Array, text: string): void {
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines += 1;
    if (encoding !== 'utf-8' || !onlyAscii) return;
    const joined = Buffer.concat([unfinished, piece]);
    const tail = unfinishedTail(joined);
    unfinished = joined.subarray(joined.length - tail);
    // One byte a character means ASCII; a byte order mark gives no character.
    onlyAscii = text.length === joined.length - tail;
  }

  /** Whether the piece that failed has no whole UTF-8 character beyond ASCII before the byte that fails. */
  function isPlainBefore(piece: Uint8Array): boolean {
    const loose = new TextDecoder('utf-8').decode(Buffer.concat([unfinished, piece]));
    const failing = loose.indexOf('\ufffd');
    return /^[\0-\x7f]*$/.test(loose.slice(0, Math.max(0, failing)));
  }

  function undecodable(piece: Uint8Array): AppError {
    const loose = new TextDecoder(encoding).decode(piece);
    const before = loose.slice(0, Math.max(0, loose.indexOf('\ufffd')));
    const line = lines + before.split('\n').length - 1;
    return new AppError(
      'input',
      `${name} is not ${encoding.toUpperCase()} text: line ${line} has bytes that mean nothing in it. Nothing of it was imported. Save or export it as UTF-8.`,
    );
  }

  function decodeBytes(piece: Uint8Array): Uint8Array {
    if (encoding !== 'utf-8' || !isWhole || !isUtf8(piece)) return Buffer.from(decode(piece, false));
    for (let at = piece.indexOf(newline); at !== -1; at = piece.indexOf(newline, at + 1)) lines += 1;
    onlyAscii &&= isAscii(piece);
    return piece;
  }

  return {
    decode: (piece) => decode(piece, false),
    decodeBytes,
    end: () => decode(new Uint8Array(0), true),
    encoding: () => encoding,
  };
}

const newline = 10;

function detectEncoding(head: Uint8Array): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  // Text of a log is mostly ASCII: in UTF-16 every other byte of it is NUL.
  const sample = head.subarray(0, 1024);
  let even = 0;
  let odd = 0;
  for (let at = 0; at < sample.length; at++) if (sample[at] === 0) at % 2 === 0 ? even++ : odd++;
  if (odd > sample.length * 0.3 && even < sample.length * 0.05) return 'utf-16le';
  if (even > sample.length * 0.3 && odd < sample.length * 0.05) return 'utf-16be';
  return 'utf-8';
}

/** How many bytes at the end begin a UTF-8 character that is not finished. */
function unfinishedTail(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] as number;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
  }
  return 0;
}
