// Reads DER as time stamps and signatures have it. Whoever sends it is not trusted: definite lengths alone, and every length is
// held against what is there.

/** One element: its tag, the bytes of its value, and all of its bytes. */
export type Element = { tag: number; content: Uint8Array; raw: Uint8Array };

/** The tags that are read here; `first` is [0], constructed. */
export const tags = {
  boolean: 0x01,
  integer: 0x02,
  octets: 0x04,
  oid: 0x06,
  time: 0x18,
  sequence: 0x30,
  set: 0x31,
  first: 0xa0,
} as const;

/** The elements that a value is made of, up to its very end. Throws an Error that says what is wrong with it. */
export function inside(value: Uint8Array): Element[] {
  const found: Element[] = [];
  for (let at = 0; at < value.length; ) {
    const { element, end } = readElement(value, at);
    found.push(element);
    at = end;
  }
  return found;
}

/** The element that begins at `at`, and where it ends. Throws an Error as `inside` does. */
export function readElement(value: Uint8Array, at: number): { element: Element; end: number } {
  const tag = value[at] as number;
  let length = value[at + 1] ?? 0x80;
  let start = at + 2;
  if (length >= 0x80) {
    const bytes = length & 0x7f;
    if (bytes === 0 || bytes > 3) throw new Error('it is not DER');
    length = Buffer.from(value.subarray(start, start + bytes)).reduce((sum, byte) => sum * 256 + byte, 0);
    start += bytes;
  }
  if ((tag & 0x1f) === 0x1f || start + length > value.length) throw new Error('it is cut, or not DER');
  const end = start + length;
  return { element: { tag, content: value.subarray(start, end), raw: value.subarray(at, end) }, end };
}

/** The value of an element that has to be there with this tag. */
export function must(found: Element | undefined, tag: number): Uint8Array {
  if (found?.tag !== tag) throw new Error('it is put together in another way');
  return found.content;
}

/** The value of the one element that is there, with this tag. */
export function only(value: Uint8Array, tag: number): Uint8Array {
  const [found, ...more] = inside(value);
  if (more.length > 0) throw new Error('something follows it');
  return must(found, tag);
}

/** An object identifier in dots. */
export function dotted(value: Uint8Array): string {
  const arcs: number[] = [];
  let arc = 0;
  for (const byte of value) {
    arc = arc * 128 + (byte & 0x7f);
    if (byte >= 0x80) continue;
    arcs.push(arc);
    arc = 0;
  }
  const [both = 0, ...rest] = arcs;
  const top = Math.min(2, Math.floor(both / 40));
  return [top, both - top * 40, ...rest].join('.');
}
