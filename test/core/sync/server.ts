// A vendor's API on loopback, real HTTP, with a log that grows while it is read and every fault that APIs have. What it
// holds is plain data, so that a test can say what the log has to hold afterwards.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Connector } from '#core/sync/connector.ts';

/** A record of the server's log; `visibleAt` is when it can first be read, epoch ms. */
export type ServerRecord = { time: number; visibleAt: number; id: number | null; note: string };

export type Style = {
  paging: 'offset' | 'page' | 'cursor' | 'next' | 'link' | 'none';
  order: 'oldest-first' | 'newest-first';
  /** Whether it heeds a period: half-open, with both ends, not at all, or has no names for one. */
  period: 'half-open' | 'inclusive' | 'ignored' | 'none';
  pageSize: number;
};

export type Fault =
  | { kind: 'status'; status: number; headers?: Record<string, string>; body?: string }
  | { kind: 'cut' }
  | { kind: 'html' }
  | { kind: 'half' }
  | { kind: 'reset' }
  | { kind: 'silence' }
  | { kind: 'redirect'; to: string }
  | { kind: 'run'; run: () => void };

export type LogServer = {
  style: Style;
  log: ServerRecord[];
  /** The server's clock, epoch ms. */
  clock: { now: number };
  url: string;
  token: string;
  requests: { url: URL; headers: IncomingMessage['headers'] }[];
  /** Says for the n-th request (from 1) what goes wrong with it. */
  fault(request: number): Fault | null;
  /** Holds the answer to the n-th request back until it resolves. */
  hold(request: number): Promise<void>;
  close(): Promise<void>;
};

export const bodyOf = ({ time, id, note }: ServerRecord): Record<string, unknown> => ({
  ...(id === null ? {} : { id: `r${id}` }),
  timestamp: new Date(time).toISOString(),
  user: { username: 'ann' },
  asset: { type: 'device', key: '7', name: 'press-07', project: 'plant' },
  aspect: 'Name',
  old: 'a',
  new: note,
});

/** Opens a server; whoever opens it closes it. */
export async function openServer(style: Style, now: number): Promise<LogServer> {
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const one: LogServer = {
    style,
    log: [],
    clock: { now },
    url: `http://127.0.0.1:${port}`,
    token: 'correct-horse-battery',
    requests: [],
    fault: () => null,
    hold: async () => {},
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', one.url);
    one.requests.push({ url, headers: request.headers });
    const { now } = one.clock;
    response.setHeader('Date', new Date(now).toUTCString());
    const fault = one.fault(one.requests.length);
    await one.hold(one.requests.length);
    if (fault?.kind === 'run') fault.run();
    else if (fault) return fail(fault, response);
    if (request.headers.authorization !== `Bearer ${one.token}`) {
      response.writeHead(401, { 'Content-Type': 'application/json' }).end('{"error":"token expired"}');
      return;
    }
    const { body, link } = pageFor(url);
    response.writeHead(200, { 'Content-Type': 'application/json', ...(link ? { Link: link } : {}) });
    response.end(JSON.stringify(body));
  }

  function fail(fault: Fault, response: ServerResponse): void {
    switch (fault.kind) {
      case 'status':
        response.writeHead(fault.status, fault.headers).end(fault.body ?? '{"error":"not now"}');
        return;
      case 'html':
        response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>Sign in</title>');
        return;
      case 'cut':
        response.writeHead(200, { 'Content-Length': '500' });
        response.write('{"entries":[{');
        response.socket?.destroy();
        return;
      case 'half':
        response.writeHead(200).end('{"total":99,"entries":[{"timestamp":"2026-');
        return;
      case 'reset':
        response.socket?.destroy();
        return;
      case 'silence':
        return;
      case 'redirect':
        response.writeHead(302, { Location: fault.to }).end();
        return;
      case 'run':
        return;
    }
  }

  /** What the log looks like now to who asks for a period. */
  function visible(url: URL): ServerRecord[] {
    const { order, period } = one.style;
    const from = Date.parse(url.searchParams.get('from') ?? '') || Number.NEGATIVE_INFINITY;
    const until = Date.parse(url.searchParams.get('to') ?? '') || Number.POSITIVE_INFINITY;
    const heeded = period === 'half-open' || period === 'inclusive';
    const all = one.log
      .map((record, at) => ({ record, at }))
      .filter(({ record: { time, visibleAt } }) => {
        if (visibleAt > one.clock.now) return false;
        return !heeded || (time >= from && (period === 'inclusive' ? time <= until : time < until));
      })
      .sort((a, b) => a.record.time - b.record.time || a.at - b.at)
      .map(({ record }) => record);
    return order === 'oldest-first' ? all : all.reverse();
  }

  function pageFor(url: URL): { body: unknown; link?: string } {
    const { paging, pageSize } = one.style;
    const all = visible(url);
    const number = (name: string, usual: number) => Number(url.searchParams.get(name) ?? usual);
    // Totals lie: nobody may count on them.
    const wrap = (records: ServerRecord[], more: object = {}) => ({
      ok: true,
      total: 3,
      entries: records.map(bodyOf),
      ...more,
    });
    if (paging === 'none') return { body: all.map(bodyOf) };
    if (paging === 'offset') {
      const from = number('offset', 0);
      return { body: wrap(all.slice(from, from + Math.min(number('limit', pageSize), pageSize))) };
    }
    if (paging === 'page') {
      const page = number('page', 1);
      return { body: wrap(all.slice((page - 1) * pageSize, page * pageSize)) };
    }
    // A cursor holds its place: it names the last record that was given, not a number of records.
    const after = url.searchParams.get('cursor');
    const from = after === null ? 0 : placeAfter(all, Number(after));
    const records = all.slice(from, from + pageSize);
    const last = records.at(-1);
    const next = last && from + pageSize < all.length ? String(one.log.indexOf(last)) : '';
    if (paging === 'cursor') return { body: wrap(records, { meta: { next } }) };
    const address = new URL(url);
    address.searchParams.set('cursor', next);
    if (paging === 'next')
      return { body: wrap(records, { links: { next: next ? address.pathname + address.search : null } }) };
    return {
      body: records.map(bodyOf),
      ...(next ? { link: `<${address.href}>; rel="next", <${one.url}/>; rel="first"` } : {}),
    };
  }

  function placeAfter(all: ServerRecord[], index: number): number {
    return all.indexOf(one.log[index] as ServerRecord) + 1;
  }
  return one;
}

/** A connector for a server of this style. */
export function connectorFor(style: Style): Connector {
  const { paging, order, period, pageSize } = style;
  const pagings: Record<Style['paging'], Connector['paging']> = {
    offset: { kind: 'offset', offset: 'offset', limit: 'limit', size: Math.max(2, pageSize) },
    page: { kind: 'page', page: 'page', first: 1 },
    cursor: { kind: 'cursor', cursor: 'cursor', from: 'meta/next' },
    next: { kind: 'next', from: 'links/next' },
    link: { kind: 'link' },
    none: { kind: 'none' },
  };
  return {
    id: 'test',
    vendor: 'Testing',
    name: 'A test server',
    version: 1,
    preset: 'ironflock',
    base: null,
    feeds: [{ id: 'log', name: 'The log', path: '/audit-logs' }],
    parameters: [{ name: 'aspect', label: 'Aspect', query: 'aspect', narrows: true }],
    query: {},
    headers: {},
    auth: { kind: 'bearer' },
    paging: pagings[paging],
    list: ['entries', ''],
    period: period === 'none' ? null : { query: { from: '{from}', to: '{until}' }, format: 'iso' },
    order,
    lagMinutes: 60,
    begins: { date: '2026-01-01' },
    limits: { remaining: 'X-RateLimit-Remaining', reset: 'X-RateLimit-Reset', resetIs: 'epoch-seconds' },
    ok: 'ok',
    errors: ['error/message', 'error'],
    token: 'Ask the tester.',
    assumed: [],
  };
}
