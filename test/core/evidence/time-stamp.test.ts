import { execFileSync } from 'node:child_process';
import { appendFileSync, copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createContext } from '#core/context.ts';
import { timeStampPack } from '#core/engine/time-stamps.ts';
import { signOff } from '#core/evidence/sign-off.ts';
import { largestAnswer, readTimeStampAnswer, timeStampRequest } from '#core/evidence/time-stamp-token.ts';
import { verifyPack } from '#core/evidence/verify-pack.ts';
import { logOrigin } from '#core/integrity/checkpoint.ts';
import type { PackReport } from '#core/model.ts';
import { usualStatement } from '#core/signoff-model.ts';
import { listActivity } from '#core/store/activity.ts';
import { forbidNetwork } from '#core/store/connections.ts';
import { readWorkspaceId } from '#core/store/inventory.ts';
import { closing, type Store } from '#core/store/open.ts';
import { nodeFetch } from '#core/sync/client.ts';
import { exhibit, runExhibit } from '../../support/command-line.ts';
import { temporaryFolder } from '../../support/workspace.ts';
import { copyOf, create, openSmall, readAll, reseal } from './create.ts';
import { type Authority, hasOpenssl, makeAuthority } from './time-authority.ts';
import { pageSays } from './verifier-page.ts';
import { python } from './verifiers.ts';
import { readZip } from './zip-entries.ts';

const quiet = { signal: new AbortController().signal, progress: () => {} };
function contextOf(store: Store) {
  const context = createContext({
    workspace: store.folder,
    grants: new Map(),
    creates: false,
    fetch: nodeFetch,
    ...quiet,
  });
  // The file for what people add comes with the first import by a person.
  context.review().close();
  return context;
}

/** Serves on loopback until the test ends; gives its address and the bodies it was sent. */
async function serve(
  answer: (request: Buffer, response: ServerResponse) => Promise<void> | void,
): Promise<{ url: string; requests: Buffer[]; types: (string | undefined)[] }> {
  const requests: Buffer[] = [];
  const types: (string | undefined)[] = [];
  const server = createServer(async (asked, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of asked) pieces.push(piece as Buffer);
    requests.push(Buffer.concat(pieces));
    types.push(asked.headers['content-type']);
    await answer(requests.at(-1) as Buffer, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/tsa`, requests, types };
}

/** What Exhibit, verify.py and verify.html say of the time stamps; all must say the same. */
async function said(folder: string): Promise<string[]> {
  const { checks, failures } = await verifyPack(folder, quiet);
  const all = checks
    .filter(({ name }) => /time stamps$/i.test(name))
    .map(({ name, status, detail }) => {
      const faults = failures.filter(({ check }) => check === name);
      const whole = faults.map(({ where, detail: what }) => `${where}: ${what}`).join('; ');
      return `${status} ${name}: ${status === 'failed' ? whole : detail}`;
    });
  const lines = python(folder).stdout.split('\n');
  const own = lines.filter((line) => /^\w+ +(Time stamps|Authority of the time stamps):/.test(line));
  expect(own.map((line) => line.replace(/^(\w+) +/, '$1 '))).toEqual(all);
  expect(await pageSays(folder, 'judgeTimeStamps')).toEqual(all);
  return all;
}

describe.skipIf(!hasOpenssl)('a time stamp (skipped without openssl)', () => {
  /** An authority behind an address, that `change` may give another answer. */
  async function open(change: (answer: Buffer) => Buffer = (answer) => answer) {
    const authority = makeAuthority(temporaryFolder());
    const server = await serve(async (request, response) => {
      response.writeHead(200, { 'Content-Type': 'application/timestamp-reply' });
      response.end(change(await authority.answer(request)));
    });
    return { authority, ...server };
  }
  const openssl = (authority: Authority, folder: string, number = 1) =>
    execFileSync(
      'openssl',
      [
        ...['ts', '-verify', '-data', `timestamp/${number}.txt`, '-in', `timestamp/${number}.tsr`],
        ...['-CAfile', authority.root],
      ],
      { cwd: folder, encoding: 'utf8', stdio: 'pipe' },
    );

  it('is over every file that the pack has then, stays whole after a sign-off, and openssl agrees', async () => {
    const store = await openSmall();
    const pack = await create(store);
    const before = readAll(pack.folder);
    const { url, requests, types, authority } = await open();
    expect(await said(pack.folder)).toEqual([]);
    const stamp = await timeStampPack(pack.folder, `${url}?customer=7`, contextOf(store));

    expect(stamp).toMatchObject({ number: 1, authority: url, pack: pack.packId });
    expect(Math.abs(Date.parse(stamp.time) - Date.now())).toBeLessThan(60_000);
    expect(types).toEqual(['application/timestamp-query']);
    // 69 bytes: the hash, the nonce, and how they are called.
    expect(requests.map((request) => request.length)).toEqual([69]);
    expect(requests[0]?.includes(Buffer.from(stamp.sha256, 'hex'))).toBe(true);
    const after = readAll(pack.folder);
    const changed = [...after].filter(([path, text]) => before.get(path) !== text).map(([path]) => path);
    expect(changed).toEqual([
      'tagmanifest-sha256.txt',
      'timestamp/1.tsq',
      'timestamp/1.tsr',
      'timestamp/1.txt',
      'timestamp/README.txt',
    ]);
    expect(after.get('timestamp/1.txt')).toBe(before.get('tagmanifest-sha256.txt'));
    expect((await readZip(pack.zip)).size).toBe(after.size);

    await signOff(
      pack.folder,
      { role: 'reviewer', name: 'Bo', title: '', statement: usualStatement, override: null },
      {
        origin: logOrigin(readWorkspaceId(store)),
        signer: null,
        isSamePerson: (a, b) => a === b,
        account: 'machine',
        ...quiet,
      },
    );
    const second = await timeStampPack(pack.folder, url, contextOf(store));
    expect(readFileSync(join(pack.folder, 'timestamp/2.txt'), 'utf8')).toMatch(
      / {2}signoff\/1-reviewer\.txt$/m,
    );
    expect(await said(pack.folder)).toEqual([
      `passed Time stamps: these files were there at ${stamp.time}, ${second.time}, as the stamps say`,
      'skipped Authority of the time stamps: its signature and certificate are checked with openssl ts -verify: see timestamp/README.txt',
    ]);
    for (const number of [1, 2]) {
      expect(openssl(authority, pack.folder, number)).toContain('Verification: OK');
      execFileSync('sha256sum', ['-c', '--strict', '--quiet', `timestamp/${number}.txt`], {
        cwd: pack.folder,
      });
    }
    expect((await verifyPack(pack.zip, quiet)).ok).toBe(true);
    const noted = closing(contextOf(store).reviewReader(), listActivity);
    expect(noted.filter(({ action }) => action === 'time-stamp').map(({ detail }) => detail)).toEqual([
      stamp,
      second,
    ]);
  });

  it('that was altered, taken away or made over other files fails, also when the manifests were made to fit', async () => {
    const store = await openSmall();
    const pack = await create(store);
    const { url } = await open();
    await timeStampPack(pack.folder, url, contextOf(store));
    const harm = async (change: (folder: string) => void) => {
      const folder = copyOf(pack);
      change(folder);
      reseal(folder);
      return (await said(folder))[0];
    };
    expect(await harm((folder) => appendFileSync(join(folder, 'timestamp/1.txt'), '\n'))).toBe(
      'failed Time stamps: timestamp/1.tsr: stamps another text than timestamp/1.txt',
    );
    expect(await harm((folder) => appendFileSync(join(folder, 'data/20_sources/days.csv'), '\r\n'))).toBe(
      'failed Time stamps: timestamp/1.tsr: stamps files that the pack does not have',
    );
    const unreadable = 'failed Time stamps: timestamp/1.tsr: cannot be read';
    expect(await harm((folder) => rmSync(join(folder, 'timestamp/1.txt')))).toBe(unreadable);
    expect(await harm((folder) => rmSync(join(folder, 'timestamp/1.tsr')))).toBe(unreadable);
    expect(await harm((folder) => writeFileSync(join(folder, 'timestamp/1.tsr'), 'yes'))).toBe(unreadable);
    const other = await create(store, { organisation: 'Other' });
    await timeStampPack(other.folder, url, contextOf(store));
    const moved = await harm((folder) => {
      for (const name of readdirSync(join(other.folder, 'timestamp')))
        copyFileSync(join(other.folder, 'timestamp', name), join(folder, 'timestamp', name));
    });
    expect(moved).toBe('failed Time stamps: timestamp/1.tsr: stamps files that the pack does not have');
  });

  it('is refused for another hash, another nonce, a refusal and what is no answer; the pack stays as it was', async () => {
    const store = await openSmall();
    const pack = await create(store);
    const before = readAll(pack.folder);
    const authority = makeAuthority(temporaryFolder());
    const nonce = Buffer.alloc(8, 0x41);
    const stamp = (answer: (request: Buffer) => Promise<Buffer> | Buffer) => async () => {
      const { url } = await serve(async (request, response) => void response.end(await answer(request)));
      return timeStampPack(pack.folder, url, contextOf(store));
    };
    const hashOf = (request: Buffer) => request.subarray(24, 56);
    const cases: [string, (request: Buffer) => Promise<Buffer> | Buffer][] = [
      ['another hash', () => authority.answer(timeStampRequest(Buffer.alloc(32, 7), nonce))],
      ['does not repeat', (request) => authority.answer(timeStampRequest(hashOf(request), nonce))],
      ['refuses (status 2', () => authority.answer(Buffer.from('3003020101', 'hex'))],
      ['it is cut, or not DER', () => Buffer.from('<html>Sign in</html>')],
      ['is no answer', () => Buffer.alloc(0)],
      ['more than a time stamp can be', () => Buffer.alloc(largestAnswer + 1)],
      ['is cut', async (request) => (await authority.answer(request)).subarray(0, 300)],
      [
        'something follows',
        async (request) => Buffer.concat([await authority.answer(request), Buffer.from([5, 0])]),
      ],
    ];
    for (const [words, answer] of cases)
      await expect(stamp(answer)(), words).rejects.toMatchObject({ message: expect.stringContaining(words) });
    expect(readAll(pack.folder)).toEqual(before);
    expect(readdirSync(dirname(pack.folder)).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('is read from any damaged answer without harm: as it was, or refused in a sentence', async () => {
    const answer = await makeAuthority(temporaryFolder()).answer(
      timeStampRequest(Buffer.alloc(32, 7), Buffer.alloc(8, 0x41)),
    );
    expect(readTimeStampAnswer(answer)).toMatchObject({ sha256: '07'.repeat(32), nonce: '41'.repeat(8) });
    for (let at = 0; at < Math.min(answer.length, 400); at++) {
      for (const value of [0x00, 0x30, 0x80, 0x84, 0xff]) {
        const damaged = Buffer.from(answer);
        damaged[at] = value;
        try {
          readTimeStampAnswer(damaged);
        } catch (error) {
          expect(error).toMatchObject({ name: 'AppError', code: 'input' });
        }
      }
    }
  });

  it('is added by the command line, also while a pack is made; a failure leaves the pack and says so', async () => {
    const store = await openSmall();
    const out = dirname((await create(store)).folder);
    const { url, requests } = await open();
    const key = join(out, 'key');
    exhibit(['key', 'new', '-w', store.folder, '--out', key]);
    const pack = (to: string, tsa: string) =>
      runExhibit(
        [
          'pack',
          '-w',
          store.folder,
          '--framework',
          'soc2',
          '--from',
          '2026-01-01',
          '--to',
          to,
          '--out',
          out,
        ].concat([...['--key', key, '--tsa', tsa, '--json']]),
      );
    const made = await pack('2026-03-31', url);
    const { folder, timeStamp } = JSON.parse(made.out) as PackReport & { timeStamp: { number: number } };
    expect([made.exit, timeStamp.number]).toEqual([0, 1]);

    const stamp = (...args: string[]) => ['time-stamp', folder, '-w', store.folder, '--tsa', url, ...args];
    expect((await runExhibit(stamp())).err).toContain('a time stamp needs the same key');
    expect(JSON.parse((await runExhibit(stamp('--key', key))).out)).toMatchObject({ number: 2 });
    expect(exhibit(['verify', folder]).out).toContain('these files were there at');
    expect(exhibit(['verify', '-w', store.folder]).exit).toBe(0);
    expect(requests.length).toBe(2);

    const gone = await pack('2026-03-30', 'http://127.0.0.1:1/tsa');
    const { warnings, folder: bare } = JSON.parse(gone.out) as PackReport;
    expect([gone.exit, warnings[0]]).toEqual([3, expect.stringContaining('has no time stamp: 127.0.0.1:1')]);
    expect(exhibit(['verify', bare]).exit).toBe(0);
  });
});

describe('asking an authority', () => {
  it('gives up when the answer does not come, is another status, or leads elsewhere', async () => {
    const store = await openSmall();
    const pack = await create(store);
    const ask = (url: string, timeout = 20_000) =>
      timeStampPack(pack.folder, url, contextOf(store), { timeout });
    const silent = await serve((_request, response) => void response.write('x'));
    await expect(ask(silent.url, 300)).rejects.toMatchObject({
      code: 'environment',
      message: expect.stringContaining('did not answer within 1 s'),
    });
    const busy = await serve((_request, response) => void response.writeHead(503).end('busy'));
    await expect(ask(busy.url)).rejects.toThrow('gave no time stamp (HTTP status 503)');
    const elsewhere = await serve(
      (_request, response) => void response.writeHead(307, { Location: busy.url }).end(),
    );
    await expect(ask(elsewhere.url)).rejects.toThrow('HTTP status 307');
    expect(busy.requests.length).toBe(1);
  });

  it('is never done where the network is forbidden, unencrypted, or without being asked', async () => {
    const store = await openSmall();
    const pack = await create(store);
    const server = await serve((_request, response) => void response.end());
    const context = contextOf(store);
    for (const address of [
      'http://tsa.example/',
      'https://me:pass@tsa.example/',
      'tsa.example',
      'file:///etc',
    ])
      await expect(timeStampPack(pack.folder, address, context), address).rejects.toMatchObject({
        code: 'usage',
      });
    const args = ['time-stamp', pack.folder, '-w', store.folder];
    expect(exhibit(args)).toMatchObject({ exit: 2, err: expect.stringContaining('--tsa is missing') });
    const offline = await runExhibit([...args, '--tsa', server.url], { EXHIBIT_OFFLINE: '1' });
    expect(offline).toMatchObject({ exit: 2, err: expect.stringContaining('The network is forbidden here') });
    closing(context.review(), (review) => forbidNetwork(review, true));
    await expect(timeStampPack(pack.folder, server.url, context)).rejects.toThrow(
      'forbidden in this workspace',
    );
    expect(server.requests).toEqual([]);
  });
});
