// The matrix, the comparison with a snapshot and the test of leavers as tables of a workbook or CSV.

import { AppError } from '#core/errors.ts';
import type { AccessInterval, LeaverState, ReconciledPart } from '#core/review-model.ts';
import type { Store } from '#core/store/open.ts';
import type { ReviewBook } from '#core/workbook/ipe.ts';
import type { Cell, SheetColumn } from '#core/workbook/sheet.ts';
import { cannotKnow, mergedNames } from './access-book.ts';
import { type LeaversRequest, testLeavers } from './leavers-test.ts';
import { type MatrixRequest, readMatrix } from './matrix.ts';
import { type ReconcileRequest, reconcile, type SnapshotRow } from './reconcile.ts';

const text = (title: string, width = 20): SheetColumn => ({ title, width });
const at = (time: string | null): Cell => (time === null ? null : new Date(time));
const everything = { first: 0, limit: Number.MAX_SAFE_INTEGER };
/** A sheet ends with column XFD. */
const mostTargets = 16_383;

/** People by targets; a cell names the rights. Throws AppError('usage'), also where a sheet has too few columns. */
export function matrixBook(store: Store, request: MatrixRequest, at: string): ReviewBook {
  const window = { row: 0, rows: everything.limit, column: 0, columns: everything.limit };
  const { atTime, people, targets, cells, rights, rowNames, columnNames, shown } = readMatrix(
    store,
    request,
    window,
  );
  if (targets > mostTargets)
    throw new AppError(
      'usage',
      `The matrix has ${targets} targets, and a sheet ends after ${mostTargets}. Narrow it with a filter, such as type:device.`,
    );
  const byRow = rowNames.map(() => new Map<number, string>());
  for (const { row, column, rights: held } of shown)
    byRow[row]?.set(column, held.map((one) => rights[one]?.right ?? '').join(', '));
  const nameOf = ({ targetName, targetId, targetType, source }: (typeof columnNames)[number]) =>
    `${targetName ?? targetId ?? 'no target'} (${[targetType, targetId, source].filter((one) => one !== null).join(', ')})`;
  return {
    holds: 'who holds which rights on what, people by targets',
    asked: [
      ['Rights', `held at the end of ${at}`],
      ['Judged as of', `before ${atTime}`],
      ['Zone of its days', request.zone],
      ['Filter', request.filter.trim() || 'none'],
    ],
    figures: [
      ['People', people],
      ['Targets', targets],
      ['Pairs of them with a right', cells],
      ...rights.map(({ right, count, isPrivileged }): [string, number] => [
        `Right: ${right}${isPrivileged ? ' (privileged)' : ''}`,
        count,
      ]),
    ],
    method: [['A cell', 'names every right of one name on one target; an empty one: no right'], cannotKnow],
    tables: [
      {
        name: 'Matrix',
        total: people,
        columns: [text('Person', 30), ...columnNames.map((target) => text(nameOf(target), 16))],
        rows: rowNames.map((name, row): Cell[] => [
          name,
          ...columnNames.map((_, column) => byRow[row]?.get(column) ?? null),
        ]),
      },
    ],
  };
}

const partWords: Record<ReconciledPart, string> = {
  'snapshot-only': 'in the snapshot alone',
  'log-only': 'in the log alone',
  matched: 'in both',
};

/** A snapshot against the ledger, what needs a look first. `file` says which snapshot. Throws AppError('usage'). */
export function reconciledBook(
  store: Store,
  snapshot: readonly SnapshotRow[],
  request: ReconcileRequest,
  file: { name: string; sha256: string },
): ReviewBook {
  const { atTime, matched, inSnapshotOnly, inLogOnly, blindSpots } = reconcile(store, snapshot, request);
  const rows: Cell[][] = [
    ...inSnapshotOnly.map((one): Cell[] => [
      partWords['snapshot-only'],
      one.subject,
      null,
      ...[null, null, null, one.target],
      one.right,
      ...[null, null, null, null],
      one.line,
    ]),
    ...inLogOnly.map((one): Cell[] => [
      partWords['log-only'],
      null,
      one.subject,
      ...targetCells(one),
      one.right,
      ...grantCells(one),
      null,
    ]),
    ...matched.map(({ snapshot: line, interval }): Cell[] => [
      partWords.matched,
      line.subject,
      interval.subject,
      ...targetCells(interval),
      interval.right,
      ...grantCells(interval),
      line.line,
    ]),
  ];
  return {
    holds: 'a snapshot of who has access compared with what the log shows of the same day',
    asked: [
      ['Snapshot', `${file.name}, SHA-256 ${file.sha256}, ${snapshot.length} rights`],
      ['Rights', `held at the end of ${request.at}`],
      ['Judged as of', `before ${atTime}`],
      ['Zone of its days', request.zone],
    ],
    figures: [
      ['In both', matched.length],
      ['In the snapshot without a grant in the log', inSnapshotOnly.length],
      ['In the log but not in the snapshot', inLogOnly.length],
    ],
    method: [
      [
        'Matched',
        'the same person, target (by its id or name) and right; under the very name first, then under another name of the person',
      ],
      ...(request.personOf ? [mergedNames] : []),
      cannotKnow,
      ...blindSpots.map(({ source, blindSpots: spots }): [string, string] => [
        `${source} does not log`,
        spots.join(' ') || 'nothing stated',
      ]),
    ],
    tables: [
      {
        name: 'Comparison',
        total: rows.length,
        columns: [
          text('Where it stands', 22),
          text('Person in the snapshot', 28),
          text('Person in the log', 28),
          ...targetColumns,
          text('Right', 18),
          ...grantColumns,
          { title: 'Line of the snapshot', width: 10, number: true },
        ],
        rows,
      },
    ],
  };
}

const stateWords: Record<LeaverState, string> = {
  'given-after': 'given after they left',
  held: 'still held past its time',
  late: 'gone late',
  due: 'still held, its time is not over',
  'in-time': 'gone in time',
};

/** The test of leavers, of its rows those of one state where one is named. Throws AppError('usage'). */
export function leaversBook(
  store: Store,
  request: LeaversRequest,
  only: LeaverState | null,
  file: { name: string; sha256: string },
): ReviewBook {
  const test = testLeavers(store, request, only, everything);
  return {
    holds: 'whether people who left lost their rights in the time allowed',
    asked: [
      ['Leavers', `${file.name}, SHA-256 ${file.sha256}, ${request.leavers.size} people`],
      ['As of', `the end of ${request.at}, before ${test.atTime}`],
      ['Zone of its days', request.zone],
      ['Days to take a right away', request.slaDays],
      ['Rows', only === null ? 'all' : stateWords[only]],
    ],
    figures: [
      ['People who had left', test.leavers],
      ['People who leave later', test.later],
      ['People to whom the log gives no right', test.unknown.length],
      ...Object.entries(test.counts).map(([state, count]): [string, number] => [
        `Rights: ${stateWords[state as LeaverState]}`,
        count,
      ]),
    ],
    method: [
      ['Left', 'a day on the list means its last instant; a right that was gone before is not listed'],
      ...(request.namesOf ? [mergedNames] : []),
      cannotKnow,
    ],
    tables: [
      {
        name: 'Leavers',
        total: test.rows.length,
        columns: [
          text('Person in the list', 28),
          text('Person in the log', 28),
          ...targetColumns,
          text('Right', 18),
          ...grantColumns,
          text('Left (UTC)', 24),
          text('To be gone by (UTC)', 24),
          text('Gone (UTC)', 24),
          text('Revoke event'),
          text('State', 26),
          text('Why', 50),
        ],
        rows: test.rows.map((row) => [
          row.listed,
          row.subject,
          ...targetCells(row),
          row.right,
          ...grantCells(row),
          at(row.left),
          at(row.deadline),
          at(row.to),
          row.revokeEvent,
          stateWords[row.state],
          row.reason,
        ]),
      },
      {
        name: 'Without a right in the log',
        total: test.unknown.length,
        columns: [text('Person in the list', 40)],
        rows: test.unknown.map((name) => [name]),
      },
    ],
  };
}

const targetColumns: SheetColumn[] = [
  text('Source', 18),
  text('Target type', 12),
  text('Target id', 16),
  text('Target name', 22),
];
const targetCells = (row: AccessInterval): Cell[] => [
  row.source,
  row.targetType,
  row.targetId,
  row.targetName,
];
const grantColumns: SheetColumn[] = [
  text('Since (UTC)', 24),
  text('Start', 11),
  text('Granted by', 28),
  text('Grant event'),
];
const grantCells = (row: AccessInterval): Cell[] => [
  at(row.from) ?? 'before the log begins',
  row.startCertainty,
  row.grantedBy,
  row.grantEvent,
];
