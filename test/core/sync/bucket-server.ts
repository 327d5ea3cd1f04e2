// What an S3 implementation for tests does not do: another region, a requester who has to pay, a clock that is off, a
// connection that is cut, virtual hosts. Real HTTP; the answers are those that Amazon documents.

import { createHash, createHmac } from 'node:crypto';
import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { WebFetch } from '#core/sync/client.ts';

export type Answer = {
  status?: number;
  headers?: Record<string, string>;
  body?: string | Buffer;
  cutAfter?: number;
};
export type BucketServer = {
  url: string;
  port: number;
  /** Every request: path with query, and headers. */
  asked: { url: string; headers: IncomingMessage['headers'] }[];
  objects: Map<string, { body: Buffer; encoding?: string }>;
  /** Answers instead; null lets the bucket answer. `n` counts from 0. */
  fault: (request: IncomingMessage, n: number) => Answer | null;
  /** How far its clock is ahead of ours, in ms. */
  ahead: number;
  close(): Promise<void>;
};

export const errorXml = (code: string, message: string, more = ''): string =>
  `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${message}</Message>${more}</Error>`;

/** Opens a bucket called `audit`, in the path or in the host. Close it. */
export async function openBucketServer(): Promise<BucketServer> {
  const server = createServer((request, response) => {
    const n = own.asked.push({ url: request.url ?? '', headers: request.headers }) - 1;
    const { status = 200, headers = {}, body = '', cutAfter } = own.fault(request, n) ?? answer(request);
    const date = new Date(Date.now() + own.ahead).toUTCString();
    response.writeHead(status, { date, ...headers, 'content-length': Buffer.byteLength(body) });
    if (cutAfter === undefined) response.end(body);
    else response.write(Buffer.from(body).subarray(0, cutAfter), () => response.socket?.destroy());
  });
  const own: BucketServer = {
    url: '',
    port: 0,
    asked: [],
    objects: new Map(),
    fault: () => null,
    ahead: 0,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  function answer(request: IncomingMessage): Answer {
    const url = new URL(request.url ?? '', 'http://x');
    const inHost = (request.headers.host ?? '').startsWith('audit.');
    const path = decodeURIComponent(url.pathname).replace(inHost ? /^\// : /^\/audit\/?/, '');
    if (path === '') return { body: listOf(url.searchParams) };
    const found = own.objects.get(path);
    if (!found) return { status: 404, body: errorXml('NoSuchKey', 'The specified key does not exist.') };
    const encoding = url.searchParams.get('response-content-encoding') ?? found.encoding;
    return { body: found.body, headers: encoding === undefined ? {} : { 'content-encoding': encoding } };
  }

  function listOf(query: URLSearchParams): string {
    const prefix = query.get('prefix') ?? '';
    const all = [...own.objects]
      .filter(([key]) => key.startsWith(prefix))
      .sort(([a], [b]) => (a < b ? -1 : 1));
    const from = Number(query.get('continuation-token') ?? 0);
    const contents = all.slice(from, from + 1000).map(([key, { body }]) => {
      const etag = createHash('md5').update(body).digest('hex');
      return `<Contents><Key>${key}</Key><ETag>&quot;${etag}&quot;</ETag><Size>${body.length}</Size></Contents>`;
    });
    const isCut = from + 1000 < all.length;
    const next = isCut ? `<NextContinuationToken>${from + 1000}</NextContinuationToken>` : '';
    return `<?xml version="1.0" encoding="UTF-8"?><ListBucketResult><Name>audit</Name><IsTruncated>${isCut}</IsTruncated>${next}${contents.join('')}</ListBucketResult>`;
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  own.port = (server.address() as AddressInfo).port;
  own.url = `http://127.0.0.1:${own.port}`;
  return own;
}

/** Real requests to loopback whatever the host is: Node resolves no names below localhost, which Chromium does. */
export const loopbackFetch: WebFetch = (url, { headers, signal }) =>
  new Promise((resolve, reject) => {
    const { host, port, pathname, search } = new URL(url);
    const asked = { host: '127.0.0.1', port, path: pathname + search, headers: { ...headers, host }, signal };
    get(asked, (response) => {
      const said = new Headers(response.headers as Record<string, string>);
      resolve({ status: response.statusCode ?? 0, headers: said, body: response });
    }).on('error', reject);
  });

/** The signature that Amazon's rules ask for (version 4) of what was asked, with this secret: for comparing. */
export function signatureOf(
  { url, headers }: BucketServer['asked'][number],
  secret: string,
): { sent: string; right: string } {
  const [, date = '', region = '', signed = '', sent = ''] =
    /Credential=[^/]+\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]+)/.exec(
      headers.authorization ?? '',
    ) ?? [];
  const [path = '', query = ''] = url.split('?');
  const canonical = [
    'GET',
    path,
    query
      .split('&')
      .filter(Boolean)
      .map((pair) => (pair.includes('=') ? pair : `${pair}=`))
      .sort()
      .join('&'),
    ...signed.split(';').map((name) => `${name}:${String(headers[name] ?? '').trim()}`),
    '',
    signed,
    headers['x-amz-content-sha256'],
  ].join('\n');
  const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
  const scope = `${date}/${region}/s3/aws4_request`;
  const text = [
    'AWS4-HMAC-SHA256',
    headers['x-amz-date'],
    scope,
    createHash('sha256').update(canonical).digest('hex'),
  ].join('\n');
  const key = ['s3', 'aws4_request'].reduce(hmac, hmac(hmac(`AWS4${secret}`, date), region));
  return { sent, right: hmac(key, text).toString('hex') };
}
