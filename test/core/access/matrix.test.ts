import { describe, expect, it } from 'vitest';
import { readAccess } from '#core/access/answers.ts';
import { codesFor, readMatrix } from '#core/access/matrix.ts';
import { usualPrivileged, usualSettings } from '#core/review-model.ts';
import { exhibitJson } from '../../support/command-line.ts';
import { fixture, importInto, openTemporaryStore, temporaryFolder } from '../../support/workspace.ts';

const asked = (at: string, filter = '') => ({
  scope: { kind: 'at' as const, at },
  zone: 'UTC',
  filter,
  privileged: usualPrivileged,
});
const whole = { row: 0, rows: 10_000, column: 0, columns: 10_000 };

describe('the matrix of people and targets', () => {
  it('says of each pair what the list says, whole and window by window', async () => {
    const store = openTemporaryStore();
    await importInto(store, fixture('ironflock-export.csv'));
    for (const filter of ['', 'type:device']) {
      const request = asked('2026-02-28', filter);
      const { rows } = readAccess(
        store,
        { ...usualSettings, ...request, leavers: new Map() },
        { first: 0, limit: 10_000, flag: null },
      );
      const listed = rows.map((row) =>
        JSON.stringify([row.subject, row.targetType, row.targetId, row.right]),
      );
      const all = readMatrix(store, request, whole);
      const cellsOf = ({ shown, rights }: typeof all) =>
        shown.flatMap(({ row, column, rights: held }) =>
          held.map((at) => {
            const target = all.columnNames[column];
            return JSON.stringify([
              all.rowNames[row],
              target?.targetType,
              target?.targetId,
              rights[at]?.right,
            ]);
          }),
        );
      expect(cellsOf(all).toSorted()).toEqual([...new Set(listed)].toSorted());
      expect([all.people, all.targets]).toEqual([all.rowNames.length, all.columnNames.length]);
      const parts = [];
      for (let row = 0; row < all.people; row += 7)
        for (let column = 0; column < all.targets; column += 9) {
          const part = readMatrix(store, request, { row, rows: 7, column, columns: 9 });
          expect(part.rowNames).toEqual(all.rowNames.slice(row, row + 7));
          expect(part.columnNames).toEqual(all.columnNames.slice(column, column + 9));
          parts.push(...cellsOf(part));
        }
      expect(parts.toSorted()).toEqual(cellsOf(all).toSorted());
    }
  });

  it('has letters for each right, no two the same', () => {
    expect(codesFor(['DELETE', 'DEVELOP', 'READ', 'Remote', 'd', '!!'])).toEqual([
      'D',
      'De',
      'R',
      'Re',
      'D2',
      '?',
    ]);
  });

  it('is given by the command line', () => {
    const folder = temporaryFolder();
    exhibitJson('import', fixture('ironflock-export.csv'), '-w', folder);
    const { people, cells } = exhibitJson<{
      people: string[];
      cells: { subject: string; rights: string[] }[];
    }>('access', '-w', folder, '--at', '2026-02-28', '--matrix');
    expect(cells.reduce((sum, { rights }) => sum + rights.length, 0)).toBe(279);
    expect(people).toHaveLength(18);
  });
});
