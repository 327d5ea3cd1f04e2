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

/**
 * The records of the list that opens at `from` in an answer, and the index behind it; null where the answer ends before
 * the list does. `text` is the answer with one character for each byte. Throws SyntaxError for what is no JSON.
 */
export function cutRecords(
  bytes: Buffer<ArrayBuffer>,
  text: string,
  from: number,
): { records: PageRecord[]; end: number } | null {
  const { length } = bytes;
  const records: PageRecord[] = [];
  const breaks = [searchFor(bytes, newline), searchFor(bytes, carriageReturn)];
  canonicaliser.open(bytes);
  try {
    let at = skipBlank(bytes, from + 1, length);
    while (bytes[at] !== closeList) {
      const known = canonicaliser.endOf(at);
      const end = known === -1 && at < length ? endOfValue(text, at) : known;
      if (end <= at) return null;
      // What nests this deep is rejected by the import, which says so.
      const isDeep = known === -1 && end - at > 200 && isTooDeep(text.slice(at, end));
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
