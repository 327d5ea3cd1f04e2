// A disk that fills up while the window works: a sentence, nothing half-written, and it goes on once there is room. The disk
// is one of some megabytes that scripts/runtime/small-disk.ts mounts.

import { mkdirSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { type LaunchedExhibit, launchExhibit } from './support/launch.ts';
import { answerDialogs, dropFiles, goTo } from './support/window.ts';
import { fixture, freshFolder, importInto, seededWorkspace, writeLongExport } from './support/workspaces.ts';

const disk = process.env.EXHIBIT_SMALL_DISK ?? '';
const filler = join(disk, 'filler');
let exhibit: LaunchedExhibit;

test.skip(
  disk === '',
  'A small disk can be mounted by root alone: run the tests as root, in a container that allows it.',
);
test.beforeEach(() => {
  for (const name of readdirSync(disk)) rmSync(join(disk, name), { recursive: true });
});
test.afterEach(() => exhibit.close());

/** Leaves this many bytes free. */
function fillUpTo(free: number): void {
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - free)));
}

test('an import that fills the disk stores nothing, says so, and is done once there is room', async () => {
  const folder = join(disk, 'log');
  importInto(folder, fixture('flowtriq-export.csv'));
  const file = join(freshFolder(), 'ironflock-long.csv');
  await writeLongExport(file, 8000);
  exhibit = await launchExhibit({ workspace: folder });
  const { page } = exhibit;
  await goTo(page, 'Sources');
  await expect(page.getByText('900 events held')).toBeVisible();
  fillUpTo(500_000);
  await dropFiles(page, [file]);
  await page.getByRole('button', { name: 'Import 1 file' }).click();
  await expect(page.getByText('The disk is full. Nothing was half-written').first()).toBeVisible();
  await expect(page.getByText('900 events held')).toBeVisible();
  rmSync(filler);
  await dropFiles(page, [file]);
  await page.getByRole('button', { name: 'Import 1 file' }).click();
  await expect(page.getByText('8,900 events held')).toBeVisible();
  await goTo(page, 'Integrity');
  await page.getByRole('button', { name: 'Verify now' }).click();
  await expect(page.getByRole('heading', { name: /^Log verified/ })).toBeVisible();
});

test('a pack that does not fit on its disk leaves nothing there, and is made once there is room', async () => {
  const packs = join(disk, 'packs');
  mkdirSync(packs);
  fillUpTo(100_000);
  exhibit = await launchExhibit({ workspace: seededWorkspace(fixture('flowtriq-export.csv')) });
  const { page } = exhibit;
  await answerDialogs(exhibit, [packs]);
  await page.evaluate(() => window.location.replace('#/evidence?from=2026-01-01&to=2026-03-31'));
  await page.getByRole('button', { name: '6 Create' }).click();
  await page.getByRole('button', { name: 'Choose folder…' }).click();
  await page.getByRole('button', { name: 'Create evidence pack' }).click();
  await expect(page.getByText('The disk is full. Nothing was half-written').first()).toBeVisible();
  expect(readdirSync(packs)).toEqual([]);
  rmSync(filler);
  await page.getByRole('button', { name: 'Create evidence pack' }).click();
  await expect.poll(() => readdirSync(packs).length, { timeout: 60_000 }).toBeGreaterThan(0);
});
