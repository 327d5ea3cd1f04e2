// Who uses no mouse, or does not see the screen, gets as far as everybody: the main path by keyboard alone, and axe on
// every screen in both looks. axe finds a part of what can be wrong; the rest is looked at by hand.

import { expect, type Locator, type Page, test } from '@playwright/test';
import { type LaunchedExhibit, launchExhibit } from './support/launch.ts';
import { barriers, dropFiles, eventRow, eventsGrid, goTo, tabTo, watchErrors } from './support/window.ts';
import { fixture, freshFolder, seededWorkspace } from './support/workspaces.ts';

let exhibit: LaunchedExhibit;
let page: Page;
let errors: string[] = [];

const both = [fixture('ironflock-export.csv'), fixture('flowtriq-export.csv')];

async function open(workspace: string): Promise<void> {
  exhibit = await launchExhibit({ workspace });
  page = exhibit.page;
  errors = watchErrors(page);
}
test.afterEach(async () => {
  await exhibit.close();
  expect(errors, 'errors in the page').toEqual([]);
});

const grid = (): Locator => eventsGrid(page);
const total = (): Locator => page.locator('output');
const row = (index: number): Locator => eventRow(page, index);

test('the whole path needs no mouse', async () => {
  await open(seededWorkspace(...both));
  await expect(total()).toHaveText('2,400 events');
  await tabTo(page.getByRole('combobox', { name: 'Filter events' }));
  await page.keyboard.type('actor:deploy-bot');
  await expect(total()).not.toHaveText('2,400 events');
  await tabTo(grid());
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const detail = page.getByRole('complementary', { name: 'Event detail' });
  await expect(detail).toContainText('deploy-bot');
  await tabTo(detail.getByRole('button', { name: 'Copy record', exact: true }));
  await page.keyboard.press('Enter');
  await expect(detail.getByText('Copied')).toBeAttached();
  await page.keyboard.press('Escape');
  await expect(grid()).toBeFocused();

  await tabTo(page.getByRole('link', { name: 'Integrity', exact: true }), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await tabTo(page.getByRole('button', { name: 'Verify now' }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('table', { name: 'Result' })).toBeVisible();

  await tabTo(page.getByRole('button', { name: 'Period: All time' }), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Period: 1 Jan' })).toBeFocused();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`no screen has a barrier that axe can find, ${colorScheme}`, async () => {
    await open(freshFolder());
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect(page.getByRole('button', { name: 'Open the sample workspace' })).toBeVisible();
    expect(await barriers(page), 'first run').toEqual([]);

    await goTo(page, 'Sources');
    await dropFiles(page, [...both, fixture('ironflock-export.expected.json')]);
    expect(await barriers(page), 'files to import').toEqual([]);
    await page.getByRole('button', { name: 'Import 2 of 3 files' }).click();
    await expect(page.getByRole('article')).toHaveCount(3);
    await expect(page.getByText('2,400 events held, from 2 imports')).toBeVisible();
    await page.getByRole('button', { name: 'Report of import 1' }).click();
    expect(await barriers(page), 'sources').toEqual([]);

    await goTo(page, 'Events');
    await expect(row(1)).toContainText('2026-');
    await row(1).click();
    await expect(page.getByRole('region', { name: 'The record as read' })).toBeVisible();
    await page.getByRole('combobox', { name: 'Filter events' }).fill('nonsense:x');
    await expect(page.getByRole('alert')).toBeVisible();
    expect(await barriers(page), 'events, with a mistake in the filter').toEqual([]);
    await page.getByRole('combobox', { name: 'Filter events' }).fill('outcome:failure');
    await expect(row(1)).toContainText('failed');
    await expect(row(1)).toContainText('2026-');
    await row(1).click();
    expect(await barriers(page), 'events').toEqual([]);
    await page.getByRole('button', { name: 'Actor', exact: true }).click();
    await expect(page.getByRole('listbox', { name: 'Actor' })).toBeVisible();
    expect(await barriers(page), 'a pick list').toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Period: All time' }).click();
    expect(await barriers(page), 'the period').toEqual([]);
    await page.keyboard.press('Escape');

    await goTo(page, 'Evidence');
    await page.getByRole('button', { name: 'Create evidence pack' }).click();
    await expect(page.getByRole('alert')).toBeVisible();
    expect(await barriers(page), 'evidence, with something missing').toEqual([]);

    await goTo(page, 'Integrity');
    await page.getByRole('button', { name: 'Verify now' }).click();
    await expect(page.getByRole('table', { name: 'Result' })).toBeVisible();
    expect(await barriers(page), 'integrity').toEqual([]);
  });
}
