// However many rows there are, the scroll range reaches from the first to the last of them.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { header, moveBy } from '../../renderer/events/grid-keys.ts';
import {
  isScaled,
  offsetAt,
  offsetShowing,
  rangeOf,
  rowHeight,
  rowsSeen,
  scrollTopAt,
  tallest,
} from '../../renderer/events/scroll.ts';

const view = 700;
const chromiumsLimit = 33_554_428; // px

describe('a scroll range', () => {
  test('of few rows is as tall as the rows', () => {
    const range = rangeOf(1500, view);
    expect(isScaled(range)).toBe(false);
    expect(range.laidOut).toBe(1500 * rowHeight);
    expect(offsetAt(1234, range)).toBe(1234);
  });

  test('of five million rows stays far below what Chromium can lay out', () => {
    const range = rangeOf(5_000_000, view);
    expect(isScaled(range)).toBe(true);
    expect(range.laidOut).toBe(tallest);
    expect(range.laidOut).toBeLessThan(chromiumsLimit / 2);
  });

  test.each([1, 20, 26, 2400, 142_857, 142_858, 1_000_000, 5_000_000, 100_000_000])(
    'of %i rows begins with the first and ends with the last',
    (rows) => {
      const range = rangeOf(rows, Math.min(view, rows * rowHeight));
      expect(rowsSeen(offsetAt(0, range), range, rows, 0)[0]).toBe(0);
      const [first, end] = rowsSeen(offsetAt(range.laidOut - range.view, range), range, rows, 0);
      expect(end).toBe(rows);
      expect(first).toBeLessThan(rows);
    },
  );

  test('and the position that shows an offset are each other’s inverse, to within a row', () => {
    const rowsAndShare = fc.tuple(
      fc.integer({ min: 30, max: 20_000_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
    );
    fc.assert(
      fc.property(rowsAndShare, ([rows, share]) => {
        const range = rangeOf(rows, view);
        const offset = share * (range.content - range.view);
        const step = (range.content - range.view) / (range.laidOut - range.view);
        expect(Math.abs(offsetAt(scrollTopAt(offset, range), range) - offset)).toBeLessThanOrEqual(
          step / 2 + 1,
        );
      }),
    );
  });

  test('moves no further than needed to show a row wholly', () => {
    const range = rangeOf(5_000_000, view);
    expect(offsetShowing(10, 0, range)).toBe(0);
    expect(offsetShowing(30, 0, range)).toBe(31 * rowHeight - view);
    expect(offsetShowing(30, 50_000, range)).toBe(30 * rowHeight);
    expect(offsetShowing(4_999_999, 0, range)).toBe(range.content - view);
  });
});

describe('a key in the grid', () => {
  const size = { rows: 100, columns: 8, page: 20 };
  test.each([
    ['ArrowDown', false, { row: 51, column: 3 }],
    ['ArrowUp', false, { row: 49, column: 3 }],
    ['ArrowLeft', false, { row: 50, column: 2 }],
    ['ArrowRight', false, { row: 50, column: 4 }],
    ['PageDown', false, { row: 70, column: 3 }],
    ['PageUp', false, { row: 30, column: 3 }],
    ['Home', false, { row: 50, column: 0 }],
    ['End', false, { row: 50, column: 7 }],
    ['Home', true, { row: 0, column: 0 }],
    ['End', true, { row: 99, column: 7 }],
  ])('%s (with Ctrl: %s) leads to %o', (key, ctrl, place) => {
    expect(moveBy(key, ctrl, { row: 50, column: 3 }, size)).toEqual(place);
  });

  test('leads from the first row into the header, along it, and back', () => {
    expect(moveBy('ArrowUp', false, { row: 0, column: 2 }, size)).toEqual({ row: header, column: 2 });
    expect(moveBy('ArrowRight', false, { row: header, column: 2 }, size)).toEqual({ row: header, column: 3 });
    expect(moveBy('End', false, { row: header, column: 2 }, size)).toEqual({ row: header, column: 7 });
    expect(moveBy('ArrowUp', false, { row: header, column: 2 }, size)).toEqual({ row: header, column: 2 });
    expect(moveBy('ArrowDown', false, { row: header, column: 2 }, size)).toEqual({ row: 0, column: 2 });
    expect(moveBy('Home', true, { row: header, column: 2 }, size)).toEqual({ row: 0, column: 0 });
  });

  test('never leads out of it, and other keys are left to others', () => {
    expect(moveBy('PageUp', false, { row: 5, column: 0 }, size)).toEqual({ row: 0, column: 0 });
    expect(moveBy('PageDown', false, { row: 95, column: 7 }, size)).toEqual({ row: 99, column: 7 });
    expect(moveBy('a', false, { row: 0, column: 0 }, size)).toBeNull();
  });
});
