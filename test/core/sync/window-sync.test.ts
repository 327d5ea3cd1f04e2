// Syncs through the engine as the window has it: calls over a port, the work in a thread, requests made by the process.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import type { Input } from '#core/contract.ts';
import { closing, openReview, openStore } from '#core/store/open.ts';
import { verifyFailures } from '../../support/log-content.ts';
import { fixture, temporaryFile, temporaryFolder } from '../../support/workspace.ts';
import { connect as connectClient, startHost } from '../rpc/connect.ts';
import type { LogServer } from './server.ts';
import { startServer } from './started.ts';
import { hour, logOf, logOfServer } from './workspace.ts';

const worker = pathToFileURL(join(import.meta.dirname, '..', '..', '..', 'core', 'rpc', 'worker.ts'));

async function started(count: number) {
  const server = await startServer(
    { paging: 'offset', order: 'oldest-first', period: 'half-open', pageSize: 100 },
    Date.now(),
  );
  for (let n = 0; n < count; n++) {
    const time = server.clock.now - (count - n) * hour;
    server.log.push({ time, visibleAt: time, id: n, note: `n${n}` });
  }
  const workspace = temporaryFolder();
  openStore(workspace, { mode: 'write' }).close();
  closing(openReview(workspace, { mode: 'write' }), () => {});
  const asked: string[] = [];
  const secrets = {
    get: async (name: string) => {
      asked.push(name);
      return server.token;
    },
    keep: async () => 'none' as const,
  };
  const host = startHost({ workspace, worker, secrets });
  const { client } = connectClient(host);
  return { server, workspace, client, asked, host };
}

const draftOf = (server: LogServer): Input<'connections.save'> => ({
  kind: 'api',
  name: 'Plant A',
  source: 'IronFlock',
  replaces: null,
  connector: 'ironflock',
  base: server.url,
  feed: 'all',
  parameters: { aspect: '' },
  since: '',
  shape: null,
});

it('checks, shows, connects and syncs a source, and forbids the network', async () => {
  const { server, workspace, client, asked } = await started(250);
  const draft = draftOf(server);
  expect((await client.query('connectors.list', {})).map(({ id }) => id)).toContain('ironflock');
  const { connection: checked } = await client.query('connections.check', draft);
  expect(checked?.secret).toMatch(/^source:plant-a:127\.0\.0\.1-\d+:token$/);
  const preview = await client.run('sync.preview', draft, {});
  expect(preview).toMatchObject({ records: 100, preset: 'ironflock' });
  expect(asked).toEqual([checked?.secret]);
  expect((await client.command('connections.save', draft)).connections).toMatchObject([
    { name: 'Plant A', lastSync: null },
  ]);
  const [report] = await client.run('imports.sync', { names: [] }, {});
  expect(report).toMatchObject({ error: null, imported: 250 });
  expect(logOf(workspace)).toEqual(logOfServer(server));
  server.fault = () => ({ kind: 'status', status: 401 });
  const [refused] = await client.run('imports.sync', { names: ['Plant A'] }, {});
  expect(refused?.error?.message).toContain('does not accept the token');
  await client.command('network.forbid', { isForbidden: true });
  const before = server.requests.length;
  await expect(client.run('imports.sync', { names: [] }, {})).rejects.toThrow('The network is forbidden');
  const changed = { ...draft, replaces: 'Plant A' };
  await expect(client.run('sync.preview', changed, {})).rejects.toThrow('The network is forbidden');
  expect(server.requests.length).toBe(before);
});

it('a connection is called otherwise and goes on where it was; one that goes into another source brings all of it there', async () => {
  const { server, client } = await started(250);
  await client.command('connections.save', draftOf(server));
  await client.command('connections.save', { ...draftOf(server), name: 'Plant B' });
  await client.run('imports.sync', { names: ['Plant A'] }, {});
  const { draft } = await client.query('connections.draft', { name: 'Plant A' });
  const taken = await client.query('connections.check', { ...draft, name: 'Plant B' });
  expect(taken.problems).toMatchObject([{ field: 'name' }]);

  const renamed = await client.command('connections.save', { ...draft, name: 'Works' });
  expect(renamed.connections.map(({ name, source }) => `${name} → ${source}`)).toEqual([
    'Plant B → IronFlock',
    'Works → IronFlock',
  ]);
  expect(renamed.connections[1]?.lastSync).not.toBeNull();
  const before = await client.query('sources.list', {});
  const [again] = await client.run('imports.sync', { names: ['Works'] }, {});
  expect(again).toMatchObject({ error: null, imported: 0, imports: [] });
  expect(await client.query('sources.list', {})).toEqual(before);

  const works = (await client.query('connections.draft', { name: 'Works' })).draft;
  await client.command('connections.save', { ...works, source: 'Works' });
  const [other] = await client.run('imports.sync', { names: ['Works'] }, {});
  expect(other).toMatchObject({ error: null, source: 'Works', imported: 250 });
  const sources = await client.query('sources.list', {});
  expect(sources.map(({ name, events }) => `${name} ${events}`).sort()).toEqual([
    'IronFlock 250',
    'Works 250',
  ]);
});

it('a file is imported while a sync still reads, and neither loses a record', async () => {
  const { server, client, workspace, host } = await started(250);
  await client.command('connections.save', draftOf(server));
  const file = temporaryFile('export.csv', readFileSync(fixture('flowtriq-export.csv')));
  host.grant('g1', { path: file, kind: 'file' });
  let isReading = () => {};
  const reading = new Promise<void>((resolve) => (isReading = resolve));
  let goOn = () => {};
  // The answer comes when the import is done: a server may be as slow as that.
  server.hold = async (n) => {
    if (n !== 3) return;
    isReading();
    await new Promise<void>((resolve) => (goOn = resolve));
  };
  const sync = client.run('imports.sync', { names: [] }, {});
  await reading;
  const input = { grants: ['g1'], source: null, preset: null, zone: null };
  const [imported] = await client.run('imports.run', input, {});
  expect(imported).toMatchObject({ ok: true });
  goOn();
  expect((await sync)[0]).toMatchObject({ error: null, imported: 250 });
  const sources = await client.query('sources.list', {});
  expect(sources.map(({ name, imports }) => `${name} ${imports}`).sort()).toEqual([
    'Flowtriq 1',
    'IronFlock 1',
  ]);
  const store = openStore(workspace, { mode: 'read' });
  expect(await verifyFailures(store)).toEqual([]);
  store.close();
});

it('a cancel ends a request that nobody answers', async () => {
  const { server, client } = await started(1);
  await client.command('connections.save', draftOf(server));
  const stop = new AbortController();
  server.fault = () => {
    setTimeout(() => stop.abort(), 20);
    return { kind: 'silence' };
  };
  // What was committed before is told, as of a sync that fails.
  const [report] = await client.run('imports.sync', { names: [] }, { signal: stop.signal });
  expect(report?.error?.code).toBe('cancelled');
});
