// Sessions in the real Electron: what the fixture holds, what is not paired said so, failures by actor and address, each
// with the events that say so.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { type LaunchedExhibit, launchExhibit } from './support/launch.ts';
import { takePictures } from './support/pictures.ts';
import { barriers, goTo, tabTo, watchErrors } from './support/window.ts';
import { fixture, freshFolder, seededWorkspace } from './support/workspaces.ts';

let exhibit: LaunchedExhibit;
let page: Page;
let wrong: string[] = [];

async function open(workspace: string): Promise<void> {
  exhibit = await launchExhibit({ workspace });
  page = exhibit.page;
  wrong = watchErrors(page);
}
test.afterEach(async () => {
  await exhibit.close();
  expect(wrong, 'errors in the page').toEqual([]);
});

const show = (hash: string): Promise<void> =>
  page.evaluate((address) => {
    window.location.hash = address;
  }, hash);
const list = (): Locator => page.getByRole('grid');
const row = (index: number): Locator => list().locator(`[role=row][aria-rowindex="${index + 1}"]`);
const total = (): Locator => page.locator('output');

function fewSessions(): string {
  const path = join(freshFolder(), 'f.csv');
  const rows = [
    'Timestamp (UTC),Event,Actor,Node / Resource,IP',
    '2026-01-05 07:00:00,User Logout,ann,,10.0.0.1',
    '2026-01-05 08:00:00,User Login,ann,,10.0.0.1',
    '2026-01-05 08:30:00,User Login,bob,,10.0.0.2',
    '2026-01-05 09:00:00,User Logout,ann,,10.0.0.1',
    '2026-01-05 10:00:00,Login Failed,ann,,10.0.0.9',
    '2026-01-05 10:01:00,Login Failed,ann,,10.0.0.9',
    '2026-01-05 10:02:00,Invalid API Key,bob,,10.0.0.9',
  ];
  writeFileSync(path, rows.join('\n'));
  return seededWorkspace(path);
}

test('sign-ins say when they began and ended, and what no event says', async () => {
  await open(fewSessions());
  await goTo(page, 'Sessions');
  await expect(total()).toHaveText('3 sessions');
  await expect(row(1)).toContainText('no start logged');
  await expect(row(2)).toContainText('1 h 0 min');
  await expect(row(3)).toContainText('no end logged');
  await page.getByRole('button', { name: /^no end logged/ }).click();
  await expect(total()).toHaveText('1 session');
  await row(1).click();
  const pane = page.getByRole('complementary', { name: 'One session' });
  await expect(pane).toContainText('No event says that it ended');
  await pane.getByRole('link', { name: 'The event that starts it' }).click();
  await expect(page.getByRole('complementary', { name: 'Event detail' })).toContainText('User Login');
});

test('failed sign-ins are grouped by actor and by address, and lead to exactly their events', async () => {
  await open(fewSessions());
  await show('#/sessions');
  await page.getByRole('button', { name: 'Failed sign-ins by actor (2)' }).click();
  await expect(row(1)).toContainText('ann');
  await page.getByRole('button', { name: 'Failed sign-ins by IP address (1)' }).click();
  await expect(row(1)).toContainText('10.0.0.9');
  await row(1).click();
  const pane = page.getByRole('complementary', { name: 'Failed sign-ins' });
  await expect(pane.getByRole('list').last().getByRole('link')).toHaveText(['ann', 'bob']);
  await pane.getByRole('link', { name: '3 events' }).click();
  await expect(total()).toHaveText('3 events');
});

test('remote access carries device, port and app; period and filter narrow it; it needs no mouse', async () => {
  await open(seededWorkspace(fixture('ironflock-export.csv')));
  await show('#/sessions');
  await expect(total()).toHaveText('103 sessions');
  await tabTo(page.getByLabel('Filter, such as'));
  await page.keyboard.type('actor:user05@acme.example');
  await expect(total()).not.toHaveText('103 sessions');
  await tabTo(list());
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'One session' })).toBeFocused();
  await expect(page.getByRole('complementary', { name: 'One session' })).toContainText(
    'logs that a session was started',
  );
  await page.keyboard.press('Escape');
  await expect(list()).toBeFocused();
  await show('#/sessions?filter=nonsense:x');
  await expect(page.getByRole('alert')).toContainText('is not a filter');
  await page.getByRole('button', { name: 'Clear filter' }).click();
  await expect(total()).toHaveText('103 sessions');
  await show('#/sessions?from=1999-01-01&to=1999-01-31');
  await expect(page.getByRole('heading', { level: 2 })).toContainText(
    'No sign-in and no remote access was observed',
  );
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`no barrier that axe can find, ${colorScheme}`, async () => {
    await open(seededWorkspace(fixture('ironflock-export.csv'), fixture('flowtriq-export.csv')));
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await show('#/sessions');
    await row(1).click();
    await takePictures(exhibit, `sessions-${colorScheme}`);
    expect(await barriers(page), 'with a session open').toEqual([]);
    await show('#/sessions?by=actor');
    await expect(row(1)).toBeVisible();
    await takePictures(exhibit, `sessions-failed-${colorScheme}`);
    expect(await barriers(page), 'failed sign-ins').toEqual([]);
  });
}
