// Two ways to batch JSON records: by the shape of their bytes, and each parsed on its own. They have to agree on everything.

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBatcher } from '#core/ingest/batcher.ts';
import { createByteText, putText } from '#core/ingest/byte-text.ts';
import { createJsonBatcher } from '#core/ingest/json-batcher.ts';
import { createJsonMembers, leavesOf } from '#core/ingest/json-members.ts';
import { detectShape, jsonRecord } from '#core/ingest/shape.ts';
import { watchRecords } from '#core/ingest/sightings.ts';
import { createMapper } from '#core/mapping/map.ts';
import type { Preset, Variant } from '#core/mapping/preset.ts';
import { fixture } from '../../support/workspace.ts';
import { readSamples, shapeOf, toValue } from '../mapping/samples.ts';
import { contentOf } from './batch-content.ts';

type Export = { preset: Preset; variant: Variant; records: string[] };

const flowtriq = readFileSync(fixture('flowtriq-export.ndjson'), 'utf8').trim().split('\n').slice(0, 100);
const ironflock = (JSON.parse(readFileSync(fixture('ironflock-export.json'), 'utf8')) as object[])
  .slice(0, 100)
  .map((record) => JSON.stringify(record));

/** The JSON samples of every preset, with those of the vendors that have a whole export. */
const samples: Export[] = readSamples().flatMap((sample) => {
  if (sample.format !== 'json') return [];
  const shape = shapeOf(sample);
  const own = sample.pairs.map(({ record }) => JSON.stringify(toValue(record, [])));
  const more = { ironflock, flowtriq }[shape.preset.id as string] ?? [];
  return [{ ...shape, records: [...own, ...more] }];
});

/** Values that are awkward to somebody, as JSON or as what is none. */
const awkward = [
  ...[
    'null',
    'true',
    '""',
    '" "',
    '"\\u00fc"',
    '"ü"',
    '"\\ud800"',
    '"a\\"b"',
    '"\\/"',
    '"\t"',
    '"\\x"',
    '"system"',
  ],
  ...['0', '-0', '-1', '01', '1.50', '1e3', '1E400', '9007199254740993', '123456789012345', '-', 'nul', '.5'],
  ...[
    '[]',
    '{}',
    '["READ"]',
    '[ "MAINTAIN" , "READ" ]',
    '{"READ":true}',
    '{"b":1,"a":"x"}',
    '[1,}',
    '{"a":1,"a":2}',
  ],
  ...[
    '"2026-03-09T09:44:19.120Z"',
    '"2026-02-30T09:44:19.120Z"',
    '"2026-03-09 09:44"',
    '1767607200123',
    '"Name"',
  ],
  ...[`${'['.repeat(70)}${']'.repeat(70)}`, `${'['.repeat(120)}${']'.repeat(120)}`],
];

function read(lines: readonly string[], { preset, variant, records }: Export, zone: string | null) {
  const info = {
    ...detectShape(`${records[0]}\n`, 'export.ndjson', () => true),
    name: 'export.ndjson',
    bytes: 1,
  };
  const source = 'Plant';
  const pieces = lines.map((text, at) => ({ text, row: at + 1, fault: null }));
  const watcher = watchRecords(variant, info);
  const oneByOne = createBatcher({ source, map: createMapper(preset, variant, [], zone), watcher });
  for (const piece of pieces) oneByOne.add(jsonRecord(piece));
  const expected = { batch: contentOf(oneByOne.take(0, null)), seen: watcher.conclude() };
  const seen = watchRecords(variant, info);
  const byShape = createJsonBatcher({ source, preset, variant, zone, watcher: seen });
  for (const piece of pieces) byShape.add(piece);
  expect({ batch: contentOf(byShape.take(0, null)), seen: seen.conclude() }).toEqual(expected);
}

describe('JSON records packed by their shape', () => {
  it('give what they give one by one, for the samples of every preset and for records changed in any place', () => {
    expect(samples.length).toBeGreaterThan(8);
    for (const sample of samples) {
      read(sample.records, sample, null);
      // A change at a value, a key or anywhere, of a record that comes as it is before and after.
      const changed = fc
        .record({
          base: fc.constantFrom(...sample.records),
          at: fc.nat(400),
          value: fc.constantFrom(...awkward),
          how: fc.constantFrom('value', 'key', 'twice', 'blank', 'cut', 'anywhere'),
        })
        .map(({ base, at, value, how }) => {
          const members = [...base.matchAll(/"((?:[^"\\]|\\.)*)":("(?:[^"\\]|\\.)*"|[^,{}[\]]+)/g)];
          const member = members[at % members.length];
          if (!member) return base;
          const before = base.slice(0, member.index);
          const after = base.slice(member.index + member[0].length);
          const [, key, old] = member;
          if (how === 'value') return `${before}"${key}":${value}${after}`;
          if (how === 'key') return `${before}"\\u0061${key}":${old}${after}`;
          if (how === 'twice') return `${before}"${key}":${value},${member[0]}${after}`;
          if (how === 'blank') return `${before} "${key}" :\t${old} ${after}`;
          if (how === 'cut') return base.slice(0, at);
          return base.slice(0, at) + value + base.slice(at);
        });
      const zone = fc.constantFrom(null, 'Europe/Berlin');
      fc.assert(
        fc.property(fc.array(changed, { maxLength: 12 }), zone, (lines, zone) =>
          read([...sample.records.slice(0, 3), ...lines, ...sample.records.slice(0, 3)], sample, zone),
        ),
        { numRuns: 60 },
      );
    }
  });

  it('are cut where a record is of the same shape, and nowhere else', () => {
    const shape = createJsonMembers(leavesOf({ a: 1, b: { c: 'x', d: [] }, e: null }));
    const cutOf = (record: string) => {
      const text = createByteText(64);
      putText(text, record);
      if (shape.cut(text, 0, text.length) !== text.length) return null;
      return [...shape.starts].map((from, at) => text.bytes.toString('utf8', from, shape.ends[at]));
    };
    expect(cutOf('{"a":1,"b":{"c":"x","d":[]},"e":null}')).toEqual(['1', '"x"', '[]', 'null']);
    expect(cutOf('{ "a" : "ü" ,"b": {"c":{"d":"}"},"d":["]"] } , "e":-1.5e3}')).toEqual([
      ...['"ü"', '{"d":"}"}', '["]"]', '-1.5e3'],
    ]);
    const others = [
      ...[
        '{"a":1,"b":{"c":"x","d":[]}}',
        '{"a":1,"b":{"c":"x"},"e":null}',
        '{"b":{"c":"x","d":[]},"a":1,"e":null}',
      ],
      ...['{"a":1,"b":null,"e":null}', '{"a":1,"b":{"c":"x","d":[]},"e":null,"f":1}'],
      ...[
        '{"a":1,"b":{"c":"x","d":[]},"e":null',
        '{"a":1,"b":{"c":"x","d":[},"e":null}x',
        '{"\\u0061":1,"b":{"c":"x","d":[]},"e":null}',
      ],
    ];
    for (const other of others) expect(cutOf(other), other).toBeNull();
  });
});
