// Text that is put together as UTF-8 bytes: what is hashed for each of millions of events. Joining strings costs a
// flattening and an encoding of each result; bytes are written once. The pieces are short: eight bytes at a time in a
// loop of ours they are copied several times faster than by the runtime, whose calls cost more than the copying. What
// is called write… writes at a place where its caller made room, and returns where it ends: who puts many pieces
// together asks once for all of them.

/** A growing text. `length` is how many of `bytes` are written; `view` is of the same; `views` are for `written`. */
export type ByteText = {
  bytes: Buffer<ArrayBuffer>;
  view: DataView<ArrayBuffer>;
  length: number;
  views: (Uint8Array | undefined)[];
};

/** An empty text with room for so many bytes: in `memory`, if that is as large. */
export function createByteText(room: number, memory?: Buffer<ArrayBuffer>): ByteText {
  const bytes = memory && memory.length >= room ? memory : Buffer.allocUnsafeSlow(room);
  return { bytes, view: viewOf(bytes), length: 0, views: [] };
}

/** The same bytes, as they are copied from. */
export function viewOf<T extends ArrayBufferLike>(bytes: Uint8Array<T>): DataView<T> {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Writes `from[start..end)` at `at`, where there is room for it, and returns where it ends. */
export function copyBytes(to: DataView, at: number, from: DataView, start: number, end: number): number {
  const stop = at + end - start;
  let out = at;
  let index = start;
  // The last piece is copied whole: some of it may be there already.
  if (end - start >= 8) {
    for (const last = end - 8; index < last; index += 8, out += 8)
      to.setBigInt64(out, from.getBigInt64(index, true), true);
    to.setBigInt64(stop - 8, from.getBigInt64(end - 8, true), true);
  } else if (end - start >= 4) {
    to.setInt32(out, from.getInt32(index, true), true);
    to.setInt32(stop - 4, from.getInt32(end - 4, true), true);
  } else while (index < end) to.setUint8(out++, from.getUint8(index++));
  return stop;
}

/** Whether `length` bytes are the same in two places. */
export function sameBytes(one: DataView, at: number, other: DataView, from: number, length: number): boolean {
  let index = 0;
  if (length >= 4) {
    for (const last = length - 4; index < last; index += 4)
      if (one.getInt32(at + index, true) !== other.getInt32(from + index, true)) return false;
    return one.getInt32(at + length - 4, true) === other.getInt32(from + length - 4, true);
  }
  for (; index < length; index++) if (one.getUint8(at + index) !== other.getUint8(from + index)) return false;
  return true;
}

/** Makes room for so many further bytes. */
export function makeRoom(to: ByteText, more: number): void {
  const wanted = to.length + more;
  if (wanted <= to.bytes.length) return;
  const larger = Buffer.allocUnsafeSlow(Math.max(wanted, to.bytes.length * 2));
  to.bytes.copy(larger, 0, 0, to.length);
  to.bytes = larger;
  to.view = viewOf(larger);
  to.views.length = 0;
}

/** What is written so far. Texts of one length share a view: making one costs a quarter of hashing it. */
export function written(text: ByteText): Uint8Array {
  const { length } = text;
  if (length >= longestViewed) return text.bytes.subarray(0, length);
  let view = text.views[length];
  if (view === undefined) {
    view = text.bytes.subarray(0, length);
    text.views[length] = view;
  }
  return view;
}
const longestViewed = 2048;

/** Appends `from[start..end)`. */
export function putBytes(to: ByteText, from: DataView, start: number, end: number): void {
  makeRoom(to, end - start);
  to.length = copyBytes(to.view, to.length, from, start, end);
}

/** Appends a text. One that is not well-formed gets U+FFFD in place of lone surrogates. */
export function putText(to: ByteText, text: string): void {
  makeRoom(to, text.length * 3);
  to.length += to.bytes.write(text, to.length);
}

/**
 * Writes the inside of a JSON string whose value is the UTF-8 text `from[start..end)`, escaped as JSON.stringify does.
 * Takes up to six times as much room.
 */
export function writeEscaped(to: DataView, at: number, from: DataView, start: number, end: number): number {
  let out = at;
  for (let index = start; index < end; ) {
    const plain = index;
    while (index < end && isEscaped[from.getUint8(index)] === 0) index += 1;
    out = copyBytes(to, out, from, plain, index);
    if (index === end) break;
    const written = escapes[from.getUint8(index++)] as Uint8Array;
    for (let place = 0; place < written.length; place++) to.setUint8(out++, written[place] as number);
  }
  return out;
}

/** For each byte that may not stand in a JSON string as it is, what JSON.stringify writes instead. */
export const escapes: readonly (Uint8Array | undefined)[] = Array.from({ length: 256 }, (_, byte) => {
  const text = String.fromCharCode(byte);
  const written = JSON.stringify(text).slice(1, -1);
  return byte < 128 && written !== text ? Buffer.from(written) : undefined;
});
/** 1 for those bytes. */
export const isEscaped = Uint8Array.from(escapes, (written) => (written ? 1 : 0));

/** Writes a whole number, from 0 to 2^53, in decimal digits: 16 at most. */
export function writeNumber(to: DataView, at: number, value: number): number {
  let digits = 1;
  for (let limit = 10; value >= limit; limit *= 10) digits += 1;
  const end = at + digits;
  let place = end;
  // Numbers of 32 bits divide several times faster.
  let rest = value;
  while (rest > 0xffffffff) {
    const tenth = Math.floor(rest / 10);
    to.setUint8(--place, 48 + (rest - tenth * 10));
    rest = tenth;
  }
  let small = rest >>> 0;
  do {
    const tenth = (small / 10) >>> 0;
    to.setUint8(--place, 48 + (small - tenth * 10));
    small = tenth;
  } while (place > at);
  return end;
}

/** Writes bytes in lower-case hexadecimal digits. */
export function writeHex(to: DataView, at: number, from: Uint8Array, start: number, end: number): number {
  let out = at;
  for (let index = start; index < end; index++, out += 2)
    to.setUint16(out, hexDigits[from[index] as number] as number);
  return out;
}
/** Both digits of each byte, as the 16 bits that are written. */
const hexDigits = Uint16Array.from({ length: 256 }, (_, byte) =>
  Buffer.from(byte.toString(16).padStart(2, '0')).readUInt16BE(0),
);
