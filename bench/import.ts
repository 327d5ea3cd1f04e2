// How fast an import is, beside the plainest thing that loads the same file and can be searched: `sqlite3 .import`,
// four indexes and FTS5 over old and new values. All run in turn, several times, in this one run, because machines are
// noisy: the ratio is the figure to quote. The two do not do the same work: ours maps, hashes, keeps each raw record
// and builds the Merkle log. An import ends without an index of texts, with which searches are fast: the application makes
// it afterwards, in the background, and the second line of each format has it in its time.
//
//   node bench/import.ts [--rows 1000000] [--runs 3] [--formats csv,ndjson,json]

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { growTextIndex } from '#core/browse/grow-text-index.ts';
import { textIndexName } from '#core/browse/text-index.ts';
import { readLogMark } from '#core/store/live.ts';
import { closing, openStore } from '#core/store/open.ts';
import { writeIronflockExport, writeIronflockJson } from './ironflock-export.ts';

const { values } = parseArgs({
  options: {
    rows: { type: 'string' },
    runs: { type: 'string' },
    formats: { type: 'string' },
    index: { type: 'string' },
  },
});
const rows = Number(values.rows ?? 1_000_000);
const runs = Number(values.runs ?? 3);
const formats = (values.formats ?? 'csv,ndjson,json').split(',');

type Timing = { seconds: number; bytes: number; peak: number };
type Run = { name: string; time(run: number): Timing };

if (values.index) indexTexts(values.index);
else measure();

function measure(): void {
  const folder = mkdtempSync(join(tmpdir(), 'exhibit-bench-'));
  try {
    if (spawnSync('sqlite3', ['--version']).error) {
      throw new Error('The baseline needs the sqlite3 command line: apt-get install sqlite3');
    }
    const csv = join(folder, 'export.csv');
    writeIronflockExport(csv, rows);
    const contenders: Run[] = [
      {
        name: 'sqlite3 .import, 4 indexes, FTS5',
        time: (run) => timeSqlite(csv, join(folder, `plain-${run}.db`)),
      },
    ];
    for (const format of formats) {
      const file = format === 'csv' ? csv : join(folder, `export.${format}`);
      if (format !== 'csv') writeIronflockJson(file, rows, format === 'ndjson' ? 'lines' : 'array');
      const workspace = (run: number) => join(folder, `${format}-${run}`);
      let imported: Timing;
      contenders.push(
        {
          name: `exhibit import, ${format} of ${megabytes(statSync(file).size)}`,
          time: (run) => (imported = timeImport(file, workspace(run))),
        },
        { name: 'the same and its index of texts', time: (run) => timeIndex(imported, workspace(run)) },
      );
    }
    const timings = contenders.map((): Timing[] => []);
    for (let run = 0; run <= runs; run++) {
      for (const [at, { time }] of contenders.entries()) {
        const timing = time(run);
        // The first round warms the disk cache and does not count.
        if (run > 0) timings[at]?.push(timing);
      }
    }
    console.log(
      `${rows} events of 12 columns, ${runs} rounds; rows/s as a ratio to sqlite3 of the same round`,
    );
    for (const [at, { name }] of contenders.entries()) {
      const own = timings[at] as Timing[];
      const ratios = own.map(
        ({ seconds }, run) => ((timings[0] as Timing[])[run] as Timing).seconds / seconds,
      );
      const seconds = own.map((timing) => timing.seconds);
      console.log(
        `${name.padEnd(36)} ${median(seconds).toFixed(1).padStart(6)} s (${span(seconds, 1)})  ` +
          `${Math.round(rows / median(seconds))} rows/s  ratio ${median(ratios).toFixed(2)} (${span(ratios, 2)})  ` +
          `file ${megabytes(median(own.map(({ bytes }) => bytes)))}  peak memory ${megabytes(median(own.map(({ peak }) => peak)))}`,
      );
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function timeImport(file: string, workspace: string): Timing {
  const cli = join(import.meta.dirname, '..', 'core', 'cli.ts');
  const timing = time(process.execPath, [cli, 'import', file, '-w', workspace, '--json']);
  return { ...timing, bytes: statSync(join(workspace, 'events.db')).size };
}

/** The import of a workspace together with the index of its texts. Removes the workspace. */
function timeIndex(imported: Timing, workspace: string): Timing {
  const { seconds, peak } = time(process.execPath, [import.meta.filename, '--index', workspace]);
  const bytes =
    imported.bytes + (statSync(join(workspace, textIndexName), { throwIfNoEntry: false })?.size ?? 0);
  rmSync(workspace, { recursive: true });
  return { seconds: imported.seconds + seconds, peak: Math.max(imported.peak, peak), bytes };
}

/** Makes the index of texts as far as the application makes it: its last 32,768 events at most are read as they are. */
function indexTexts(workspace: string): void {
  closing(openStore(workspace, { mode: 'read' }), (store) => {
    for (const _ of growTextIndex(store, readLogMark(store.db).end));
  });
}

function timeSqlite(file: string, db: string): Timing {
  const sql = `
.mode csv
.import "${file}" event
CREATE INDEX event_time ON event(timestamp);
CREATE INDEX event_actor ON event(user, timestamp);
CREATE INDEX event_target ON event(asset_key, timestamp);
CREATE INDEX event_aspect ON event(aspect);
CREATE VIRTUAL TABLE words USING fts5(old_value, new_value, content='event');
INSERT INTO words(words) VALUES('rebuild');
`;
  const timing = time('sqlite3', [db], sql);
  const bytes = statSync(db).size;
  rmSync(db);
  return { ...timing, bytes };
}

/** Seconds a whole process takes from its start to its end, and the most memory it had (bytes, 0 without GNU time). */
function time(command: string, args: string[], input = ''): Pick<Timing, 'seconds' | 'peak'> {
  const withTime = spawnSync('/usr/bin/time', ['--version']).error === undefined;
  const start = process.hrtime.bigint();
  const run = withTime
    ? spawnSync('/usr/bin/time', ['-f', 'peak %M', command, ...args], { encoding: 'utf8', input })
    : spawnSync(command, args, { encoding: 'utf8', input });
  if (run.status !== 0) throw new Error(`${command} failed: ${run.stderr}`);
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  return { seconds, peak: Number(/peak (\d+)/.exec(run.stderr)?.[1] ?? 0) * 1024 };
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}

function span(numbers: readonly number[], digits: number): string {
  return `${Math.min(...numbers).toFixed(digits)} to ${Math.max(...numbers).toFixed(digits)}`;
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] as number;
}
