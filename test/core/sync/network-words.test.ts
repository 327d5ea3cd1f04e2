// What is said where no connection comes about: in the window by Chromium's names, on the command line by Node's.

import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer as createProxy } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { networkFault } from '#core/sync/network-words.ts';
import { fixture } from '../../support/workspace.ts';
import { connectorFor } from './server.ts';
import { connectTo, syncAt } from './workspace.ts';

it.each([
  ['net::ERR_CERT_AUTHORITY_INVALID', 'is not trusted', 'no token was sent', false],
  ['net::ERR_SSL_PROTOCOL_ERROR', 'is not trusted', 'no token was sent', false],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'is not trusted', 'have its certificate installed', false],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'is not trusted', 'have its certificate installed', false],
  ['CERT_HAS_EXPIRED', 'is not trusted', 'Check the address', false],
  ['net::ERR_PROXY_AUTH_REQUESTED', 'asks for a name and a password', 'Ask who runs the network', false],
  ['net::ERR_PROXY_CONNECTION_FAILED', 'The proxy of this system', 'check the proxy', true],
  ['net::ERR_TUNNEL_CONNECTION_FAILED', 'The proxy of this system', 'check the proxy', true],
  ['net::ERR_INTERNET_DISCONNECTED', 'cannot be found', 'there is no network', true],
  ['net::ERR_NAME_NOT_RESOLVED', 'cannot be found', 'the address is not right', true],
  ['ENOTFOUND', 'cannot be found', 'check both and sync again', true],
  ['net::ERR_CONNECTION_REFUSED', 'cannot be reached', 'check the network and sync again', true],
  ['ECONNRESET', 'cannot be reached', 'check the network and sync again', true],
])('%s: what happened, what is safe, what to do', (reason, happened, toDo, isAgain) => {
  const { message, again } = networkFault('logs.example.com', reason);
  expect(message).toContain(happened);
  expect(message).toContain(toDo);
  expect(message).toContain('What was synced stays');
  expect(message).toContain('logs.example.com');
  expect(again).toBe(isAgain);
});

it('a proxy that asks for a password is told from other refusals, as Node words it', async () => {
  const proxy = createProxy().on('connect', (_request, socket) =>
    socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="x"\r\n\r\n'),
  );
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void proxy.close());
  // What the runtime's own fetch uses is said by the environment it starts with.
  const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const rest = { ...process.env, NODE_USE_ENV_PROXY: '1', NO_PROXY: '', no_proxy: '' };
  const env = { ...rest, HTTPS_PROXY: address, https_proxy: address };
  const words = new URL('../../../core/sync/network-words.ts', import.meta.url).href;
  const asks = `import { reasonOf } from '${words}';
    await fetch('https://logs.example.com/').catch((error) => console.log(reasonOf(error)));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', asks], {
    env,
  });
  expect(stdout.trim()).toBe('ERR_PROXY_AUTH_REQUESTED');
});

it('a certificate that nobody vouches for ends the sync before anything is sent', async () => {
  const asked: string[] = [];
  const server = createServer(
    { key: readFileSync(fixture('tls/loopback.key.pem')), cert: readFileSync(fixture('tls/loopback.pem')) },
    (request, response) => {
      asked.push(request.url ?? '');
      response.end('[]');
    },
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const base = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const connector = connectorFor({
    paging: 'none',
    order: 'oldest-first',
    period: 'none',
    pageSize: 10,
  });
  const common = { base, feed: 'log', parameters: {}, query: {}, since: null, lagMinutes: null };
  const folder = connectTo({ kind: 'api', connector, ...common });
  const report = await syncAt(folder, Date.now, { token: 'secret' });
  expect(report.error?.message).toContain('is not trusted by this computer');
  expect(asked).toEqual([]);
});
