// A server in a process of its own that hands out an NDJSON export by pages, from memory, as fast as it can; it asks for
// no token. For measuring a sync beside an import of the same file.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadConnectors } from '#core/sync/connector.ts';

/** Starts it for a file whose records have a `timestamp` each, oldest first; `page` records are on a page. */
export async function startRecordServer(file: string, page: number): Promise<{ url: string; stop(): void }> {
  const server = spawn(process.execPath, [import.meta.filename, file, String(page)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = await once(server.stdout, 'data');
  return { url: String(said).trim(), stop: () => server.kill() };
}

/** How Exhibit asks this server: IronFlock's connector, but by cursor and without a token. */
export function recordConnector(): object {
  const ironflock = loadConnectors().find(({ id }) => id === 'ironflock');
  return {
    ...ironflock,
    auth: { kind: 'none' },
    paging: { kind: 'cursor', cursor: 'cursor', from: 'meta/next' },
    order: 'oldest-first',
  };
}

/** Serves an export by periods and cursors: the records lie in memory as they are sent. */
function serve(file: string, page: number): void {
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

if (import.meta.main) serve(process.argv[2] as string, Number(process.argv[3]));
