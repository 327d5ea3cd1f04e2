import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { categoryOfLine, eventLine, readEventLine } from '#core/evidence/event-line.ts';
import { canonicalJson } from '#core/integrity/canonical.ts';
import { actorTypes, categories, type Event, outcomes, timeBases } from '#core/model.ts';
import { hostileTexts } from './hostile.ts';

const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...hostileTexts));
const optional = fc.option(text, { nil: null });
const raw = fc.oneof(
  fc.dictionary(text, fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null))),
  fc.constant({ row: 1, raw: { row: 2, uid: 'x', category: 'other' }, uid: 'y' }),
  fc.jsonValue().map((value) => ({ row: value, uid: value })),
);
const event: fc.Arbitrary<Event> = fc.record({
  uid: fc.stringMatching(/^[a-z2-7]{16}(-\d)?$/),
  time: fc
    .date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) })
    .map((date) => date.toISOString()),
  timeText: text,
  timeBasis: fc.constantFrom(...timeBases),
  source: text,
  import: fc.nat(),
  row: fc.nat(),
  action: text,
  category: fc.constantFrom(...categories),
  actor: optional,
  actorType: fc.constantFrom(...actorTypes),
  targetType: optional,
  targetId: optional,
  targetName: optional,
  scope: optional,
  subject: optional,
  field: optional,
  oldValue: optional,
  newValue: optional,
  ip: optional,
  outcome: fc.constantFrom(...outcomes),
  raw,
});

describe('a line of a population', () => {
  it('is the canonical JSON of its event', () => {
    fc.assert(
      fc.property(event, (one) => {
        expect(eventLine(one, canonicalJson(one.raw))).toBe(canonicalJson(one));
      }),
    );
  });

  it('tells its category and its raw record without being parsed, whatever the texts imitate', () => {
    fc.assert(
      fc.property(event, (one) => {
        const line = eventLine(one, canonicalJson(one.raw));
        const { raw: ownRaw, ...rest } = one;
        expect(categoryOfLine(line)).toBe(one.category);
        expect(readEventLine(line)).toEqual({
          event: JSON.parse(JSON.stringify(rest)),
          raw: canonicalJson(ownRaw),
        });
      }),
    );
  });
});
