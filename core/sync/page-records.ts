// Cuts the list of an answer into its records. They stay the bytes that came: of a shape that was seen before, a record is
// cut and hashed without being parsed or becoming a string.

import { hash } from 'node:crypto';
import { endOfValue, isTooDeep } from '#core/ingest/json.ts';
import { createCanonicaliser } from '#core/ingest/json-canonical.ts';
import { skipBlank } from '#core/ingest/json-members.ts';

/** A record on one line, as it was received: `bytes[from..to)`. Records with one key are the same record. */
export type PageRecord = { key: string; bytes: Buffer<ArrayBuffer>; from: number; to: number };

/** A record as text. */
export const textOf = ({ bytes, from, to }: PageRecord): string => bytes.toString('utf8', from, to);

/** The same record without the page it came in: one that is kept would keep it all. */
export const detached = ({ key, bytes, from, to }: PageRecord): PageRecord => ({
  key,
  bytes: Buffer.from(bytes.subarray(from, to)),
  from: 0,
  to: to - from,
});

const newline = 10;
const carriageReturn = 13;
const comma = 44;
const closeList = 93;

/** The answers of an API have records of few shapes: what is learnt of one answer serves the next. */
const canonicaliser = createCanonicaliser();
const nothing = Buffer.alloc(0);

/** One character for each byte: what JSON is built of is ASCII, and stands at the same index in both. */
export const bytesAsText = (bytes: Buffer): string => bytes.toString('latin1');

/**
 * The records of the list that opens at `from` in an answer, and the index behind it; null where the answer ends before
 * the list does. Throws SyntaxError for what is no JSON.
 */
export function cutRecords(
  bytes: Buffer<ArrayBuffer>,
  from: number,
): { records: PageRecord[]; end: number } | null {
  const { length } = bytes;
  const records: PageRecord[] = [];
  /** Only made for records of shapes that were not seen before. */
  let text: string | null = null;
  const breaks = [searchFor(bytes, newline), searchFor(bytes, carriageReturn)];
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
      const canonical = isDeep ? bytes.subarray(at, end) : canonicaliser.canonicalOf(at, end);
      const key = hash('sha256', canonical, 'binary').slice(0, 12);
      const record = { key, bytes, from: at, to: end };
      records.push(breaks.some((isWithin) => isWithin(at, end)) ? onOneLine(record) : record);
      at = skipBlank(bytes, end, length);
      if (bytes[at] === comma) at = skipBlank(bytes, at + 1, length);
      else if (bytes[at] !== closeList) return null;
    }
    return { records, end: at + 1 };
  } finally {
    canonicaliser.open(nothing);
  }
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

/** A line break can only stand between the parts of a record. */
function onOneLine(record: PageRecord): PageRecord {
  const bytes = Buffer.from(textOf(record).replace(/[\r\n]+/g, ' '));
  return { key: record.key, bytes, from: 0, to: bytes.length };
}
