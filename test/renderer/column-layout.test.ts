// The columns of the grid as data: shown, hidden, moved, resized, stored and read back.
import { describe, expect, test } from 'vitest';
import {
  type ColumnMeasure,
  moveColumn,
  readLayout,
  resizeColumn,
  setShown,
  tracksOf,
  usualLayout,
} from '../../renderer/events/column-layout.ts';

const known: ColumnMeasure[] = [
  { id: 'time', least: 200, share: null, isUsual: true },
  { id: 'actor', least: 140, share: 1.5, isUsual: true },
  { id: 'field', least: 100, share: 1, isUsual: true },
  { id: 'ip', least: 120, share: null, isUsual: false },
];
const usual = usualLayout(known);
const ids = (layout: readonly { id: string }[] | null) => layout?.map(({ id }) => id);

describe('the columns', () => {
  test('are the usual ones until somebody changes them', () => {
    expect(ids(usual)).toEqual(['time', 'actor', 'field']);
    expect(tracksOf(usual, known)).toEqual({
      template: '200px minmax(140px, 1.5fr) minmax(100px, 1fr)',
      least: 440,
    });
  });

  test('are shown at the end and hidden, but never the last one', () => {
    expect(ids(setShown(usual, 'ip', true))).toEqual(['time', 'actor', 'field', 'ip']);
    expect(ids(setShown(usual, 'actor', false))).toEqual(['time', 'field']);
    const alone = [{ id: 'time', width: null }];
    expect(setShown(alone, 'time', false)).toBe(alone);
  });

  test('move among the shown ones and stop at the ends', () => {
    expect(ids(moveColumn(usual, 'field', 0))).toEqual(['field', 'time', 'actor']);
    expect(ids(moveColumn(usual, 'time', 9))).toEqual(['actor', 'field', 'time']);
    expect(moveColumn(usual, 'time', -1)).toBe(usual);
    expect(moveColumn(usual, 'ip', 0)).toBe(usual);
  });

  test('keep a width that was set, within what can be read', () => {
    expect(tracksOf(resizeColumn(usual, 'actor', 300), known).template).toBe(
      '200px 300px minmax(100px, 1fr)',
    );
    expect(resizeColumn(usual, 'actor', 3)[1]?.width).toBe(60);
    expect(resizeColumn(resizeColumn(usual, 'actor', 300), 'actor', null)).toEqual(usual);
  });

  test('leave the rest of the window empty where none of them grows', () => {
    expect(tracksOf([{ id: 'time', width: null }], known).template).toBe('200px minmax(0, 1fr)');
  });

  test('are read back from any text, and what is unknown or twice is left out', () => {
    expect(readLayout(JSON.parse(JSON.stringify(usual)), known)).toEqual(usual);
    expect(
      readLayout([{ id: 'ip', width: 1e9 }, { id: 'ip' }, { id: 'shoe' }, null, 'time', { id: 7 }], known),
    ).toEqual([{ id: 'ip', width: 1200 }]);
    for (const nonsense of [null, 7, 'time', [], [{}], { id: 'time' }]) {
      expect(readLayout(nonsense, known)).toBeNull();
    }
  });
});
