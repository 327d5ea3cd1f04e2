// A mapping that turns out to be wrong, corrected in the real Electron: from the report of the import over the mapping
// screen to a new version that every screen counts, beside the one it replaces.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { type LaunchedExhibit, launchExhibit } from './support/launch.ts';
import { takePictures } from './support/pictures.ts';
import { barriers, dropFiles, eventRow, goTo, watchErrors } from './support/window.ts';
import { freshFolder } from './support/workspaces.ts';

let exhibit: LaunchedExhibit;
let page: Page;
let wrong: string[] = [];

test.beforeEach(async () => {
  exhibit = await launchExhibit({ workspace: freshFolder() });
  page = exhibit.page;
  wrong = watchErrors(page);
  await goTo(page, 'Sources');
});
test.afterEach(async () => {
  await exhibit.close();
  expect(wrong, 'errors in the page').toEqual([]);
});

const article = (name: string): Locator => page.getByRole('article', { name });
const field = (name: string): Locator =>
  page
    .getByRole('list', { name: 'Fields of an event' })
    .getByRole('button', { name: new RegExp(`^${name}: `) });

async function choose(button: Locator, typed: string): Promise<void> {
  await button.click();
  await page.keyboard.type(typed);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
}

function writeGates(name: string, day: number): string {
  const file = join(freshFolder(), name);
  const rows = [
    'time,event,asked for by,pushed the button,gate',
    `2026-01-0${day}T10:00:00Z,Gate opened,alice@acme.example,carl@acme.example,gate-1`,
    `2026-01-0${day}T11:30:00Z,Gate closed,bob@acme.example,carl@acme.example,gate-2`,
  ];
  writeFileSync(file, `${rows.join('\n')}\n`);
  return file;
}

test('a wrong mapping is corrected from the report, over the records in the log', async () => {
  await dropFiles(page, [writeGates('gates-1.csv', 1), writeGates('gates-2.csv', 2)]);
  await choose(field('Event name'), 'event');
  await choose(field('Actor'), 'asked for by');
  await choose(field('Target name'), 'gate');
  await page.getByLabel('Vendor or system').fill('Gatekeeper');
  await page.getByLabel('Source', { exact: true }).fill('Plant 1');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Import 2 files with this mapping' }).click();
  await expect(article('gates-2.csv')).toContainText('2 imported');
  await page.getByRole('button', { name: 'Clear this list' }).click();

  await page.getByRole('button', { name: 'Report of import 1, gates-1.csv' }).click();
  await page.getByRole('button', { name: 'Correct the mapping of import 1, gates-1.csv' }).click();
  await expect(
    page.getByRole('heading', { name: 'Correct the mapping of gates-1.csv', exact: true }),
  ).toBeFocused();
  await expect(field('Actor')).toHaveText('asked for by');
  const run = page.getByRole('button', { name: 'Map again' });
  await expect(run).toBeDisabled();
  await expect(page.getByText('Nothing of the mapping is changed yet.')).toBeVisible();
  await choose(field('Actor'), 'pushed the button');
  await expect(page.getByRole('table', { name: 'The resulting events' })).toContainText('carl@acme.example');
  await goTo(page, 'Events');
  await expect(eventRow(page, 1)).toContainText('bob@acme.example');
  await page.goBack();
  await expect(field('Actor'), 'what was changed is kept').toHaveText('pushed the button');
  await expect(
    page.getByText('The 2 records that import 1 holds are mapped again from the log.'),
  ).toBeVisible();
  await page.getByText('Also the 1 other import of Plant 1 that was mapped with the same preset').click();
  expect(await barriers(page), 'the mapping screen').toEqual([]);
  await run.scrollIntoViewIfNeeded();
  await takePictures(exhibit, 'remap-finish');
  await run.click();

  await expect(article('gates-2.csv')).toContainText('mapped again');
  await expect(article('gates-2.csv')).toContainText('import 2 were mapped again from the log');
  const imports = page.getByRole('table', { name: 'Imports, newest first' });
  await expect(imports.getByRole('row')).toHaveCount(5);
  await expect(imports.getByRole('row').nth(1)).toContainText('in place of import 2');
  await expect(imports.getByRole('row').nth(4)).toContainText(/replaced by import 3 on \d{4}-/);
  await expect(page.getByRole('table', { name: 'Sources' }).getByRole('row').nth(1)).toContainText('Plant 1');
  await imports.getByRole('button', { name: 'Report of import 1, gates-1.csv' }).click();
  await expect(imports.getByText('Import 3 replaced this one on')).toBeVisible();
  await expect(
    page.getByRole('button', { name: 'Correct the mapping of import 1, gates-1.csv' }),
  ).toHaveCount(0);
  expect(await barriers(page), 'the sources').toEqual([]);
  await page.getByRole('button', { name: 'Clear this list' }).click();
  await takePictures(exhibit, 'remap-sources');

  await goTo(page, 'Events');
  for (const row of [1, 2, 3, 4]) await expect(eventRow(page, row)).toContainText('carl@acme.example');
  await expect(eventRow(page, 5)).toHaveCount(0);
  const uid = await openUid(1);
  expect(uid).toMatch(/~2$/);
  await page.evaluate((old) => {
    const [path, parts] = window.location.hash.split('?');
    const asked = new URLSearchParams(parts);
    asked.set('event', old.slice(0, -2));
    window.location.hash = `${path}?${asked}`;
  }, uid);
  await expect(page.getByText('This is how the record was mapped by import 2.')).toBeVisible();
  await takePictures(exhibit, 'remap-detail');
});

/** Opens an event of the list and gives its uid, which the address has. */
async function openUid(row: number): Promise<string> {
  await eventRow(page, row).click();
  await expect.poll(() => new URL(page.url()).hash).toContain('event=');
  return new URLSearchParams(new URL(page.url()).hash.split('?')[1]).get('event') as string;
}
