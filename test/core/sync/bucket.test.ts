// Against a real S3 implementation on loopback.

import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
/// <reference path="./s3rver.d.ts" />
import S3rver from 's3rver';
import { expect, it, onTestFinished } from 'vitest';
import { openStore } from '#core/store/open.ts';
import { verifyFailures } from '../../support/log-content.ts';
import { fixture, ironflockCsv, temporaryFolder } from '../../support/workspace.ts';
import { connectTo, logOf, syncAt } from './workspace.ts';

const token = 'S3RVER:S3RVER';

async function startBucket() {
  const server = new S3rver({
    port: 0,
    address: '127.0.0.1',
    silent: true,
    directory: temporaryFolder(),
    configureBuckets: [{ name: 'audit', configs: [] }],
  });
  const { port } = (await server.run()) as { port: number };
  onTestFinished(() => server.close());
  const endpoint = `http://127.0.0.1:${port}`;
  const client = new S3Client({
    endpoint,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' },
  });
  onTestFinished(() => client.destroy());
  const put = (Key: string, Body: string | Buffer, Metadata?: Record<string, string>) =>
    client.send(new PutObjectCommand({ Bucket: 'audit', Key, Body, ...(Metadata ? { Metadata } : {}) }));
  const connect = (more: Record<string, unknown> = {}) =>
    connectTo({
      kind: 'bucket',
      bucket: 'audit',
      prefix: 'logs/',
      endpoint,
      region: 'us-east-1',
      pathStyle: true,
      profile: null,
      requesterPays: false,
      digestKeys: {},
      ...more,
    });
  return { put, connect, endpoint };
}

const row = (n: number) => `2026-02-0${n}T10:00:00.000Z,ann,device,7,press-07,plant,Name,,a,b${n}`;

it('a bucket brings its new objects once, packed or not, and says of one that changed', async () => {
  const { put, connect } = await startBucket();
  await put('logs/2026/02/01/a.csv', ironflockCsv([row(1), row(2)]));
  await put('logs/2026/02/02/b.csv.gz', gzipSync(ironflockCsv([row(2), row(3)])));
  await put('logs/2026/02/03/c.csv', '');
  await put('elsewhere/d.csv', ironflockCsv([row(9)]));
  const folder = connect();
  const first = await syncAt(folder, Date.now, { token });
  expect(first).toMatchObject({ error: null, imported: 3, duplicates: 1, pages: 1 });
  expect(first.imports.map(({ file }) => file)).toEqual([
    'logs/2026/02/01/a.csv',
    'logs/2026/02/02/b.csv.gz',
  ]);
  const again = await syncAt(folder, Date.now, { token });
  expect(again).toMatchObject({ error: null, read: 0, requests: 1, imports: [] });

  await put('logs/2026/02/01/a.csv', ironflockCsv([row(1), row(4)]));
  const third = await syncAt(folder, Date.now, { token });
  expect(third).toMatchObject({ imported: 1, duplicates: 1 });
  expect(third.warnings.join()).toContain(
    'logs/2026/02/01/a.csv is another one than when it was read before',
  );
  expect(logOf(folder)).toHaveLength(4);
  const store = openStore(folder, { mode: 'read' });
  expect(await verifyFailures(store)).toEqual([]);
  store.close();
  expect(readdirSync(folder).filter((name) => name.startsWith('.sync'))).toEqual([]);
});

it('a bucket that cannot be read says why', async () => {
  const { connect } = await startBucket();
  const told = async (more: Record<string, unknown>, secret = token) =>
    (await syncAt(connect(more), Date.now, { token: secret })).error?.message;
  expect(await told({ bucket: 'nobodys' })).toContain('There is no bucket nobodys');
  expect(await told({}, 'NOBODY:wrong')).toContain('The bucket audit does not accept the access key');
  expect(await told({}, 'S3RVER')).toContain('an access key as id:secret');
  expect(await told({ endpoint: 'http://127.0.0.1:9' })).toContain('The bucket audit cannot be read');
});

it('CloudTrail’s digests prove its logs, and show one that was changed', async () => {
  const { put, connect } = await startBucket();
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = publicKey.export({ type: 'pkcs1', format: 'pem' }) as string;
  const trail = JSON.parse(readFileSync(firstTrail(), 'utf8')) as unknown[];
  const log = Buffer.from(JSON.stringify({ Records: trail.slice(0, 3) }));
  const logKey = 'logs/AWSLogs/1/CloudTrail/eu/2026/02/01/one.json.gz';
  await put(logKey, gzipSync(log));
  const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex');
  const digest = async (
    hour: number,
    before: { key: string; hash: string; signature: string } | null,
    logs: string[],
  ) => {
    const key = `logs/AWSLogs/1/CloudTrail-Digest/eu/2026/02/01/${hour}.json.gz`;
    const content = Buffer.from(
      JSON.stringify({
        digestEndTime: `2026-02-01T0${hour}:00:00Z`,
        digestS3Bucket: 'audit',
        digestS3Object: key,
        digestPublicKeyFingerprint: 'f1',
        previousDigestS3Object: before?.key ?? null,
        previousDigestHashValue: before?.hash ?? null,
        previousDigestSignature: before?.signature ?? null,
        logFiles: logs.map((s3Object) => ({ s3Object, hashValue: sha256(log), hashAlgorithm: 'SHA-256' })),
      }),
    );
    const text = `2026-02-01T0${hour}:00:00Z\naudit/${key}\n${sha256(content)}\n${before?.signature ?? 'null'}`;
    const signature = sign('RSA-SHA256', Buffer.from(text), privateKey).toString('hex');
    await put(key, gzipSync(content), { signature });
    return { key, hash: sha256(content), signature };
  };
  const one = await digest(1, null, []);
  await digest(2, one, [logKey]);
  const folder = connect({ digestKeys: { f1: pem } });
  const report = await syncAt(folder, Date.now, { token });
  expect(report.error).toBeNull();
  expect(report.imported).toBeGreaterThan(0);
  expect(report.warnings).toEqual([
    'CloudTrail’s digests were checked: 2 of them name 1 log files that are as they were delivered; 2 are signed by a key that was given.',
  ]);
  await put(
    logKey,
    gzipSync(Buffer.from(JSON.stringify({ Records: [{ ...(trail[0] as object), eventName: 'Forged' }] }))),
  );
  const forged = await syncAt(folder, Date.now, { token });
  expect(forged.warnings.join('\n')).toContain(`${logKey} is not what`);
  await digest(1, null, [logKey, 'logs/AWSLogs/1/CloudTrail/eu/2026/02/01/gone.json.gz']);
  const broken = (await syncAt(folder, Date.now, { token })).warnings.join('\n');
  expect(broken).toContain('the chain of digests is broken there');
  expect(broken).toContain('gone.json.gz is named by');
});

function firstTrail(): string {
  const folder = fixture('cloudtrail');
  return join(folder, readdirSync(folder).find((name) => name.endsWith('.json')) as string);
}
