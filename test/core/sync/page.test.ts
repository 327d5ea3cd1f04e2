import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createClient } from '#core/sync/client.ts';
import { readPage } from '#core/sync/page.ts';
import { countOf, keysOf, type PageRecords, textOf } from '#core/sync/page-records.ts';

const url = new URL('http://127.0.0.1/log');
const shape = {
  list: ['größe/entries', 'entries', ''],
  paging: { kind: 'cursor', cursor: 'cursor', from: 'next' },
  errors: ['error'],
} as const;

function read(answer: string | Buffer<ArrayBuffer>) {
  const body = typeof answer === 'string' ? Buffer.from(answer) : answer;
  return readPage({ body, url, link: null }, { ...shape, list: [...shape.list], errors: [...shape.errors] });
}

function recordsOf(answer: string): PageRecords {
  const reading = read(answer);
  if (!('value' in reading)) throw new Error(JSON.stringify(reading));
  return reading.value.records;
}

const textsOf = (records: PageRecords) =>
  Array.from({ length: countOf(records) }, (_, index) => textOf(records, index));

const record = fc.oneof(
  fc.record({ id: fc.nat(), name: fc.string({ unit: 'binary' }), more: fc.jsonValue({ maxDepth: 3 }) }),
  fc.record({
    at: fc.double({ noNaN: true, noDefaultInfinity: true }),
    by: fc.record({ name: fc.string() }),
  }),
  fc.jsonValue({ maxDepth: 3 }),
);

describe('a page of an API', () => {
  it('gives each record as it was written, on one line, however the answer is laid out', () => {
    const indent = fc.constantFrom('', 2, '\t', ' \r\n');
    fc.assert(
      fc.property(fc.array(record), indent, fc.nat(3), (entries, indent, place) => {
        const written = (value: unknown) => JSON.stringify(value, null, indent as string);
        const answers = [
          written(entries),
          written({ total: '[{"', größe: { of: ['ü'], entries }, next: 'ü€' }),
          written({ next: 'ü€', error: { text: ']}' }, entries }),
          `{"entries" : ${written(entries)} ,"next":"ü€" }`,
        ];
        const texts = textsOf(recordsOf(answers[place] as string));
        expect(texts.map((one) => JSON.parse(one))).toEqual(
          entries.map((one) => JSON.parse(JSON.stringify(one))),
        );
        for (const one of texts) expect(one).not.toMatch(/[\r\n]/);
        const reading = read(answers[place] as string);
        if (place > 0) expect(reading).toMatchObject({ value: { next: 'ü€' } });
      }),
    );
  });

  it('knows a record again in whichever order its members are written, and no other', () => {
    const records = recordsOf(
      '[{"a":1,"b":"ü"},{"b":"ü","a":1},{ "b" : "\\u00fc" , "a":1.0},{"a":1,"b":"u"},{"a":1,"b":"ü","c":null}]',
    );
    const [one, other, third, ...rest] = keysOf(records);
    expect([other, third]).toEqual([one, one]);
    expect(new Set([one, ...rest]).size).toBe(3);
    expect(textOf(records, 2)).toBe('{ "b" : "\\u00fc" , "a":1.0}');
  });

  it('is damaged wherever it is cut off', () => {
    const answer = Buffer.from('{"größe":{"entries":[{"a":"}ü"},{"a":"b","c":[1]}]},"next":"x"}');
    for (let end = 1; end < answer.length; end++) {
      const reading = read(Buffer.from(answer.subarray(0, end)));
      expect('damaged' in reading || 'refused' in reading, answer.toString('utf8', 0, end)).toBe(true);
    }
    expect(read('[{"a":"x"},{"a":"line\nbreak"}]')).toHaveProperty('damaged');
    expect(read('[{"a":1},{"a":01}]')).toHaveProperty('damaged');
  });

  it('takes a record that nests deeper than any record may as it is: the import rejects it', () => {
    const deep = `{"a":${'['.repeat(300)}${']'.repeat(300)}}`;
    expect(textsOf(recordsOf(`[${deep},{"a":1}]`))).toEqual([deep, '{"a":1}']);
  });

  it('comes without its byte order mark, and with a sign where its bytes mean nothing', async () => {
    const sent = Buffer.concat([Buffer.from('\ufeff[{"a":"'), Buffer.from([0xfc]), Buffer.from('"}]')]);
    const client = createClient({
      connector: { vendor: 'Testing', auth: { kind: 'none' }, headers: {}, limits: null, token: '' },
      base: url.origin,
      token: null,
      fetch: async () => ({ status: 200, headers: new Headers(), body: new Response(sent).body as never }),
      signal: new AbortController().signal,
      say: () => {},
    });
    const text = await client.get(
      url,
      ({ body }) => ({ value: body.toString() }),
      () => null,
    );
    expect(text).toBe('[{"a":"\ufffd"}]');
  });
});
