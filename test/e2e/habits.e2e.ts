// What hands do without thinking: keys, the palette, the menu bar, going on where one stopped, settings of the look.

import { expect, type Page, test } from '@playwright/test';
import { type LaunchedExhibit, launchExhibit } from './support/launch.ts';
import { takePictures } from './support/pictures.ts';
import { barriers, goTo, watchErrors } from './support/window.ts';
import { fixture, freshFolder, seededWorkspace } from './support/workspaces.ts';

let exhibit: LaunchedExhibit;
let page: Page;
let errors: string[] = [];

async function open(workspace: string | undefined, userData?: string): Promise<void> {
  exhibit = await launchExhibit({
    ...(workspace === undefined ? {} : { workspace }),
    ...(userData === undefined ? {} : { userData }),
    address: null,
  });
  page = exhibit.page;
  errors = watchErrors(page);
}
test.afterEach(async () => {
  await exhibit.close();
  expect(errors, 'errors in the page').toEqual([]);
});

const heading = (name: string) => page.getByRole('heading', { name, level: 1 });

test('keys, palette and menu bar lead everywhere, and a sheet lists the keys', async () => {
  await open(seededWorkspace(fixture('flowtriq-export.csv')));
  await expect(heading('Overview')).toBeVisible();
  await page.keyboard.press('Control+2');
  await expect(heading('Events')).toBeVisible();
  await page.keyboard.press('Control+f');
  await expect(page.getByRole('combobox', { name: 'Filter events' })).toBeFocused();

  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Go to anything' });
  await expect(palette.getByRole('combobox')).toBeFocused();
  expect(await barriers(page)).toEqual([]);
  await takePictures(exhibit, 'palette');
  await page.keyboard.type('complete');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(heading('Completeness')).toBeVisible();
  await expect(palette).toBeHidden();

  await page.keyboard.press('Control+/');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(sheet).toContainText('Ctrl+Shift+O');
  expect(await barriers(page)).toEqual([]);
  await takePictures(exhibit, 'shortcuts');
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();

  const labels = await exhibit.app.evaluate(({ Menu }) => {
    const menu = Menu.getApplicationMenu();
    const go = menu?.items.find(({ label }) => label === 'Go')?.submenu;
    go?.items.find(({ label }) => label === 'Integrity')?.click();
    return menu?.items.map(({ label }) => label);
  });
  expect(labels).toEqual(['File', 'Edit', 'View', 'Go', 'Help']);
  await expect(heading('Integrity')).toBeVisible();

  await page.getByRole('button', { name: 'Verify now' }).click();
  await page.getByRole('button', { name: 'Work of this session' }).click();
  const work = page.getByRole('dialog', { name: 'Work of this session' });
  await expect(work).toContainText('Verifying the log');
  await expect(work).toContainText('done');
  expect(await barriers(page)).toEqual([]);
});

test('the next start goes on where the last one stopped, and lists the workspaces opened before', async () => {
  const userData = freshFolder();
  const workspace = seededWorkspace(fixture('flowtriq-export.csv'));
  await open(workspace, userData);
  await goTo(page, 'Events');
  await page.getByRole('combobox', { name: 'Filter events' }).fill('action:"PCAP Downloaded"');
  await expect(page.locator('output')).toHaveText('47 events');
  await exhibit.close();

  await open(workspace, userData);
  await expect(heading('Events')).toBeVisible();
  await expect(page.locator('output')).toHaveText('47 events');
  await page.getByRole('button', { name: /^Workspace / }).click();
  await page.getByRole('menuitem', { name: 'Open the sample workspace' }).click();
  await expect(page.getByText('1,016 events held')).toBeVisible();
  await page.getByRole('button', { name: 'Workspace sample' }).click();
  const name = workspace.split('/').at(-1) as string;
  await page.getByRole('menuitem', { name }).click();
  await expect(page.getByText('900 events held')).toBeVisible();
});

test('colours, contrast and rows are as chosen, now and at the next start', async () => {
  const userData = freshFolder();
  const workspace = seededWorkspace(fixture('flowtriq-export.csv'));
  await open(workspace, userData);
  await expect(heading('Overview')).toBeVisible();
  await page.keyboard.press('Control+,');
  await expect(heading('Settings')).toBeVisible();
  const canvas = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.getByRole('button', { name: 'Light', exact: true }).click();
  await expect.poll(canvas).toBe('rgb(255, 255, 255)');
  expect(await barriers(page)).toEqual([]);
  await takePictures(exhibit, 'settings');
  await page.getByRole('button', { name: 'Dark', exact: true }).click();
  await expect.poll(canvas).toBe('rgb(22, 24, 27)');
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('button', { name: 'High', exact: true }).click();
  await expect.poll(canvas).toBe('rgb(0, 0, 0)');
  expect(await barriers(page)).toEqual([]);
  await takePictures(exhibit, 'settings-dark-contrast');
  await page.getByRole('button', { name: 'Comfortable' }).click();
  await page.getByRole('textbox', { name: 'Privileged rights' }).fill('owner, root');
  await page.getByRole('button', { name: 'Save settings' }).click();
  await expect(page.getByText('Saved.')).toBeVisible();
  await exhibit.close();

  await open(workspace, userData);
  await expect(page.getByRole('textbox', { name: 'Privileged rights' })).toHaveValue('owner, root');
  expect(await canvas()).toBe('rgb(0, 0, 0)');
  await goTo(page, 'Events');
  const row = page.getByRole('grid', { name: /^Events, / }).locator('[role=row][aria-rowindex="2"]');
  expect((await row.boundingBox())?.height).toBe(36);
});
