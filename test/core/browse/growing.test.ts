// Columns grow in memory that others are reading. What was read while rows moved is read again, and columns that
// were left in the middle of it are not built upon.

import { expect, test } from 'vitest';
import { type Columns, isIntact } from '#core/browse/columns.ts';
import { type ColumnsAccess, withColumns } from '#core/browse/columns-access.ts';
import { growColumns } from '#core/browse/grow-columns.ts';
import type { Store } from '#core/store/open.ts';
import { addEvents, type PlainEvent } from '../../support/filled-log.ts';
import { openTemporaryStore } from '../../support/workspace.ts';

const event = (time: number): PlainEvent => ({
  time,
  source: 'Plant',
  action: 'Name',
  category: 'other',
  actor: null,
  actorType: 'human',
  targetType: null,
  targetId: null,
  targetName: null,
  subject: null,
  field: null,
  ip: null,
  outcome: 'success',
  text: '',
});
const waiting = { signal: new AbortController().signal, progress: () => {} };
const timesOf = ({ time, length }: Columns) => [...time.subarray(0, length)];

function grow(store: Store, held: Columns | null): Columns {
  const growth = growColumns(store, held);
  let step = growth.next();
  while (!step.done) step = growth.next();
  return step.value;
}

/** 100 events, one a second, from second 1000 on. */
function openFilled(): { store: Store; columns: Columns } {
  const store = openTemporaryStore();
  addEvents(
    store,
    Array.from({ length: 100 }, (_, at) => event(1_000_000 + at * 1000)),
  );
  return { store, columns: grow(store, null) };
}

test('later events are added behind the others, whose readers are not disturbed', () => {
  const { store, columns } = openFilled();
  const before = timesOf(columns);
  addEvents(store, [event(2_000_000)]);
  const next = grow(store, columns);
  expect(next.time.buffer).toBe(columns.time.buffer);
  expect(timesOf(next)).toEqual([...before, 2_000_000]);
  expect(isIntact(columns)).toBe(true);
  expect(timesOf(columns)).toEqual(before);
});

test('what is read while earlier events come in between is read again', async () => {
  const { store, columns } = openFilled();
  let latest = columns;
  const access: ColumnsAccess = { now: () => latest, soon: async () => latest };
  const lengths: number[] = [];
  const times = await withColumns(access, store, waiting, (given) => {
    lengths.push(given.length);
    if (lengths.length === 1) {
      addEvents(store, [event(1_000_500)]);
      latest = grow(store, given);
    }
    return timesOf(given);
  });
  expect(lengths).toEqual([100, 101]);
  expect(times.slice(0, 3)).toEqual([1_000_000, 1_000_500, 1_001_000]);
  expect(isIntact(columns)).toBe(false);
});

test('a failure counts unless it came of moving rows', async () => {
  const { store, columns } = openFilled();
  const access: ColumnsAccess = { now: () => columns, soon: async () => columns };
  const failing = withColumns(access, store, waiting, () => {
    throw new Error('really wrong');
  });
  await expect(failing).rejects.toThrow('really wrong');
});

test('columns that are not intact are not grown: the log is read anew', () => {
  const { store, columns } = openFilled();
  const before = timesOf(columns);
  Atomics.add(columns.turns, 0, 1);
  columns.time.fill(0);
  addEvents(store, [event(2_000_000)]);
  expect(timesOf(grow(store, columns))).toEqual([...before, 2_000_000]);
});

test('a log that outgrows its room moves to another, with codes as wide as they have to be', () => {
  const { store, columns } = openFilled();
  const many = Array.from({ length: 300 }, (_, at) => ({ ...event(3_000_000 + at), actor: `person ${at}` }));
  addEvents(store, many);
  const next = grow(store, columns);
  expect(next.codes.actor).toBeInstanceOf(Uint16Array);
  expect(next.length).toBe(400);
  expect(isIntact(columns)).toBe(true);
});
