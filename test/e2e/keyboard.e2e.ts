// The main jobs by keyboard alone: opening the sample, filtering, comparing two dates, access on a day, a pack. No
// pointer is used from the first key on; what ends is announced.

import { readdirSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { type LaunchedExhibit, launchExhibit } from './support/launch.ts';
import { answerDialogs, tabTo, watchErrors } from './support/window.ts';
import { freshFolder } from './support/workspaces.ts';

let exhibit: LaunchedExhibit;
test.afterEach(async () => {
  await exhibit.close();
});

test('the sample is opened, filtered, reviewed and packed without a pointer', async () => {
  test.setTimeout(120_000);
  exhibit = await launchExhibit({ address: null });
  const { page } = exhibit;
  const errors = watchErrors(page);
  const heading = (name: string) => page.getByRole('heading', { name, level: 1 });
  const announced = page.getByRole('contentinfo').getByRole('status');

  await tabTo(page.getByRole('button', { name: 'Open the sample workspace' }));
  await page.keyboard.press('Enter');
  await expect(page.getByText('1,016 events held')).toBeVisible();
  await expect(announced).toHaveText('Importing the sample exports: done.');

  await page.keyboard.press('Control+2');
  await expect(heading('Events')).toBeVisible();
  await page.keyboard.press('Control+f');
  await page.keyboard.type('actor:dmitri@acme.example category:auth.failure');
  await page.keyboard.press('Escape');
  await expect(page.locator('output')).toHaveText('4 events');
  await page.keyboard.press('Control+f');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await expect(page.locator('output')).toHaveText('1,016 events');

  await page.keyboard.press('Control+3');
  await expect(heading('Changes')).toBeVisible();
  await tabTo(page.getByRole('button', { name: 'All that is held' }));
  await page.keyboard.press('Enter');
  const changed = page.getByRole('grid', { name: /^Changed fields/ });
  await expect(changed).toHaveAttribute('aria-rowcount', '145');
  await tabTo(page.getByRole('button', { name: /^outside maintenance windows/ }));
  await page.keyboard.press('Enter');
  await expect(changed).toHaveAttribute('aria-rowcount', '2');
  await tabTo(changed);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('complementary', { name: /nyc-edge-01|change/i })).toContainText(
    '22/tcp public',
  );
  await page.keyboard.press('Escape');
  await expect(changed).toBeFocused();

  await page.keyboard.press('Control+4');
  await expect(heading('Access')).toBeVisible();
  await tabTo(page.getByRole('button', { name: /^self-granted/ }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('grid', { name: /^Rights held/ })).toHaveAttribute('aria-rowcount', '2');

  const packs = freshFolder();
  await answerDialogs(exhibit, [packs]);
  await page.keyboard.press('Control+8');
  await expect(heading('Evidence')).toBeVisible();
  await tabTo(page.getByRole('button', { name: '6 Create' }));
  await page.keyboard.press('Enter');
  await tabTo(page.getByRole('button', { name: 'Choose folder…' }));
  await page.keyboard.press('Enter');
  await tabTo(page.getByRole('button', { name: 'Create evidence pack' }));
  await page.keyboard.press('Enter');
  await expect(announced).toHaveText(/evidence pack.*: done\.$/, { timeout: 60_000 });
  expect(readdirSync(packs).length).toBeGreaterThan(0);
  expect(errors).toEqual([]);
});
