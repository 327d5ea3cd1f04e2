// What the benches measure beside: the same questions as SQL on the `sqlite3` command line, over the log's own tables, and
// on DuckDB, over one table of words loaded from it. DuckDB is no dependency of Exhibit: `npm ci` in bench/duckdb installs
// it; without it the benches say so and go on.

import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

type Connection = {
  run(sql: string): Promise<unknown>;
  runAndReadAll(sql: string): Promise<{ getRows(): unknown[][] }>;
  closeSync(): void;
};
type DuckApi = { DuckDBInstance: { create(path: string): Promise<{ connect(): Promise<Connection> }> } };

export type Baselines = {
  /** For how long one question of sqlite3 is waited for, with its repetitions; seconds. */
  patience: number;
  /** Median in ms of the times sqlite3 itself reports, the first one left out; null when it took longer than that. */
  sqlite(sql: string, runs: number): number | null;
  /** Median in ms, with the rows fetched; null without DuckDB. Several statements count as one. */
  duck(sql: string, runs: number): Promise<number | null>;
  close(): void;
};

/** Opens both for a workspace. DuckDB's table is `event`, with names instead of numbers and the raw record as text. */
export async function openBaselines(workspace: string, patience = 60): Promise<Baselines> {
  const file = join(workspace, 'events.db');
  const folder = mkdtempSync(join(tmpdir(), 'exhibit-bench-duckdb-'));
  const duck = await loadDuck(file, folder);
  return {
    patience,
    sqlite: (sql, runs) => timeSqlite(file, sql, runs, patience),
    async duck(sql, runs) {
      if (!duck) return null;
      const times: number[] = [];
      for (let run = 0; run <= runs; run++) {
        const start = performance.now();
        for (const statement of statementsOf(sql)) (await duck.runAndReadAll(statement)).getRows();
        if (run > 0) times.push(performance.now() - start);
      }
      return median(times);
    },
    close() {
      duck?.closeSync();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function loadDuck(file: string, folder: string): Promise<Connection | null> {
  const home = join(import.meta.dirname, 'duckdb', 'package.json');
  if (!existsSync(join(import.meta.dirname, 'duckdb', 'node_modules'))) {
    console.log(
      'DuckDB is not installed, so nothing is measured beside it. Install it: npm install --prefix bench/duckdb',
    );
    return null;
  }
  const { DuckDBInstance } = createRequire(home)('@duckdb/node-api') as DuckApi;
  const csv = join(folder, 'event.csv');
  const output = openSync(csv, 'w');
  const select = `SELECT e.id, e.time, s.name AS source, k.category, k.action, k.field, k.outcome, a.name AS actor,
    t.type AS target_type, coalesce(t.target_id, t.name) AS target, u.text AS subject, i.text AS ip,
    r.old_value, r.new_value, r.raw
    FROM event e JOIN source s ON s.id = e.source_id JOIN kind k ON k.id = e.kind_id
    LEFT JOIN actor a ON a.id = e.actor_id LEFT JOIN target t ON t.id = e.target_id
    LEFT JOIN term u ON u.id = e.subject_id LEFT JOIN term i ON i.id = e.ip_id
    JOIN record r ON r.event_id = e.id;`;
  // The raw record of a CSV is JSON: always quoted, so that it stays one cell.
  const script = `.mode csv\n.headers on\n.nullvalue ""\n${select}\n`;
  const dump = spawnSync('sqlite3', ['-readonly', file], {
    input: script,
    stdio: ['pipe', output, 'inherit'],
  });
  closeSync(output);
  if (dump.status !== 0) throw new Error('sqlite3 could not read the workspace for DuckDB.');
  const connection = await (await DuckDBInstance.create(join(folder, 'log.duckdb'))).connect();
  await connection.run('SET threads = 2');
  await connection.run(
    `CREATE TABLE event AS SELECT * FROM read_csv('${csv}', header = true, quote = '"', escape = '"',
       types = {'subject': 'VARCHAR', 'old_value': 'VARCHAR', 'new_value': 'VARCHAR', 'raw': 'VARCHAR', 'target': 'VARCHAR'})`,
  );
  rmSync(csv);
  const [[count]] = (await connection.runAndReadAll('SELECT count(*) FROM event')).getRows() as [[bigint]];
  console.log(`DuckDB holds ${count} events, on 2 threads; its times include fetching the rows`);
  return connection;
}

const statementsOf = (sql: string): string[] => sql.split(';').filter((one) => one.trim() !== '');

function timeSqlite(file: string, sql: string, runs: number, patience: number): number | null {
  // Slow questions are slow each time: three are enough to say so.
  const repeats = Math.min(runs, 3) + 1;
  const statements = statementsOf(sql).length;
  const run = spawnSync('sqlite3', ['-readonly', file], {
    input: `.timer on\n${`${sql}\n`.repeat(repeats)}`,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    timeout: patience * 1000,
  });
  if ((run.error as { code?: string } | undefined)?.code === 'ETIMEDOUT') return null;
  if (run.status !== 0) throw new Error(`sqlite3 failed: ${run.stderr}`);
  const each = [...run.stdout.matchAll(/^Run Time: real ([\d.]+)/gm)].map((match) => Number(match[1]) * 1000);
  const sums = Array.from({ length: repeats }, (_, at) =>
    each.slice(at * statements, (at + 1) * statements).reduce((sum, one) => sum + one, 0),
  );
  return median(sums.slice(1));
}

/** `name  ours  sqlite3 (× ours)  DuckDB (× ours)`: the times of one question in ms. */
export function comparison(
  { patience }: Baselines,
  name: string,
  { ours, sqlite, duck }: { ours: number; sqlite: number | null; duck: number | null },
): string {
  const beside = (who: string, ms: number | null, none: string) =>
    `${who} ${ms === null ? none.padStart(10) : `${ms.toFixed(1).padStart(8)} ms`}${
      ms === null ? '' : ` (${(ms / ours).toFixed(ms / ours < 10 ? 1 : 0)}×)`.padEnd(9)
    }`;
  return `  ${name.padEnd(32)} ${ours.toFixed(1).padStart(8)} ms   ${beside('sqlite3', sqlite, `over ${patience} s`)}   ${beside('DuckDB', duck, 'none')}`;
}

export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] as number;
}
