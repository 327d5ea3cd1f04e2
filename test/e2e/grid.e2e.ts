// The list of events in the real window, on some 20,000 of them: sorted, searched, jumped through, selected and copied, by mouse
// and by keyboard alone. Its columns and views are in grid-columns.e2e.ts.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { type LaunchedExhibit, type LaunchOptions, launchExhibit } from './support/launch.ts';
import { barriers, eventRow, eventsGrid, tabTo, watchErrors } from './support/window.ts';
import { freshFolder, seededWorkspace, writeLongExport } from './support/workspaces.ts';

let exhibit: LaunchedExhibit;
let page: Page;
let errors: string[] = [];
let workspace = '';

const rows = 20_000;

test.beforeAll(async () => {
  const file = join(freshFolder(), 'long.csv');
  await writeLongExport(file, rows);
  workspace = seededWorkspace(file);
});

async function open(folder = workspace, options: LaunchOptions = {}): Promise<void> {
  exhibit = await launchExhibit({ workspace: folder, ...options });
  page = exhibit.page;
  errors = watchErrors(page);
  await expect(row(1)).toContainText('2026-');
}
test.afterEach(async () => {
  await exhibit.close();
  expect(errors, 'errors in the page').toEqual([]);
});

const grid = (): Locator => eventsGrid(page);
const total = (): Locator => page.locator('output');
const row = (index: number): Locator => eventRow(page, index);
const head = (name: string): Locator => grid().getByRole('columnheader', { name, exact: true });
const box = (): Locator => page.getByRole('combobox', { name: 'Filter events' });
const clipboard = (): Promise<string> => exhibit.app.evaluate(({ clipboard }) => clipboard.readText());
const activeCell = (): Promise<string> =>
  grid().evaluate((element) => {
    const id = element.getAttribute('aria-activedescendant') ?? '';
    return document.getElementById(id)?.textContent ?? `nothing has the id ${id}`;
  });

test('time is sorted both ways, by the header and by keys, and the focus stays', async () => {
  await open();
  await expect(row(1)).toContainText('2026-01-01 05:33:19');
  await expect(head('Time')).toHaveAttribute('aria-sort', 'descending');
  await head('Time').click();
  await expect(page.getByRole('grid', { name: 'Events, oldest first' })).toBeVisible();
  await expect(row(1)).toContainText('2026-01-01 00:00:00');
  await expect(head('Time')).toHaveAttribute('aria-sort', 'ascending');

  await page.keyboard.press('Control+End');
  await expect(row(rows)).toContainText('2026-01-01 05:33:19');
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('ArrowUp');
  expect(await activeCell()).toContain('Time');
  await page.keyboard.press('Enter');
  await expect(head('Time')).toHaveAttribute('aria-sort', 'descending');
  await expect(grid()).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect.poll(activeCell).toContain('2026-01-01 05:33:19');

  await page.keyboard.press('Alt+ArrowLeft');
  await expect(row(1), 'an order is a step to come back from').toContainText('2026-01-01 00:00:00');
});

test('any column with words is sorted both ways, to its last row', async () => {
  await open();
  await expect(total()).toHaveText('20,000 events');
  await head('Actor').click();
  await expect(page.getByRole('grid', { name: 'Events, by actor, A to Z' })).toBeVisible();
  await expect(head('Actor')).toHaveAttribute('aria-sort', 'ascending');
  await expect(head('Time')).toHaveAttribute('aria-sort', 'none');
  await expect(row(1)).toContainText('user0@acme.example');
  await expect(row(1), 'equal ones stand newest first').toContainText('05:32:40');
  await page.keyboard.press('Control+End');
  await expect(row(rows)).toContainText('user9@acme.example');
  await page.keyboard.press('Control+g');
  await page.keyboard.type('2026-01-01');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toContainText('The list is not in order of time.');
  await page.keyboard.press('Escape');

  await head('Actor').click();
  await expect(head('Actor')).toHaveAttribute('aria-sort', 'descending');
  await expect(row(1)).toContainText('user9@acme.example');
  await head('Old → new').click();
  await expect(head('Actor'), 'what has no order changes none').toHaveAttribute('aria-sort', 'descending');
  expect(await barriers(page)).toEqual([]);
});

test('a row or a date is gone to, and what is neither is refused in words', async () => {
  await open();
  await expect(total()).toHaveText('20,000 events');
  await grid().focus();
  await page.keyboard.press('Control+g');
  const dialog = page.getByRole('dialog', { name: 'Go to a row or a date' });
  await expect(dialog.getByLabel('Row number or date')).toBeFocused();
  await page.keyboard.type('12,345');
  await page.keyboard.press('Enter');
  // Places are scaled to fractions of a pixel.
  await expect(row(12_345)).toBeInViewport({ ratio: 0.99 });
  await expect(row(12_345)).toContainText('2026-01-01 02:07:35');
  await expect(grid()).toBeFocused();
  expect(await activeCell()).toContain('02:07:35');

  await page.getByRole('button', { name: 'Go to…' }).click();
  await page.keyboard.type('2026-01-01 04:00');
  await page.keyboard.press('Enter');
  await expect(grid()).toBeFocused();
  await expect.poll(activeCell).toContain('2026-01-01 04:00:00');

  await page.keyboard.press('Control+g');
  await page.keyboard.type('20,001');
  await page.keyboard.press('Enter');
  await expect(dialog).toContainText('The list has 20,000 rows.');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('tomorrow');
  await page.keyboard.press('Enter');
  await expect(dialog).toContainText('“tomorrow” is not a date.');
  expect(await barriers(page)).toEqual([]);
});

test('rows are selected by presses and by keys', async () => {
  await open();
  await expect(total()).toHaveText('20,000 events');
  await row(3).click();
  await row(6).click({ modifiers: ['Shift'] });
  await expect(page.getByText('4 rows selected')).toBeVisible();
  await row(5).click({ modifiers: ['Control'] });
  await expect(page.getByText('3 rows selected')).toBeVisible();
  await expect(row(5)).toHaveAttribute('aria-selected', 'false');
  await expect(row(6)).toHaveAttribute('aria-selected', 'true');

  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(page.getByText('3 rows selected')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByText('rows selected')).toBeHidden();

  await page.keyboard.press('Control+a');
  await expect(page.getByText('20,000 rows selected')).toBeVisible();
  await page.keyboard.press('Control+c');
  await expect(page.getByText('at most 10,000 can be copied at once. Nothing was copied.')).toBeVisible();
  await box().fill('press-07');
  await expect(page.getByText('rows selected'), 'a selection belongs to one view').toBeHidden();
});

test('ten thousand rows are copied whole, seen or not', async () => {
  await open();
  await expect(total()).toHaveText('20,000 events');
  await grid().focus();
  await page.keyboard.press('Control+g');
  await page.keyboard.type('10000');
  await page.keyboard.press('Enter');
  await expect(grid()).toBeFocused();
  await page.keyboard.press('Control+Shift+Home');
  await expect(page.getByText('10,000 rows selected')).toBeVisible();
  await page.keyboard.press('Control+c');
  await expect(page.getByText('Copied 10,000 rows with the column names.')).toBeVisible({ timeout: 20_000 });
  const lines = (await clipboard()).split('\n');
  expect(lines).toHaveLength(10_002);
  expect(lines[0]).toBe(
    'Time\tActor\tAction\tCategory\tTarget type\tTarget\tField\tOld value\tNew value\tSource',
  );
  expect(lines[1]).toContain('2026-01-01 05:33:19.000 UTC\tuser39@acme.example\t');
  expect(lines[10_000]).toContain('name 10000\tname 10001\t');
  expect(new Set(lines.slice(1, -1)).size, 'each row once').toBe(10_000);
});

test('what is copied is never calculated, and stays in its cell', async () => {
  const file = join(freshFolder(), 'hostile.csv');
  const header = 'timestamp,user,asset_type,asset_key,asset_name,project,aspect,subject,old_value,new_value';
  const hostile = '2026-01-01T00:00:00Z,=1+1,device,1,"@SUM(A1)",p,Name,,"a\tb\n=cmd","""quoted"" -1"';
  writeFileSync(file, `${header}\n${hostile}\n`);
  await open(seededWorkspace(file));
  await row(1).click();
  await page.keyboard.press('Control+c');
  await expect(page.getByText('Copied 1 row with the column names.')).toBeVisible();
  const [, line, end] = (await clipboard()).split('\n');
  expect(end).toBe('');
  const cells = line?.split('\t') ?? [];
  expect(cells).toHaveLength(10);
  expect(cells[1]).toBe("'=1+1");
  expect(cells[5]).toBe("'@SUM(A1)");
  expect(cells[7]).toBe('a⟨TAB⟩b⟨LF⟩=cmd');
  expect(cells[8]).toBe('"""quoted"" -1"');
});

test('the search box offers what can be written, and marks a mistake where it stands', async () => {
  await open();
  await tabTo(box());
  await page.keyboard.type('ac');
  const offers = page.getByRole('option');
  await expect(offers).toHaveText([/^actor:/, /^action:/]);
  expect(await barriers(page)).toEqual([]);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(box()).toHaveValue('actor:');
  await page.keyboard.type('user7@');
  await expect(offers).toHaveText(['user7@acme.example']);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(box()).toHaveValue('actor:user7@acme.example ');
  await expect(offers).toHaveCount(0);
  await expect(total()).toHaveText('500 events');

  await page.keyboard.type('category:acess');
  await expect(page.getByRole('alert')).toContainText('“acess” is not a category.');
  await expect(box()).toHaveValue('actor:user7@acme.example category:acess');
  await page.getByRole('button', { name: 'Select it' }).click();
  await expect(box()).toBeFocused();
  const selected = await box().evaluate((input: HTMLInputElement) =>
    input.value.slice(input.selectionStart ?? 0, input.selectionEnd ?? 0),
  );
  expect(selected).toBe('category:acess');
  expect(await barriers(page)).toEqual([]);
});

test('no row of another filter is ever shown under a filter', async () => {
  await open();
  await page.evaluate(() => {
    const wrong: string[] = [];
    Object.assign(window, { wrongRows: wrong });
    const look = () => {
      const user = /user\d+/.exec(decodeURIComponent(window.location.hash))?.[0];
      for (const cell of document.querySelectorAll('[role=gridcell][aria-colindex="2"]')) {
        const text = cell.textContent ?? '';
        if (user && text !== '' && !text.startsWith(`${user}@`)) wrong.push(`${text} under ${user}`);
      }
      requestAnimationFrame(look);
    };
    look();
  });
  for (const user of ['user1', 'user2', 'user3', 'user4']) {
    await box().fill(`actor:${user}@acme.example`);
    await expect(row(1)).toContainText(`${user}@`);
    await page.mouse.wheel(0, 3000);
  }
  const wrong = await page.evaluate(() => (window as unknown as { wrongRows: string[] }).wrongRows);
  expect([...new Set(wrong)]).toEqual([]);
});

test('another zone to read times in moves no date that is set', async () => {
  await open();
  await box().fill('after:2026-01-01 before:2026-01-02');
  await expect(total()).toHaveText('20,000 events');
  await page.getByRole('button', { name: 'Time zone: UTC' }).click();
  await page.keyboard.type('Kolkata');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(row(1)).toContainText('2026-01-01 11:03:19');
  await expect(row(1)).toContainText('+05:30');
  await expect(total(), 'the filter finds what it found').toHaveText('20,000 events');
  await expect(page.getByText('Dates are days in UTC.')).toBeVisible();
  await page.getByRole('button', { name: 'Mean days in Asia/Kolkata' }).click();
  await expect(page.getByText('Dates are days in UTC.')).toBeHidden();
  await box().fill('before:2026-01-01');
  await expect(page.getByText('No event in the imported logs matches the filter.')).toBeVisible();
});

test('while the scrollbar is dragged there are rows to see', async () => {
  await open();
  await expect(total()).toHaveText('20,000 events');
  const blank = await grid().evaluate(async (element) => {
    const span = element.scrollHeight - element.clientHeight;
    let frames = 0;
    for (let frame = 0; frame < 100; frame++) {
      element.scrollTop = (span * frame) / 100;
      await new Promise(requestAnimationFrame);
      const { top, bottom } = element.getBoundingClientRect();
      const seen = [...element.querySelectorAll('[role=row]')].filter((one) => {
        const place = one.getBoundingClientRect();
        return place.top > top + 30 && place.bottom < bottom;
      });
      if (seen.length < 10 || seen.some((one) => !one.textContent?.includes('2026-'))) frames += 1;
    }
    return frames;
  });
  expect(blank, 'of 100 frames; some are lost on a busy machine').toBeLessThan(20);
  await expect(row(19_800)).toBeVisible();
});
