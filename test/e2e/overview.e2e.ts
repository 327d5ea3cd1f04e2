// The overview: what a workspace holds at a glance, each figure leading to its rows, and the drawn picture under the
// page's strict policy.

import { expect, type Page, test } from '@playwright/test';
import { type LaunchedExhibit, launchExhibit } from './support/launch.ts';
import { takePictures } from './support/pictures.ts';
import { answerDialogs, barriers, goTo, watchErrors } from './support/window.ts';
import { fixture, freshFolder, seededWorkspace } from './support/workspaces.ts';

let exhibit: LaunchedExhibit;
let page: Page;
let errors: string[] = [];

async function open(workspace: string): Promise<void> {
  exhibit = await launchExhibit({ workspace, address: null });
  page = exhibit.page;
  errors = watchErrors(page);
}
test.afterEach(async () => {
  await exhibit.close();
  expect(errors, 'errors in the page').toEqual([]);
});

const card = (name: string) => page.getByRole('region', { name, exact: true });
const heading = (name: string) => page.getByRole('heading', { name, level: 1 });

test('a workspace with imports opens on its overview, and each figure leads to its rows', async () => {
  await open(seededWorkspace(fixture('ironflock-export.csv'), fixture('flowtriq-export.csv')));
  await expect(heading('Overview')).toBeVisible();
  const sizes = () =>
    page
      .locator('section[data-area]')
      .evaluateAll((all) => all.map((one) => [one.clientWidth, one.clientHeight].join(' × ')));
  const before = await sizes();
  await expect(page.getByRole('img', { name: /^2,400 events by day and category/ })).toBeVisible();
  await expect(page.locator('.recharts-bar-rectangle').first()).toBeVisible();
  await expect(card('Coverage')).toContainText('IronFlock');
  await expect(card('Last verification')).toContainText('not verified');
  await expect(card('Last evidence packs')).toContainText('None was made');
  expect(await sizes(), 'nothing moves').toEqual(before);
  expect(await barriers(page)).toEqual([]);
  await takePictures(exhibit, 'overview');

  await card('Events')
    .getByRole('link', { name: /^Access granted/ })
    .click();
  await expect(page.locator('output')).toHaveText('299 events');

  await page.keyboard.press('Alt+ArrowLeft');
  await card('Access and sign-ins')
    .getByRole('link', { name: /^\d+ privileged rights held/ })
    .click();
  await expect(heading('Access')).toBeVisible();
  await goTo(page, 'Overview');
  await expect(card('To look at')).toContainText(/break|gap/);
  await card('To look at').getByRole('link').first().click();
  await expect(heading('Completeness')).toBeVisible();
});

test('a verification is told on the overview, and that an import came in after it', async () => {
  await open(seededWorkspace(fixture('flowtriq-export.csv')));
  await goTo(page, 'Integrity');
  await page.getByRole('button', { name: 'Verify now' }).click();
  await expect(page.getByRole('contentinfo').getByRole('link', { name: /^Log verified/ })).toBeVisible();
  await goTo(page, 'Overview');
  await expect(card('Last verification')).toContainText('no failure');

  await answerDialogs(exhibit, [fixture('ironflock-export.csv')]);
  await goTo(page, 'Sources');
  await page.getByRole('button', { name: 'Choose files…' }).click();
  await page.getByRole('button', { name: 'Import 1 file' }).click();
  await expect(page.getByRole('article', { name: 'ironflock-export.csv' })).toContainText('1,500 imported');
  await goTo(page, 'Overview');
  await expect(card('Last verification')).toContainText('1 import came in since');
});

test('an empty workspace opens on what Exhibit needs', async () => {
  await open(freshFolder());
  await expect(heading('Overview')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Import exports…' })).toBeVisible();
  await takePictures(exhibit, 'overview-empty');
});
