// When a build is needed, what an archive unpacks to, and what the test runners' reports add up to.
import {
  createWriteStream,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { describe, expect, test } from 'vitest';
import yazl from 'yazl';
import { isUpToDate } from '#scripts/runtime/build.ts';
import { hasDisplay } from '#scripts/runtime/display.ts';
import { addTotals, readPlaywrightTotals, readVitestTotals } from '#scripts/runtime/totals.ts';
import { unpackZip } from '#scripts/runtime/unpack-zip.ts';
import { makeTestFolder } from './folder.ts';

const scratch = makeTestFolder();

describe('a build', () => {
  const project = join(scratch, 'project');
  const earlier = new Date('2026-01-01T00:00:00Z');
  const later = new Date('2026-01-02T00:00:00Z');
  const write = (file: string, time: Date) => {
    mkdirSync(join(project, file, '..'), { recursive: true });
    writeFileSync(join(project, file), '');
    utimesSync(join(project, file), time, time);
  };
  const setFolderTimes = () => {
    for (const folder of ['core', 'core/store']) utimesSync(join(project, folder), earlier, earlier);
  };

  test('is needed until all of it is there, and again when a source is changed, added or removed', () => {
    write('core/store/open.ts', earlier);
    write('core/time.ts', earlier);
    setFolderTimes();
    expect(isUpToDate(project)).toBe(false);

    for (const product of [
      'main/main.js',
      'main/engine-process.js',
      'preload/preload.cjs',
      'renderer/index.html',
    ]) {
      write(`out/${product}`, later);
    }
    expect(isUpToDate(project)).toBe(false);
    write('out/.built', later);
    expect(isUpToDate(project)).toBe(true);

    write('core/store/open.ts', new Date('2026-01-03T00:00:00Z'));
    expect(isUpToDate(project)).toBe(false);
    write('core/store/open.ts', earlier);
    setFolderTimes();
    expect(isUpToDate(project)).toBe(true);

    rmSync(join(project, 'core/time.ts'));
    expect(isUpToDate(project)).toBe(false);
    setFolderTimes();

    rmSync(join(project, 'out/preload/preload.cjs'));
    expect(isUpToDate(project)).toBe(false);
  });
});

describe('an archive', () => {
  test('keeps permissions and links, and leaves out what is not wanted', async () => {
    const archive = join(scratch, 'archive.zip');
    const zip = new yazl.ZipFile();
    zip.addBuffer(Buffer.from('program'), 'product/program', { mode: 0o100755 });
    zip.addBuffer(Buffer.from('text'), 'product/folder/text', { mode: 0o100644 });
    zip.addBuffer(Buffer.from('program'), 'product/link', { mode: 0o120777 });
    zip.addBuffer(Buffer.from('no'), 'product/resources/app.js');
    zip.end();
    await pipeline(zip.outputStream, createWriteStream(archive));

    const target = join(scratch, 'unpacked');
    mkdirSync(target);
    await unpackZip(archive, target, (name) =>
      name.includes('resources') ? undefined : name.replace('product/', ''),
    );
    expect(readFileSync(join(target, 'folder/text'), 'utf8')).toBe('text');
    expect(statSync(join(target, 'program')).mode & 0o777).toBe(0o755);
    expect(lstatSync(join(target, 'link')).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(target, 'link'), 'utf8')).toBe('program');
    expect(statSync(join(target, 'resources'), { throwIfNoEntry: false })).toBeUndefined();
  });

  test('that is none is an error a person understands', async () => {
    const file = join(scratch, 'not-a.zip');
    writeFileSync(file, 'hello');
    await expect(unpackZip(file, scratch, (name) => name)).rejects.toMatchObject({ code: 'input' });
  });
});

describe('totals', () => {
  test('are read from both runners and added up; a missing report counts nothing', () => {
    const vitest = join(scratch, 'vitest.json');
    writeFileSync(
      vitest,
      JSON.stringify({ numPassedTests: 40, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 }),
    );
    const playwright = join(scratch, 'playwright.json');
    writeFileSync(
      playwright,
      JSON.stringify({ stats: { expected: 7, unexpected: 2, flaky: 1, skipped: 0 } }),
    );
    const all = [
      readVitestTotals(vitest),
      readPlaywrightTotals(playwright),
      readVitestTotals(join(scratch, 'missing')),
    ];
    expect(addTotals(all)).toEqual({ passed: 48, failed: 3, skipped: 3 });
  });
});

describe('a display', () => {
  test('is told by the environment on Linux and is there elsewhere', () => {
    expect(hasDisplay({}, 'linux')).toBe(false);
    expect(hasDisplay({ DISPLAY: ':0' }, 'linux')).toBe(true);
    expect(hasDisplay({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBe(true);
    expect(hasDisplay({}, 'darwin')).toBe(true);
    expect(hasDisplay({}, 'win32')).toBe(true);
  });
});
