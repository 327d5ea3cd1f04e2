// How fast a sync is beside importing the same records from a file: a server in a process of its own hands out an NDJSON
// export by pages, from memory, and both end in the same log. In turn, several times; the ratio is the figure to quote.
//
//   node bench/sync.ts [--rows 1000000] [--runs 2] [--page 5000]

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadConnectors } from '#core/sync/connector.ts';
import { writeIronflockJson } from './ironflock-export.ts';

const { values } = parseArgs({
  options: {
    rows: { type: 'string' },
    runs: { type: 'string' },
    page: { type: 'string' },
    serve: { type: 'string' },
  },
});
const rows = Number(values.rows ?? 1_000_000);
const runs = Number(values.runs ?? 2);
const page = Number(values.page ?? 5000);
const token = 'bench-token';

if (values.serve) serve(values.serve);
else await measure();

async function measure(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'exhibit-bench-'));
  const file = join(folder, 'export.ndjson');
  writeIronflockJson(file, rows, 'lines');
  const server = spawn(process.execPath, [import.meta.filename, '--serve', file, '--page', String(page)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [said] = await once(server.stdout, 'data');
    const connector = join(folder, 'connector.json');
    writeFileSync(connector, JSON.stringify(connectorOf()));
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
      timed([...add, '--base', String(said).trim(), '--since', '2026-01-01']);
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
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

function connectorOf(): object {
  const ironflock = loadConnectors().find(({ id }) => id === 'ironflock');
  return {
    ...ironflock,
    paging: { kind: 'cursor', cursor: 'cursor', from: 'meta/next' },
    order: 'oldest-first',
  };
}

function timed(args: string[]): { seconds: number; peak: number; out: string } {
  const cli = join(import.meta.dirname, '..', 'core', 'cli.ts');
  const env = { ...process.env, EXHIBIT_SECRET_SOURCE_BENCH_TOKEN: token };
  const start = performance.now();
  const run = spawnSync('/usr/bin/time', ['-f', '%M', process.execPath, cli, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env,
  });
  if (run.status !== 0) throw new Error(run.stderr || String(run.error));
  const peak = Math.round(Number(run.stderr.trim().split('\n').at(-1)) / 1024);
  return { seconds: (performance.now() - start) / 1000, peak, out: run.stdout };
}

/** Serves an export by periods and cursors, as fast as it can: the records lie in memory as they are sent. */
function serve(file: string): void {
  const bytes = readFileSync(file);
  const starts: number[] = [];
  const times: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(10, at);
    starts.push(at);
    const text = bytes.toString('latin1', at, at + 400);
    times.push(Date.parse(/"timestamp":\s*"([^"]+)"/.exec(text)?.[1] ?? ''));
    // Between two records of a list stands a comma; the line break before it may stay.
    bytes[end] = 44;
    at = end + 1;
  }
  starts.push(bytes.length);
  const firstFrom = (time: number) => {
    let [low, high] = [0, times.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((times[middle] as number) < time) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const from = Number(
      url.searchParams.get('cursor') ?? firstFrom(Date.parse(url.searchParams.get('from') ?? '')),
    );
    const until = firstFrom(Date.parse(url.searchParams.get('to') ?? ''));
    const end = Math.min(from + page, until);
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.write('{"entries":[');
    if (end > from) response.write(bytes.subarray(starts[from], (starts[end] as number) - 1));
    response.end(`],"meta":{"next":${end < until ? `"${end}"` : 'null'}}}`);
  });
  server.listen(0, '127.0.0.1', () =>
    console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
  );
}
