// How buckets are addressed, paid for and refused: against real HTTP that answers as Amazon documents it.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it, onTestFinished } from 'vitest';
import yazl from 'yazl';
import { ironflockCsv, temporaryFolder } from '../../support/workspace.ts';
import { type BucketServer, errorXml, loopbackFetch, signatureOf } from './bucket-server.ts';
import { startBucketServer } from './started.ts';
import { connectTo, logOf, syncAt } from './workspace.ts';

const token = 'AKID:sec/ret';
const row = (n: number) =>
  `2026-02-${String((n % 28) + 1).padStart(2, '0')}T10:00:00.000Z,ann,device,7,press-07,plant,Name,,a,b${n}`;

function connect(server: BucketServer, more: Record<string, unknown> = {}, folder?: string): string {
  return connectTo(
    {
      kind: 'bucket',
      bucket: 'audit',
      prefix: '',
      endpoint: server.url,
      region: 'eu-west-1',
      pathStyle: true,
      profile: null,
      requesterPays: false,
      digestKeys: {},
      ...more,
    },
    folder,
  );
}

function setVariable(name: string, value: string | undefined): void {
  const before = process.env[name];
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
  onTestFinished(() => {
    if (before === undefined) delete process.env[name];
    else process.env[name] = before;
  });
}

it('asks by virtual host or by path, signed for what is really asked', async () => {
  const server = await startBucketServer();
  server.objects.set("a b/plus+and 'quote' (1).csv", { body: Buffer.from(ironflockCsv([row(1)])) });
  const inHost = connect(server, { endpoint: `http://localhost:${server.port}`, pathStyle: false });
  expect(await syncAt(inHost, Date.now, { token, fetch: loopbackFetch })).toMatchObject({
    error: null,
    imported: 1,
    requests: 2,
  });
  expect(server.asked.map(({ headers }) => headers.host)).toEqual([
    `audit.localhost:${server.port}`,
    `audit.localhost:${server.port}`,
  ]);
  expect(await syncAt(connect(server), Date.now, { token })).toMatchObject({ error: null, imported: 1 });
  expect(server.asked.at(-1)?.url).toMatch(/^\/audit\/a%20b\//);
  for (const asked of server.asked) {
    const { sent, right } = signatureOf(asked, 'sec/ret');
    expect(sent).toBe(right);
    expect(sent).not.toBe('');
  }
});

it('says who pays, and asks without credentials where none are wanted', async () => {
  const server = await startBucketServer();
  server.objects.set('a.csv', { body: Buffer.from(ironflockCsv([row(1)])) });
  await syncAt(connect(server, { requesterPays: true }), Date.now, { token });
  expect(server.asked.map(({ headers }) => headers['x-amz-request-payer'])).toEqual([
    'requester',
    'requester',
  ]);
  server.asked.length = 0;
  expect(await syncAt(connect(server, { anonymous: true }), Date.now, { token })).toMatchObject({
    imported: 1,
  });
  for (const { headers, url } of server.asked) {
    expect(headers.authorization).toBeUndefined();
    expect(url).not.toContain('response-content-encoding');
  }
});

it('takes the credentials of a profile, and says so where there is none of that name', async () => {
  const server = await startBucketServer();
  const folder = temporaryFolder();
  writeFileSync(
    join(folder, 'credentials'),
    '[night]\naws_access_key_id = NIGHT\naws_secret_access_key = shift\n',
  );
  writeFileSync(join(folder, 'config'), '');
  setVariable('AWS_SHARED_CREDENTIALS_FILE', join(folder, 'credentials'));
  setVariable('AWS_CONFIG_FILE', join(folder, 'config'));
  setVariable('AWS_ACCESS_KEY_ID', undefined);
  setVariable('AWS_SECRET_ACCESS_KEY', undefined);
  expect(await syncAt(connect(server, { profile: 'night' }), Date.now)).toMatchObject({ error: null });
  expect(server.asked[0]?.headers.authorization).toContain('Credential=NIGHT/');
  expect(signatureOf(server.asked[0] as never, 'shift')).toMatchObject({
    sent: signatureOf(server.asked[0] as never, 'shift').right,
  });
  const asked = server.asked.length;
  expect((await syncAt(connect(server, { profile: 'day' }), Date.now)).error?.message).toContain(
    'The profile “day” of this computer gives no credentials for the bucket audit',
  );
  expect((await syncAt(connect(server), Date.now)).error?.message).toContain(
    'There are no credentials for the bucket audit',
  );
  expect(server.asked).toHaveLength(asked);
});

it('a profile that stands for a role exchanges its key for the role’s', async () => {
  const server = await startBucketServer();
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'credentials'), '[base]\naws_access_key_id = BASE\naws_secret_access_key = b\n');
  writeFileSync(
    join(folder, 'config'),
    '[profile auditor]\nrole_arn = arn:aws:iam::1:role/auditor\nsource_profile = base\nregion = eu-west-1\n',
  );
  setVariable('AWS_SHARED_CREDENTIALS_FILE', join(folder, 'credentials'));
  setVariable('AWS_CONFIG_FILE', join(folder, 'config'));
  setVariable('AWS_ENDPOINT_URL_STS', server.url);
  const until = new Date(Date.now() + 3_600_000).toISOString();
  const credentials = `<Credentials><AccessKeyId>ROLE</AccessKeyId><SecretAccessKey>r</SecretAccessKey><SessionToken>s</SessionToken><Expiration>${until}</Expiration></Credentials>`;
  server.fault = ({ method }) =>
    method === 'POST'
      ? {
          headers: { 'content-type': 'text/xml' },
          body: `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>${credentials}</AssumeRoleResult></AssumeRoleResponse>`,
        }
      : null;
  expect(await syncAt(connect(server, { profile: 'auditor' }), Date.now)).toMatchObject({ error: null });
  expect(server.asked[0]?.headers.authorization).toContain('Credential=BASE/');
  expect(server.asked.at(-1)?.headers.authorization).toContain('Credential=ROLE/');
  expect(server.asked.at(-1)?.headers['x-amz-security-token']).toBe('s');
});

it('reads all of a long listing, archives, and what is marked as packed, byte for byte', async () => {
  const server = await startBucketServer();
  for (let n = 0; n < 1203; n++) server.objects.set(`empty/${n}.csv`, { body: Buffer.alloc(0) });
  // CloudTrail's objects are marked so; a network that unpacks them would change their bytes.
  server.objects.set('packed.csv.gz', { body: gzipSync(ironflockCsv([row(1)])), encoding: 'gzip' });
  const zip = new yazl.ZipFile();
  zip.addBuffer(Buffer.from(ironflockCsv([row(2)])), 'one.csv');
  zip.addBuffer(Buffer.from(ironflockCsv([row(3)])), 'two.csv');
  zip.end();
  const pieces: Buffer[] = [];
  for await (const piece of zip.outputStream) pieces.push(piece as Buffer);
  server.objects.set('z.zip', { body: Buffer.concat(pieces) });
  const folder = connect(server);
  const report = await syncAt(folder, Date.now, { token });
  expect(report).toMatchObject({ error: null, imported: 3, pages: 2 });
  expect(report.imports.map(({ file }) => file)).toEqual([
    'packed.csv.gz',
    'z.zip › one.csv',
    'z.zip › two.csv',
  ]);
  expect(report.warnings).toEqual(['1203 files are empty and were left alone.']);
  expect(await syncAt(folder, Date.now, { token })).toMatchObject({ read: 0, requests: 2 });
  const open = connect(server, { anonymous: true });
  expect(await syncAt(open, Date.now)).toMatchObject({ error: null, imported: 3 });
});

it('says of a bucket that refuses what happened and what to do', async () => {
  const server = await startBucketServer();
  server.objects.set('a.csv', { body: Buffer.from(ironflockCsv([row(1)])) });
  const told = async (answer: BucketServer['fault'], more: Record<string, unknown> = {}) => {
    server.fault = answer;
    return (await syncAt(connect(server, more), Date.now, { token })).error?.message ?? '';
  };
  const xml =
    (status: number, code: string, more = '', headers = {}) =>
    () => ({
      status,
      headers,
      body: errorXml(code, 'Because.', more),
    });
  const region = { 'x-amz-bucket-region': 'ap-south-1' };
  expect(await told(xml(301, 'PermanentRedirect', '', region))).toContain(
    'is in the region ap-south-1, not in eu-west-1',
  );
  expect(await told(xml(400, 'AuthorizationHeaderMalformed', '<Region>ap-south-1</Region>'))).toContain(
    'is in the region ap-south-1, not in eu-west-1',
  );
  const before = server.asked.length;
  const elsewhere = { location: 'http://127.0.0.1:9/audit/' };
  expect(await told(xml(307, 'TemporaryRedirect', '', elsewhere))).toContain(
    'The credentials were not sent there',
  );
  expect(server.asked.length - before).toBeLessThanOrEqual(5);
  expect(await told(xml(403, 'AccessDenied'))).toContain('refuses to be listed (AccessDenied: Because.)');
  expect(await told(xml(403, 'AccessDenied'))).toContain('where whoever asks has to pay');
  expect(await told(xml(403, 'ExpiredToken'))).toContain('does not accept the access key');
  expect(await told(xml(404, 'NoSuchBucket'))).toContain('There is no bucket audit');
  const gone = await told(({ url }) =>
    url?.includes('a.csv') ? { status: 404, body: errorXml('NoSuchKey', 'Gone.') } : null,
  );
  expect(gone).toContain('There is no a.csv');
}, 30_000);

it('a clock that is off is made good, and noted; one that is never right is said', async () => {
  const server = await startBucketServer();
  server.objects.set('a.csv', { body: Buffer.from(ironflockCsv([row(1)])) });
  const ahead = 40 * 60_000;
  server.ahead = ahead;
  server.fault = ({ headers }) => {
    const [, y, m, d, h, min, s] =
      /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(String(headers['x-amz-date'])) ?? [];
    const off = Date.parse(`${y}-${m}-${d}T${h}:${min}:${s}Z`) - Date.now() - ahead;
    if (Math.abs(off) < 15 * 60_000) return null;
    return { status: 403, body: errorXml('RequestTimeTooSkewed', 'Too large.') };
  };
  const report = await syncAt(connect(server), Date.now, { token });
  expect(report).toMatchObject({ error: null, imported: 1 });
  expect(Math.abs((report.clockSkewMs ?? 0) - ahead)).toBeLessThan(10_000);
  server.fault = () => ({
    status: 403,
    body: errorXml('RequestTimeTooSkewed', 'Too large.'),
  });
  expect((await syncAt(connect(server), Date.now, { token })).error?.message).toContain(
    'The clock of this computer differs by 40 minutes from that of the bucket audit',
  );
}, 30_000);

it('a connection that is cut in the middle of an object is tried again; nothing comes twice', async () => {
  const server = await startBucketServer();
  const body = Buffer.from(ironflockCsv(Array.from({ length: 2000 }, (_, n) => row(n))));
  server.objects.set('a.csv', { body });
  server.objects.set('b.csv', { body: Buffer.from(ironflockCsv([row(1)])) });
  const cut = { body, cutAfter: 30_000 };
  let cuts = 0;
  server.fault = ({ url }) => (url?.includes('a.csv') && cuts++ < 2 ? cut : null);
  const folder = connect(server);
  expect(await syncAt(folder, Date.now, { token })).toMatchObject({ error: null, imported: 2000 });
  expect(logOf(folder)).toHaveLength(2000);
  server.objects.set('a.csv', { body: Buffer.concat([body, Buffer.from(`${row(3000)}\n`)]) });
  server.fault = ({ url }) => (url?.includes('a.csv') ? cut : null);
  const failed = await syncAt(folder, Date.now, { token });
  expect(failed.error?.message).toMatch(/The bucket audit cannot be read/);
  expect(failed.error?.message).toContain('What was synced stays');
  server.fault = () => null;
  const third = await syncAt(folder, Date.now, { token });
  expect(third).toMatchObject({ error: null, imported: 1, duplicates: 2000 });
  expect(third.warnings.join()).toContain('a.csv is another one than when it was read before');
}, 30_000);
