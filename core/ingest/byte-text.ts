// Text that is put together as UTF-8 bytes: what is hashed for each of millions of events. Joining strings costs a
// flattening and an encoding of each result; bytes are written once, and copied in loops because the pieces are short.

/** A growing text. `length` is how many of `bytes` are written; `views` are for `written`. */
export type ByteText = { bytes: Buffer<ArrayBuffer>; length: number; views: (Uint8Array | undefined)[] };

/** An empty text with room for so many bytes. */
export function createByteText(room: number): ByteText {
  return { bytes: Buffer.allocUnsafeSlow(room), length: 0, views: [] };
}

/** Makes room for so many further bytes. */
export function makeRoom(to: ByteText, more: number): void {
  const wanted = to.length + more;
  if (wanted <= to.bytes.length) return;
  const larger = Buffer.allocUnsafeSlow(Math.max(wanted, to.bytes.length * 2));
  to.bytes.copy(larger, 0, 0, to.length);
  to.bytes = larger;
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
export function putBytes(to: ByteText, from: Uint8Array, start: number, end: number): void {
  makeRoom(to, end - start);
  const { bytes } = to;
  let at = to.length;
  for (let index = start; index < end; index++) bytes[at++] = from[index] as number;
  to.length = at;
}

/** Appends a text. One that is not well-formed gets U+FFFD in place of lone surrogates. */
export function putText(to: ByteText, text: string): void {
  makeRoom(to, text.length * 3);
  to.length += to.bytes.write(text, to.length);
}

/** Appends a short text of ASCII letters only. */
export function putAscii(to: ByteText, text: string): void {
  makeRoom(to, text.length);
  const { bytes } = to;
  let at = to.length;
  for (let index = 0; index < text.length; index++) bytes[at++] = text.charCodeAt(index);
  to.length = at;
}

/** Appends the inside of a JSON string whose value is the UTF-8 text `from[start..end)`, escaped as JSON.stringify does. */
export function putEscaped(to: ByteText, from: Uint8Array, start: number, end: number): void {
  makeRoom(to, (end - start) * 6);
  const { bytes } = to;
  let at = to.length;
  for (let index = start; index < end; index++) {
    const byte = from[index] as number;
    const written = escapes[byte];
    if (written === undefined) bytes[at++] = byte;
    else for (let place = 0; place < written.length; place++) bytes[at++] = written[place] as number;
  }
  to.length = at;
}

/** For each byte that may not stand in a JSON string as it is, what JSON.stringify writes instead. */
export const escapes: readonly (Uint8Array | undefined)[] = Array.from({ length: 256 }, (_, byte) => {
  const text = String.fromCharCode(byte);
  const written = JSON.stringify(text).slice(1, -1);
  return byte < 128 && written !== text ? Buffer.from(written) : undefined;
});

/** Appends a whole number, from 0 to 2^53, in decimal digits. */
export function putNumber(to: ByteText, value: number): void {
  makeRoom(to, 16);
  let digits = 1;
  for (let limit = 10; value >= limit; limit *= 10) digits += 1;
  let at = to.length + digits;
  to.length = at;
  // Numbers of 32 bits divide several times faster.
  let rest = value;
  while (rest > 0xffffffff) {
    const tenth = Math.floor(rest / 10);
    to.bytes[--at] = 48 + (rest - tenth * 10);
    rest = tenth;
  }
  let small = rest >>> 0;
  do {
    const tenth = (small / 10) >>> 0;
    to.bytes[--at] = 48 + (small - tenth * 10);
    small = tenth;
  } while (at > to.length - digits);
}

/** Appends bytes in lower-case hexadecimal digits. */
export function putHex(to: ByteText, from: Uint8Array, start: number, end: number): void {
  makeRoom(to, (end - start) * 2);
  const { bytes } = to;
  let at = to.length;
  for (let index = start; index < end; index++) {
    const byte = from[index] as number;
    bytes[at++] = hexDigits[byte >> 4] as number;
    bytes[at++] = hexDigits[byte & 15] as number;
  }
  to.length = at;
}
const hexDigits = Buffer.from('0123456789abcdef');
