// The guide through the sample: each step leads to exactly the rows it tells of, and once closed it stays closed.

import { expect, type Page, test } from '@playwright/test';
import { type LaunchedExhibit, launchExhibit } from './support/launch.ts';
import { takePictures } from './support/pictures.ts';
import { barriers, watchErrors } from './support/window.ts';

let exhibit: LaunchedExhibit;
let page: Page;

test.afterEach(async () => {
  await exhibit.close();
});

test('the guide leads through the story of the sample, and can be left for good', async () => {
  exhibit = await launchExhibit({ address: null });
  page = exhibit.page;
  const errors = watchErrors(page);
  await takePictures(exhibit, 'welcome');
  await page.getByRole('button', { name: 'Open the sample workspace' }).click();
  const guide = page.getByRole('complementary', { name: /^What to look at/ });
  await expect(guide).toContainText('1 of 6');
  await guide.getByRole('button', { name: 'Show the overview' }).click();
  await expect(page.getByRole('button', { name: 'Period: 1 Jan 2026 – 31 Mar 2026' })).toBeVisible();
  await expect(page.locator('.recharts-bar-rectangle').first()).toBeVisible();
  const found = page.getByRole('region', { name: 'To look at' });
  await expect(found.getByRole('link', { name: /^1 break/ })).toBeVisible();
  await expect(found.getByRole('link', { name: /^1 gap/ })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Access and sign-ins' })).toContainText('DEVELOP');
  expect(await barriers(page)).toEqual([]);
  await takePictures(exhibit, 'guide-overview');

  const next = guide.getByRole('button', { name: 'Next' });
  await next.click();
  const changed = page.getByRole('grid', { name: /^Changed fields/ });
  await expect(changed).toHaveAttribute('aria-rowcount', '2');
  await expect(changed).toContainText('nyc-edge-01');
  await takePictures(exhibit, 'guide-changes');

  await next.click();
  const rights = page.getByRole('grid', { name: /^Rights held/ });
  await expect(rights).toHaveAttribute('aria-rowcount', '2');
  await expect(rights).toContainText('DEVELOP');
  await expect(rights).toContainText('dmitri@acme.example');
  await takePictures(exhibit, 'guide-access');

  await next.click();
  await expect(page.locator('output')).toHaveText('9 events');
  await next.click();
  await expect(page.getByRole('heading', { name: '1 gap', exact: true })).toBeVisible();
  await expect(page.getByRole('main')).toContainText('22/tcp public');
  await next.click();
  await expect(page.getByRole('heading', { name: 'Evidence', level: 1 })).toBeVisible();
  await expect(next).toBeHidden();

  await guide.getByRole('button', { name: 'Close the guide' }).click();
  await expect(guide).toBeHidden();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Evidence', level: 1 })).toBeVisible();
  await expect(guide).toBeHidden();
  expect(errors).toEqual([]);
});
