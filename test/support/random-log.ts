// Random IronFlock logs of two sources in overlapping files, and a plain way of putting their events in order: what
// the oracles of reviews and ledgers share. Nothing of the product is used to say what is right.

import { createHash } from 'node:crypto';
import fc from 'fast-check';
import type { Preset } from '#core/mapping/preset.ts';
import { eachEvent } from '#core/query/events.ts';
import type { Store } from '#core/store/open.ts';
import { importInto, query, temporaryFile } from './workspace.ts';

const columns = [
  'timestamp',
  'user',
  'asset_type',
  'asset_key',
  'asset_name',
  'project',
  'aspect',
  'subject',
  'old_value',
  'new_value',
  'session',
] as const;
type Cells = Record<(typeof columns)[number], string>;

/** An event as it happened. `n` is its place in the true order; `files` says by bits which of three exports hold it. */
export type PlainEvent = { n: number; source: 'A' | 'B'; time: number; files: number; cells: Cells };
export type PlainLog = { events: PlainEvent[]; newestFirst: boolean[] };

const rights = fc.constantFrom(
  '',
  '[]',
  '["READ"]',
  '["READ","MAINTAIN"]',
  '["MAINTAIN","READ"]',
  '{"DEVELOP":false,"READ":true}',
  '{"DEVELOP":true}',
  'READ, MAINTAIN',
  'MAINTAIN;READ',
  'admin',
);
const value = fc.constantFrom('', 'a', 'b', ' a', 'c');
const person = fc.constantFrom('', 'ann', 'bob', 'cid');

const asset = fc.record({
  asset_type: fc.constantFrom('device', 'app'),
  asset_key: fc.constantFrom('', '1', '2'),
  asset_name: fc.constantFrom('', 'one', 'two', '1'),
});
const change = fc.record({
  aspect: fc.constantFrom('Name', 'Image', 'Remote access', 'Frobnicated'),
  subject: fc.constant(''),
  old_value: value,
  new_value: value,
});
const grantOfRights = fc.record({
  aspect: fc.constant('Privilege changes'),
  subject: person,
  old_value: rights,
  new_value: rights,
});
const ownership = fc.record({
  aspect: fc.constant('Owner changes'),
  subject: fc.constant(''),
  old_value: person,
  new_value: person,
});

/** Logs around 29 March 2026, when clocks change in Europe; quarters of an hour, so that times are often equal. */
export const randomLog = (weights: { changes: number; access: number }): fc.Arbitrary<PlainLog> =>
  fc.record({
    newestFirst: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
    events: fc
      .array(
        fc.record({
          source: fc.constantFrom<'A' | 'B'>('A', 'A', 'A', 'B'),
          quarter: fc.oneof(fc.nat(8), fc.nat(4 * 24 * 4)),
          files: fc.integer({ min: 1, max: 7 }),
          user: fc.constantFrom('ann', 'bob', 'system'),
          asset,
          what: fc.oneof(
            { weight: weights.changes, arbitrary: change },
            { weight: weights.access, arbitrary: grantOfRights },
            { weight: 1, arbitrary: ownership },
          ),
        }),
        { minLength: 1, maxLength: 16 },
      )
      .map((all) =>
        all
          .map((one, made) => ({ ...one, made, time: Date.UTC(2026, 2, 27, 12) + one.quarter * 900_000 }))
          .sort((a, b) => a.time - b.time || a.made - b.made)
          .map(({ source, time, files, user, asset, what }, n) => ({
            n,
            source,
            time,
            files,
            cells: {
              timestamp: new Date(time).toISOString(),
              user,
              ...asset,
              project: 'p',
              ...what,
              session: `s${n}`,
            },
          })),
      ),
  });

/** Imports the log's files in an order (any permutation of six numbers) and gives uids by the events' numbers. */
export async function importLog(
  store: Store,
  log: PlainLog,
  order: readonly number[],
  { mappingOf }: { mappingOf?: (file: number) => Preset } = {},
): Promise<Map<string, number>> {
  for (const file of order) {
    const source = file < 3 ? 'A' : 'B';
    const held = heldBy(log, file);
    if (held.length === 0) continue;
    const cell = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
    const lines = held.map(({ cells }) => columns.map((column) => cell(cells[column])).join(','));
    if (isReversed(log, file)) lines.reverse();
    const path = temporaryFile(`${file}.csv`, `${[columns.join(','), ...lines].join('\n')}\n`);
    const preset = mappingOf ? JSON.stringify(mappingOf(file)) : null;
    await importInto(store, path, { source, preset });
  }
  const uids = new Map<string, number>();
  for (const { uid, raw } of eachEvent(store, query(), 'oldest'))
    uids.set(uid, Number((raw as Cells).session.slice(1)));
  return uids;
}

function heldBy(log: PlainLog, file: number): PlainEvent[] {
  const source = file < 3 ? 'A' : 'B';
  return log.events.filter((one) => one.source === source && one.files & (1 << (file % 3)));
}

/** That a file is newest first shows only when it has two times. */
function isReversed(log: PlainLog, file: number): boolean {
  return log.newestFirst[file] === true && new Set(heldBy(log, file).map((one) => one.time)).size > 1;
}

/** Events of one sequence by time; equal times as in their files, between files by hash. */
export function inOrder(sequence: readonly PlainEvent[]): PlainEvent[] {
  const ordered: PlainEvent[] = [];
  const left = [...sequence];
  while (left.length > 0) {
    const time = Math.min(...left.map((one) => one.time));
    const instant = left.filter((one) => one.time === time);
    // All files are parts of one true order, so what stands before it in any file has a smaller number.
    const free = instant.filter(
      (one) => !instant.some((other) => other.n < one.n && other.files & one.files),
    );
    free.sort((a, b) => (hashOf(a) < hashOf(b) ? -1 : 1));
    const next = free[0] as PlainEvent;
    ordered.push(next);
    left.splice(left.indexOf(next), 1);
  }
  return ordered;
}

function hashOf({ cells }: PlainEvent): string {
  const text = JSON.stringify(Object.fromEntries(Object.entries(cells).sort(([a], [b]) => (a < b ? -1 : 1))));
  return createHash('sha256').update(text).digest('hex');
}

/** The key of an event's target. */
export function targetOf({ source, cells }: PlainEvent): string {
  return JSON.stringify([source, cells.asset_type, cells.asset_key || cells.asset_name]);
}

export const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Pacific/Apia',
  'Australia/Lord_Howe',
];
export const dates = ['2026-03-27', '2026-03-28', '2026-03-29', '2026-03-30', '2026-03-31'];

/** First instant of a day in a zone, by trying minutes. */
export function startOfDay(date: string, zone: string): number {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' });
  let low = Date.parse(date) / 60_000 - 24 * 60;
  let high = Date.parse(date) / 60_000 + 24 * 60;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (format.format(middle * 60_000) < date) low = middle + 1;
    else high = middle;
  }
  return low * 60_000;
}

export function dayAfter(date: string): string {
  return new Date(Date.parse(date) + 86_400_000).toISOString().slice(0, 10);
}
