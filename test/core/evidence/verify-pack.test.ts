import { spawnSync } from 'node:child_process';
import { appendFileSync, createWriteStream, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { verifyPack } from '#core/evidence/verify-pack.ts';
import { temporaryFolder } from '../../support/workspace.ts';
import { copyOf, create, openSmall, reseal } from './create.ts';

const verify = (path: string, signal = new AbortController().signal) =>
  verifyPack(path, { signal, progress: () => {} });
const makePack = async () => create(await openSmall(), { seed: 's', sample: 3 });

describe('verifying a pack', () => {
  it('finds nothing wrong with a fresh one, folder and archive alike, and passes nothing it skipped', async () => {
    const pack = await makePack();
    for (const path of [pack.folder, pack.zip]) {
      const { ok, checks, failures } = await verify(path);
      expect(failures).toEqual([]);
      expect(ok).toBe(true);
      expect(checks.filter(({ status }) => status === 'skipped').map(({ name }) => name)).toEqual([
        'Signature of the checkpoint',
        'Signature of the pack',
        'Sign-offs',
      ]);
      expect(checks.length).toBeGreaterThan(18);
    }
  });

  it('names a file that was changed, is missing, or was added', async () => {
    const pack = await makePack();
    const changed = copyOf(pack);
    appendFileSync(join(changed, 'data/20_sources/days.csv'), ' ');
    expect((await verify(changed)).failures).toContainEqual(
      expect.objectContaining({
        check: 'manifest-sha256.txt',
        where: 'data/20_sources/days.csv',
        detail: 'changed',
      }),
    );
    const missing = copyOf(pack);
    rmSync(join(missing, 'data/01_Evidence_Report.pdf'));
    expect((await verify(missing)).failures).toContainEqual(
      expect.objectContaining({ where: 'data/01_Evidence_Report.pdf', detail: 'missing' }),
    );
    const added = copyOf(pack);
    writeFileSync(join(added, 'data/extra.txt'), 'x');
    const { ok, failures } = await verify(added);
    expect(ok).toBe(false);
    expect(failures.map(({ check, where }) => [check, where])).toEqual([
      ['No other files', 'data/extra.txt'],
      ['Payload-Oxum', 'bag-info.txt'],
    ]);
  });

  it('finds a changed, a removed and an added row even when the manifests were made to fit', async () => {
    const pack = await makePack();
    const ndjson = 'data/10_populations/00_all-events.ndjson';
    const text = readFileSync(join(pack.folder, ndjson), 'utf8');
    const lines = text.split('\n').slice(0, -1);
    for (const forged of [
      text.replace('user05@acme.example', 'user06@acme.example'),
      `${lines.slice(1).join('\n')}\n`,
      `${lines.join('\n')}\n${lines[5]}\n`,
      `${[lines[1], lines[0], ...lines.slice(2)].join('\n')}\n`,
    ]) {
      const folder = copyOf(pack);
      writeFileSync(join(folder, ndjson), forged);
      reseal(folder);
      const { ok, failures } = await verify(folder);
      expect(ok).toBe(false);
      expect(failures.map(({ check }) => check)).toContain('Population P-00');
      expect(failures.map(({ check }) => check)).not.toContain('manifest-sha256.txt');
    }
  });

  it('finds a sample that the seed does not give, and a recipe that is not the one of the pack id', async () => {
    const pack = await makePack();
    const sampled = copyOf(pack);
    const sample = join(sampled, 'data/11_samples/01_sample.ndjson');
    writeFileSync(sample, readFileSync(sample, 'utf8').split('\n').slice(1).join('\n'));
    reseal(sampled);
    expect((await verify(sampled)).failures.map(({ check }) => check)).toEqual(['Sample S-01']);
    const other = copyOf(pack);
    const recipe = join(other, 'data/30_query/recipe.json');
    writeFileSync(
      recipe,
      readFileSync(recipe, 'utf8').replace('"filter":{"text":""', '"filter":{"text":"x"'),
    );
    reseal(other);
    expect((await verify(other)).failures.map(({ check }) => check)).toEqual(['Pack id', 'Pack id']);
  });

  it('ignores what file managers leave behind, and says so', async () => {
    const folder = copyOf(await makePack());
    writeFileSync(join(folder, 'data', '.DS_Store'), 'x');
    writeFileSync(join(folder, 'Thumbs.db'), 'x');
    const { ok, checks } = await verify(folder);
    expect(ok).toBe(true);
    expect(checks.find(({ name }) => name === 'No other files')?.detail).toMatch(/ignored: .*\.DS_Store/);
    expect(spawnSync('python3', ['data/40_integrity/verify.py'], { cwd: folder }).status).toBe(0);
  });

  it('refuses links, which could show another file', async () => {
    const folder = copyOf(await makePack());
    symlinkSync('/etc/hostname', join(folder, 'data', 'link.txt'));
    expect((await verify(folder)).failures).toContainEqual(
      expect.objectContaining({ check: 'No other files', where: 'data/link.txt' }),
    );
  });

  it('says that a folder, a file or nothing is no pack', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'a.zip'), 'not a zip');
    await expect(verify(folder)).rejects.toMatchObject({
      code: 'input',
      message: expect.stringContaining('bagit.txt'),
    });
    await expect(verify(join(folder, 'a.zip'))).rejects.toMatchObject({ code: 'input' });
    await expect(verify(join(folder, 'none'))).rejects.toMatchObject({ code: 'input' });
  });

  it('stops when it is cancelled', async () => {
    const pack = await makePack();
    const abort = new AbortController();
    abort.abort();
    await expect(verify(pack.zip, abort.signal)).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('an archive from elsewhere', () => {
  const zipOf = async (entries: [string, string | Buffer][]): Promise<string> => {
    const path = join(temporaryFolder(), 'pack.zip');
    const zip = new ZipFile();
    for (const [name, content] of entries) zip.addBuffer(Buffer.from(content as string), name);
    zip.end();
    const out = createWriteStream(path);
    zip.outputStream.pipe(out);
    await finished(out);
    return path;
  };

  it('may not lead out of its folder', async () => {
    const path = await zipOf([
      ['pack/bagit.txt', 'x'],
      ['pack/xx/xx/evil', 'x'],
    ]);
    // yazl writes no such name, so it is put in afterwards; the length stays.
    const bytes = readFileSync(path, 'latin1').replaceAll('pack/xx/xx/evil', 'pack/../../evil');
    writeFileSync(path, bytes, 'latin1');
    await expect(verify(path)).rejects.toMatchObject({
      code: 'input',
      message: expect.stringContaining('..'),
    });
  });

  it('must be one pack, with each file once and not more than a pack can have', async () => {
    await expect(
      verify(
        await zipOf([
          ['a/bagit.txt', 'x'],
          ['b/bagit.txt', 'x'],
        ]),
      ),
    ).rejects.toMatchObject({ code: 'input' });
    await expect(
      verify(
        await zipOf([
          ['a/bagit.txt', 'x'],
          ['a/bagit.txt', 'y'],
        ]),
      ),
    ).rejects.toMatchObject({
      message: expect.stringContaining('twice'),
    });
    const many = Array.from({ length: 20_001 }, (_, index): [string, string] => [`a/${index}`, '']);
    await expect(verify(await zipOf(many))).rejects.toMatchObject({
      message: expect.stringContaining('20000 entries'),
    });
  });

  it('with damaged content is a finding, not a crash', async () => {
    const pack = await makePack();
    const bytes = readFileSync(pack.zip);
    const middle = Math.floor(bytes.length / 3);
    bytes.fill(0, middle, middle + 2000);
    const path = join(temporaryFolder(), 'damaged.zip');
    writeFileSync(path, bytes);
    expect((await verify(path)).ok).toBe(false);
  });
});
