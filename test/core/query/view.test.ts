// A view as one line of text: whoever pastes it sees what the other one saw.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sortKeys } from '#core/query/sort.ts';
import { parseView, printView, type View } from '#core/query/view.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 30 });
const anyView: fc.Arbitrary<View> = fc.record({
  name: text.map((name) => name.trim() || 'x'),
  setup: fc.record({
    filter: text,
    from: fc.option(text),
    to: fc.option(text),
    zone: fc.constantFrom('UTC', 'Europe/Berlin'),
    shown: fc.option(fc.constantFrom('Asia/Kolkata', 'UTC')),
    sort: fc.record({
      by: fc.constantFrom(...sortKeys),
      direction: fc.constantFrom('asc' as const, 'desc' as const),
    }),
    columns: fc.array(
      fc.record({
        id: fc.constantFrom('time', 'actor', 'old-new'),
        width: fc.option(fc.integer({ min: 0, max: 9999 })),
      }),
      { minLength: 1, maxLength: 5 },
    ),
  }),
});

describe('a view as text', () => {
  it('is one line without quotes, and gives the same view back, also out of the middle of a mail', () => {
    fc.assert(
      fc.property(anyView, (view) => {
        const line = printView(view);
        expect(line).toMatch(/^[\x21-\x7e]+$/);
        expect(line).not.toMatch(/["'<>`]/);
        expect(parseView(` ${line}\r\n`)).toEqual(view);
      }),
    );
  });

  it('is refused in words when it is none, is damaged, or comes from a newer Exhibit', () => {
    const view = { name: 'x', setup: { filter: '', from: null, to: null, zone: 'UTC', shown: null } };
    const line = printView({
      ...view,
      setup: {
        ...view.setup,
        sort: { by: 'time', direction: 'asc' },
        columns: [{ id: 'time', width: null }],
      },
    });
    expect(() => parseView('actor:alice')).toThrow('That is not a view.');
    expect(() => parseView(line.replace(':1?', ':2?'))).toThrow('newer Exhibit');
    expect(() => parseView(line.replace('UTC', 'Mars'))).toThrow('is not a time zone');
    for (const damage of [
      line.slice(0, -12),
      line.replace('time.asc', 'shoe.asc'),
      line.replace('name=x', ''),
    ]) {
      expect(() => parseView(damage), damage).toThrow('Copy it again.');
    }
  });
});
