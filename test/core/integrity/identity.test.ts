import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '#core/integrity/canonical.ts';
import { hashRecord, identifyRecord, leafText, parseUid, uidOf } from '#core/integrity/identity.ts';
import { actorTypes, categories, type MappedEvent, outcomes, timeBases } from '#core/model.ts';
import { formatUtc } from '#core/time.ts';

const text = fc.string({ unit: 'grapheme' });
const maybe = fc.option(text, { nil: null });
const mappedEvent: fc.Arbitrary<MappedEvent> = fc.record({
  time: fc.integer({ min: 0, max: 4_102_444_800_000 }),
  timeText: text,
  timeBasis: fc.constantFrom(...timeBases),
  action: text,
  category: fc.constantFrom(...categories),
  actor: maybe,
  actorType: fc.constantFrom(...actorTypes),
  targetType: maybe,
  targetId: maybe,
  targetName: maybe,
  scope: maybe,
  subject: maybe,
  field: maybe,
  oldValue: maybe,
  newValue: maybe,
  ip: maybe,
  outcome: fc.constantFrom(...outcomes),
});

describe('identity', () => {
  it('writes a leaf as canonical JSON of its parts', () => {
    fc.assert(
      fc.property(mappedEvent, text, text, (event, source, record) => {
        const recordHash = hashRecord(record);
        const uid = uidOf(identifyRecord(recordHash, source).text, 0, 1);
        const leaf = { uid, source, import: 3, row: 17, recordHash, event };
        const expected = canonicalJson({
          uid,
          source,
          import: 3,
          row: 17,
          recordHash: Buffer.from(recordHash, 'latin1').toString('hex'),
          normalised: { ...event, time: formatUtc(event.time) },
        });
        expect(leafText(leaf)).toBe(expected);
      }),
    );
  });

  it('finds the key of an event again from its uid', () => {
    fc.assert(
      fc.property(
        text,
        text,
        fc.nat({ max: 50 }),
        fc.integer({ min: 1, max: 50 }),
        (record, source, part, occurrence) => {
          const identity = identifyRecord(hashRecord(record), source);
          const uid = uidOf(identity.text, part, occurrence);
          expect(parseUid(uid)).toEqual({ key: identity.key, identity: identity.text, part, occurrence });
        },
      ),
    );
  });

  it('tells the same record of two sources apart', () => {
    const hash = hashRecord('{"a":"1"}');
    expect(identifyRecord(hash, 'one').text).not.toBe(identifyRecord(hash, 'two').text);
  });

  it('takes no other text for a uid', () => {
    for (const wrong of ['', 'abc', 'ABCDEFGHIJKLMNOP', 'abcdefghijklmno1', "abcdefghijklmnop' OR 1"]) {
      expect(parseUid(wrong)).toBeNull();
    }
  });
});
