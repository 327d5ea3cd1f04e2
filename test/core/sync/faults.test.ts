import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { forbidNetwork } from '#core/store/connections.ts';
import { closing, openReview } from '#core/store/open.ts';
import { readLink } from '#core/sync/page.ts';
import { readLimits, readRetryAfter } from '#core/sync/waits.ts';
import type { Fault, LogServer, Style } from './server.ts';
import { startServer } from './started.ts';
import { connect, day, hour, logOf, logOfServer, start, sync } from './workspace.ts';

const style: Style = { paging: 'offset', order: 'oldest-first', period: 'half-open', pageSize: 4 };

async function filled(count = 20, how: Style = style): Promise<LogServer> {
  const server = await startServer(how, start);
  for (let n = 0; n < count; n++) {
    const time = start - 2 * day - (count - n) * hour;
    server.log.push({ time, visibleAt: time, id: n, note: `n${n}` });
  }
  return server;
}

/** The server fails its n-th request in this way, once. */
const once = (server: LogServer, request: number, fault: Fault) => {
  server.fault = (n) => (n === request ? fault : null);
};

describe('a server at fault', () => {
  it.each<[string, Fault]>([
    ['too many requests, wait for seconds', { kind: 'status', status: 429, headers: { 'Retry-After': '0' } }],
    [
      'too many requests, wait for a date',
      { kind: 'status', status: 429, headers: { 'Retry-After': new Date(start - 1000).toUTCString() } },
    ],
    [
      'a limit that is used up',
      {
        kind: 'status',
        status: 403,
        headers: { 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': String(start / 1000 - 5) },
      },
    ],
    ['unavailable', { kind: 'status', status: 503 }],
    ['a gateway in the way', { kind: 'status', status: 502, body: '<html>Bad gateway</html>' }],
    ['a connection that is cut', { kind: 'cut' }],
    ['a connection that is reset', { kind: 'reset' }],
    ['half an answer', { kind: 'half' }],
    ['silence', { kind: 'silence' }],
  ])('is asked again: %s', async (_, fault) => {
    const server = await filled();
    once(server, 3, fault);
    const folder = connect(server);
    // Silence is over soon; on a busy machine nothing else may be taken for it.
    const pace = { timeout: fault.kind === 'silence' ? 300 : 20_000 };
    const report = await sync(folder, server, { pace });
    expect(report).toMatchObject({ error: null, imported: 20 });
    expect(report.retries).toBeGreaterThan(0);
    expect(logOf(folder)).toEqual(logOfServer(server));
  });

  it.each<[string, Fault, string]>([
    [
      'a token that expired',
      { kind: 'status', status: 401, body: '{"error":"token expired"}' },
      'does not accept the token (401: token expired)',
    ],
    ['a token without the right', { kind: 'status', status: 403 }, 'does not let this token read the log'],
    ['no such place', { kind: 'status', status: 404 }, 'has nothing at http'],
    [
      'a refusal',
      { kind: 'status', status: 422, body: '{"error":{"message":"limit too large"}}' },
      '422: limit too large',
    ],
    ['a page of a web site', { kind: 'html' }, 'a web page, not with JSON'],
    ['another list', { kind: 'status', status: 200, body: '{"rows":[]}' }, 'has no list at entries'],
    [
      'a failure that looks well',
      { kind: 'status', status: 200, body: '{"ok":false,"error":"invalid_auth","entries":[]}' },
      'invalid_auth',
    ],
    [
      'a long wait',
      { kind: 'status', status: 429, headers: { 'Retry-After': '7200' } },
      'allows no more requests before 2026-03-01T02:00',
    ],
    [
      'a redirect to another origin',
      { kind: 'redirect', to: 'http://127.0.0.2:9/elsewhere' },
      'The token was not sent there',
    ],
  ])('ends the sync with a sentence, and the next one goes on: %s', async (_, fault, sentence) => {
    const server = await filled(60, { ...style, pageSize: 10 });
    const folder = connect(server, { since: '2026-02-20' });
    const pace = { mostInBatch: 15, mostInPeriod: 1000 };
    // The periods grow: some are settled by then, and imported.
    server.fault = (n) => (n >= 7 ? fault : null);
    const failed = await sync(folder, server, { pace });
    expect(failed.error?.message).toContain(sentence);
    expect(failed.error?.message).toMatch(/what was synced stays/i);
    expect(failed.error?.message).not.toContain(server.token);
    server.fault = () => null;
    const asked = server.requests.length;
    expect((await sync(folder, server, { pace })).error).toBeNull();
    expect(logOf(folder)).toEqual(logOfServer(server));
    const from = server.requests[asked]?.url.searchParams.get('from');
    expect(from).toBe(failed.settledUntil);
    expect(readdirSync(folder).filter((name) => name.startsWith('.sync'))).toEqual([]);
  });

  it('gets the token only on its own origin', async () => {
    const other = await filled(1);
    const server = await filled();
    server.fault = () => ({ kind: 'redirect', to: `${other.url}/audit-logs` });
    await sync(connect(server), server);
    expect(other.requests).toEqual([]);
  });

  it('follows a redirect within its origin', async () => {
    const server = await filled();
    server.fault = (n) =>
      n === 1 ? { kind: 'redirect', to: '/audit-logs?offset=0&limit=4&from=1970-01-01T00:00:00Z' } : null;
    const folder = connect(server);
    expect((await sync(folder, server)).error).toBeNull();
  });

  it('does not quote the token back to us', async () => {
    const server = await filled();
    server.fault = () => ({
      kind: 'status',
      status: 401,
      body: JSON.stringify({ error: `no ${server.token}\u202e` }),
    });
    expect((await sync(connect(server), server)).error?.message).toContain('401: no ••• ');
  });

  it('that cannot be reached is named', async () => {
    const server = await filled();
    const folder = connect(server);
    await server.close();
    expect((await sync(folder, server)).error?.message).toMatch(
      /127\.0\.0\.1:\d+ cannot be reached \(ECONNREFUSED\)/,
    );
  });

  it('that ignores its place in the list is found out', async () => {
    const server = await filled(20, { ...style, period: 'none', paging: 'page' });
    const folder = connect(server, {
      connector: {
        ...(await import('./server.ts')).connectorFor(style),
        period: null,
        paging: { kind: 'offset', offset: 'skip', limit: 'take', size: 4 },
      },
    });
    expect((await sync(folder, server)).error?.message).toContain('gives the same page again');
  });

  it('that leads in circles is left', async () => {
    const server = await filled(20, { ...style, paging: 'cursor' });
    server.fault = (n) =>
      n === 5 || n > 6
        ? { kind: 'status', status: 200, body: '{"entries":[{"a":1}],"meta":{"next":"3"}}' }
        : null;
    expect((await sync(connect(server), server)).error?.message).toContain('leads back to a page');
  });
});

describe('the network', () => {
  it('is not used where it is forbidden', async () => {
    const server = await filled();
    const folder = connect(server);
    closing(openReview(folder, { mode: 'write' }), (review) => forbidNetwork(review, true));
    await expect(sync(folder, server)).rejects.toThrow('The network is forbidden in this workspace');
    expect(server.requests).toEqual([]);
  });

  it('takes no address that is not encrypted, or that holds a secret', async () => {
    const server = await filled();
    const refused = (base: string) => () => connect(server, { base });
    expect(refused('http://api.example.com')).toThrow('is not encrypted');
    expect(refused('https://ann:secret@api.example.com')).toThrow('must not hold a user or password');
    expect(refused('https://api.example.com/?token=1')).toThrow('ends before the “?”');
    expect(refused('ftp://api.example.com')).toThrow('is no address');
    expect(() => connect(server, { query: { access_token: '1' } })).toThrow('must not hold “access_token”');
  });
});

describe('what servers say', () => {
  it('of waiting is read in seconds and as a date', () => {
    expect(readRetryAfter('120', start)).toBe(120_000);
    expect(readRetryAfter(new Date(start + 5000).toUTCString(), start)).toBe(5000);
    expect(readRetryAfter('soon', start)).toBeNull();
    const headers = new Map([
      ['left', '0'],
      ['again', '30'],
    ]);
    const get = (name: string) => headers.get(name) ?? null;
    expect(readLimits({ get }, { remaining: 'left', reset: 'again', resetIs: 'seconds' }, start)).toBe(
      30_000,
    );
    headers.set('left', '1');
    expect(readLimits({ get }, { remaining: 'left', reset: 'again', resetIs: 'seconds' }, start)).toBeNull();
  });

  it('of the next page is read from the header Link', () => {
    expect(readLink('<https://a/?x=1,2>; rel="next", <https://a/>; rel="last"')).toBe('https://a/?x=1,2');
    expect(readLink('<https://a/>; rel="self", <https://b/>; title="a;b"; rel="prev next"')).toBe(
      'https://b/',
    );
    expect(readLink('<https://a/>; rel=next')).toBe('https://a/');
    expect(readLink('<https://a/>; rel="previous"')).toBeNull();
  });
});
