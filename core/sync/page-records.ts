// Cuts the list of an answer into its records. They stay the bytes that came: of a shape that was seen before, a record is
// cut and put into its canonical form without being parsed or becoming a string.

import { hash } from 'node:crypto';
import { createByteText, putBytes, viewOf, written } from '#core/ingest/byte-text.ts';
import { endOfValue, isTooDeep } from '#core/ingest/json.ts';
import { createCanonicaliser } from '#core/ingest/json-canonical.ts';
import { skipBlank } from '#core/ingest/json-members.ts';

/**
 * The records of a page, each on one line as it was received, and their canonical JSON: records that have the same are the
 * same. In few large values, so that they can be handed to another thread.
 */
export type PageRecords = {
  bytes: Buffer<ArrayBuffer>;
  canonical: Buffer<ArrayBuffer>;
  /** Of each record `placeStride` numbers: see `slot`. */
  places: Int32Array<ArrayBuffer>;
};

/** Where a record begins and ends in `bytes`, and its canonical JSON in `canonical`. */
export const slot = { from: 0, to: 1, canonicalFrom: 2, canonicalTo: 3 } as const;
export const placeStride = 4;

export const countOf = ({ places }: PageRecords): number => places.length / placeStride;

/** One of the numbers of a record. */
export const placeOf = (
  { places }: Pick<PageRecords, 'places'>,
  index: number,
  which: (typeof slot)[keyof typeof slot],
): number => places[index * placeStride + which] as number;

/** A record as text. */
export const textOf = (records: PageRecords, index: number): string =>
  records.bytes.toString('utf8', placeOf(records, index, slot.from), placeOf(records, index, slot.to));

/** The records from `index` on. */
export const recordsFrom = (records: PageRecords, index: number): PageRecords => ({
  ...records,
  places: records.places.subarray(index * placeStride),
});

/** Reads the SHA-256 over the canonical JSON of each record, a character for each byte. */
export function createDigestReader(records: PageRecords): (index: number) => string {
  const canonical = viewOf(records.canonical);
  const one = createByteText(1024);
  return (index) => {
    one.length = 0;
    const end = placeOf(records, index, slot.canonicalTo);
    putBytes(one, canonical, placeOf(records, index, slot.canonicalFrom), end);
    return hash('sha256', written(one), 'binary');
  };
}

/** What records share if they are the same: twelve characters each, which are not shared otherwise. */
export function keysOf(records: PageRecords): string[] {
  const digestOf = createDigestReader(records);
  return Array.from({ length: countOf(records) }, (_, index) => digestOf(index).slice(0, 12));
}

const newline = 10;
const carriageReturn = 13;
const space = 32;
const comma = 44;
const closeList = 93;

/** The answers of an API have records of few shapes: what is learnt of one answer serves the next. */
const canonicaliser = createCanonicaliser();
const nothing = Buffer.alloc(0);

/** Memory of canonical texts that nobody reads any more. */
const spare: Buffer<ArrayBuffer>[] = [];
const mostSpare = 8;

/** Takes back the memory of canonical texts: fresh memory for each page costs the system as much as filling it. */
export function giveBack({ buffer }: Buffer<ArrayBuffer>): void {
  if (spare.length < mostSpare) spare.push(Buffer.from(buffer));
}

/** A page without records. */
export const noRecords = (): PageRecords => ({
  bytes: nothing,
  canonical: nothing,
  places: new Int32Array(0),
});

/** One character for each byte: what JSON is built of is ASCII, and stands at the same index in both. */
export const bytesAsText = (bytes: Buffer): string => bytes.toString('latin1');

/**
 * The records of the list that opens at `from` in an answer, and the index behind it; null where the answer ends before
 * the list does. Throws SyntaxError for what is no JSON.
 */
export function cutRecords(
  bytes: Buffer<ArrayBuffer>,
  from: number,
): { records: PageRecords; end: number } | null {
  const { length } = bytes;
  const places: number[] = [];
  const canonical = createByteText(length - from, spare.pop());
  const view = viewOf(bytes);
  /** Only made for records of shapes that were not seen before. */
  let text: string | null = null;
  canonicaliser.open(bytes);
  try {
    let at = skipBlank(bytes, from + 1, length);
    while (bytes[at] !== closeList) {
      let end = canonicaliser.endOf(at);
      let isDeep = false;
      if (end === -1) {
        text ??= bytesAsText(bytes);
        end = at < length ? endOfValue(text, at) : -1;
        if (end <= at) return null;
        // What nests this deep is rejected by the import, which says so.
        isDeep = end - at > 200 && isTooDeep(text.slice(at, end));
      }
      const begin = canonical.length;
      if (isDeep) putBytes(canonical, view, at, end);
      else canonicaliser.putCanonical(at, end, canonical);
      places.push(at, end, begin, canonical.length);
      at = skipBlank(bytes, end, length);
      if (bytes[at] === comma) at = skipBlank(bytes, at + 1, length);
      else if (bytes[at] !== closeList) return null;
    }
    const records = {
      bytes,
      canonical: canonical.bytes.subarray(0, canonical.length),
      places: new Int32Array(places),
    };
    return { records: onLines(records), end: at + 1 };
  } finally {
    canonicaliser.open(nothing);
  }
}

/** The same records without line breaks, which can only stand between the parts of a record: runs of them become a blank. */
function onLines(records: PageRecords): PageRecords {
  const breaks = [searchFor(records.bytes, newline), searchFor(records.bytes, carriageReturn)];
  const count = countOf(records);
  const isBroken = (index: number) =>
    breaks.some((isWithin) => isWithin(placeOf(records, index, slot.from), placeOf(records, index, slot.to)));
  let first = 0;
  while (first < count && !isBroken(first)) first += 1;
  if (first === count) return records;
  // As long at most: what was laid out in lines is copied without them.
  const bytes = Buffer.allocUnsafeSlow(records.bytes.length);
  const places = records.places.slice();
  let length = 0;
  for (let index = 0; index < count; index++) {
    places[index * placeStride + slot.from] = length;
    const to = placeOf(records, index, slot.to);
    for (let at = placeOf(records, index, slot.from); at < to; at++) {
      const byte = records.bytes[at] as number;
      if (byte !== newline && byte !== carriageReturn) bytes[length++] = byte;
      else if (records.bytes[at - 1] !== newline && records.bytes[at - 1] !== carriageReturn)
        bytes[length++] = space;
    }
    places[index * placeStride + slot.to] = length;
  }
  return { ...records, bytes, places };
}

/** Whether a byte stands within `from..to`, asked from the beginning of the bytes to their end. */
function searchFor(bytes: Uint8Array, byte: number): (from: number, to: number) => boolean {
  let found = -1;
  return (from, to) => {
    if (found < from) found = bytes.indexOf(byte, from);
    if (found === -1) found = bytes.length;
    return found < to;
  };
}
