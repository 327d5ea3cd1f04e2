// The export of a view in the real window: chosen by keyboard, all rows of the view and not just the loaded ones, with
// its card; a cancelled one leaves nothing.

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { type LaunchedExhibit, launchExhibit } from './support/launch.ts';
import { answerDialogs, barriers, eventRow, eventsGrid, tabTo, watchErrors } from './support/window.ts';
import { freshFolder, seededWorkspace, writeLongExport } from './support/workspaces.ts';

let exhibit: LaunchedExhibit;
let page: Page;
let errors: string[] = [];
let workspace = '';

const rows = 60_000;

test.beforeAll(async () => {
  const file = join(freshFolder(), 'long.csv');
  await writeLongExport(file, rows);
  workspace = seededWorkspace(file);
});

test.beforeEach(async () => {
  exhibit = await launchExhibit({ workspace });
  page = exhibit.page;
  errors = watchErrors(page);
  await expect(eventRow(page, 1)).toContainText('2026-');
});
test.afterEach(async () => {
  await exhibit.close();
  expect(errors, 'errors in the page').toEqual([]);
});

const line = () => page.getByRole('region', { name: 'Export' });

test('all rows of a filtered and sorted view are exported, by keyboard alone, with a card', async () => {
  const folder = freshFolder();
  await answerDialogs(exhibit, [folder]);
  await page.getByRole('combobox', { name: 'Filter events' }).fill('actor:user1*');
  await page.keyboard.press('Enter');
  await expect(page.locator('output')).toContainText('16,500 events');
  await eventsGrid(page).getByRole('columnheader', { name: 'Actor', exact: true }).click();
  await expect(page.getByRole('grid', { name: /by actor/i })).toBeVisible();

  await tabTo(page.getByRole('button', { name: 'Export…' }), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: /XLSX/ })).toBeFocused();
  expect(await barriers(page)).toEqual([]);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(line()).toContainText('16,500 events in');
  expect(await barriers(page)).toEqual([]);

  const file = `${basename(workspace)} events.csv`;
  expect(readdirSync(folder).sort()).toEqual([file, `${file}.ipe.txt`]);
  const written = readFileSync(join(folder, file));
  const sha256 = createHash('sha256').update(written).digest('hex');
  await expect(line()).toContainText(sha256);
  expect(readFileSync(join(folder, `${file}.ipe.txt`), 'utf8')).toContain(sha256);
  const again = join(freshFolder(), 'again.csv');
  const cli = resolve(import.meta.dirname, '..', '..', 'core', 'cli.ts');
  const asked = ['--filter', 'actor:user1*', '--sort', 'actor.asc', '--out', again, '--json'];
  execFileSync(process.execPath, [cli, 'events', '-w', workspace, ...asked]);
  expect(written.equals(readFileSync(again))).toBe(true);

  const shown = exhibit.app.evaluate(
    ({ shell }) =>
      new Promise<string>((tell) => {
        shell.showItemInFolder = tell;
      }),
  );
  await line()
    .getByRole('button', { name: /^Show in folder/ })
    .click();
  expect(basename(await shown)).toBe(file);
  await line()
    .getByRole('button', { name: /^Close/ })
    .click();
  await expect(line()).toHaveCount(0);
});

test('a cancelled export leaves nothing, and closing the dialog starts none', async () => {
  await answerDialogs(exhibit, []);
  const choose = async () => {
    await page.getByRole('button', { name: 'Export…' }).click();
    await page.getByRole('menuitem', { name: /XLSX/ }).click();
  };
  await choose();
  await expect(page.getByRole('menuitem')).toHaveCount(0);
  await expect(line()).toHaveCount(0);

  const folder = freshFolder();
  await answerDialogs(exhibit, [folder]);
  await choose();
  await line().getByRole('button', { name: 'Cancel the export' }).click();
  await expect(line()).toContainText('No file was written.');
  expect(readdirSync(folder)).toEqual([]);
});
