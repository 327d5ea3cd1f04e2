// Selected rows: what presses and keys select is what a plain set of row numbers would hold.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  anchorAt,
  countSelected,
  extendTo,
  isSelected,
  nothing,
  type Selection,
  selectAll,
  selectRow,
  toggleRow,
} from '../../renderer/events/selection.ts';

const rowsOf = ({ ranges }: Selection): number[] =>
  ranges.flatMap(([from, end]) => Array.from({ length: end - from }, (_, at) => from + at));

describe('a selection', () => {
  test('of everything is one range, however long', () => {
    const all = selectAll(5_000_000);
    expect(all.ranges).toEqual([[0, 5_000_000]]);
    expect(countSelected(all)).toBe(5_000_000);
    expect(selectAll(0).ranges).toEqual([]);
  });

  test('is extended and shortened from where it began', () => {
    const from = anchorAt(10);
    expect(rowsOf(extendTo(from, 12))).toEqual([10, 11, 12]);
    expect(rowsOf(extendTo(extendTo(from, 12), 9))).toEqual([9, 10]);
    expect(rowsOf(extendTo(toggleRow(selectRow(3), 10), 11, true))).toEqual([3, 10, 11]);
  });

  test('holds what a plain set of rows would hold', () => {
    const steps = fc.array(
      fc.tuple(fc.constantFrom('toggle', 'extend', 'add'), fc.integer({ min: 0, max: 30 })),
      { maxLength: 25 },
    );
    fc.assert(
      fc.property(steps, (all) => {
        let selection: Selection = nothing;
        let plain = new Set<number>();
        for (const [step, row] of all) {
          if (step === 'toggle') {
            selection = toggleRow(selection, row);
            if (!plain.delete(row)) plain.add(row);
          } else {
            if (step === 'extend') plain = new Set();
            for (let at = Math.min(selection.anchor, row); at <= Math.max(selection.anchor, row); at++)
              plain.add(at);
            selection = extendTo(selection, row, step === 'add');
          }
        }
        expect(rowsOf(selection)).toEqual([...plain].sort((a, b) => a - b));
        expect(countSelected(selection)).toBe(plain.size);
        for (let row = 0; row <= 30; row++) expect(isSelected(selection, row)).toBe(plain.has(row));
        // Ranges stay in order with a gap between them, so that looking a row up stays cheap.
        for (const [at, [from, end]] of selection.ranges.entries()) {
          expect(end).toBeGreaterThan(from);
          if (at > 0) expect(from).toBeGreaterThanOrEqual(selection.ranges[at - 1]?.[1] ?? 0);
        }
      }),
    );
  });
});
