// The completeness screen in the real Electron: days, gaps and breaks as they are in the log, what an officer says of
// them, and the ways from there to the events.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { type LaunchedExhibit, launchExhibit } from './support/launch.ts';
import { barriers, enginePid, eventsGrid, goTo, killEngine, tabTo, watchErrors } from './support/window.ts';
import { fixture, freshFolder, seededWorkspace } from './support/workspaces.ts';

let exhibit: LaunchedExhibit;
let page: Page;
let wrong: string[] = [];

async function open(workspace?: string, userData?: string): Promise<void> {
  exhibit = await launchExhibit({
    ...(workspace === undefined ? {} : { workspace }),
    ...(userData === undefined ? {} : { userData }),
  });
  page = exhibit.page;
  wrong = watchErrors(page);
}
test.afterEach(async () => {
  await exhibit.close();
  expect(wrong, 'errors in the page').toEqual([]);
});

/** Flowtriq in two exports with a gap from 21 to 26 January and two days that both span, and IronFlock with breaks. */
function workspaceWithGap(): string {
  const folder = freshFolder();
  const [header, ...rows] = readFileSync(fixture('flowtriq-export.csv'), 'utf8').trim().split('\n');
  const part = (name: string, from: string, to: string): string => {
    const file = join(folder, name);
    const kept = rows.filter((row) => row.slice(0, 10) >= from && row.slice(0, 10) <= to);
    writeFileSync(file, `${[header, ...kept].join('\n')}\n`);
    return file;
  };
  return seededWorkspace(
    part('january.csv', '2026-01-01', '2026-01-20'),
    part('february.csv', '2026-01-27', '2026-02-28'),
    part('march.csv', '2026-02-27', '2026-03-31'),
    fixture('ironflock-export.csv'),
  );
}

const quarter = '#/completeness?from=2026-01-01&to=2026-03-31';
const show = (hash: string): Promise<void> =>
  page.evaluate((address) => {
    window.location.hash = address;
  }, hash);
const source = (name: string): Locator => page.getByRole('region', { name, exact: true });
const dayOf = (name: string, date: string): Locator =>
  page.getByRole('grid', { name: `Days of ${name}` }).locator(`[data-day="${date}"]`);
const finding = (name: string, words: string): Locator =>
  source(name).getByRole('listitem').filter({ hasText: words });

async function explain(item: Locator, note: string, person?: string): Promise<void> {
  await item.getByRole('button', { name: /^Explain/ }).click();
  await item.getByLabel('Explanation').fill(note);
  if (person !== undefined) await item.getByLabel('Your name').fill(person);
  await item.getByRole('button', { name: 'Save explanation' }).click();
  await expect(item.getByRole('button', { name: 'Save explanation' })).toBeHidden();
}

test('an open period is asked for, then each source of the sample has its days', async () => {
  await open();
  await page.getByRole('button', { name: 'Open the sample workspace' }).click();
  await expect(page.getByText(/^[1-9][\d,]* events held/)).toBeVisible();
  await goTo(page, 'Completeness');
  await page.getByRole('button', { name: 'Show the days' }).click();
  await expect(page.getByRole('alert')).toHaveText('Set both dates: completeness is always about a period.');
  await page.getByRole('spinbutton', { name: 'year, From' }).click();
  await page.keyboard.type('20260101');
  await page.keyboard.press('Tab');
  await page.keyboard.type('20260331');
  await page.getByRole('button', { name: 'Show the days' }).click();

  await expect(page.getByRole('button', { name: 'Period: 1 Jan 2026 – 31 Mar 2026' })).toBeVisible();
  for (const name of ['Flowtriq', 'IronFlock']) {
    await expect(source(name)).toContainText(
      /\d+ of 90 days covered, (none|\d+) silent, (no gap|\d+ in \d+ gaps?)\./,
    );
    await expect(page.getByRole('grid', { name: `Days of ${name}` })).toBeVisible();
  }
  await expect(source('IronFlock')).toContainText('Not known: the vendor does not say how long it keeps');
  await expect(source('Flowtriq')).toContainText(
    /Export Flowtriq again by|The last safe day to export Flowtriq/,
  );
  await expect(page.getByRole('main')).not.toContainText(/\bcomplete\b|missing/i);
});

test('a gap is explained, stays explained after a restart, and keeps what was said before', async () => {
  const workspace = workspaceWithGap();
  await open(workspace);
  await show(quarter);
  const gap = finding('Flowtriq', '21 Jan 2026 – 26 Jan 2026');
  await expect(source('Flowtriq')).toContainText('6 in 1 gap');
  await expect(dayOf('Flowtriq', '2026-01-21')).toHaveAccessibleName(
    'Wednesday, 21 Jan 2026: gap, no import spans this day',
  );
  await expect(gap).toContainText('not explained');

  await gap.getByRole('button', { name: /^Explain/ }).click();
  await gap.getByRole('button', { name: 'Save explanation' }).click();
  await expect(gap).toContainText('Write what is known about it.');
  await expect(gap).toContainText('An explanation needs a name.');
  await page.keyboard.press('Escape');
  await explain(gap, 'The collector was down.', 'Maria Fernandez');
  await expect(gap.getByRole('button', { name: /^Explain again/ })).toBeFocused();
  await explain(gap, 'The collector was down; the vendor holds nothing either.');
  await exhibit.close();

  await open(workspace);
  await show(quarter);
  const again = finding('Flowtriq', '21 Jan 2026 – 26 Jan 2026');
  await expect(again.getByRole('blockquote').first()).toHaveText(
    'The collector was down; the vendor holds nothing either.',
  );
  await expect(again).toContainText(/Maria Fernandez · \d{4}-\d\d-\d\d \d\d:\d\d UTC/);
  await expect(again).not.toContainText('not explained');
  await expect(dayOf('Flowtriq', '2026-01-21')).toHaveAccessibleName(/gap with an explanation/);
  await again.getByText('1 other explanation').click();
  await expect(again.getByRole('blockquote').last()).toHaveText('The collector was down.');

  await show('#/completeness?from=2026-01-15&to=2026-01-23');
  const shorter = finding('Flowtriq', '21 Jan 2026 – 23 Jan 2026');
  await expect(shorter, 'a part of an explained gap is explained').toContainText(
    'about 21 Jan 2026 – 26 Jan 2026',
  );
});

test('a break shows both values, leads to both events, and is explained too', async () => {
  await open(seededWorkspace(fixture('ironflock-export.csv')));
  await show(quarter);
  await expect(source('IronFlock')).toContainText('650 tested, 645 consistent, 5 breaks.');
  const broken = source('IronFlock').getByRole('listitem').filter({ hasText: 'expected' });
  await expect(broken).toHaveCount(5);
  const first = broken.first();
  await expect(first).toContainText('→ found');
  await explain(first, 'Removed on purpose in this export.', 'Maria Fernandez');
  await expect(first).toContainText('Removed on purpose');

  const links = first.getByRole('link');
  await expect(links).toHaveCount(2);
  for (const which of [0, 1]) {
    const time = await links.nth(which).innerText();
    await links.nth(which).click();
    await expect(page.getByRole('complementary', { name: 'Event detail' })).toContainText(time.slice(0, 19));
    await expect(eventsGrid(page).locator('[role=row][aria-selected=true]')).toBeInViewport();
    await page.keyboard.press('Alt+ArrowLeft');
    await expect(first).toContainText('Removed on purpose');
  }
});

test('a day leads to its events, and back', async () => {
  await open(workspaceWithGap());
  await show(quarter);
  await dayOf('Flowtriq', '2026-02-27').hover();
  await expect(page.getByText('Friday, 27 Feb 2026: covered', { exact: false })).toBeVisible();
  const words = (await dayOf('Flowtriq', '2026-02-27').getAttribute('aria-label')) ?? '';
  expect(words).toContain('spanned by imports 2 and 3');
  await dayOf('Flowtriq', '2026-02-27').click();
  await expect(page.getByRole('button', { name: 'Period: 27 Feb 2026' })).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Filter events' })).toHaveValue('source:Flowtriq');
  await expect(page.locator('output')).toHaveText(/(\d+ events?)/.exec(words)?.[1] ?? '');
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(page.getByRole('grid', { name: 'Days of Flowtriq' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Period: 1 Jan 2026 – 31 Mar 2026' })).toBeVisible();
});

test('the overview leads to a source, and the frame stays where it is', async () => {
  await open(workspaceWithGap());
  await show(quarter);
  await expect(source('IronFlock')).toContainText('5 breaks');
  const row = page
    .getByRole('table', { name: 'All sources' })
    .getByRole('row')
    .filter({ hasText: 'IronFlock' });
  await expect(row.getByRole('cell').nth(6), 'what is not explained').toHaveText('5');
  await row.getByRole('button', { name: 'IronFlock' }).click();
  await expect(page.getByRole('heading', { name: 'IronFlock', exact: true })).toBeFocused();
  await expect(page.getByRole('heading', { name: 'IronFlock', exact: true })).toBeInViewport();
  await expect(page.getByRole('heading', { name: 'Completeness', level: 1 })).toBeInViewport();
  const frame = await page.getByRole('contentinfo').boundingBox();
  const height = await page.evaluate(() => window.innerHeight);
  expect((frame?.y ?? 0) + (frame?.height ?? 0)).toBe(height);
});

test('the screen needs no mouse', async () => {
  await open(workspaceWithGap());
  await show(quarter);
  await tabTo(dayOf('Flowtriq', '2026-01-01'));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('End');
  await expect(dayOf('Flowtriq', '2026-02-28')).toBeFocused();
  await page.keyboard.press('Control+Home');
  for (let step = 0; step < 20; step++) await page.keyboard.press('ArrowRight');
  await expect(dayOf('Flowtriq', '2026-01-21')).toBeFocused();

  const gap = finding('Flowtriq', '21 Jan 2026 – 26 Jan 2026');
  await tabTo(gap.getByRole('button', { name: /^Explain/ }));
  await page.keyboard.press('Enter');
  await expect(gap.getByLabel('Explanation')).toBeFocused();
  await page.keyboard.type('Closed.');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Maria');
  await page.keyboard.press('Enter');
  await expect(gap.getByRole('blockquote')).toHaveText('Closed.');
  await expect(gap.getByRole('button', { name: /^Explain again/ })).toBeFocused();

  await tabTo(dayOf('Flowtriq', '2026-01-21'), 'Shift+Tab');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Period: 20 Jan 2026' })).toBeVisible();
});

test('what was typed outlives the engine, and is saved by the next one', async () => {
  await open(workspaceWithGap());
  await show(quarter);
  const gap = finding('Flowtriq', '21 Jan 2026 – 26 Jan 2026');
  await gap.getByRole('button', { name: /^Explain/ }).click();
  await gap.getByLabel('Explanation').fill('Closed.');
  await gap.getByLabel('Your name').fill('Maria');
  const before = await enginePid(exhibit);
  await killEngine(exhibit);
  await expect.poll(async () => [0, before].includes(await enginePid(exhibit))).toBe(false);
  await expect(page.getByText('The engine stopped and is starting again.')).toHaveCount(0);
  await gap.getByRole('button', { name: 'Save explanation' }).click();
  await expect(gap.getByRole('blockquote')).toHaveText('Closed.');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`no barrier that axe can find, ${colorScheme}`, async () => {
    await open(workspaceWithGap());
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await goTo(page, 'Completeness');
    await expect(page.getByRole('heading', { name: 'Which period?' })).toBeVisible();
    expect(await barriers(page), 'without a period').toEqual([]);

    await show(quarter);
    const gap = finding('Flowtriq', '21 Jan 2026 – 26 Jan 2026');
    await expect(source('IronFlock')).toContainText('tested');
    expect(await barriers(page), 'with gaps and breaks').toEqual([]);
    await gap.getByRole('button', { name: /^Explain/ }).click();
    await gap.getByRole('button', { name: 'Save explanation' }).click();
    expect(await barriers(page), 'while explaining').toEqual([]);
    await page.keyboard.press('Escape');
    await explain(gap, 'Closed.', 'Maria');
    await show('#/completeness?from=2026-01-01&to=2026-12-31');
    await expect(source('Flowtriq')).toContainText('days covered');
    expect(await barriers(page), 'a year').toEqual([]);
    await show('#/completeness?from=2026-03-31&to=2026-01-01');
    await expect(page.getByRole('alert')).toContainText('Swap the two dates');
    expect(await barriers(page), 'a period that is none').toEqual([]);
  });
}
