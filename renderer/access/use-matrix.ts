// Cells of the matrix by row and column, fetched in blocks for what is in sight.

import { useQueries } from '@tanstack/react-query';
import type { AccessMatrix, TargetName } from '#core/review-model.ts';
import { ask } from '../engine/engine.ts';
import type { AskedAccess } from './asked.ts';

const size = 64;

type Place = { firstRow: number; lastRow: number; firstColumn: number; lastColumn: number };

/** The part of a matrix that is in sight; what is not there yet is undefined. */
export function useMatrix(
  { scope, zone, filter, privileged }: AskedAccess,
  { firstRow, lastRow, firstColumn, lastColumn }: Place,
) {
  const blocks = (first: number, last: number) =>
    Array.from(
      { length: Math.floor(last / size) - Math.floor(first / size) + 1 },
      (_, at) => Math.floor(first / size) + at,
    );
  // The first block is always held: it says how many people and targets there are.
  const places = new Map([['0 0', { row: 0, column: 0 }]]);
  for (const row of blocks(firstRow, lastRow))
    for (const column of blocks(firstColumn, lastColumn)) places.set(`${row} ${column}`, { row, column });
  const keys = [...places.keys()];
  const answers = useQueries({
    queries: [...places.values()].map(({ row, column }) => {
      const input = {
        scope,
        zone,
        filter,
        privileged,
        row: row * size,
        rows: size,
        column: column * size,
        columns: size,
      };
      return {
        queryKey: ['access.matrix', input],
        queryFn: ({ signal }: { signal: AbortSignal }) => ask('access.matrix', input, signal),
        structuralSharing: false,
      };
    }),
  });
  const block = (row: number, column: number): AccessMatrix | undefined =>
    answers[keys.indexOf(`${Math.floor(row / size)} ${Math.floor(column / size)}`)]?.data;
  return {
    /** How large it is, and its rights; undefined until it is known. */
    whole: answers[0]?.data,
    error: answers.find(({ error }) => error)?.error ?? null,
    isStopped: answers[0]?.fetchStatus === 'idle',
    askAgain: () => {
      for (const answer of answers) if (answer.error || !answer.data) void answer.refetch();
    },
    personAt: (row: number): string | undefined => block(row, firstColumn)?.rowNames[row % size],
    targetAt: (column: number): TargetName | undefined => block(firstRow, column)?.columnNames[column % size],
    /** Undefined while it is not known, empty where nothing is held. */
    rightsAt: (row: number, column: number): number[] | undefined => {
      const found = block(row, column);
      return found && (cellsOf(found).get(`${row} ${column}`) ?? []);
    },
  };
}

const known = new WeakMap<AccessMatrix, Map<string, number[]>>();

function cellsOf(block: AccessMatrix): Map<string, number[]> {
  let cells = known.get(block);
  if (!cells) {
    cells = new Map(block.shown.map(({ row, column, rights }) => [`${row} ${column}`, rights]));
    known.set(block, cells);
  }
  return cells;
}
