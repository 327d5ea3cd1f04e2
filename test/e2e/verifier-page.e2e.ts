// verify.html of a pack, in a browser window without Exhibit: it accepts the pack as it was made, and names the file or
// population when anything in it was changed.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron, type ElectronApplication, expect, type Page, test } from '@playwright/test';
import { timeStampRequest } from '#core/evidence/time-stamp-token.ts';
import { hasOpenssl, makeAuthority } from '../core/evidence/time-authority.ts';

const root = resolve(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'exhibit-page-'));
let pack: string;
let app: ElectronApplication;
let page: Page;

const exhibit = (...args: string[]) => {
  const run = spawnSync(process.execPath, [join(root, 'core/cli.ts'), ...args], { encoding: 'utf8' });
  expect(run.status, run.stderr).toBe(0);
  return run.stdout;
};

test.beforeAll(async () => {
  const workspace = join(folder, 'workspace');
  const samples = ['ironflock-sample.csv', 'flowtriq-sample.csv'].map((name) =>
    join(root, 'assets/samples', name),
  );
  exhibit('import', ...samples, '-w', workspace);
  const period = ['--from', '2026-01-01', '--to', '2026-03-31', '--seed', 'x'];
  const drawn = ['--sampling', 'stratified', '--sample', '3', '--sampling', 'systematic', '--sample', '7'];
  exhibit('key', 'new', '-w', workspace, '--out', join(folder, 'key'));
  const made = exhibit(
    'pack',
    '-w',
    workspace,
    '--key',
    join(folder, 'key'),
    '--framework',
    'soc2',
    ...period,
    ...drawn,
    '--out',
    folder,
    '--json',
  );
  pack = (JSON.parse(made) as { folder: string }).folder;
  for (const [role, name] of [
    ['preparer', 'Nadia Öztürk'],
    ['approver', 'Bo'],
  ] as const)
    exhibit('sign-off', pack, '-w', workspace, '--role', role, '--name', name, '--key', join(folder, 'key'));
  app = await _electron.launch({
    executablePath: process.env.EXHIBIT_ELECTRON as string,
    args: [
      `--user-data-dir=${join(folder, 'profile')}`,
      join(import.meta.dirname, 'support/open-page.cjs'),
      join(pack, 'data/40_integrity/verify.html'),
    ],
    chromiumSandbox: true,
  });
  page = await app.firstWindow();
});

test.afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
});

/** The page's verdict on a folder, and its rows as [status, name, detail]. */
async function check(path: string, key = ''): Promise<{ verdict: string; rows: string[][] }> {
  await page.reload();
  await page.locator('#key').fill(key);
  await page.locator('#folder').setInputFiles(path);
  await expect(page.locator('#verdict')).toHaveText(/^(Nothing failed|FAILED)/, { timeout: 60_000 });
  const rows = await page
    .locator('tbody tr')
    .evaluateAll((all) =>
      all.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent ?? '')),
    );
  return { verdict: (await page.locator('#verdict').textContent()) ?? '', rows };
}

/** What verify.py prints, in the same form. */
function said(verifier: string, ...args: string[]): string[][] {
  const { stdout, error } = spawnSync('python3', [verifier, ...args], { encoding: 'utf8' });
  expect(error, 'Python 3 starts').toBeUndefined();
  return stdout.split('\n').flatMap((line) => {
    const match = /^(passed|failed|skipped) +([^:]+): (.*)$/.exec(line);
    return match ? [match.slice(1)] : [];
  });
}
const sayings = (...args: string[]) => said(join(pack, 'data/40_integrity/verify.py'), ...args);

/** A copy of the pack after `change`, and what the page says of it. */
async function checkChanged(change: (copy: string) => void) {
  const copy = join(folder, 'copy', 'pack');
  rmSync(copy, { recursive: true, force: true });
  cpSync(pack, copy, { recursive: true });
  change(copy);
  const { verdict, rows } = await check(copy);
  return {
    copy,
    verdict,
    rows,
    failed: rows.filter(([status]) => status === 'failed').map(([, name, detail]) => `${name}: ${detail}`),
  };
}

/** Another hash in the tag manifest than the one that was stamped. */
const replaceTags = (copy: string) => {
  const file = join(copy, 'tagmanifest-sha256.txt');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^[0-9a-f]{64}/, '0'.repeat(64)));
};

const flip = (path: string) => {
  const bytes = readFileSync(path);
  const at = Math.floor(bytes.length / 2);
  bytes[at] = (bytes[at] as number) ^ 1;
  writeFileSync(path, bytes);
};

test('a pack as it was made passes every check that is not skipped, as with verify.py', async () => {
  const { verdict, rows } = await check(pack);
  expect(verdict).toMatch(/^Nothing failed/);
  expect(rows).toEqual(sayings());
  expect(rows.filter(([status]) => status === 'skipped').map(([, name]) => name)).toEqual(['Known key']);
});

test('the key that signed is compared with one that the reader knows', async () => {
  const key = readFileSync(join(pack, 'data/40_integrity/pubkey.txt'), 'utf8').trim();
  const known = await check(pack, key);
  expect(known.rows).toEqual(sayings('--pubkey', key));
  expect(known.rows.map(([status]) => status)).not.toContain('skipped');

  const stranger = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
  const other = await check(pack, stranger);
  expect(other.verdict).toMatch(/^FAILED/);
  expect(other.rows).toEqual(sayings('--pubkey', stranger));
  expect((await check(pack, 'no key')).verdict).toMatch(/^FAILED/);
});

test('a signature or a sign-off that was altered, taken away or made over other files fails, in the same words', async () => {
  for (const change of [
    (copy: string) => rmSync(join(copy, 'tagmanifest-sha256.txt.sig')),
    (copy: string) => rmSync(join(copy, 'data/40_integrity/pubkey.txt')),
    (copy: string) => appendFileSync(join(copy, 'tagmanifest-sha256.txt'), '\n'),
    (copy: string) => rmSync(join(copy, 'signoff/1-preparer.txt')),
    (copy: string) => {
      const file = join(copy, 'signoff/2-approver.txt');
      writeFileSync(file, readFileSync(file, 'utf8').replace('"Bo"', '"nadia öztürk"'));
    },
    (copy: string) => {
      const file = join(copy, 'tagmanifest-sha256.txt.sig');
      const note = readFileSync(file, 'utf8');
      const at = note.length - 20;
      writeFileSync(file, note.slice(0, at) + (note[at] === 'A' ? 'B' : 'A') + note.slice(at + 1));
    },
  ]) {
    const { verdict, rows, copy } = await checkChanged(change);
    expect(verdict).toMatch(/^FAILED/);
    const about = (all: string[][]) => all.filter(([, name]) => name?.startsWith('Sign'));
    expect(about(rows)).toEqual(about(said(join(copy, 'data/40_integrity/verify.py'))));
    expect(about(rows).map(([status]) => status)).toContain('failed');
  }
});

test('a time stamp is read, and fails when it is for other files, in the words of verify.py (skipped without openssl)', async () => {
  test.skip(!hasOpenssl, 'openssl is the authority here');
  const tags = readFileSync(join(pack, 'tagmanifest-sha256.txt'));
  const request = timeStampRequest(createHash('sha256').update(tags).digest(), Buffer.alloc(8, 0x41));
  const answer = await makeAuthority(mkdtempSync(join(folder, 'authority-'))).answer(request);
  const changes: [string, (stamp: string) => void][] = [
    ['passed', () => {}],
    ['failed', (stamp) => appendFileSync(`${stamp}.txt`, '\n')],
    ['failed', (stamp) => writeFileSync(`${stamp}.tsr`, answer.subarray(0, 300))],
    ['failed', (stamp) => rmSync(`${stamp}.txt`)],
    ['failed', (stamp) => replaceTags(join(stamp, '../..'))],
  ];
  for (const [status, change] of changes) {
    const { rows, copy } = await checkChanged((changed) => {
      mkdirSync(join(changed, 'timestamp'));
      writeFileSync(join(changed, 'timestamp/1.txt'), tags);
      writeFileSync(join(changed, 'timestamp/1.tsr'), answer);
      change(join(changed, 'timestamp/1'));
    });
    const about = (all: string[][]) => all.filter(([, name]) => /time stamps$/i.test(name ?? ''));
    expect(about(rows)).toEqual(about(said(join(copy, 'data/40_integrity/verify.py'))));
    expect(about(rows).map(([one]) => one)).toEqual([status, 'skipped']);
  }
});

test('one changed byte in any file fails, and the file is named', async () => {
  for (const file of [
    'data/01_Evidence_Report.pdf',
    'data/10_populations/00_all-events.ndjson',
    'data/11_samples/01_sample.csv',
    'data/15_reviews/01_access.csv',
    'data/40_integrity/verify.py',
    'signoff/1-preparer.txt',
    'bag-info.txt',
  ]) {
    const { verdict, failed } = await checkChanged((copy) => flip(join(copy, file)));
    expect(verdict, file).toMatch(/^FAILED/);
    expect(failed.join('\n'), file).toContain(`${file} was changed`);
  }
});

test('a file that is missing, was added or has lost a row fails', async () => {
  const lost = await checkChanged((copy) => rmSync(join(copy, 'data/20_sources/days.csv')));
  expect(lost.failed.join('\n')).toContain('data/20_sources/days.csv is missing');
  const added = await checkChanged((copy) => writeFileSync(join(copy, 'data/more.txt'), 'more'));
  expect(added.failed.join('\n')).toContain('not listed: data/more.txt');
  const shorter = await checkChanged((copy) => {
    const file = join(copy, 'data/10_populations/00_all-events.ndjson');
    const lines = readFileSync(file, 'utf8').split('\n');
    writeFileSync(file, [...lines.slice(0, 7), ...lines.slice(8)].join('\n'));
  });
  expect(shorter.failed.join('\n')).toContain('Population P-00: ');
  const longer = await checkChanged((copy) =>
    appendFileSync(join(copy, 'data/15_reviews/02_people.csv'), 'x,joiner,1,0\r\n'),
  );
  expect(longer.failed.join('\n')).toContain('Answers: R-02 has');
  const swapped = await checkChanged((copy) => {
    const file = join(copy, 'data/10_populations/00_all-events.ndjson');
    const [first, second, ...rest] = readFileSync(file, 'utf8').split('\n');
    writeFileSync(file, [second, first, ...rest].join('\n'));
  });
  expect(swapped.failed.join('\n')).toContain('Population P-00: ');
});
