// What can be wrong with a workspace or its disk, as the window says it: a sentence that names what happened and what to
// do, nothing lost, and never a blank screen. A dying engine is in engine.e2e.ts, disks that fail in test/core/ingest.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  closeSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { type LaunchedExhibit, launchExhibit } from './support/launch.ts';
import { dropFiles, eventsGrid, goTo } from './support/window.ts';
import { fixture, freshFolder, seededWorkspace } from './support/workspaces.ts';

const require = createRequire(import.meta.url);

let exhibit: LaunchedExhibit | undefined;
const open = async (workspace: string) => {
  exhibit = await launchExhibit({ workspace });
  return exhibit.page;
};
test.afterEach(async () => {
  await exhibit?.close();
  exhibit = undefined;
});

test('a file that is no workspace is named, and left as it is', async () => {
  const folder = freshFolder();
  writeFileSync(join(folder, 'events.db'), 'This is a letter, not a log.\n'.repeat(200));
  const page = await open(folder);
  await expect(page.getByRole('alert')).toContainText('not an Exhibit workspace');
  expect(readFileSync(join(folder, 'events.db'), 'utf8')).toContain('This is a letter');
});

test('a workspace of a newer Exhibit is refused, and left as it is', async () => {
  const folder = seededWorkspace(fixture('flowtriq-export.csv'));
  const file = openSync(join(folder, 'events.db'), 'r+');
  // SQLite keeps user_version in four bytes at 60.
  writeSync(file, Buffer.from([0, 0, 1, 0]), 0, 4, 60);
  closeSync(file);
  const before = readFileSync(join(folder, 'events.db'));
  const page = await open(folder);
  await expect(page.getByRole('alert')).toContainText('written by a newer Exhibit');
  await expect(page.getByRole('alert')).toContainText('Nothing was changed.');
  expect(readFileSync(join(folder, 'events.db')).equals(before)).toBe(true);
});

test('a damaged workspace shows what can be read, or says that it cannot', async () => {
  const folder = seededWorkspace(fixture('ironflock-export.csv'));
  const path = join(folder, 'events.db');
  const { length } = readFileSync(path);
  const file = openSync(path, 'r+');
  for (let at = 65_536; at < length; at += 16_384) writeSync(file, Buffer.alloc(2048, 0xa5), 0, 2048, at);
  closeSync(file);
  const page = await open(folder);
  await expect(page.getByRole('alert').or(page.getByText('is damaged')).first()).toBeVisible();
  await expect(page.getByRole('navigation')).toBeVisible();
});

test('a workspace in a place that may only be read is refused with what to do', async () => {
  const folder = seededWorkspace(fixture('flowtriq-export.csv'));
  for (const name of ['events.db', 'review.db']) chmodSync(join(folder, name), 0o444);
  chmodSync(folder, 0o555);
  try {
    const page = await open(folder);
    await expect(page.getByRole('alert')).toContainText(
      'Copy the whole folder to a place where you may write',
    );
  } finally {
    chmodSync(folder, 0o755);
  }
});

test('fifty files dropped at once come in one after the other, and each adds up', async () => {
  const folder = freshFolder();
  const [header = '', ...lines] = readFileSync(fixture('flowtriq-export.csv'), 'utf8').trim().split(/\r?\n/);
  const files = Array.from({ length: 50 }, (_, nth) => {
    const path = join(folder, `part-${nth}.csv`);
    const part = lines.filter((_line, row) => row % 50 === nth);
    writeFileSync(path, `${[header, ...part].join('\n')}\n`);
    return path;
  });
  const page = await open(freshFolder());
  await goTo(page, 'Sources');
  await dropFiles(page, files);
  await page.getByRole('button', { name: 'Import 50 files' }).click();
  await expect(page.getByText('900 events held, from 50 imports')).toBeVisible({ timeout: 40_000 });
  await expect(page.getByText('adds up')).toHaveCount(50);
});

test('while another Exhibit writes to the workspace, an import waits, and then says who is in the way', async () => {
  const folder = seededWorkspace(fixture('flowtriq-export.csv'));
  const page = await open(folder);
  await goTo(page, 'Sources');
  // The other one, as a process of its own that holds the write lock.
  const other = spawn(
    process.execPath,
    [
      '-e',
      `const Database = require(${JSON.stringify(require.resolve('better-sqlite3'))});
       const db = new Database(${JSON.stringify(join(folder, 'events.db'))});
       db.exec('BEGIN IMMEDIATE'); console.log('held'); setInterval(() => {}, 1000);`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  try {
    await once(other.stdout, 'data');
    await dropFiles(page, [fixture('ironflock-export.csv')]);
    await page.getByRole('button', { name: 'Import 1 file' }).click();
    await expect(page.getByText('Another Exhibit is writing to this workspace').first()).toBeVisible({
      timeout: 30_000,
    });
  } finally {
    other.kill('SIGKILL');
  }
  await dropFiles(page, [fixture('ironflock-export.csv')]);
  await page.getByRole('button', { name: 'Import 1 file' }).click();
  await expect(page.getByText('2,400 events held, from 2 imports')).toBeVisible();
});

test('a workspace whose disk is gone says so when something is to be written', async () => {
  const folder = seededWorkspace(fixture('flowtriq-export.csv'));
  const page = await open(folder);
  await goTo(page, 'Events');
  await expect(eventsGrid(page)).toBeVisible();
  renameSync(folder, `${folder}-away`);
  writeFileSync(folder, '');
  await dropFiles(page, [fixture('ironflock-export.csv')]);
  await page
    .getByRole('button', { name: /^Import/ })
    .last()
    .click();
  await expect(
    page.getByText(/file, not a folder|not there any more|cannot be opened/).first(),
  ).toBeVisible();
  rmSync(folder);
  renameSync(`${folder}-away`, folder);
});
