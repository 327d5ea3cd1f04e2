import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '#core/integrity/canonical.ts';
import {
  createHashHead,
  createIdentifier,
  hashRecord,
  leafText,
  parseUid,
  uidOf,
} from '#core/integrity/identity.ts';
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
        const uid = uidOf(createIdentifier(source)(recordHash), { part: 0, occurrence: 1, version: 1 });
        const leaf = { uid, source, import: 3, row: 17, recordHash, event };
        const expected = canonicalJson({
          uid,
          source,
          import: 3,
          row: 17,
          recordHash,
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
        fc.integer({ min: 1, max: 50 }),
        (record, source, part, occurrence, version) => {
          const identity = createIdentifier(source)(hashRecord(record));
          const uid = uidOf(identity, { part, occurrence, version });
          expect(parseUid(uid)).toEqual({ ...identity, part, occurrence, version });
        },
      ),
    );
  });

  it('makes the uid of the first 80 bits of both hashes, in base 32', () => {
    const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';
    fc.assert(
      fc.property(text, text, (record, source) => {
        const digest = (of: string) => createHash('sha256').update(of).digest().subarray(0, 10);
        const own = digest(source);
        const bits = [...digest(record)]
          .map((byte, at) => (byte ^ (own[at] as number)).toString(2).padStart(8, '0'))
          .join('');
        const expected = bits.replace(/.{5}/g, (five) => alphabet[Number.parseInt(five, 2)] as string);
        expect(
          uidOf(createIdentifier(source)(hashRecord(record)), { part: 0, occurrence: 1, version: 1 }),
        ).toBe(expected);
      }),
    );
  });

  it('says the beginning of the hash again', () => {
    fc.assert(
      fc.property(text, text, (record, source) => {
        const hash = hashRecord(record);
        expect(createHashHead(source)(createIdentifier(source)(hash))).toBe(hash.slice(0, 20));
      }),
    );
  });

  it('tells the same record of two sources apart', () => {
    const hash = hashRecord('{"a":"1"}');
    expect(createIdentifier('one')(hash)).not.toEqual(createIdentifier('two')(hash));
  });

  it('takes no other text for a uid', () => {
    for (const wrong of ['', 'abc', 'ABCDEFGHIJKLMNOP', 'abcdefghijklmno1', "abcdefghijklmnop' OR 1"]) {
      expect(parseUid(wrong)).toBeNull();
    }
  });
});
