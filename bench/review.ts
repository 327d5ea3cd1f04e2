// How long reviews take on a large log: the index of tracks, change reviews, the state at a date, access and sessions.
// Prints the time on the clock and that of the processor, since machines are busy; the second is the one to compare. What
// has an equal in SQL is then asked again beside sqlite3's window functions and DuckDB's: medians on the clock, in one run.
// DuckDB: npm install --prefix bench/duckdb
//
//   node bench/review.ts --workspace DIR        measures a workspace that is there
//   node bench/review.ts [--rows 1000000]       imports a seeded log of that size first

import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readAccess } from '#core/access/answers.ts';
import { ownColumns } from '#core/browse/columns-access.ts';
import { createTally } from '#core/browse/tally.ts';
import { readChangedTracks, readChangeSummary, readStatePage } from '#core/changes/answers.ts';
import { testContinuity } from '#core/completeness/continuity.ts';
import { importFile } from '#core/ingest/import-file.ts';
import type { AccessScope } from '#core/review-model.ts';
import { usualPrivileged, usualSettings } from '#core/review-model.ts';
import { readFailures, readSessions } from '#core/sessions/answers.ts';
import { openStore, type Store } from '#core/store/open.ts';
import { readTracks } from '#core/store/tracks.ts';
import { formatUtc } from '#core/time.ts';
import { comparison, median, openBaselines } from './baselines.ts';
import { writeIronflockExport } from './ironflock-export.ts';

const { values } = parseArgs({ options: { rows: { type: 'string' }, workspace: { type: 'string' } } });

if (values.workspace) await measureFolder(values.workspace);
else {
  const folder = mkdtempSync(join(tmpdir(), 'exhibit-bench-'));
  try {
    await importLog(folder, Number(values.rows ?? 1_000_000));
    await measureFolder(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function importLog(folder: string, rows: number): Promise<void> {
  const file = join(folder, 'export.csv');
  writeIronflockExport(file, rows);
  const store = openStore(folder, { mode: 'write' });
  const { signal } = new AbortController();
  await importFile(store, file, { source: null, preset: null, zone: null, signal, progress: () => {} });
  store.close();
}

async function measureFolder(folder: string): Promise<void> {
  const store = openStore(folder, { mode: 'read' });
  try {
    await measure(store);
    await compare(store, folder);
  } finally {
    store.close();
  }
}

async function measure(store: Store): Promise<void> {
  const { tracks, access } = time('index of tracks', () => readTracks(store));
  console.log(
    `  ${tracks.count} tracks of ${tracks.ids.length} events, ${access.ids.length} changes of rights`,
  );
  time('continuity', () => testContinuity(store, 1000));
  const [first, last] = store.db.prepare('SELECT min(time), max(time) FROM event').raw().get() as number[];
  const part = (share: number) =>
    formatUtc(Math.floor((first as number) + ((last as number) - (first as number)) * share));
  const hours = { days: [1, 2, 3, 4, 5], from: 480, to: 1080, zone: null };
  // As in the window: the columns are there and count.
  const columns = ownColumns();
  await columns.soon(store, { signal: new AbortController().signal, progress: () => {} });
  const tally = createTally(store, columns);
  for (const [name, from, to] of [
    ['a quarter', 0.5, 0.75],
    ['the whole log', 0, 1],
  ] as const) {
    const review = {
      filter: '',
      from: part(from),
      to: part(to),
      zone: 'Europe/Berlin',
      hours,
      baseline: [],
      tally,
    };
    const page = { first: 0, limit: 200, result: null, exception: null };
    const { tracks } = time(`changes of ${name}, summary`, () => readChangeSummary(store, review));
    time('  its first page', () => readChangedTracks(store, review, page));
    time('  its last page', () =>
      readChangedTracks(store, review, { ...page, first: Math.max(0, tracks - 200) }),
    );
  }
  const state = { at: part(0.5), zone: 'UTC', filter: '', baseline: [] };
  time('state of everything, first page', () => readStatePage(store, state, { first: 0, limit: 200 }));
  const ask = (name: string, scope: AccessScope, flag: 'dormant' | null = null) =>
    time(name, () =>
      readAccess(
        store,
        {
          scope,
          zone: 'UTC',
          filter: '',
          leavers: new Map(),
          hours: null,
          dormantDays: 90,
          privileged: usualPrivileged,
        },
        { first: 0, limit: 200, flag },
      ),
    );
  ask('access as of a date, with the ledger', { kind: 'at', at: part(0.5) });
  ask('access as of another date', { kind: 'at', at: part(0.6) });
  ask('access between two dates', { kind: 'between', from: part(0.5), to: part(0.75) });
  ask('dormant rights of everybody', { kind: 'at', at: part(0.6) }, 'dormant');
  const query = { filter: '', from: null, to: null, zone: 'UTC' };
  time('sessions', () => readSessions(store, query, { first: 0, limit: 200, kind: null, state: null }));
  time('failed logins', () => readFailures(store, query, { first: 0, limit: 200, by: null }));
}

/** Questions that SQL can put as well, at another instant each time, since the last answer is kept. */
async function compare(store: Store, folder: string): Promise<void> {
  const beside = await openBaselines(folder);
  const columns = ownColumns();
  await columns.soon(store, { signal: new AbortController().signal, progress: () => {} });
  const tally = createTally(store, columns);
  const [first, last] = store.db.prepare('SELECT min(time), max(time) FROM event').raw().get() as number[];
  const instant = (share: number) =>
    Math.floor((first as number) + ((last as number) - (first as number)) * share);
  let asked = 0;
  const next = (share: number) => formatUtc(instant(share) + 1000 * asked++);
  const [then, now] = [instant(0.5), instant(0.75)];
  // Of each field of each target the last event before an instant: for sqlite3 over our tables, for DuckDB over its own.
  const state = (at: number) =>
    `SELECT * FROM (SELECT e.source_id, t.type, coalesce(t.target_id, t.name) AS target, k.field, r.new_value AS value,
       row_number() OVER (PARTITION BY e.source_id, t.type, coalesce(t.target_id, t.name), k.field
         ORDER BY e.time DESC, e.id DESC) AS n
     FROM event e JOIN kind k ON k.id = e.kind_id JOIN record r ON r.event_id = e.id
     LEFT JOIN target t ON t.id = e.target_id
     WHERE k.field IS NOT NULL AND e.subject_id IS NULL AND e.time < ${at}) WHERE n = 1`;
  const stateDuck = (at: number) =>
    `SELECT source, target_type AS type, target, field, new_value AS value FROM event
     WHERE field IS NOT NULL AND subject IS NULL AND time < ${at}
     QUALIFY row_number() OVER (PARTITION BY source, target_type, target, field ORDER BY time DESC, id DESC) = 1`;
  const diff = (one: (at: number) => string, source: string) =>
    `SELECT count(*) FROM (${one(then)}) a JOIN (${one(now)}) b ON a.${source} = b.${source} AND a.type = b.type
     AND a.target = b.target AND a.field = b.field WHERE a.value <> b.value;`;
  const page = { first: 0, limit: 200 };
  const ask = async (name: string, ours: () => unknown, sql: string, duck: string) => {
    const times: number[] = [];
    for (let run = 0; run <= 5; run++) {
      const start = performance.now();
      ours();
      if (run > 0) times.push(performance.now() - start);
    }
    const [sqlite, inDuck] = [beside.sqlite(sql, 3), await beside.duck(duck, 5)];
    console.log(comparison(beside, name, { ours: median(times), sqlite, duck: inDuck }));
  };
  console.log(`\nbeside SQL, load ${loadavg()[0]?.toFixed(1)}`);
  await ask(
    'state of everything at a date',
    () => readStatePage(store, { at: next(0.5), zone: 'UTC', filter: '', baseline: [] }, page),
    `SELECT count(*), max(value) FROM (${state(then)});`,
    `SELECT count(*), max(value) FROM (${stateDuck(then)});`,
  );
  await ask(
    'changes of a quarter and first page',
    () => {
      const days = { from: next(0.5), to: formatUtc(now) };
      const review = { filter: '', ...days, zone: 'UTC', hours: null, baseline: [], tally };
      readChangeSummary(store, review);
      readChangedTracks(store, review, { ...page, result: null, exception: null });
    },
    diff(state, 'source_id'),
    diff(stateDuck, 'source'),
  );
  await ask(
    'rights as of a date',
    () =>
      readAccess(
        store,
        {
          ...usualSettings,
          scope: { kind: 'at', at: next(0.5) },
          zone: 'UTC',
          filter: '',
          leavers: new Map(),
        },
        { ...page, flag: null },
      ),
    `SELECT count(*), max(value) FROM (SELECT e.target_id, e.subject_id, r.new_value AS value,
       row_number() OVER (PARTITION BY e.target_id, e.subject_id ORDER BY e.time DESC, e.id DESC) AS n
     FROM event e JOIN record r ON r.event_id = e.id WHERE e.subject_id IS NOT NULL AND e.time < ${then}) WHERE n = 1;`,
    `SELECT count(*), max(new_value) FROM (SELECT new_value FROM event WHERE subject IS NOT NULL AND time < ${then}
     QUALIFY row_number() OVER (PARTITION BY source, target, subject ORDER BY time DESC, id DESC) = 1);`,
  );
  beside.close();
}

function time<T>(name: string, work: () => T): T {
  const start = performance.now();
  const before = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(before);
  const ms = (value: number) => `${value.toFixed(0)} ms`.padStart(9);
  const memory = `${Math.round(process.memoryUsage().rss / 1e6)} MB`.padStart(8);
  console.log(
    `${name.padEnd(40)}${ms(performance.now() - start)} clock ${ms((user + system) / 1000)} processor ${memory}`,
  );
  return result;
}
