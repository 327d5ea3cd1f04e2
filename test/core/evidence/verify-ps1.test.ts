// verify.ps1 of a pack. Its checks are C#: they are run with Mono where that is, here and in every test that runs
// verify.py. The script itself is run where there is a PowerShell (Windows, or pwsh elsewhere). What cannot be run is
// counted as skipped.

import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatNoteKey } from '#core/integrity/note.ts';
import { copyOf, create, openSmall, signerFor } from './create.ts';
import { harms } from './harms.ts';
import { hasMono, runMono, script, sourceOf } from './mono.ts';
import { expectSame, python } from './verifiers.ts';

const path = 'data/40_integrity/verify.ps1';
const shell = ['pwsh', 'powershell'].find((name) => spawnSync(name, ['-Version']).error === undefined);

function powershell(folder: string, ...args: string[]): { status: number | null; stdout: string } {
  const before = ['-NoProfile', '-ExecutionPolicy', 'Bypass', '-File', join(folder, path)];
  return spawnSync(shell as string, [...before, ...args], { encoding: 'utf8' });
}

/** A pack with every kind of check in it that does not need another program. */
const makePack = async () => {
  const store = await openSmall();
  return create(store, { seed: 'Prüfer “1”', sample: 2 }, { signer: signerFor(store) });
};

describe('verify.ps1', () => {
  it('is plain ASCII, which Windows PowerShell reads the same in every country, and listed in the manifest', async () => {
    const { folder } = await create(await openSmall());
    expect(readFileSync(join(folder, path), 'utf8')).toBe(script);
    expect(script).toMatch(/^[\n\x20-\x7e]+$/);
    expect(readFileSync(join(folder, 'manifest-sha256.txt'), 'utf8')).toContain(path);
    expect(readFileSync(join(folder, 'data/00_README.txt'), 'utf8')).toContain('verify.ps1');
  });

  it('holds its checks as one quoted text, around which there is little', () => {
    expect(script.split(sourceOf(script)).join('').split('\n').length).toBeLessThan(60);
    expect(script.match(/^'@/gm)).toHaveLength(1);
    expect(script.split('namespace ExhibitPack')).toHaveLength(3);
  });
});

describe.skipIf(!hasMono)('the C# of verify.ps1 (skipped without Mono)', () => {
  it('says of everything that is done to a pack what verify.py says', { timeout: 300_000 }, async () => {
    const pack = await makePack();
    expect(python(pack.folder).stdout).toContain('Nothing failed');
    for (const [name, harm, said] of harms) {
      const folder = copyOf(pack);
      harm(folder);
      const { status, stdout } = python(folder);
      expect(stdout, name).toContain(said);
      expect(status, name).toBe(1);
      rmSync(folder, { recursive: true });
    }
  });

  it('finds the pack it lies in, or the one that is named, also with a quotation mark too many', async () => {
    const { folder } = await makePack();
    const run = (pack: string, cwd = '/') => runMono(cwd, folder, { pack });
    const expected = python(folder);
    for (const pack of ['', folder, `${folder}/`, `${folder}"`, `${folder}/data/..`])
      expectSame(expected, run(pack));
    for (const pack of ['.', basename(folder), `./${basename(folder)}/`])
      expectSame(expected, run(pack, pack === '.' ? folder : dirname(folder)));
    expect(run(`${folder}.zip`)).toMatchObject({
      status: 2,
      stdout: `${folder}.zip is not a folder. Name the pack's folder.\n`,
    });
  });

  it('takes a known key as text or as a file, and refuses what is none', async () => {
    const { folder } = await makePack();
    const own = readFileSync(join(folder, 'data/40_integrity/pubkey.txt'), 'utf8').trim();
    const other = formatNoteKey(signerFor(await openSmall(), 2).key);
    for (const key of [own, 'data/40_integrity/pubkey.txt'])
      expect(python(folder, '--pubkey', key).status).toBe(0);
    expect(python(folder, '--pubkey', other).stdout).toMatch(
      /^failed {3}Known key: signed with another key/m,
    );
    for (const key of ['no key', `${own}A`, 'data/01_Evidence_Report.pdf', 'data']) {
      const { status, stdout } = runMono(folder, folder, { key });
      expect([status, stdout]).toEqual([
        2,
        '-PubKey takes a public key such as pubkey.txt has, or a file with it.\n',
      ]);
    }
  });

  it('does not follow a link to another folder', async () => {
    const folder = copyOf(await makePack());
    symlinkSync('/', join(folder, 'data/link'));
    expect(python(folder).status).toBe(0);
  });
});

describe.skipIf(!shell)('verify.ps1 where PowerShell is', () => {
  it('says of a pack what verify.py says, signed or not, and with a key that is known', async () => {
    const store = await openSmall();
    const signer = signerFor(store);
    for (const options of [{}, { signer }]) {
      const { folder } = await create(store, { seed: 's', sample: 2 }, options);
      expectSame(python(folder), powershell(folder));
      const key = formatNoteKey(signer.key);
      expectSame(python(folder, '--pubkey', key), powershell(folder, '-PubKey', key));
    }
  });

  it('says of everything that is done to a pack what verify.py says', { timeout: 600_000 }, async () => {
    const pack = await makePack();
    for (const [, harm] of harms) {
      const folder = copyOf(pack);
      harm(folder);
      expectSame(python(folder), powershell(folder));
    }
  });

  it('finds a pack that is named with a quotation mark too many, and refuses what is no folder', async () => {
    const { folder } = await create(await openSmall());
    expect(powershell(folder, `${folder}"`).status).toBe(0);
    expect(powershell(folder, `${folder}.zip`).status).toBe(2);
    expect(powershell(folder, folder, 'key', 'more').status).toBe(2);
  });

  it('runs twice in one session', async () => {
    const { folder } = await create(await openSmall());
    const run = `& '${join(folder, path)}'`;
    const args = ['-NoProfile', '-ExecutionPolicy', 'Bypass', '-Command', `${run}; ${run}`];
    const { stdout } = spawnSync(shell as string, args, { encoding: 'utf8' });
    expect(stdout.match(/^Nothing failed/gm)).toHaveLength(2);
  });
});
