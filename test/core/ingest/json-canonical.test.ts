import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createByteText, written } from '#core/ingest/byte-text.ts';
import { type Canonicaliser, createCanonicaliser } from '#core/ingest/json-canonical.ts';
import { canonicalJson, parseJson } from '#core/integrity/canonical.ts';

/** The canonical JSON of a record that stands between others. */
function canonicalOf(reader: Canonicaliser, record: string): string {
  const [before, text] = [Buffer.from('[{"a":"ü"},'), Buffer.from(record)];
  const to = before.length + text.length;
  reader.open(Buffer.concat([before, text, Buffer.from(',{}]')]));
  const end = reader.endOf(before.length);
  if (end !== -1) expect(end).toBe(to);
  const canonical = createByteText(16);
  reader.putCanonical(before.length, to, canonical);
  return Buffer.from(written(canonical)).toString();
}

describe('the canonical JSON of records of few shapes', () => {
  it('is that of each record by itself', () => {
    const member = fc.oneof(
      fc.constantFrom(
        '"a"',
        '"\\u00fc"',
        '"\\/"',
        'null',
        '-0',
        '1.50',
        '12',
        '9007199254740993',
        '[ ]',
        '{"b":1,"a":[2]}',
      ),
      fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.stringify(value)),
    );
    const record = fc
      .tuple(member, member, member)
      .map(([a, b, c]) => `{"time":${a}, "user":{"name":${b} ,"id":1},"a":${c}}`);
    fc.assert(
      fc.property(fc.array(record, { maxLength: 20 }), (records) => {
        const reader = createCanonicaliser();
        for (const text of [...records, ...records.toReversed()]) {
          expect(canonicalOf(reader, text)).toBe(canonicalJson(parseJson(text)));
        }
      }),
    );
  });

  it('refuses what is no JSON, also where it looks like the others', () => {
    const reader = createCanonicaliser();
    canonicalOf(reader, '{"a":"x","b":[1]}');
    for (const broken of [
      '{"a":"\\x","b":[1]}',
      '{"a":01,"b":[1]}',
      '{"a":"x","b":[1,]}',
      '{"a":nul,"b":[1]}',
      '{"a":"x"',
    ])
      expect(() => canonicalOf(reader, broken), broken).toThrow(SyntaxError);
  });
});
