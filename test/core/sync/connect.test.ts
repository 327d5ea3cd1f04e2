// What a person fills in becomes a connection, or is said to make no sense beside the field it is of.

import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { closing, openReview, openStore } from '#core/store/open.ts';
import { lookAt } from '#core/sync/look.ts';
import type { ApiShape, DraftOf } from '#core/sync-calls.ts';
import { ironflockCsv, temporaryFolder } from '../../support/workspace.ts';
import { connect as connectClient, startHost } from '../rpc/connect.ts';
import { logOf } from './workspace.ts';

const worker = pathToFileURL(join(import.meta.dirname, '..', '..', '..', 'core', 'rpc', 'worker.ts'));

const shape: ApiShape = {
  auth: 'header',
  header: 'X-Api-Key',
  prefix: '',
  user: '',
  list: '',
  paging: 'link',
  place: '',
  limit: '',
  size: '100',
  first: '1',
  from: '',
  begin: '',
  end: '',
  format: 'iso',
  order: 'unknown',
  lag: '60',
  headers: '',
  query: '',
};
const anyJson: DraftOf<'api'> = {
  kind: 'api',
  name: 'Own',
  source: '',
  replaces: null,
  connector: 'json',
  base: 'https://logs.example.com/v1',
  feed: 'list',
  parameters: {},
  since: '',
  shape,
};
const bucket: DraftOf<'bucket'> = {
  kind: 'bucket',
  name: 'Nightly',
  source: 'Plant',
  replaces: null,
  bucket: 'audit',
  prefix: 'logs/',
  endpoint: '',
  region: 'eu-west-1',
  pathStyle: false,
  requesterPays: true,
  access: 'key',
  profile: '',
};

function start() {
  const workspace = temporaryFolder();
  openStore(workspace, { mode: 'write' }).close();
  closing(openReview(workspace, { mode: 'write' }), () => {});
  const secrets = { get: async () => 'the-key', keep: async () => 'none' as const };
  const host = startHost({ workspace, worker, secrets });
  return { workspace, host, client: connectClient(host).client };
}

it('says beside which field what makes no sense, and takes what makes some', async () => {
  const { client } = start();
  const told = async (draft: Parameters<typeof check>[0]) =>
    Object.fromEntries((await check(draft)).problems.map(({ field, message }) => [field, message]));
  const check = (draft: DraftOf<'api'> | DraftOf<'bucket'> | DraftOf<'folder'>) =>
    client.query('connections.check', draft);
  expect(await told({ ...bucket, name: ' ', bucket: '', region: '', access: 'profile' })).toEqual({
    name: 'Give it a name.',
    bucket: 'Name the bucket.',
    region: expect.stringContaining('Name the region'),
    profile: 'Name the profile.',
  });
  expect(await told({ ...bucket, bucket: 'No Bucket' })).toEqual({
    bucket: 'It is not the name of a bucket.',
  });
  expect((await told({ ...bucket, endpoint: 'http://s3.example.com' })).endpoint).toContain('not encrypted');
  expect((await told({ ...anyJson, base: 'logs.example.com' })).base).toContain('is no address');
  const shaped = (more: Partial<ApiShape>) => told({ ...anyJson, shape: { ...shape, ...more } });
  expect(await shaped({ paging: 'cursor', lag: 'soon' })).toMatchObject({
    place: 'Name what the query calls the cursor.',
    from: expect.stringContaining('Name the member'),
    lag: 'Write a whole number from 0 to 43200.',
  });
  expect((await shaped({ headers: 'Authorization: x' })).headers).toContain('must not hold “Authorization”');
  expect((await shaped({ headers: 'no colon' })).headers).toContain('has no colon');
  expect((await shaped({ query: 'api_key=1' })).query).toContain('must not hold “api_key”');
  expect((await shaped({ end: 'to' })).begin).toContain('reads all of the log');
  expect(
    await told({ kind: 'folder', name: 'F', source: '', replaces: null, folder: null, settle: 'x' }),
  ).toEqual({ folder: 'Choose the folder to watch.', settle: expect.stringContaining('whole number') });
  const { connection } = await check(bucket);
  expect(connection).toMatchObject({ source: 'Plant', secret: 'source:nightly:aws:token' });
  expect((await check({ ...bucket, access: 'none' })).connection?.secret).toBeNull();
});

it('a connection is changed, keeps what the form does not show, and comes back as it was typed', async () => {
  const { client } = start();
  const drafts = [
    { ...anyJson, shape: { ...shape, paging: 'page', place: 'p', headers: 'X-Team: audit' } },
    bucket,
  ];
  for (const draft of drafts) await client.command('connections.save', draft as DraftOf<'bucket'>);
  for (const draft of drafts) {
    const back = await client.query('connections.draft', { name: draft.name });
    expect(back.draft).toEqual({ ...draft, source: draft.source || draft.name, replaces: draft.name });
  }
  const { connections } = await client.command('connections.save', {
    ...bucket,
    name: 'Every night',
    replaces: 'Nightly',
    prefix: 'other/',
  });
  expect(connections.map(({ name, address }) => `${name} ${address}`)).toEqual([
    'Own https://logs.example.com/v1',
    'Every night s3://audit/other/',
  ]);
  await expect(client.command('connections.save', { ...bucket, name: 'Own' })).rejects.toThrow(
    'connected already',
  );
  await expect(client.command('connections.save', { ...bucket, replaces: 'Nobody' })).rejects.toThrow(
    'is not connected any more',
  );
});

it('a folder is watched by its grant, and looked at before anything is stored', async () => {
  const { client, host, workspace } = start();
  const watched = temporaryFolder();
  writeFileSync(
    join(watched, 'a.csv'),
    ironflockCsv(['2026-02-01T10:00:00.000Z,ann,device,7,press-07,plant,Name,,a,b']),
  );
  writeFileSync(join(watched, 'empty.csv'), '');
  writeFileSync(join(watched, 'notes.md'), 'no');
  host.grant('g1', { path: watched, kind: 'folder' });
  host.grant('g2', { path: join(watched, 'a.csv'), kind: 'file' });
  const draft = {
    kind: 'folder' as const,
    name: 'Drop',
    source: '',
    replaces: null,
    folder: 'g1',
    settle: '0',
  };
  const page = await client.run('sync.preview', draft, {});
  expect(page).toMatchObject({
    kind: 'files',
    fresh: 1,
    changed: 0,
    empty: 1,
    others: 1,
    looked: 'a.csv',
    preset: 'ironflock',
    objects: [{ object: 'a.csv', isChanged: false }],
  });
  expect(page.preview?.events[0]).toMatchObject({ action: 'Name', actor: 'ann' });
  expect(logOf(workspace)).toEqual([]);
  await expect(client.run('sync.preview', { ...draft, folder: 'g2' }, {})).rejects.toThrow('That is a file');
  await expect(client.run('sync.preview', { ...draft, folder: 'unknown' }, {})).rejects.toThrow();
  await client.command('connections.save', draft);
  const [report] = await client.run('imports.sync', { names: ['Drop'] }, {});
  expect(report).toMatchObject({ error: null, imported: 1 });
  await client.command('connections.save', { ...draft, replaces: 'Drop', folder: null, settle: '1' });
  expect((await client.query('connections.list', {})).connections[0]?.address).toBe(watched);
});

it('an API of which nothing is known shows what its answer holds, and is read as the person then says', async () => {
  const { client } = start();
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.url} ${request.headers['x-api-key']}`);
    const page = new URL(request.url ?? '', 'http://x').searchParams.get('after');
    const records = [
      { timestamp: `2026-02-0${page === null ? 1 : 2}T10:00:00Z`, event: 'login', actor: 'ann' },
    ];
    response.end(
      JSON.stringify({
        result: { rows: records, tags: [] },
        meta: { next_cursor: page === null ? 'c2' : '' },
      }),
    );
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/log`;
  const first = await client.run('sync.preview', { ...anyJson, base }, {});
  expect(first).toMatchObject({
    kind: 'api',
    records: 0,
    fault: expect.stringContaining('its answer has no list'),
    look: {
      lists: [
        { path: 'result/rows', records: 1 },
        { path: 'result/tags', records: 0 },
      ],
      leads: [{ kind: 'cursor', from: 'meta/next_cursor', place: 'cursor' }],
    },
  });
  const mended = {
    ...shape,
    list: 'result/rows',
    paging: 'cursor' as const,
    from: 'meta/next_cursor',
    place: 'after',
  };
  const draft = { ...anyJson, base, shape: mended };
  expect(await client.run('sync.preview', draft, {})).toMatchObject({
    records: 1,
    hasMore: true,
    fault: null,
  });
  await client.command('connections.save', draft);
  const [report] = await client.run('imports.sync', { names: [] }, {});
  expect(report).toMatchObject({ error: null, read: 2 });
  expect(asked.at(-1)).toBe('/log?after=c2 the-key');
});

it('what leads on is recognised in the header Link, in addresses and in cursors', () => {
  expect(lookAt('[{"a":1}]', '<https://x/2>; rel="next"')).toEqual({
    lists: [{ path: '', records: 1 }],
    leads: [{ kind: 'link', from: '', place: '' }],
  });
  const text = '{"links":{"next":"/v1/log?p=2"},"nextPageToken":"abc","items":[],"next":null,"a/b":[{}]}';
  expect(lookAt(text, null)).toEqual({
    lists: [{ path: 'items', records: 0 }],
    leads: [
      { kind: 'next', from: 'links/next', place: '' },
      { kind: 'cursor', from: 'nextPageToken', place: 'pageToken' },
    ],
  });
  expect(lookAt('<html>', null)).toEqual({ lists: [], leads: [] });
});
