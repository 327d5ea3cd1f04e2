// The network of the window: a bucket is read through the system's proxy, as APIs are; a certificate that nobody vouches
// for is refused; the schedule syncs while the window is open, and the switch that forbids the network stops it.

import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { request as ask, createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { type BucketServer, openBucketServer } from '../core/sync/bucket-server.ts';
import { type LogServer, openServer } from '../core/sync/server.ts';
import { type LaunchedExhibit, launchExhibit } from './support/launch.ts';
import { fixture, runExhibit, seededWorkspace } from './support/workspaces.ts';

let exhibit: LaunchedExhibit;
let workspace: string;
let bucket: BucketServer;
let logs: LogServer;
let proxy: Server;
let tls: Server;
/** Addresses that were asked through the proxy, which leads to this computer whatever the host. */
const proxied: string[] = [];

let asksForPassword = false;
const challenge = 'Basic realm="Acme"';

const portOf = (server: Server) => (server.address() as AddressInfo).port;

test.beforeAll(async () => {
  bucket = await openBucketServer();
  logs = await openServer(
    { paging: 'offset', order: 'oldest-first', period: 'half-open', pageSize: 100 },
    Date.now(),
  );
  logs.log.push({ time: logs.clock.now - 3_600_000, visibleAt: 0, id: 1, note: 'one' });
  proxy = createServer((request, response) => {
    if (asksForPassword) return void response.writeHead(407, { 'proxy-authenticate': challenge }).end();
    proxied.push(request.url ?? '');
    const { port, pathname, search } = new URL(request.url ?? '');
    const { headers } = request;
    const onward = ask({ host: '127.0.0.1', port, path: pathname + search, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    onward.end();
  }).on('connect', (_request, socket: Socket) => {
    socket.end(`HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: ${challenge}\r\n\r\n`);
  });
  proxy.listen(0, '127.0.0.1');
  tls = createTlsServer({
    key: readFileSync(fixture('tls/loopback.key.pem')),
    cert: readFileSync(fixture('tls/loopback.pem')),
  }).listen(0, '127.0.0.1');
  await Promise.all([once(proxy, 'listening'), once(tls, 'listening')]);
  workspace = seededWorkspace(fixture('flowtriq-export.csv'));
  const endpoint = `http://localhost:${bucket.port}`;
  runExhibit(
    'source',
    'add',
    'Nightly',
    '-w',
    workspace,
    '--bucket',
    'audit',
    '--endpoint',
    endpoint,
    '--anonymous',
  );
  const own = ['-w', workspace, '--connector', 'json', '--base'];
  runExhibit('source', 'add', 'Impostor', ...own, `https://127.0.0.1:${portOf(tls)}/log`);
  runExhibit('source', 'add', 'Plant', '-w', workspace, '--connector', 'ironflock', '--base', logs.url);
  exhibit = await launchExhibit({ workspace, address: '#/sources' });
});
test.afterAll(async () => {
  await exhibit.close();
  await Promise.all([bucket.close(), logs.close()]);
  proxy.close();
  tls.close();
  await rm(workspace, { recursive: true, force: true });
});

/** As the system would have it set; Chromium asks this computer itself without a proxy unless told otherwise. */
const useProxy = (proxyRules: string) =>
  exhibit.app.evaluate(
    ({ app }, proxyRules) => app.setProxy({ proxyRules, proxyBypassRules: '<-loopback>' }),
    proxyRules,
  );

const keepTokenOfImpostor = () =>
  exhibit.page.evaluate(
    (port) => window.exhibit.keepSecret(`source:impostor:127.0.0.1-${port}:token`, 'secret'),
    portOf(tls),
  );

test('a bucket is read through the proxy of the system, byte for byte', async () => {
  const { app, page } = exhibit;
  const csv =
    'timestamp,user,asset_type,asset_key,asset_name,project,aspect,subject,old_value,new_value\n2026-02-01T10:00:00.000Z,ann,device,7,press-07,plant,Name,,a,b\n';
  bucket.objects.set('a b.csv', { body: Buffer.from(csv) });
  // Marked as packed on its way: Chromium unpacks it, and it is read all the same.
  bucket.objects.set('c.csv.gz', { body: gzipSync(csv.replace('a,b', 'b,c')), encoding: 'gzip' });
  await useProxy(`http=127.0.0.1:${portOf(proxy)}`);
  await page.getByRole('button', { name: 'Sync Nightly' }).click();
  const card = page.getByRole('article', { name: 'Sync of Nightly' });
  await expect(card.getByText('2 new events')).toBeVisible();
  expect(proxied.map((url) => new URL(url).host)).toEqual(
    Array.from({ length: 3 }, () => `audit.localhost:${bucket.port}`),
  );
  await app.evaluate(({ app }) => app.setProxy({ mode: 'direct' }));
});

test('a proxy that asks for a password is said as such, for what goes through it and for what it tunnels', async () => {
  const { app, page } = exhibit;
  await keepTokenOfImpostor();
  asksForPassword = true;
  await useProxy(`127.0.0.1:${portOf(proxy)}`);
  for (const source of ['Nightly', 'Impostor']) {
    await page.getByRole('button', { name: `Sync ${source}` }).click();
    const card = page.getByRole('article', { name: `Sync of ${source}` });
    await expect(card.getByRole('alert')).toContainText('asks for a name and a password');
  }
  asksForPassword = false;
  await app.evaluate(({ app }) => app.setProxy({ mode: 'direct' }));
});

test('a certificate that nobody vouches for is said, and nothing is sent', async () => {
  const { page } = exhibit;
  await keepTokenOfImpostor();
  await page.getByRole('button', { name: 'Sync Impostor' }).click();
  const card = page.getByRole('article', { name: 'Sync of Impostor' }).first();
  await expect(card.getByRole('alert')).toContainText('is not trusted by this computer');
  await expect(card.getByRole('alert')).toContainText('no token was sent');
  await page.getByRole('button', { name: 'Remove Impostor', exact: true }).click();
  await page.getByRole('button', { name: 'Really remove Impostor' }).click();
});

test('the schedule syncs while the window is open, tries one that fails once, and stops where the network is forbidden', async () => {
  const { page } = exhibit;
  await page.evaluate(([name, token]) => window.exhibit.keepSecret(name, token), [
    `source:plant:${new URL(logs.url).host.replace(':', '-')}:token`,
    logs.token,
  ] as const);
  await page.clock.install();
  await page.reload();
  await page.getByRole('button', { name: 'How often to sync while Exhibit is open' }).click();
  await page.getByRole('option', { name: 'Sync every hour' }).click();
  await page.clock.fastForward('01:10');
  await expect(page.getByText('1 new event,')).toBeVisible();
  const synced = logs.requests.length;
  expect(synced).toBeGreaterThan(0);
  await page.clock.fastForward('05:00');
  expect(logs.requests).toHaveLength(synced);

  logs.fault = () => ({ kind: 'status', status: 401 });
  await page.clock.fastForward('59:00');
  await expect(page.getByText('does not accept the token').first()).toBeVisible();
  const failed = logs.requests.length;
  expect(failed).toBe(synced + 1);
  await page.clock.fastForward('20:00');
  await page.clock.fastForward('20:00');
  expect(logs.requests).toHaveLength(failed);

  await page.getByRole('button', { name: 'Forbid the network' }).click();
  await expect(page.getByText('nothing is sent')).toBeVisible();
  await page.clock.fastForward('02:00:00');
  await page.clock.fastForward('02:00');
  // A query that goes there and back: whatever the schedule began would have begun by then.
  await page.getByRole('button', { name: 'Allow the network' }).click();
  await expect(page.getByText('nothing is sent')).toBeHidden();
  expect(logs.requests).toHaveLength(failed);
});
