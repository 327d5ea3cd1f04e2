// A day's work on a million events in the real window, in one go: to the end, to any place, sorted, filtered, narrowed by
// a brush, searched and exported. What is seen and written follows from how the events were generated, not from Exhibit.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { splitCsv } from '../support/csv.ts';
import { type LaunchedExhibit, launchExhibit } from './support/launch.ts';
import { answerDialogs, eventRow, eventsGrid, watchErrors } from './support/window.ts';
import { freshFolder, seededWorkspace, writeLongExport } from './support/workspaces.ts';

const rows = 1_000_000;
const start = Date.UTC(2026, 0, 1);

let exhibit: LaunchedExhibit;
let page: Page;
let errors: string[] = [];
let workspace = '';

test.beforeAll(async () => {
  test.setTimeout(300_000);
  const file = join(freshFolder(), 'million.csv');
  await writeLongExport(file, rows);
  workspace = seededWorkspace(file);
});
test.afterEach(async () => {
  await exhibit.close();
  expect(errors, 'errors in the page').toEqual([]);
});

const grid = (): Locator => eventsGrid(page);
const total = (): Locator => page.locator('output');
const head = (name: string): Locator => grid().getByRole('columnheader', { name, exact: true });
/** How the list shows the time of the event that was generated as number `index`. */
const shown = (index: number): string =>
  new Date(start + index * 1000).toISOString().slice(0, 19).replace('T', ' ');

/** Each row in view: its number in the list and the generated event it shows. */
async function rowsInView(): Promise<{ place: number; index: number }[]> {
  const found = await grid().evaluate((element) =>
    [...element.querySelectorAll('[role=row][aria-rowindex]')].map((one) => ({
      place: Number(one.getAttribute('aria-rowindex')) - 1,
      time: /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/.exec(one.textContent ?? '')?.[0] ?? '',
    })),
  );
  return found
    .filter(({ time }) => time !== '')
    .map(({ place, time }) => ({ place, index: (Date.parse(`${time.replace(' ', 'T')}Z`) - start) / 1000 }));
}

test('a million events are scrolled, jumped through, sorted, filtered, brushed, searched and exported', async () => {
  test.setTimeout(180_000);
  exhibit = await launchExhibit({ workspace });
  page = exhibit.page;
  errors = watchErrors(page);
  await expect(total()).toHaveText('1,000,000 events');
  await grid().focus();

  await page.keyboard.press('Control+End');
  await expect(eventRow(page, rows)).toContainText(shown(0));
  await expect(eventRow(page, rows)).toBeInViewport({ ratio: 0.99 });
  for (const share of [0.25, 0.5, 0.9]) {
    await grid().evaluate((element, at) => element.scrollTo({ top: element.scrollHeight * at }), share);
    await expect
      .poll(async () => {
        const seen = await rowsInView();
        const isThere = seen.some(({ place }) => Math.abs(place / rows - share) < 0.01);
        return isThere && seen.every(({ place, index }) => index === rows - place);
      }, 'each row shows the event of its place')
      .toBe(true);
  }
  await page.keyboard.press('Control+g');
  await page.keyboard.type('654,321');
  await page.keyboard.press('Enter');
  await expect(eventRow(page, 654_321)).toContainText(shown(rows - 654_321));

  await head('Actor').click();
  await expect(eventRow(page, 1)).toContainText('user0@acme.example');
  await grid().focus();
  await page.keyboard.press('Control+End');
  await expect(eventRow(page, rows)).toContainText('user9@acme.example');
  await head('Time').click();

  const box = page.getByRole('combobox', { name: 'Filter events' });
  await box.fill('actor:user7@acme.example');
  await page.keyboard.press('Enter');
  await expect(total()).toHaveText('25,000 events');

  const overTime = page.getByRole('region', { name: 'Events over time' });
  const edge = (which: string) => overTime.getByRole('slider', { name: new RegExp(`^${which}`) });
  await expect(overTime).toHaveAttribute('aria-busy', 'false');
  await edge('Start').focus();
  for (let day = 0; day < 2; day++) await page.keyboard.press('ArrowRight');
  await edge('End').focus();
  for (let day = 0; day < 7; day++) await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Period: 3 Jan 2026 – 5 Jan 2026' })).toBeVisible();
  await expect(total()).toHaveText('6,480 events');

  await box.fill('actor:user7@acme.example press-47');
  await page.keyboard.press('Enter');
  const wanted = Array.from({ length: rows }, (_, index) => index)
    .filter((index) => index % 40 === 7 && index % 90 === 47)
    .filter((index) => index >= 2 * 86_400 && index < 5 * 86_400)
    .reverse();
  await expect(total()).toHaveText(`${wanted.length} events`);

  const folder = freshFolder();
  await answerDialogs(exhibit, [folder]);
  await page.getByRole('button', { name: 'Export…' }).click();
  await page.getByRole('menuitem', { name: /CSV/ }).click();
  await expect(page.getByRole('region', { name: 'Export' })).toContainText(`${wanted.length} events in`);
  const [file] = readdirSync(folder).filter((name) => name.endsWith('.csv'));
  const [names = [], ...lines] = splitCsv(readFileSync(join(folder, file ?? ''), 'utf8'));
  const cell = (line: string[], name: string) => line[names.indexOf(name)];
  expect(lines.map((line) => [cell(line, 'time'), cell(line, 'actor'), cell(line, 'newValue')])).toEqual(
    wanted.map((index) => [
      new Date(start + index * 1000).toISOString(),
      'user7@acme.example',
      `name ${index + 1}`,
    ]),
  );
});
