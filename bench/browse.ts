// How long answers take in a large workspace, beside the same questions as SQL in the `sqlite3` command line and in DuckDB,
// warm, in this one run: medians in milliseconds, and how many times ours the others take. Ours go through the engine's own
// threads and calls, as the page's do; those of sqlite3 are what its `.timer` says. DuckDB: npm install --prefix bench/duckdb
//
//   node bench/browse.ts [--events 5000000] [--runs 9] [--patience 60] [--workspace FOLDER]
//
// --patience says for how many seconds a question of sqlite3 is waited for: at 5 million most take minutes.

import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { MessageChannel } from 'node:worker_threads';
import type { EventQuery } from '#core/model.ts';
import { facetKeys } from '#core/query/summaries.ts';
import { createEngineClient, type EngineClient } from '#core/rpc/client.ts';
import { createHost } from '#core/rpc/host.ts';
import { type Baselines, comparison, median, openBaselines } from './baselines.ts';
import { makeLargeWorkspace } from './large-workspace.ts';

const { values } = parseArgs({
  options: {
    events: { type: 'string' },
    runs: { type: 'string' },
    patience: { type: 'string' },
    workspace: { type: 'string' },
  },
});
const events = Number(values.events ?? 1_000_000);
const runs = Number(values.runs ?? 9);
const folder = values.workspace ? null : mkdtempSync(join(tmpdir(), 'exhibit-bench-'));
const workspace = values.workspace ?? join(folder as string, 'workspace');

/** What is asked: the filter of ours, and the same as a condition in SQL, over our tables and over DuckDB's. */
const filters = {
  everything: { filter: '', sql: '1', duck: 'true' },
  'common: category:access': {
    filter: 'category:access',
    sql: `e.kind_id IN (SELECT id FROM kind WHERE category LIKE 'access.%')`,
    duck: `e.category LIKE 'access.%'`,
  },
  'rare: one actor': {
    filter: 'actor:user7@acme.example',
    sql: `e.actor_id IN (SELECT id FROM actor WHERE name LIKE 'user7@acme.example')`,
    duck: `e.actor ILIKE 'user7@acme.example'`,
  },
  'mixed: field and 200 actors': {
    filter: 'field:name actor:user1*',
    sql: `e.kind_id IN (SELECT id FROM kind WHERE field LIKE 'name')
      AND e.actor_id IN (SELECT id FROM actor WHERE name LIKE 'user1%')`,
    duck: `e.field ILIKE 'name' AND e.actor ILIKE 'user1%'`,
  },
  'nothing: unknown actor': {
    filter: 'actor:nobody',
    sql: `e.actor_id IN (SELECT id FROM actor WHERE name LIKE 'nobody')`,
    duck: `e.actor ILIKE 'nobody'`,
  },
  'text: one word': {
    filter: 'press-777',
    sql: `EXISTS (SELECT 1 FROM record r WHERE r.event_id = e.id AND r.raw LIKE '%press-777%')`,
    duck: `e.raw ILIKE '%press-777%'`,
  },
};

const everyFacet = facetKeys.map((key) => ({ key, like: null, limit: 10 }));

/** Zones make questions that nobody has asked before, though they mean the same: what is kept does not count. */
const zones = Intl.supportedValuesOf('timeZone').filter((zone) => zone.startsWith('Europe/'));
let asked = 0;

try {
  if (!existsSync(workspace)) {
    console.log(`Making a workspace of ${events} events …`);
    makeLargeWorkspace(workspace, events);
  }
  await main();
} finally {
  if (folder) rmSync(folder, { recursive: true, force: true });
}

async function main(): Promise<void> {
  const opened = performance.now();
  const host = createHost({ workspace, worker: new URL('../core/rpc/worker.ts', import.meta.url) });
  const { port1, port2 } = new MessageChannel();
  host.serve({
    post: (reply) => port1.postMessage(reply),
    onMessage: (listener) => port1.on('message', listener),
    onClose: (listener) => port1.on('close', listener),
  });
  const client = createEngineClient(port2);
  const since = () => (performance.now() - opened).toFixed(0);
  await client.query('events.window', { ...ask(''), first: 0, limit: 100 });
  console.log(`opening to first rows ${since()} ms`);
  const { total } = await client.query('events.total', ask(''));
  console.log(`opening to a total of ${total} ${since()} ms`);
  console.log(`load ${loadavg()[0]?.toFixed(1)} on this machine`);
  console.log(`memory ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB`);

  const beside = await openBaselines(workspace, Number(values.patience ?? 60));
  const all = 'count(*) FROM event e WHERE';
  for (const [name, { filter, sql, duck }] of Object.entries(filters)) {
    const { total: found } = await client.query('events.total', ask(filter));
    console.log(`\n${name}: ${found} events`);
    const at = Math.floor(found * 0.9);
    const newest = 'ORDER BY e.time DESC, e.id DESC';
    const byActor = 'ORDER BY (SELECT name FROM actor WHERE id = e.actor_id), e.time DESC, e.id DESC';
    await report(
      beside,
      'first rows',
      (zone) => client.query('events.window', { ...ask(filter, zone), first: 0, limit: 100 }),
      `SELECT * FROM event e WHERE ${sql} ${newest} LIMIT 100;`,
      `SELECT * FROM event e WHERE ${duck} ${newest} LIMIT 100;`,
    );
    await report(
      beside,
      'jump to 90 %',
      () => client.query('events.window', { ...ask(filter), first: at, limit: 100 }),
      `SELECT * FROM event e WHERE ${sql} ${newest} LIMIT 100 OFFSET ${at};`,
      `SELECT * FROM event e WHERE ${duck} ${newest} LIMIT 100 OFFSET ${at};`,
    );
    await report(
      beside,
      'total',
      (zone) => client.query('events.total', ask(filter, zone)),
      `SELECT ${all} ${sql};`,
      `SELECT ${all} ${duck};`,
    );
    await report(
      beside,
      'nine facets',
      (zone) => client.query('events.facets', { ...ask(filter, zone), facets: everyFacet }),
      ['source_id', 'kind_id', 'actor_id', 'target_id', 'ip_id']
        .map((column) => `SELECT ${column}, ${all} ${sql} GROUP BY 1 ORDER BY 2 DESC LIMIT 10;`)
        .join('\n'),
      ['source', 'category', 'action', 'field', 'outcome', 'actor', 'target', 'target_type', 'ip']
        .map((column) => `SELECT ${column}, ${all} ${duck} GROUP BY 1 ORDER BY 2 DESC LIMIT 10;`)
        .join('\n'),
    );
    await report(
      beside,
      'histogram',
      (zone) => client.query('events.histogram', ask(filter, zone)),
      `SELECT e.time / 86400000, ${all} ${sql} GROUP BY 1;`,
      `SELECT e.time // 86400000, ${all} ${duck} GROUP BY 1;`,
    );
    await report(
      beside,
      'by actor, jump to 90 %',
      (zone) => sortedJump(client, ask(filter, zone), at),
      `SELECT * FROM event e WHERE ${sql} ${byActor} LIMIT 100 OFFSET ${at};`,
      `SELECT * FROM event e WHERE ${duck} ORDER BY e.actor, e.time DESC, e.id DESC LIMIT 100 OFFSET ${at};`,
    );
  }
  console.log('\ntext: words that nobody looked for before');
  const next = () => `press-1${asked++}`;
  const word = next();
  const holds = `EXISTS (SELECT 1 FROM record r WHERE r.event_id = e.id AND r.raw LIKE '%${word}%')`;
  const holdsDuck = `e.raw ILIKE '%${word}%'`;
  await report(
    beside,
    'first rows',
    () => client.query('events.window', { ...ask(next()), first: 0, limit: 100 }),
    `SELECT * FROM event e WHERE ${holds} ORDER BY e.time DESC, e.id DESC LIMIT 100;`,
    `SELECT * FROM event e WHERE ${holdsDuck} ORDER BY e.time DESC, e.id DESC LIMIT 100;`,
  );
  await report(
    beside,
    'total',
    () => client.query('events.total', ask(next())),
    `SELECT ${all} ${holds};`,
    `SELECT ${all} ${holdsDuck};`,
  );
  beside.close();
  console.log(`load ${loadavg()[0]?.toFixed(1)} at the end`);
  client.close();
  await host.close();
}

function sortedJump(client: EngineClient, query: EventQuery, first: number): Promise<unknown> {
  return client.query('events.window', {
    ...query,
    first,
    limit: 100,
    sort: { by: 'actor', direction: 'asc' },
  });
}

function ask(filter: string, zone = 'UTC'): EventQuery {
  return { filter, from: null, to: null, zone };
}

async function report(
  beside: Baselines,
  name: string,
  ours: (zone: string) => Promise<unknown>,
  sql: string,
  duck: string,
): Promise<void> {
  const times: number[] = [];
  for (let run = 0; run <= runs; run++) {
    const zone = zones[asked++ % zones.length] as string;
    const start = performance.now();
    await ours(zone);
    // The first one warms up and does not count.
    if (run > 0) times.push(performance.now() - start);
  }
  const [sqlite, inDuck] = [beside.sqlite(sql, runs), await beside.duck(duck, Math.min(runs, 5))];
  console.log(comparison(beside, name, { ours: median(times), sqlite, duck: inDuck }));
}
