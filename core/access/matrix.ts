// Who holds rights on what, as a table of people and targets. It is made once for a date and a filter and then read by
// windows, since thousands of both do not fit a screen.

import { besideStamp } from '#core/query/beside.ts';
import type {
  AccessMatrix,
  AccessSettings,
  MatrixCell,
  MatrixRight,
  TargetName,
} from '#core/review-model.ts';
import type { Store } from '#core/store/open.ts';
import { formatUtc } from '#core/time.ts';
import { type AccessRequest, pickIntervals } from './answers.ts';
import { createPrivilegeTest } from './flags.ts';
import type { Ledger } from './ledger.ts';

/** Rows and columns of the window, each from `first` on. */
export type MatrixWindow = { row: number; rows: number; column: number; columns: number };
/** What a matrix is of. */
export type MatrixRequest = Pick<AccessRequest, 'scope' | 'zone' | 'filter'> &
  Pick<AccessSettings, 'privileged'>;

type Made = {
  key: string;
  ledger: Ledger;
  atTime: string;
  people: string[];
  /** Sequences of the ledger, in its order. */
  targets: number[];
  rights: MatrixRight[];
  /** By person: rights by target, both as numbers. */
  cells: Map<number, number[]>[];
};
const kept = new WeakMap<Store, Made>();

/** A window of the matrix. Throws AppError('usage') for dates, zones and filters that make no sense. */
export function readMatrix(store: Store, request: MatrixRequest, window: MatrixWindow): AccessMatrix {
  return store.db.transaction(() => {
    const made = make(store, request);
    const { people, targets, rights, cells } = made;
    const [lastRow, lastColumn] = [window.row + window.rows, window.column + window.columns];
    const shown: MatrixCell[] = [];
    for (let row = window.row; row < Math.min(lastRow, people.length); row++)
      for (const [column, held] of cells[row] as Map<number, number[]>)
        if (column >= window.column && column < lastColumn) shown.push({ row, column, rights: held });
    return {
      atTime: made.atTime,
      people: people.length,
      targets: targets.length,
      cells: cells.reduce((sum, row) => sum + row.size, 0),
      rights,
      rowNames: people.slice(window.row, lastRow),
      columnNames: describeTargets(store, made, window.column, lastColumn),
      shown,
    };
  })();
}

function make(store: Store, request: MatrixRequest): Made {
  const { ledger, bounds, picked } = pickIntervals(store, request);
  const key = JSON.stringify([request, besideStamp(store, request.filter)]);
  const known = kept.get(store);
  if (known?.key === key && known.ledger === ledger) return known;
  const people = [...new Set(picked.map(({ subject }) => subject))].sort();
  const rowOf = new Map(people.map((name, row) => [name, row]));
  const targets = [...new Set(picked.map(({ sequence }) => sequence))];
  const columnOf = new Map(targets.map((sequence, column) => [sequence, column]));
  const counts = new Map<string, number>();
  for (const { right } of picked) counts.set(right, (counts.get(right) ?? 0) + 1);
  const names = [...counts.keys()].sort();
  const codes = codesFor(names);
  const isPrivileged = createPrivilegeTest(request.privileged);
  const rights = names.map((right, at) => ({
    right,
    code: codes[at] as string,
    isPrivileged: isPrivileged(right),
    count: counts.get(right) as number,
  }));
  const numberOf = new Map(names.map((right, at) => [right, at]));
  const cells: Made['cells'] = people.map(() => new Map());
  for (const { subject, sequence, right } of picked) {
    const row = cells[rowOf.get(subject) as number] as Map<number, number[]>;
    const column = columnOf.get(sequence) as number;
    const held = row.get(column) ?? [];
    row.set(column, held);
    const number = numberOf.get(right) as number;
    // OWNER may stand in a list of rights and come from an owner change, too.
    if (!held.includes(number)) held.push(number);
  }
  for (const row of cells) for (const held of row.values()) held.sort((a, b) => a - b);
  const made = { key, ledger, atTime: formatUtc(bounds.to), people, targets, rights, cells };
  kept.set(store, made);
  return made;
}

/** One or two letters for each right, no two the same: the first letter where it is free, else one more of its letters. */
export function codesFor(rights: readonly string[]): string[] {
  const taken = new Set<string>();
  return rights.map((right) => {
    const [first = '?', ...rest] = [...right.toUpperCase().replace(/[^\p{L}\p{N}]+/gu, '')];
    const tries = [first, ...rest.map((letter) => first + letter.toLowerCase())];
    let code = tries.find((one) => !taken.has(one));
    for (let n = 2; code === undefined; n++) if (!taken.has(first + n)) code = first + n;
    taken.add(code);
    return code;
  });
}

/** Named as the target's last access event has it. */
function describeTargets(store: Store, { ledger, targets }: Made, first: number, end: number): TargetName[] {
  const { starts, ids } = ledger.index.access;
  const read = store.db.prepare(
    `SELECT s.name AS source, t.type AS targetType, t.target_id AS targetId, t.name AS targetName
     FROM event e JOIN source s ON s.id = e.source_id LEFT JOIN target t ON t.id = e.target_id WHERE e.id = ?`,
  );
  return targets
    .slice(first, end)
    .map((sequence) => read.get(ids[(starts[sequence + 1] as number) - 1]) as TargetName);
}
