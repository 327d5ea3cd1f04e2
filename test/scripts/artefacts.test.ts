// The files a release is handed out as, made of a small folder: what is in them, and that they come out the same again.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openStore } from '#core/store/open.ts';
import { makeArchives } from '#scripts/runtime/archives.ts';
import { describeParts } from '#scripts/runtime/bill-of-materials.ts';
import { projectFolder } from '#scripts/runtime/build.ts';
import { isOnPath } from '#scripts/runtime/commands.ts';
import { makeDeb } from '#scripts/runtime/deb.ts';

let root: string;
let folder: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'exhibit-artefacts-'));
  folder = join(root, 'linux-unpacked');
  for (const name of ['bin', 'resources']) mkdirSync(join(folder, name), { recursive: true });
  for (const name of ['exhibit', 'chrome-sandbox', 'bin/exhibit', 'resources/app.asar'])
    writeFileSync(join(folder, name), `${name}\n`);
  for (const name of ['exhibit', 'chrome-sandbox', 'bin/exhibit']) chmodSync(join(folder, name), 0o755);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const digest = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');
const make = (name: string) => {
  const output = join(root, name);
  mkdirSync(output);
  return output;
};
const lines = (command: string, ...args: string[]) =>
  execFileSync(command, args, { encoding: 'utf8', env: { ...process.env, TZ: 'UTC' } })
    .trim()
    .split('\n');

/** As if the same sources had been packed on another day. */
function touch(): void {
  for (const name of ['exhibit', 'bin/exhibit', 'resources/app.asar'])
    utimesSync(join(folder, name), 1_000_000_000, 1_000_000_000);
}

describe.runIf(process.platform === 'linux')('the archives', () => {
  test('hold everything under one folder, programs still programs', async () => {
    const [tar = '', zip = ''] = await makeArchives(folder, make('one'));
    const listed = lines('tar', 'tvzf', tar);
    expect(listed.every((line) => / root\/root | 0\/0 /.test(line))).toBe(true);
    expect(listed.find((line) => line.endsWith('/bin/exhibit'))).toMatch(/^-rwxr-xr-x/);
    const unpacked = make('unpacked');
    execFileSync('python3', ['-m', 'zipfile', '-e', zip, unpacked]);
    const names = lines('find', unpacked, '-type', 'f', '-printf', '%P\n').sort();
    expect(names.map((name) => name.replace(/^Exhibit-[^/]+\//, ''))).toEqual([
      'bin/exhibit',
      'chrome-sandbox',
      'exhibit',
      'resources/app.asar',
    ]);
  });

  test('come out byte for byte the same on another day', async () => {
    const first = (await makeArchives(folder, make('one'))).map(digest);
    touch();
    expect((await makeArchives(folder, make('two'))).map(digest)).toEqual(first);
  });
});

test.runIf(isOnPath('update-mime-database'))(
  'the type of a workspace’s log is told by what is in it, not by its name',
  () => {
    const data = make('data');
    const packages = join(data, 'mime', 'packages');
    mkdirSync(packages, { recursive: true });
    copyFileSync(join(projectFolder, 'assets', 'linux', 'exhibit.xml'), join(packages, 'exhibit.xml'));
    lines('update-mime-database', join(data, 'mime'));
    const folder = make('log');
    openStore(folder, { mode: 'write' }).close();
    expect(readFileSync(join(data, 'mime', 'magic')).includes('EXHL')).toBe(true);
    expect(readFileSync(join(folder, 'events.db')).toString('latin1', 68, 72)).toBe('EXHL');
  },
);

describe.runIf(isOnPath('dpkg-deb'))('the package for Debian', () => {
  test('puts the program under /opt with a command, an entry in the menu and the sandbox’s helper', async () => {
    const deb = await makeDeb(folder, make('one'), 'gzip');
    const listed = lines('dpkg-deb', '-c', deb);
    const line = (path: string) => listed.find((each) => each.includes(` ./${path}`));
    expect(line('opt/Exhibit/chrome-sandbox')).toMatch(/^-rwsr-xr-x root\/root/);
    expect(line('usr/bin/exhibit')).toMatch(/^l.*-> \/opt\/Exhibit\/bin\/exhibit$/);
    expect(line('usr/share/applications/exhibit.desktop')).toBeDefined();
    expect(line('usr/share/mime/packages/exhibit.xml')).toBeDefined();
    expect(lines('dpkg-deb', '-f', deb, 'Package', 'Depends').join(' ')).toMatch(/exhibit.*libgtk-3-0/);
  });

  test('comes out byte for byte the same on another day', async () => {
    const first = digest(await makeDeb(folder, make('one'), 'gzip'));
    touch();
    expect(digest(await makeDeb(folder, make('two'), 'gzip'))).toBe(first);
  });
});

test('the bill of materials names each part with its address, hash and licence', () => {
  const part = { name: '@scope/part', version: '1.2.3', text: '', integrity: 'sha512-AAEC' };
  const bill = describeParts(
    [
      { ...part, license: 'MIT' },
      { ...part, license: '(MIT OR Apache-2.0)' },
    ],
    '45.0.0',
  );
  expect(bill).toMatchObject({
    bomFormat: 'CycloneDX',
    components: [
      { name: 'electron', version: '45.0.0' },
      {
        purl: 'pkg:npm/%40scope/part@1.2.3',
        hashes: [{ alg: 'SHA-512', content: '000102' }],
        licenses: [{ license: { id: 'MIT' } }],
      },
      { licenses: [{ expression: '(MIT OR Apache-2.0)' }] },
    ],
  });
});
