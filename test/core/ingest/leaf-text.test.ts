import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLeafWriter, leafPieces } from '#core/ingest/leaf-text.ts';
import { leafText } from '#core/integrity/identity.ts';
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

describe('a leaf put together from the pieces of its words', () => {
  it('is the leaf of the whole event', () => {
    fc.assert(
      fc.property(anyEvent, text, fc.nat(), fc.nat(), (event, source, importId, row) => {
        const { actor, targetType, targetId, targetName, scope, subject, ip } = event;
        const isTarget = [targetType, targetId, targetName, scope].some((one) => one !== null);
        const recordHash = 'ab'.repeat(32);
        const written = createLeafWriter(
          importId,
          source,
        )({
          kind: leafPieces.kinds(event),
          actor: actor === null ? undefined : leafPieces.actors({ name: actor, type: event.actorType }),
          target: isTarget ? leafPieces.targets(event) : undefined,
          subject: subject === null ? undefined : leafPieces.subjects(subject),
          ip: ip === null ? undefined : leafPieces.ips(ip),
          oldValue: event.oldValue,
          newValue: event.newValue,
          time: formatUtc(event.time),
          timeText: event.timeText === formatUtc(event.time) ? null : event.timeText,
          recordHash,
          row,
          uid: 'abcdefghijklmnop',
        });
        const uid = 'abcdefghijklmnop';
        expect(written).toBe(leafText({ uid, source, import: importId, row, recordHash, event }));
      }),
      { numRuns: 500 },
    );
  });
});
