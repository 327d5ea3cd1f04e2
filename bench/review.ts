// How long reviews take on a large log: the index of tracks, change reviews, the state at a date, access and sessions.
// Prints the time on the clock and that of the processor, since machines are busy; the second is the one to compare.
//
//   node bench/review.ts --workspace DIR        measures a workspace that is there
//   node bench/review.ts [--rows 1000000]       imports a seeded log of that size first

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readAccess } from '#core/access/answers.ts';
import { readChangedTracks, readChangeSummary, readStatePage } from '#core/changes/answers.ts';
import { testContinuity } from '#core/completeness/continuity.ts';
import { importFile } from '#core/ingest/import-file.ts';
import type { AccessScope } from '#core/review-model.ts';
import { usualPrivileged } from '#core/review-model.ts';
import { readFailures, readSessions } from '#core/sessions/answers.ts';
import { openStore, type Store } from '#core/store/open.ts';
import { readTracks } from '#core/store/tracks.ts';
import { formatUtc } from '#core/time.ts';
import { writeIronflockExport } from './ironflock-export.ts';

const { values } = parseArgs({ options: { rows: { type: 'string' }, workspace: { type: 'string' } } });

if (values.workspace) measureFolder(values.workspace);
else {
  const folder = mkdtempSync(join(tmpdir(), 'exhibit-bench-'));
  try {
    await importLog(folder, Number(values.rows ?? 1_000_000));
    measureFolder(folder);
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

function measureFolder(folder: string): void {
  const store = openStore(folder, { mode: 'read' });
  try {
    measure(store);
  } finally {
    store.close();
  }
}

function measure(store: Store): void {
  const { tracks, access } = time('index of tracks', () => readTracks(store));
  console.log(
    `  ${tracks.count} tracks of ${tracks.ids.length} events, ${access.ids.length} changes of rights`,
  );
  time('continuity', () => testContinuity(store, 1000));
  const [first, last] = store.db.prepare('SELECT min(time), max(time) FROM event').raw().get() as number[];
  const part = (share: number) =>
    formatUtc(Math.floor((first as number) + ((last as number) - (first as number)) * share));
  const hours = { days: [1, 2, 3, 4, 5], from: 480, to: 1080, zone: null };
  for (const [name, from, to] of [
    ['a quarter', 0.5, 0.75],
    ['the whole log', 0, 1],
  ] as const) {
    const review = { filter: '', from: part(from), to: part(to), zone: 'Europe/Berlin', hours, baseline: [] };
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
