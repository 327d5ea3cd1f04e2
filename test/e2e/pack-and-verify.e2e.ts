// What comes of the log in the real window: an evidence pack, signed and signed off, and the verification of the log.

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { type LaunchedExhibit, launchExhibit } from './support/launch.ts';
import { takePictures } from './support/pictures.ts';
import { answerDialogs, goTo, watchErrors } from './support/window.ts';
import { fixture, freshFolder, seededWorkspace } from './support/workspaces.ts';

let exhibit: LaunchedExhibit;
let page: Page;
let errors: string[] = [];

const both = [fixture('ironflock-export.csv'), fixture('flowtriq-export.csv')];

async function open(workspace?: string): Promise<void> {
  exhibit = await launchExhibit(workspace === undefined ? {} : { workspace });
  page = exhibit.page;
  errors = watchErrors(page);
}
test.afterEach(async () => {
  await exhibit.close();
  expect(errors, 'errors in the page').toEqual([]);
});

test('an evidence pack is made from the window, signed, and signed off', async () => {
  test.setTimeout(120_000);
  const into = freshFolder();
  await open(seededWorkspace(...both));
  await goTo(page, 'Integrity');
  await page.getByRole('button', { name: 'Make a signing key' }).click();
  await expect(page.getByText('Fingerprint', { exact: true })).toBeVisible();
  await goTo(page, 'Evidence');
  await page.getByRole('button', { name: 'Create evidence pack' }).click();
  await expect(page.getByRole('alert')).toHaveText(
    'Set both dates: an evidence pack is always about a period.',
  );

  await page.getByRole('spinbutton', { name: 'year, From' }).click();
  await page.keyboard.type('20260101');
  await page.keyboard.press('Tab');
  await page.keyboard.type('20260331');
  await expect(page.getByText('2,400 events', { exact: true })).toBeVisible();
  await page.getByText('SOC 2').click();
  await page.getByRole('button', { name: '5 People' }).click();
  await page.getByLabel('Organisation').fill('ACME');
  await page.getByLabel('Prepared by').fill('Maria Fernandez');
  await page.getByRole('button', { name: '4 Sampling' }).click();
  await page.getByRole('button', { name: 'Add a sample' }).click();
  await page.getByText('Stratified', { exact: true }).click();
  await page.getByRole('textbox', { name: 'Sample size' }).fill('25');
  await page.getByRole('textbox', { name: 'Seed' }).fill('4711');
  await answerDialogs(exhibit, [into]);
  await page.getByRole('button', { name: '6 Create' }).click();
  await page.getByRole('button', { name: 'Choose folder…' }).click();
  await page.getByRole('button', { name: 'Create evidence pack' }).click();

  const pack = page.getByRole('article', { name: /^Evidence pack, SOC 2/ });
  await expect(pack).toContainText('2,400 events in', { timeout: 60_000 });
  await expect(pack.getByRole('button', { name: /^Show in folder the pack/ })).toBeVisible();
  const written = readdirSync(into);
  expect(written.filter((name) => name.endsWith('.zip'))).toHaveLength(1);
  const folder = written.find((name) => !name.endsWith('.zip')) ?? '';
  expect(existsSync(join(into, folder, 'manifest-sha256.txt'))).toBe(true);
  await signOffPack(pack);
  expect(readdirSync(join(into, folder, 'signoff'))).toEqual(['1-preparer.txt']);
  expect(existsSync(join(into, folder, 'tagmanifest-sha256.txt.sig'))).toBe(true);
});

test('verifying lists each check with its word, and the status line says when', async () => {
  await open(seededWorkspace(...both));
  await expect(page.getByRole('link', { name: 'Log not verified yet' })).toBeVisible();
  await goTo(page, 'Integrity');
  await page.getByRole('button', { name: 'Verify now' }).click();
  const result = page.getByRole('table', { name: 'Result' });
  await expect(result.getByRole('row').nth(1)).toContainText('passed');
  await expect(result).not.toContainText('failed');
  await expect(page.getByRole('contentinfo')).toContainText(/Log verified \d\d:\d\d UTC/);
});

/** Signs off a pack of the session: its preparer, and its preparer as approver, which is refused. */
async function signOffPack(pack: Locator): Promise<void> {
  await expect(pack).toContainText('with the key');
  const signOff = pack.getByRole('region', { name: /^Sign-off of/ });
  await expect(signOff).toContainText('Nobody has signed off in this pack.');
  await signOff.getByRole('button', { name: 'Sign off…' }).click();
  await signOff.getByLabel('Your name').fill('Maria Fernandez');
  await signOff.getByLabel('Your function (optional)').fill('Compliance');
  await takePictures(exhibit, 'sign-off-form');
  await signOff.getByRole('button', { name: 'Sign off as preparer' }).click();
  await expect(signOff).toContainText('Maria Fernandez, Compliance, as preparer', { timeout: 30_000 });
  await expect(signOff).toContainText('signed with the workspace’s key');
  await signOff.getByRole('button', { name: 'Sign off…' }).click();
  await signOff.getByText('Approver', { exact: true }).click();
  await signOff.getByRole('button', { name: 'Sign off as approver' }).click();
  await expect(signOff.getByRole('alert')).toContainText('is also the preparer of this pack', {
    timeout: 30_000,
  });
  await takePictures(exhibit, 'sign-off-refused');
}
