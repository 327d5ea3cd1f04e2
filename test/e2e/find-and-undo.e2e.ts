// Finding on a screen without a filter, and bringing back what was taken away: views, notes, the filter.

import { expect, test } from '@playwright/test';
import { type LaunchedExhibit, launchExhibit } from './support/launch.ts';
import { takePictures } from './support/pictures.ts';
import { barriers, eventRow, goTo, watchErrors } from './support/window.ts';
import { fixture, seededWorkspace } from './support/workspaces.ts';

let exhibit: LaunchedExhibit;
let errors: string[] = [];
async function open(address: string) {
  exhibit = await launchExhibit({ workspace: seededWorkspace(fixture('flowtriq-export.csv')), address });
  errors = watchErrors(exhibit.page);
  return exhibit.page;
}
test.afterEach(async () => {
  await exhibit.close();
  expect(errors, 'errors in the page').toEqual([]);
});

test('a text is found on a screen that has no filter, one place after the other', async () => {
  const page = await open('#/settings');
  await expect(page.getByRole('table', { name: 'Presets' })).toBeVisible();
  const settings = page.getByRole('link', { name: 'Settings' });
  await settings.focus();
  await page.keyboard.press('Control+f');
  const bar = page.getByRole('search', { name: 'Find on this screen' });
  await expect(bar.getByRole('searchbox')).toBeFocused();
  await page.keyboard.type('flowtriq');
  await expect(bar.locator('output')).toHaveText(/^1 of \d+$/);
  const marked = () => page.evaluate(() => CSS.highlights.get('found')?.size ?? 0);
  expect(await marked()).toBeGreaterThan(0);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Shift+F3');
  await expect(bar.locator('output')).toHaveText(/^1 of /);
  const here = await page.evaluate(() => [...(CSS.highlights.get('found-here') ?? [])].join(''));
  expect(here).toMatch(/^flowtriq$/i);
  expect(await barriers(page)).toEqual([]);
  await takePictures(exhibit, 'find');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('no such words');
  await expect(bar.locator('output')).toHaveText('Not on this screen');
  await page.keyboard.press('Escape');
  await expect(bar).toBeHidden();
  await expect(settings).toBeFocused();
  expect(await marked()).toBe(0);

  await page.keyboard.press('Control+f');
  await goTo(page, 'Events');
  await expect(bar).toBeHidden();
  await page.keyboard.press('Control+f');
  await expect(page.getByRole('combobox', { name: 'Filter events' })).toBeFocused();
});

test('a view, a note and a filter that were taken away are brought back', async () => {
  const page = await open('#/events?filter=category:data.download');
  const filter = page.getByRole('combobox', { name: 'Filter events' });
  await expect(filter).toHaveValue('category:data.download');
  await expect(page.locator('output')).toHaveText(/^[1-8]\d\d events$/);
  const some = await page.locator('output').innerText();

  await page.getByRole('button', { name: 'Clear filter' }).click();
  await expect(page.locator('output')).toHaveText('900 events');
  await expect(page.getByText('The filter was cleared.')).toBeVisible();
  expect(await barriers(page)).toEqual([]);
  await takePictures(exhibit, 'undo');
  await page.keyboard.press('Control+z');
  await expect(page.locator('output')).toHaveText(some);
  await expect(filter).toHaveValue('category:data.download');

  await page.getByRole('button', { name: 'Views' }).click();
  const views = page.getByRole('dialog', { name: 'Saved views' });
  await views.getByLabel('Save this view as').fill('Downloads');
  await views.getByRole('button', { name: 'Save view' }).click();
  await views.getByRole('button', { name: 'Remove view Downloads' }).click();
  await expect(views.getByText('The view “Downloads” was removed.')).toBeVisible();
  await takePictures(exhibit, 'undo-view');
  await views.getByRole('button', { name: /^Undo/ }).click();
  await expect(views.getByRole('button', { name: 'Remove view Downloads' })).toBeVisible();
  await page.keyboard.press('Escape');

  await eventRow(page, 1).click();
  const notes = page.getByRole('region', { name: 'Note and tags' });
  await notes.getByRole('button', { name: 'Add…' }).click();
  await notes.getByLabel('Note', { exact: true }).fill('Asked the vendor.');
  await notes.getByLabel('Your name').fill('Ada');
  await notes.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(notes.getByText('Asked the vendor.')).toBeVisible();
  await notes.getByRole('button', { name: 'Change…' }).click();
  await notes.getByLabel('Note', { exact: true }).fill('');
  await notes.getByRole('button', { name: 'Take it back' }).click();
  await expect(page.getByText('Note and tags were taken back.')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(page.getByText('It is back.')).toBeVisible();
  await expect(notes.getByText('Asked the vendor.').first()).toBeVisible();
});
