import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listSignOffs, type SignOffOptions, signOff } from '#core/evidence/sign-off.ts';
import { verifyPack } from '#core/evidence/verify-pack.ts';
import { logOrigin } from '#core/integrity/checkpoint.ts';
import { fingerprintOf } from '#core/integrity/note.ts';
import type { PackReport } from '#core/model.ts';
import { isSameName, type NewSignOff, usualStatement } from '#core/signoff-model.ts';
import { readWorkspaceId } from '#core/store/inventory.ts';
import type { Store } from '#core/store/open.ts';
import { exhibit, exhibitJson } from '../../support/command-line.ts';
import { copyOf, create, openSmall, readAll, reseal, signerFor } from './create.ts';
import { python } from './verifiers.ts';
import { readZip } from './zip-entries.ts';

const quiet = { signal: new AbortController().signal, progress: () => {} };

const say = (role: NewSignOff['role'], name: string, override: string | null = null): NewSignOff => ({
  role,
  name,
  title: 'Compliance',
  statement: usualStatement,
  override,
});
const options = (store: Store, parts: Partial<SignOffOptions> = {}): SignOffOptions => ({
  origin: logOrigin(readWorkspaceId(store)),
  signer: null,
  isSamePerson: isSameName,
  account: 'machine',
  ...quiet,
  ...parts,
});

/** What Exhibit and verify.py say of the sign-offs; both must say the same. */
async function said(folder: string): Promise<string> {
  const { checks, failures } = await verifyPack(folder, quiet);
  const own = checks.find(({ name }) => name === 'Sign-offs');
  const line = /^(\w+) +Sign-offs: (.*)$/m.exec(python(folder).stdout);
  const faults = failures.filter(({ check }) => check === 'Sign-offs');
  const detail = faults.map(({ where, detail: what }) => `${where}: ${what}`).join('; ');
  expect(line?.slice(1)).toEqual([own?.status, own?.status === 'failed' ? detail : own?.detail]);
  return `${own?.status}: ${line?.[2]}`;
}

describe('signing off', () => {
  it('adds signed tag files, and leaves every data file and their manifest as they were', async () => {
    const store = await openSmall();
    const signer = signerFor(store);
    const pack = await create(store, {}, { signer });
    const before = readAll(pack.folder);
    expect(await said(pack.folder)).toBe('skipped: nobody has signed off in this pack');
    const first = await signOff(pack.folder, say('preparer', 'Nadia Öztürk'), options(store, { signer }));
    await signOff(pack.folder, say('reviewer', 'Bo'), options(store, { signer }));
    await signOff(`${pack.folder}/`, say('approver', 'Cleo'), options(store, { signer }));

    expect(first).toMatchObject({ number: 1, previous: null, method: 'key', account: 'machine' });
    expect(first.keyFingerprint).toBe(fingerprintOf(signer.key));
    const after = readAll(pack.folder);
    const changed = [...after].filter(([path, text]) => before.get(path) !== text).map(([path]) => path);
    expect(changed).toEqual([
      'signoff/1-preparer.txt',
      'signoff/2-reviewer.txt',
      'signoff/3-approver.txt',
      'tagmanifest-sha256.txt',
      'tagmanifest-sha256.txt.sig',
    ]);
    execFileSync('sha256sum', ['-c', '--strict', '--quiet', 'tagmanifest-sha256.txt'], { cwd: pack.folder });
    expect(await said(pack.folder)).toBe('passed: preparer Nadia Öztürk, reviewer Bo, approver Cleo');
    expect((await verifyPack(pack.zip, quiet)).ok).toBe(true);
    expect((await readZip(pack.zip)).size).toBe(after.size);
    expect((await listSignOffs(pack.zip)).map(({ name }) => name)).toEqual(['Nadia Öztürk', 'Bo', 'Cleo']);
    expect(readdirSync(dirname(pack.folder)).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('in a pack without a signature is a name and a sentence, and says so', async () => {
    const store = await openSmall();
    const pack = await create(store);
    const one = await signOff(
      pack.folder,
      say('reviewer', 'Bo'),
      options(store, { signer: signerFor(store) }),
    );
    expect(one).toMatchObject({ method: 'statement', keyFingerprint: null });
    expect(await said(pack.folder)).toBe('passed: reviewer Bo');
    expect(existsSync(join(pack.folder, 'tagmanifest-sha256.txt.sig'))).toBe(false);
  });

  it('lets nobody approve what they prepared, under none of their names, unless the reason is recorded', async () => {
    const store = await openSmall();
    const pack = await create(store);
    const merged = options(store, { isSamePerson: (a, b) => isSameName(a, b) || /nadia|nö/i.test(a + b) });
    // The recipe names who prepared it, before anybody signed.
    await expect(
      signOff(pack.folder, say('approver', ' nadia öztürk'), options(store)),
    ).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('the preparer of this pack'),
    });
    await expect(signOff(pack.folder, say('approver', 'nö'), merged)).rejects.toMatchObject({
      code: 'usage',
    });
    await signOff(pack.folder, say('preparer', 'Bo'), options(store));
    await expect(signOff(pack.folder, say('approver', 'BO'), options(store))).rejects.toThrow(
      'also the preparer',
    );
    await signOff(pack.folder, say('approver', 'BO', 'we are two people'), options(store));
    expect(await said(pack.folder)).toBe('passed: preparer Bo, approver BO (by override)');
  });

  it('refuses a pack that was altered, is another workspace’s, or is signed with a key that is not here', async () => {
    const store = await openSmall();
    const pack = await create(store, {}, { signer: signerFor(store) });
    const wanted = say('reviewer', 'Bo');
    for (const signer of [null, signerFor(store, 2)])
      await expect(signOff(pack.folder, wanted, options(store, { signer }))).rejects.toMatchObject({
        message: expect.stringContaining('needs the same key'),
      });
    const other = await openSmall();
    await expect(signOff(pack.folder, wanted, options(other))).rejects.toMatchObject({
      message: expect.stringContaining('another workspace'),
    });
    const altered = copyOf(pack);
    writeFileSync(join(altered, 'data/20_sources/days.csv'), 'x');
    await expect(signOff(altered, wanted, options(store))).rejects.toMatchObject({
      message: expect.stringContaining('does not verify'),
    });
    await expect(signOff(join(altered, 'none.zip'), wanted, options(store))).rejects.toMatchObject({
      message: expect.stringContaining('There is no folder'),
    });
  });
});

describe('a sign-off that was tampered with', () => {
  async function signedOff(): Promise<{ pack: PackReport; store: Store }> {
    const store = await openSmall();
    const pack = await create(store);
    await signOff(pack.folder, say('preparer', 'Nadia'), options(store));
    await signOff(pack.folder, say('approver', 'Cleo'), options(store));
    return { pack, store };
  }
  const edit = (folder: string, path: string, change: (text: string) => string) => {
    writeFileSync(join(folder, path), change(readFileSync(join(folder, path), 'utf8')));
    reseal(folder);
  };

  it('is found by its file, also when the manifests were made to fit', async () => {
    const { pack } = await signedOff();
    const gone = copyOf(pack);
    rmSync(join(gone, 'signoff/1-preparer.txt'));
    reseal(gone);
    expect(await said(gone)).toBe(
      'failed: signoff/2-approver.txt: does not follow from the sign-off before it',
    );

    const renamed = copyOf(pack);
    edit(renamed, 'signoff/1-preparer.txt', (text) => text.replace('Nadia', 'Cleo'));
    expect(await said(renamed)).toMatch(/^failed: signoff\/2-approver.txt: does not follow/);

    const alone = copyOf(pack);
    edit(alone, 'signoff/2-approver.txt', (text) => text.replace('Cleo', ' nadia'));
    expect(await said(alone)).toBe(
      'failed: signoff/2-approver.txt: approved by who prepared it, without an override',
    );

    const garbled = copyOf(pack);
    edit(garbled, 'signoff/2-approver.txt', () => 'approved\n');
    expect(await said(garbled)).toBe('failed: signoff/2-approver.txt: cannot be read');
  });

  it('does not stand for other data, nor for another pack', async () => {
    const { pack, store } = await signedOff();
    const altered = copyOf(pack);
    edit(altered, 'data/20_sources/days.csv', (text) => `${text}\r\n`);
    expect(await said(altered)).toMatch(
      /^failed: signoff\/1-preparer.txt: for another manifest-sha256.txt; /,
    );

    const other = copyOf(await create(store, { organisation: 'Other' }));
    const { folder } = await create(store, { organisation: 'Third' });
    await signOff(folder, say('preparer', 'Nadia'), options(store));
    execFileSync('cp', ['-r', join(folder, 'signoff'), other]);
    reseal(other);
    expect(await said(other)).toBe('failed: signoff/1-preparer.txt: for another pack or another log');
  });
});

describe('exhibit sign-off', () => {
  it('signs with the workspace’s key, lists who signed, and notes it in the activity log', async () => {
    const store = await openSmall();
    const out = dirname((await create(store)).folder);
    const key = join(out, 'key');
    exhibit(['key', 'new', '-w', store.folder, '--out', key]);
    const period = ['--from', '2026-01-01', '--to', '2026-03-31'];
    const { folder } = exhibitJson<PackReport>(
      'pack',
      '-w',
      store.folder,
      '--framework',
      'soc2',
      ...period,
      '--out',
      out,
      '--key',
      key,
    );
    const sign = (...args: string[]) => exhibit(['sign-off', folder, '-w', store.folder, '--json', ...args]);
    expect(sign('--role', 'preparer', '--name', 'Nadia').err).toContain('needs the same key');
    expect(sign('--role', 'preparer', '--name', 'Nadia', '--key', key).exit).toBe(0);
    expect(sign('--role', 'approver', '--name', 'NADIA', '--key', key)).toMatchObject({ exit: 2 });
    const { signOffs } = JSON.parse(exhibit(['sign-off', folder, '--json']).out);
    expect(signOffs).toMatchObject([
      { role: 'preparer', name: 'Nadia', method: 'key', statement: usualStatement },
    ]);
    expect(exhibit(['verify', folder]).exit).toBe(0);
    expect(exhibit(['verify', '-w', store.folder]).exit).toBe(0);
  });
});
