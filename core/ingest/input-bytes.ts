// The bytes of a file that are looked at: what was not read yet, and the next piece behind it. They lie in memory that is
// used again and again; fresh memory for each piece would have the runtime collect it dozens of times in a large file.

/** Takes the next piece of a file. */
export type InputBytes = (
  /** From here on what was returned the last time is still needed. */
  from: number,
  piece: Uint8Array,
) => Buffer<ArrayBuffer>;

/** Input that begins with nothing. What it returned before is not valid any more when the next piece comes. */
export function createInputBytes(): InputBytes {
  let memory = Buffer.allocUnsafeSlow(0);
  let length = 0;
  return (from, piece) => {
    const rest = length - from;
    const needed = rest + piece.length;
    if (needed > memory.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(needed, memory.length * 2));
      memory.copy(larger, 0, from, length);
      memory = larger;
    } else if (from > 0) memory.copyWithin(0, from, length);
    memory.set(piece, rest);
    length = needed;
    return memory.subarray(0, length);
  };
}
