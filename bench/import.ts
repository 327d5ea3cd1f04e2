// How fast an import is, beside the plainest thing that loads the same file: `sqlite3 .import` and four indexes.
// Both run in turn, several times, in this one run, because machines are noisy: the ratio is the figure to quote.
// The two do not do the same work: ours maps, hashes, keeps each raw record and builds the Merkle log.
//
//   npm run bench [-- --rows 200000 --runs 5]

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeIronflockExport } from './ironflock-export.ts';

const { values } = parseArgs({ options: { rows: { type: 'string' }, runs: { type: 'string' } } });
const rows = Number(values.rows ?? 200_000);
const runs = Number(values.runs ?? 5);

const folder = mkdtempSync(join(tmpdir(), 'exhibit-bench-'));
try {
  const file = join(folder, 'export.csv');
  writeIronflockExport(file, rows);
  console.log(
    `${rows} events, ${(statSync(file).size / 1e6).toFixed(1)} MB CSV, ${runs} runs of each in turn`,
  );
  if (spawnSync('sqlite3', ['--version']).error) {
    throw new Error('The baseline needs the sqlite3 command line: apt-get install sqlite3');
  }
  const ours: Timing[] = [];
  const plain: Timing[] = [];
  for (let run = 0; run <= runs; run++) {
    const pair = [
      timeExhibit(file, join(folder, `ours-${run}`)),
      timeSqlite(file, join(folder, `plain-${run}.db`)),
    ] as const;
    // The first pair warms the disk cache and does not count.
    if (run === 0) continue;
    ours.push(pair[0]);
    plain.push(pair[1]);
  }
  const ratios = ours.map((timing, run) => (plain[run] as Timing).seconds / timing.seconds);
  print('exhibit import', ours);
  print('sqlite3 .import + 4 indexes', plain);
  console.log(
    `rows/s of exhibit as a ratio to sqlite3: ${median(ratios).toFixed(2)} (${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)})`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}

type Timing = { seconds: number; bytes: number };

function timeExhibit(file: string, workspace: string): Timing {
  const cli = join(import.meta.dirname, '..', 'core', 'cli.ts');
  const seconds = time(process.execPath, [cli, 'import', file, '-w', workspace, '--json']);
  return { seconds, bytes: statSync(join(workspace, 'events.db')).size };
}

function timeSqlite(file: string, db: string): Timing {
  const script = join(folder, 'plain.sql');
  writeFileSync(
    script,
    `.mode csv
.import "${file}" event
CREATE INDEX event_time ON event(timestamp);
CREATE INDEX event_actor ON event(user, timestamp);
CREATE INDEX event_target ON event(asset_key, timestamp);
CREATE INDEX event_value ON event(new_value);
`,
  );
  const seconds = time('sqlite3', [db, `.read ${script}`]);
  return { seconds, bytes: statSync(db).size };
}

/** Seconds a whole process takes, from its start to its end. */
function time(command: string, args: string[]): number {
  const start = process.hrtime.bigint();
  const run = spawnSync(command, args, { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`${command} failed: ${run.stderr}`);
  return Number(process.hrtime.bigint() - start) / 1e9;
}

function print(name: string, timings: readonly Timing[]): void {
  const seconds = timings.map((timing) => timing.seconds);
  const size = median(timings.map((timing) => timing.bytes)) / 1e6;
  console.log(
    `${name.padEnd(30)} ${median(seconds).toFixed(2)} s (${Math.min(...seconds).toFixed(2)} to ${Math.max(...seconds).toFixed(2)})  ${Math.round(rows / median(seconds))} rows/s  ${size.toFixed(0)} MB`,
  );
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] as number;
}
