// The five main jobs by keyboard alone, as somebody new does them: importing, what changed between two dates, who had
// access, whether the log is complete, a pack that is made and checked. No pointer is used from the first key on. After
// each press something has the focus and shows it; what came of a job is on the screen, announced, and on the disk.

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { type LaunchedExhibit, launchExhibit } from './support/launch.ts';
import { answerDialogs, tabTo, watchErrors } from './support/window.ts';
import { fixture, freshFolder } from './support/workspaces.ts';

let exhibit: LaunchedExhibit;
let page: Page;
let errors: string[];
test.beforeEach(async () => {
  exhibit = await launchExhibit({ address: null });
  page = exhibit.page;
  errors = watchErrors(page);
});
test.afterEach(async () => {
  await exhibit.close();
  expect(errors, 'errors in the page').toEqual([]);
});

const button = (name: string | RegExp) => page.getByRole('button', { name });
const heading = (name: string) => page.getByRole('heading', { name, level: 1 });
const announced = () => page.getByRole('contentinfo').getByRole('status');
const told = (words: string | RegExp) =>
  page.getByRole('main').getByRole('status').filter({ hasText: words });

/** Tabs to it, sees that it shows the focus, presses a key on it, and sees that the focus is somewhere afterwards. */
async function press(target: Locator, key = 'Enter'): Promise<void> {
  await tabTo(target);
  const ring = (element: Element) => {
    // What is typed into in parts shows it around all of them, a list on its row.
    const shows = (one: Element | null) => one !== null && getComputedStyle(one).outlineStyle === 'solid';
    const row = document.getElementById(element.getAttribute('aria-activedescendant') ?? '');
    return shows(element) || shows(element.parentElement) || shows(row);
  };
  expect(await target.evaluate(ring), `the focus shows on ${target}`).toBe(true);
  await page.keyboard.press(key);
  await expect(page.locator('body:focus'), 'nothing has the focus').toHaveCount(0);
}

/** Goes to a screen by its link; the name of the screen has the focus then. */
async function visit(screen: string): Promise<void> {
  await press(
    page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: screen, exact: true }),
  );
  await expect(heading(screen)).toBeFocused();
}

/** Types the dates of a period, the last one with Enter behind it. */
async function typeDates(...days: string[]): Promise<void> {
  const form = page
    .getByRole('main')
    .getByRole('form')
    .filter({ has: page.getByRole('spinbutton') });
  for (const [at, day] of days.entries()) {
    await tabTo(form.getByRole('spinbutton').nth(at * 3));
    await page.keyboard.type(day);
  }
  await page.keyboard.press('Enter');
}

async function makePack(events: string): Promise<void> {
  const packs = freshFolder();
  await answerDialogs(exhibit, [packs]);
  await visit('Evidence');
  for (const step of ['Controls', 'Populations', 'Sampling', 'People', 'Create']) {
    await press(button(`Next: ${step}`));
    await expect(page.getByRole('group', { name: `, ${step}` })).toBeFocused();
  }
  await press(button('Choose folder…'));
  await expect(button('Choose another folder…')).toBeFocused();
  await press(button('Create evidence pack'));
  await expect(announced()).toHaveText(/evidence pack.*: done\.$/, { timeout: 60_000 });
  const pack = page.getByRole('article', { name: /^Evidence pack/ });
  await expect(pack).toContainText(`${events} events in`);
  await press(pack.getByRole('button', { name: 'Verify now' }));
  await expect(announced()).toHaveText(
    /Checking the evidence pack .*: done\. \d+ passed, 0 failed, \d+ skipped\.$/,
  );
  await expect(pack).toContainText(' passed, 0 failed');
  await expect(pack.getByRole('button', { name: 'Verify now' })).toBeFocused();
  const folder = readdirSync(packs).find((name) => !name.endsWith('.zip')) ?? '';
  expect(existsSync(join(packs, folder, 'manifest-sha256.txt'))).toBe(true);
}

test('somebody’s own exports are imported, compared, looked through for access and gaps, and packed', async () => {
  test.setTimeout(120_000);
  await answerDialogs(exhibit, [fixture('ironflock-export.csv'), fixture('flowtriq-export.csv')]);
  await press(button('Import exports…'));
  await expect(heading('Sources')).toBeVisible();
  await press(button('Import 2 files'));
  await expect(page.getByText('2,400 events held')).toBeVisible();
  await expect(announced()).toHaveText(/^Importing .*: done\. [\d,]+ imported, 0 duplicates, 0 rejected\.$/);

  await visit('Changes');
  await typeDates('20260101', '20260331');
  const compared = /^From 1 Jan 2026 to 31 Mar 2026, \d+ fields of \d+ targets had changes/;
  await expect(told(compared)).toBeAttached();
  await expect(page.getByRole('heading', { name: compared, level: 2 })).toBeVisible();
  const changed = page.getByRole('grid', { name: /^Changed fields/ });
  await press(changed, 'ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('complementary').getByRole('heading').first()).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(changed).toBeFocused();

  await visit('Access');
  await typeDates('20260228');
  await expect(
    page.getByRole('heading', { name: /^At the end of 28 Feb 2026, \d+ rights are held/ }),
  ).toBeVisible();

  await visit('Completeness');
  await expect(told(/IronFlock: \d+ of 90 days covered/)).toBeAttached();
  await expect(page.getByText(/^\d+ of 90 days covered, /).first()).toBeVisible();

  await makePack('2,400');

  await visit('Integrity');
  await press(button('Verify now'));
  await expect(announced()).toHaveText(/^Verifying the log: done\. \d+ passed, 0 failed, \d+ skipped\.$/);
  await expect(page.getByRole('heading', { name: /^Log verified/ })).toBeVisible();
});

test('the sample is opened, its guide followed to what happened, and it is packed', async () => {
  test.setTimeout(120_000);
  await press(button('Open the sample workspace'));
  await expect(page.getByText('1,016 events held')).toBeVisible();
  await expect(announced()).toHaveText('Importing the sample exports: done.');
  // The welcome screen is gone, and what was pressed on it.
  await expect(heading('Overview')).toBeFocused();

  const next = page.getByRole('button', { name: 'Next', exact: true });
  const changed = page.getByRole('grid', { name: /^Changed fields/ });
  await press(next);
  await expect(changed).toHaveAttribute('aria-rowcount', '2');
  await expect(next).toBeFocused();
  await press(changed, 'ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('complementary', { name: 'Changes of a field' })).toContainText(
    '22/tcp public',
  );
  await page.keyboard.press('Escape');
  await expect(changed).toBeFocused();
  await press(next);
  const rights = page.getByRole('grid', { name: /^Rights held/ });
  await expect(rights).toHaveAttribute('aria-rowcount', '2');
  await expect(rights).toContainText('dmitri@acme.example');
  await press(next);
  await expect(page.locator('output')).toHaveText('9 events');
  await page.keyboard.press('Control+f');
  await page.keyboard.type(' category:auth.failure');
  await page.keyboard.press('Escape');
  await expect(page.locator('output')).toHaveText('4 events');
  await page.keyboard.press('Control+f');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await press(next);
  await expect(page.getByRole('heading', { name: '1 gap', exact: true })).toBeVisible();
  await press(button('Close the guide'));
  await expect(heading('Completeness')).toBeFocused();
  await expect(next).toBeHidden();
  await makePack('1,016');
});
