import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCanonicaliser } from '#core/ingest/json-canonical.ts';
import { canonicalJson, parseJson } from '#core/integrity/canonical.ts';

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
        const canonicalOf = createCanonicaliser();
        for (const text of [...records, ...records.toReversed()]) {
          expect(Buffer.from(canonicalOf(text)).toString()).toBe(canonicalJson(parseJson(text)));
        }
      }),
    );
  });

  it('refuses what is no JSON, also where it looks like the others', () => {
    const canonicalOf = createCanonicaliser();
    canonicalOf('{"a":"x","b":[1]}');
    for (const broken of [
      '{"a":"\\x","b":[1]}',
      '{"a":01,"b":[1]}',
      '{"a":"x","b":[1,]}',
      '{"a":nul,"b":[1]}',
      '{"a":"x"',
    ])
      expect(() => canonicalOf(broken), broken).toThrow(SyntaxError);
  });
});
