// Opening with Exhibit from outside, by real second starts: exports are offered, a workspace is opened, and work under way
// is not stopped without a word.

import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { type LaunchedExhibit, launchExhibit } from './support/launch.ts';
import { takePictures } from './support/pictures.ts';
import { barriers, dropFiles, goTo } from './support/window.ts';
import { fixture, freshFolder, seededWorkspace, writeLongExport } from './support/workspaces.ts';

let exhibit: LaunchedExhibit;
let page: Page;
test.afterEach(() => exhibit.close());

/** Starts Exhibit once more with these words; it has to hand them on and end. */
async function startAgain(...words: string[]): Promise<void> {
  const project = resolve(import.meta.dirname, '..', '..');
  const second = spawn(
    exhibit.app.process().spawnfile,
    [`--user-data-dir=${exhibit.userData}`, project, ...words],
    { stdio: 'ignore' },
  );
  expect(await new Promise((done) => second.once('exit', done))).toBe(0);
}

test('a second start brings its exports and its workspace to the window that is open', async () => {
  test.setTimeout(120_000);
  const folder = seededWorkspace(fixture('flowtriq-export.csv'));
  exhibit = await launchExhibit({ workspace: freshFolder(), address: null });
  ({ page } = exhibit);
  await expect(page.getByRole('button', { name: 'Import exports…' })).toBeVisible();
  await startAgain(fixture('ironflock-export.csv'), join(folder, 'gone.csv'));
  await expect(page.getByRole('heading', { name: 'Sources', level: 1 })).toBeVisible();
  await expect(page.getByText('ironflock-export.csv').first()).toBeVisible();
  await expect(page.getByText('1 thing was left out')).toBeVisible();
  await page.getByRole('button', { name: 'Import 1 file' }).click();
  await expect(page.getByText('1,500 events held')).toBeVisible();

  await startAgain(join(folder, 'events.db'));
  await expect(page.getByText('900 events held')).toBeVisible();
  await startAgain(folder);
  await expect(page.getByText('900 events held')).toBeVisible();

  // Work under way is not stopped without a word.
  const long = join(freshFolder(), 'ironflock-long.csv');
  await writeLongExport(long, 400_000);
  const other = seededWorkspace(fixture('ironflock-export.csv'));
  await goTo(page, 'Sources');
  await dropFiles(page, [long]);
  await page.getByRole('button', { name: 'Import 1 file' }).click();
  await expect(page.getByText(/MB of /).first()).toBeVisible();
  await startAgain(other);
  const asked = page.getByRole('alert').filter({ hasText: 'Exhibit was asked to open the workspace' });
  await expect(asked).toContainText('Opening it stops the work that is under way');
  expect(await barriers(page)).toEqual([]);
  await takePictures(exhibit, 'opened');
  await asked.getByRole('button', { name: 'Open it' }).click();
  await expect(page.getByText('1,500 events held')).toBeVisible();
  await expect(asked).toBeHidden();
});

test('a first start with a workspace and an export opens the one and offers the other', async () => {
  const folder = seededWorkspace(fixture('flowtriq-export.csv'));
  exhibit = await launchExhibit({ args: [folder, fixture('ironflock-export.csv')], address: null });
  ({ page } = exhibit);
  await expect(page.getByText('900 events held')).toBeVisible();
  await expect(page.getByText('ironflock-export.csv').first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Import 1 file' })).toBeVisible();
});
