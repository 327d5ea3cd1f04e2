import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBatcher } from '#core/ingest/batcher.ts';
import { createLeafHasher } from '#core/ingest/leaves.ts';
import { createByteIdentifier, digestRecord, leafText, uidOf } from '#core/integrity/identity.ts';
import { leafHash } from '#core/integrity/merkle.ts';
import { actorTypes, categories, type MappedEvent, outcomes, timeBases } from '#core/model.ts';
import { formatUtc } from '#core/time.ts';

const text = fc.string({ unit: 'grapheme' });
const maybe = fc.option(text, { nil: null });
const anyEvent: fc.Arbitrary<MappedEvent> = fc
  .record({
    time: fc.integer({ min: 0, max: 4_102_444_800_000 }),
    timeText: maybe,
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
  })
  .map((event) => ({
    ...event,
    timeText: event.timeText ?? formatUtc(event.time),
    // Without a name there is nobody to have a type.
    actorType: event.actor === null ? 'unknown' : event.actorType,
  }));

describe('the leaf hashes of a batch', () => {
  it('are those of the leaves of its events, whatever they hold', () => {
    const events = fc.array(fc.record({ event: anyEvent, row: fc.nat(), raw: text }), { maxLength: 5 });
    fc.assert(
      fc.property(fc.array(events, { maxLength: 3 }), text, fc.nat(), (batches, source, importId) => {
        let mapped: MappedEvent;
        const map = () => [
          { event: mapped, vendorId: null, part: 0, doubtfulTime: null, isKnownAction: true },
        ];
        const watcher = { see() {}, seeRow() {}, seeKeys() {}, seeFault() {}, conclude: () => seenNothing };
        const batcher = createBatcher({ source, map, watcher });
        const hasher = createLeafHasher(importId, source);
        const identify = createByteIdentifier(source);
        for (const batch of batches) {
          const expected = batch.map(({ event, row, raw }) => {
            mapped = event;
            batcher.add({ row, value: {}, raw, canonical: raw });
            const hash = Buffer.from(digestRecord(raw), 'latin1');
            const uid = uidOf(identify(hash, 0), { part: 0, occurrence: 1, version: 1 });
            const recordHash = hash.toString('hex');
            return leafHash(leafText({ uid, source, import: importId, row, recordHash, event }));
          });
          const packed = batcher.take(0, null);
          hasher.learn(packed.newWords);
          expect(hasher.hash(packed, new ArrayBuffer(packed.events * 32)).toString('hex')).toBe(
            Buffer.concat(expected).toString('hex'),
          );
        }
      }),
      { numRuns: 500 },
    );
  });
});

const seenNothing = {
  records: 0,
  split: 0,
  firstTime: null,
  lastTime: null,
  isNewestFirst: false,
  assumed: 0,
  twice: 0,
  never: 0,
  day: 0,
  unknownActions: [],
  unknownKeys: [],
  slots: [],
};
