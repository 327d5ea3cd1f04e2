// The columns of the list of events and its saved views in the real window: shown, moved and resized by mouse and by
// keyboard alone, kept, handed on.

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
const heads = (): Promise<string[]> =>
  grid()
    .getByRole('columnheader')
    .evaluateAll((cells) => cells.map((cell) => cell.getAttribute('aria-label') ?? ''));
const box = (): Locator => page.getByRole('combobox', { name: 'Filter events' });
const clipboard = (): Promise<string> => exhibit.app.evaluate(({ clipboard }) => clipboard.readText());
const activeCell = (): Promise<string> =>
  grid().evaluate((element) => {
    const id = element.getAttribute('aria-activedescendant') ?? '';
    return document.getElementById(id)?.textContent ?? `nothing has the id ${id}`;
  });

test('columns are shown, hidden, moved and resized by buttons and keys, and kept', async () => {
  const userData = freshFolder();
  await open(workspace, { userData });
  await page.getByRole('button', { name: 'Columns' }).click();
  const choice = page.getByRole('dialog', { name: 'Columns' });
  await choice.getByText('Field', { exact: true }).click();
  await choice.getByText('IP address').click();
  await choice.getByRole('button', { name: 'Move Actor to the right' }).click();
  expect(await barriers(page)).toEqual([]);
  await page.keyboard.press('Escape');
  const changed = ['Time', 'Action', 'Actor', 'Category', 'Target', 'Old → new', 'Source', 'IP address'];
  expect(await heads()).toEqual(changed);
  await expect(grid()).toHaveAttribute('aria-colcount', '8');

  await grid().focus();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Control+Shift+ArrowRight');
  expect((await heads()).slice(0, 3)).toEqual(['Time', 'Actor', 'Action']);
  expect(await activeCell(), 'the focus goes along').toContain('Action');

  const width = async () => Math.round((await head('Action').boundingBox())?.width ?? 0);
  const before = await width();
  await page.keyboard.press('F2');
  await expect(page.getByRole('separator', { name: 'Width of Action' })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  expect(await width()).toBe(before + 32);
  await page.keyboard.press('Escape');
  await expect(grid()).toBeFocused();

  await exhibit.close();
  await open(workspace, { userData });
  expect((await heads()).at(-1)).toBe('IP address');
  expect(await width(), 'and is there at the next start').toBe(before + 32);
});

test('columns are moved and resized by the mouse', async () => {
  await open();
  const drag = async (from: Locator, to: { x: number; y: number }, place?: { x: number; y: number }) => {
    await from.hover(place ? { position: place } : {});
    await page.mouse.down();
    await page.mouse.move(to.x, to.y, { steps: 5 });
    await page.mouse.up();
  };
  const field = await head('Field').boundingBox();
  await drag(head('Actor'), { x: (field?.x ?? 0) + 20, y: (field?.y ?? 0) + 10 }, { x: 20, y: 10 });
  expect(await heads()).toEqual([
    'Time',
    'Action',
    'Category',
    'Target',
    'Field',
    'Actor',
    'Old → new',
    'Source',
  ]);
  await expect(head('Time'), 'a drag does not sort').toHaveAttribute('aria-sort', 'descending');
  const edge = page.getByRole('separator', { name: 'Width of Category' });
  const at = await edge.boundingBox();
  const before = (await head('Category').boundingBox())?.width ?? 0;
  await drag(edge, { x: (at?.x ?? 0) + (at?.width ?? 0) / 2 + 50, y: (at?.y ?? 0) + 10 });
  expect((await head('Category').boundingBox())?.width).toBeCloseTo(before + 50, 0);
  await edge.dblclick();
  expect((await head('Category').boundingBox())?.width).toBeCloseTo(before, 0);
});

test('a view is saved, opened from its text by somebody else, and removed', async () => {
  const folder = freshFolder();
  const file = join(folder, 'short.csv');
  await writeLongExport(file, 200);
  await open(seededWorkspace(file));
  await box().fill('actor:user7@acme.example');
  await expect(total()).toHaveText('5 events');
  await head('Time').click();
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('dialog', { name: 'Columns' }).getByText('Category').click();
  await page.keyboard.press('Escape');

  const views = () => page.getByRole('dialog', { name: 'Saved views' });
  await page.getByRole('button', { name: 'Views', exact: true }).click();
  await expect(views()).toContainText('No view is saved yet.');
  await views().getByLabel('Save this view as').fill('What user7 did');
  await page.keyboard.press('Enter');
  await expect(views().getByRole('button', { name: 'What user7 did', exact: true })).toBeVisible();
  expect(await barriers(page)).toEqual([]);
  await views().getByRole('button', { name: 'Copy view What user7 did as text' }).click();
  await expect.poll(clipboard).toContain('exhibit-view:1?name=What+user7+did&filter=actor');
  const line = await clipboard();
  await page.keyboard.press('Escape');

  await exhibit.close();
  await open(seededWorkspace(file));
  expect(await heads()).toContain('Category');
  await page.getByRole('button', { name: 'Views', exact: true }).click();
  await views().getByLabel('Open a view from its text').fill('actor:user7');
  await page.keyboard.press('Enter');
  await expect(views()).toContainText('That is not a view.');
  await views().getByLabel('Open a view from its text').fill(line);
  await page.keyboard.press('Enter');
  await expect(views()).toBeHidden();
  await expect(box()).toHaveValue('actor:user7@acme.example');
  await expect(total()).toHaveText('5 events');
  await expect(head('Time')).toHaveAttribute('aria-sort', 'ascending');
  expect(await heads()).not.toContain('Category');

  await page.getByRole('button', { name: 'Views', exact: true }).click();
  await views().getByLabel('Save this view as').fill('Mine');
  await page.keyboard.press('Enter');
  await views().getByRole('button', { name: 'Remove view Mine' }).click();
  await expect(views()).toContainText('No view is saved yet.');
});

test('columns, places and views need no mouse, and the list is one stop', async () => {
  await open();
  const columns = page.getByRole('button', { name: 'Columns' });
  await tabTo(columns);
  await page.keyboard.press('Enter');
  await tabTo(page.getByRole('checkbox', { name: 'Time' }));
  await tabTo(page.getByRole('button', { name: 'Move Actor to the left' }));
  await page.keyboard.press('Enter');
  expect((await heads()).slice(0, 2)).toEqual(['Actor', 'Time']);
  await tabTo(page.getByRole('checkbox', { name: 'Outcome' }));
  await page.keyboard.press('Space');
  expect((await heads()).at(-1)).toBe('Outcome');
  await tabTo(page.getByRole('button', { name: 'Show the usual columns' }));
  await page.keyboard.press('Enter');
  expect((await heads()).slice(0, 2)).toEqual(['Time', 'Actor']);
  await page.keyboard.press('Escape');
  await expect(columns).toBeFocused();

  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Export…' })).toBeFocused();
  // Past the events over time and what they are made of.
  await tabTo(grid());
  await page.keyboard.press('Tab');
  expect(await grid().evaluate((element) => element.contains(document.activeElement))).toBe(false);
  await tabTo(grid(), 'Shift+Tab');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(page.getByText('2 rows selected')).toBeVisible();
  await tabTo(page.getByRole('button', { name: 'Copy', exact: true }), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Copied 2 rows with the column names.')).toBeVisible();
  expect((await clipboard()).split('\n')).toHaveLength(4);
});
