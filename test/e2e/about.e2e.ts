// Pages of people, targets and addresses in the real Electron: found by name, reached from an event, each figure leads to
// its rows, and everything by keyboard.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { type LaunchedExhibit, launchExhibit } from './support/launch.ts';
import { takePictures } from './support/pictures.ts';
import { barriers, eventRow, goTo, tabTo, watchErrors } from './support/window.ts';
import { fixture, freshFolder, seededWorkspace } from './support/workspaces.ts';

let exhibit: LaunchedExhibit;
let page: Page;
let wrong: string[] = [];

async function open(
  workspace = seededWorkspace(fixture('ironflock-export.csv'), fixture('flowtriq-export.csv')),
): Promise<void> {
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
const article = (): Locator => page.getByRole('article');
const total = (): Locator => page.locator('output');
const numberIn = (text: string): number => Number(text.replace(/\D/g, ''));

test('a person is found by a part of the name, by keyboard, and each figure leads to its rows', async () => {
  await open();
  await goTo(page, 'Look up');
  await expect(page.getByRole('heading', { name: 'Actors' })).toBeVisible();
  await tabTo(page.getByLabel('Find a person, target or IP address'));
  await page.keyboard.type('USER05');
  await expect(page.getByText('Names that hold “USER05”, over the whole log')).toBeVisible();
  await tabTo(page.getByRole('link', { name: 'user05@acme.example' }));
  await page.keyboard.press('Enter');
  await expect(article().getByRole('heading', { level: 2 })).toHaveText('user05@acme.example');
  const all = numberIn(
    await article()
      .getByRole('link', { name: /over the whole log/ })
      .innerText(),
  );
  await expect(article().getByRole('table')).toHaveCount(3);

  const categories = article().getByRole('region', { name: 'What happened' }).getByRole('listitem');
  const counts = await categories.getByRole('link').allInnerTexts();
  expect(counts.reduce((sum, text) => sum + numberIn(text), 0)).toBe(all);
  await categories.getByRole('link').first().click();
  await expect(total()).toHaveText(`${numberIn(counts[0] ?? '')} events`);
  await page.keyboard.press('Alt+ArrowLeft');
  await article()
    .getByRole('link', { name: /over the whole log/ })
    .click();
  await expect(total()).toHaveText(`${all} events`);
  await page.keyboard.press('Alt+ArrowLeft');
  await article()
    .getByRole('region', { name: 'Rights held' })
    .getByRole('link', { name: /^(All|Open)/ })
    .click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Access');
  await expect(page.getByLabel('Find a person, target or right')).toHaveValue('subject:user05@acme.example');
});

test('an event leads to its actor and its target, a chosen value to its page, a period narrows it', async () => {
  await open();
  await show('#/events?filter=ip:10.0.1.154');
  await eventRow(page, 1).click();
  const detail = page.getByRole('complementary', { name: 'Event detail' });
  await detail.getByRole('link', { name: '10.0.1.154' }).click();
  await expect(article().getByRole('heading', { level: 2 })).toHaveText('10.0.1.154');
  await expect(article().getByRole('region', { name: 'Who holds rights on it' })).toHaveCount(0);
  await article().getByRole('region', { name: 'Actors' }).getByRole('link').first().click();
  await expect(article()).toContainText('Actor');
  await show('#/about?about=source:IronFlock%20type:device%20target:4019&from=2026-02-01&to=2026-02-28');
  await expect(article().getByRole('heading', { level: 2 })).toContainText('press-019');
  await expect(article().getByRole('link', { name: /in the period 1 Feb 2026 – 28 Feb 2026/ })).toBeVisible();
  await expect(
    article().getByRole('region', { name: 'What changed of it' }).getByRole('row').nth(1),
  ).toBeVisible();
  await show('#/events?filter=actor:user05@acme.example');
  await page.getByRole('button', { name: 'Show the values to narrow by' }).click();
  await page.getByRole('link', { name: 'Everything about user05@acme.example' }).click();
  await expect(article().getByRole('heading', { level: 2 })).toHaveText('user05@acme.example');
  await show('#/about?about=actor:nobody');
  await expect(article()).toContainText('No event in the imported logs names it.');
  await show('#/about?about=category:access');
  await expect(page.getByRole('alert')).toContainText('names no actor, target or IP address');
});

/** Alice signs in by two names, and holds a right under each. */
function twoNames(): string {
  const path = join(freshFolder(), 'people.csv');
  const header = 'timestamp,user,asset_type,asset_key,asset_name,project,aspect,subject,old_value,new_value';
  const rows = ['alice@acme.example', 'alice', 'bob'].flatMap((who, at) => [
    `2026-01-01T00:0${at}:00Z,${who},device,${at},d${at},p,Name,,a${at},b${at}`,
    `2026-01-02T00:0${at}:00Z,root,device,${at},d${at},p,Privilege changes,${who},[],"[""READ""]"`,
  ]);
  writeFileSync(path, `${[header, ...rows].join('\n')}\n`);
  return seededWorkspace(path);
}

test('names of one person are merged by a person, read as one, and taken apart again', async () => {
  await open(twoNames());
  await goTo(page, 'Look up');
  const persons = page.getByRole('region', { name: 'One person under several names' });
  const proposal = persons
    .getByRole('list', { name: 'Names that may be one person’s' })
    .getByRole('listitem')
    .first();
  await expect(proposal).toContainText('the same name, with or without a domain');
  await tabTo(persons.getByRole('button', { name: 'Merge: alice, alice@acme.example' }));
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('What to call the person')).toBeFocused();
  await page.getByLabel('What to call the person').fill('Alice Archer');
  await page.getByLabel('Your name').fill('Maria Fernandez');
  await takePictures(exhibit, 'about-merge');
  expect(await barriers(page), 'the form that merges').toEqual([]);
  await page.getByRole('button', { name: 'Merge', exact: true }).click();
  const merged = persons.getByRole('list', { name: 'Merged persons' });
  await expect(merged).toContainText('Alice Archer');
  await takePictures(exhibit, 'about-merged');
  expect(await barriers(page), 'with a merged person').toEqual([]);

  await merged.getByRole('link', { name: 'Alice Archer' }).click();
  await expect(article()).toContainText('Merged of alice, alice@acme.example');
  await expect(article().getByRole('link', { name: '2 over the whole log' })).toBeVisible();
  await expect(article().getByRole('region', { name: 'Rights held' }).getByRole('row')).toHaveCount(3);
  await article().getByRole('link', { name: '2 over the whole log' }).click();
  await expect(page.getByRole('combobox', { name: 'Filter events' })).toHaveValue('person:"Alice Archer"');
  await expect(total()).toHaveText('2 events');
  await eventRow(page, 1).click();
  await expect(page.getByRole('complementary', { name: 'Event detail' })).toContainText(
    'merged into Alice Archer',
  );
  await show('#/access?filter=person:alice&at=2026-02-01');
  await expect(total()).toHaveText('2 rights');
  await expect(page.getByRole('grid').getByRole('row').nth(1)).toContainText('Alice Archerrecorded as alice');
  await takePictures(exhibit, 'access-merged');

  await show('#/about');
  await page.getByLabel('Find a person, target or IP address').fill('archer');
  await expect(page.getByRole('search').getByRole('link')).toHaveText(['Alice Archer']);
  await page.getByLabel('Find a person, target or IP address').fill('');
  await persons.getByRole('button', { name: 'Take apart: Alice Archer' }).click();
  await expect(proposal).toContainText('alice@acme.example');
  await show('#/events?filter=person:%22Alice%20Archer%22');
  await expect(page.getByText('No event in the imported logs matches the filter.')).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`no barrier that axe can find, ${colorScheme}`, async () => {
    await open();
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await goTo(page, 'Look up');
    await expect(page.getByRole('heading', { name: 'Actors' })).toBeVisible();
    await takePictures(exhibit, `about-find-${colorScheme}`);
    expect(await barriers(page), 'the way in').toEqual([]);
    for (const [name, about] of [
      ['actor', 'actor:user05@acme.example'],
      ['target', 'source:IronFlock%20type:device%20target:4019'],
      ['ip', 'ip:10.0.1.154'],
    ] as const) {
      await show(`#/about?about=${about}`);
      await expect(article().getByRole('region', { name: 'Sessions and remote access' })).toBeVisible();
      await expect(page.getByText(/: reading the log…/)).toHaveCount(0);
      await takePictures(exhibit, `about-${name}-${colorScheme}`);
      expect(await barriers(page), name).toEqual([]);
    }
  });
}
