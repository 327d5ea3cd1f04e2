// How fast a sync is beside importing the same records from a file: a server in a process of its own hands out an NDJSON
// export by pages, from memory, and both end in the same log. In turn, several times; the ratio is the figure to quote.
//
//   node bench/sync.ts [--rows 1000000] [--runs 2] [--page 5000]

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeIronflockJson } from './ironflock-export.ts';
import { recordConnector, startRecordServer } from './record-server.ts';

const { values } = parseArgs({
  options: {
    rows: { type: 'string' },
    runs: { type: 'string' },
    page: { type: 'string' },
  },
});
const rows = Number(values.rows ?? 1_000_000);
const runs = Number(values.runs ?? 2);
const page = Number(values.page ?? 5000);

await measure();

async function measure(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'exhibit-bench-'));
  const file = join(folder, 'export.ndjson');
  writeIronflockJson(file, rows, 'lines');
  const server = await startRecordServer(file, page);
  try {
    const connector = join(folder, 'connector.json');
    writeFileSync(connector, JSON.stringify(recordConnector()));
    const ratios: number[] = [];
    for (let run = 1; run <= runs; run++) {
      const imported = timed([
        'import',
        file,
        '--source',
        'Bench',
        '-w',
        join(folder, `import-${run}`),
        '--json',
      ]);
      const workspace = join(folder, `sync-${run}`);
      const add = ['source', 'add', 'Bench', '-w', workspace, '--connector', connector];
      timed([...add, '--base', server.url, '--since', '2026-01-01']);
      const synced = timed(['sync', '-w', workspace, '--json']);
      const report = JSON.parse(synced.out).syncs[0];
      if (report.imported !== rows || report.error) throw new Error(JSON.stringify(report).slice(0, 500));
      ratios.push(imported.seconds / synced.seconds);
      console.log(
        `round ${run}: import ${imported.seconds.toFixed(1)} s (peak ${imported.peak} MB), sync ${synced.seconds.toFixed(1)} s (peak ${synced.peak} MB, ${report.requests} requests, ${report.imports.length} imports): ratio ${(imported.seconds / synced.seconds).toFixed(2)}`,
      );
      for (const kind of ['import', 'sync']) rmSync(join(folder, `${kind}-${run}`), { recursive: true });
    }
    console.log(
      `${rows} records, ${(statSync(file).size / 1e6).toFixed(0)} MB; ratios ${ratios.map((one) => one.toFixed(2)).join(', ')}`,
    );
  } finally {
    server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function timed(args: string[]): { seconds: number; peak: number; out: string } {
  const cli = join(import.meta.dirname, '..', 'core', 'cli.ts');
  const start = performance.now();
  const run = spawnSync('/usr/bin/time', ['-f', '%M', process.execPath, cli, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (run.status !== 0) throw new Error(run.stderr || String(run.error));
  const peak = Math.round(Number(run.stderr.trim().split('\n').at(-1)) / 1024);
  return { seconds: (performance.now() - start) / 1000, peak, out: run.stdout };
}
