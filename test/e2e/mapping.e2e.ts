// Exports nobody knows, in the real Electron: mapped by a person, shown before they are stored, imported; the mapping
// saved, used again and handed to the command line.

import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { type LaunchedExhibit, launchExhibit } from './support/launch.ts';
import { answerDialogs, barriers, dropFiles, eventRow, goTo, tabTo, watchErrors } from './support/window.ts';
import { fixture, freshFolder } from './support/workspaces.ts';

let exhibit: LaunchedExhibit;
let page: Page;
let wrong: string[] = [];

async function open(workspace: string): Promise<void> {
  exhibit = await launchExhibit({ workspace });
  page = exhibit.page;
  wrong = watchErrors(page);
  await goTo(page, 'Sources');
}
test.afterEach(async () => {
  await exhibit.close();
  expect(wrong, 'errors in the page').toEqual([]);
});

const gates = (month: string): string =>
  [
    'When,Gate event,Performed by,Gate name,Source address,Remark',
    `05/${month}/2026 10:00,Gate opened,alice@acme.example,gate-1,10.0.0.1,late shift`,
    `06/${month}/2026 11:30,Gate closed,bob@acme.example,gate-2,10.0.0.2,`,
    `07/${month}/2026 12:00,Gate opened,,gate-1,10.0.0.3,"says ""hello"""`,
    '',
  ].join('\n');

function writeGates(month = '01'): string {
  const file = join(freshFolder(), `gates-${month}.csv`);
  writeFileSync(file, gates(month));
  return file;
}

const article = (name: string): Locator => page.getByRole('article', { name });
const field = (name: string): Locator =>
  page
    .getByRole('list', { name: 'Fields of an event' })
    .getByRole('button', { name: new RegExp(`^${name}: `) });
const preview = (): Locator => page.getByRole('table', { name: 'The resulting events' });
const heading = (name: string): Locator => page.getByRole('heading', { name, exact: true });

async function choose(button: Locator, typed: string): Promise<void> {
  await button.click();
  await page.keyboard.type(typed);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
}

test('an unknown export is mapped: proposed, corrected, asked, shown, and then imported as shown', async () => {
  await open(freshFolder());
  await dropFiles(page, [writeGates()]);
  await expect(heading('Map gates-01.csv')).toBeFocused();
  await expect(field('Time')).toHaveText('When');
  await expect(field('Actor')).toHaveText('Performed by');
  await expect(field('IP address')).toHaveText('Source address');
  await expect(
    page.getByText('Sure: “When” is a usual name for it, and all its values are times.'),
  ).toBeVisible();

  const run = page.getByRole('button', { name: 'Import 1 file with this mapping' });
  await expect(run).toBeDisabled();
  await expect(page.getByText('Say which number of a date is the day.')).toBeVisible();
  await expect(
    page.getByText('3 records of the first 3 cannot be read before the questions above'),
  ).toBeVisible();
  await page.getByRole('radio', { name: 'The first: 5 January 2026' }).check({ force: true });
  await expect(page.getByText('Say which time zone the times are in.')).toBeVisible();
  await choose(page.getByRole('button', { name: 'Time zone of the records: Choose a time zone' }), 'Berlin');
  await choose(field('Event name'), 'Gate event');
  await choose(field('Target name'), 'Gate name');

  await expect(page.getByRole('status').filter({ hasText: 'Of the first' })).toHaveText(
    'Of the first 3 records: 3 events, 0 rejected',
  );
  await expect(preview().getByRole('row').nth(1)).toContainText('2026-01-05 09:00:00.000 UTC');
  await expect(preview().getByRole('row').nth(1)).toContainText('Gate opened');
  await expect(preview().getByRole('row').nth(1)).toContainText('gate-1');
  expect(await barriers(page), 'the mapping screen').toEqual([]);

  await page.getByLabel('Vendor or system').fill('Gatekeeper');
  await page.getByLabel('Source', { exact: true }).fill('Gatekeeper, plant 1');
  await page.keyboard.press('Escape');
  await run.click();
  await expect(article('gates-01.csv')).toContainText('3 imported');
  await expect(page.getByRole('table', { name: 'Sources' })).toContainText('Gatekeeper, plant 1');
  await goTo(page, 'Events');
  await expect(eventRow(page, 1)).toContainText('2026-01-07 11:00:00');
  await expect(eventRow(page, 3)).toContainText('alice@acme.example');

  await goTo(page, 'Sources');
  await page.getByRole('button', { name: 'Clear this list' }).click();
  await dropFiles(page, [writeGates('02')]);
  await expect(article('gates-02.csv'), 'the next one is known').toContainText(
    'Recognised as Gatekeeper, own mapping, into the source “Gatekeeper, plant 1”.',
  );
  await page.getByRole('button', { name: 'Import 1 file' }).click();
  await expect(article('gates-02.csv')).toContainText('3 imported');
});

test('a day and a time of day in two columns are proposed as one time, and asked about', async () => {
  const file = join(freshFolder(), 'protokoll.csv');
  const rows = ['03.02.2026;06:12:09;Süd;Start;Pumpe', '04.02.2026;18:30:00;Nord;Stopp;Pumpe'];
  writeFileSync(file, `${['Datum;Uhrzeit;Benutzer;Ereignis;Objekt', ...rows].join('\n')}\n`);
  await open(freshFolder());
  await dropFiles(page, [file]);
  await expect(field('Time')).toHaveText('Datum and Uhrzeit');
  await expect(page.getByText('“Datum” has the day and “Uhrzeit” the time of day.')).toBeVisible();
  await page.getByRole('radio', { name: 'The first: 3 February 2026' }).check({ force: true });
  await choose(page.getByRole('button', { name: 'Time zone of the records: Choose a time zone' }), 'Berlin');
  await expect(preview().getByRole('row').nth(1)).toContainText('2026-02-03 05:12:09.000 UTC');
  await page.getByRole('button', { name: 'Import 1 file with this mapping' }).click();
  await expect(article('protokoll.csv')).toContainText('2 imported');
});

test('event names get a category: proposed, chosen with the keyboard, shown at once, kept in the mapping', async () => {
  const file = join(freshFolder(), 'portal.csv');
  const rows = [
    'timestamp,user,event,object,member,old_value,new_value',
    '2026-01-05T10:00:00Z,alice,login,,,,',
    '2026-01-05T10:01:00Z,alice,role granted,portal,bob,,admin',
    '2026-01-05T10:02:00Z,alice,Gate opened,,,,',
    '2026-01-05T10:03:00Z,alice,Gate opened,,,,',
    '2026-01-05T10:04:00Z,alice,Badge rights,portal,bob,a,"a,b"',
  ];
  writeFileSync(file, `${rows.join('\n')}\n`);
  await open(freshFolder());
  await dropFiles(page, [file]);
  const names = page.getByRole('table', { name: 'What its event names mean' });
  const category = (name: string) =>
    names.getByRole('button', { name: new RegExp(`^Category of ${name}: `) });
  await expect(names.getByRole('row')).toHaveCount(5);
  await expect(names.getByRole('row').nth(1)).toContainText('Gate opened2No category');
  await expect(category('login')).toHaveText('Sign-in');
  await expect(names.getByRole('row', { name: 'login' })).toContainText(
    'Proposed, because of “login” in the name.',
  );
  await expect(category('role granted')).toHaveText('Access granted');
  await expect(names.getByRole('button', { name: /^What the values of role granted say: / })).toHaveText(
    'A right that is added',
  );
  await expect(
    page.getByText('4 event names in the file · 2 proposed: check them · 2 without a category'),
  ).toBeVisible();
  await expect(preview().getByRole('row').nth(1)).toContainText('Sign-in');

  const typed = async (button: Locator, text: string) => {
    await tabTo(button);
    await page.keyboard.press('Enter');
    await page.keyboard.type(text);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
  };
  await field('Time').focus();
  await typed(category('Gate opened'), 'Remote access');
  await expect(category('Gate opened')).toHaveText('Remote access');
  await typed(category('Badge rights'), 'Access changed');
  const meaning = names.getByRole('button', { name: /^What the values of Badge rights say: / });
  await expect(meaning, 'what old and new values of rights usually are').toHaveText(
    'Rights before and after',
  );
  await typed(meaning, 'taken away');
  await expect(meaning).toHaveText('A right that is taken away');
  await typed(meaning, 'before and after');
  await expect(names.getByRole('row', { name: 'Badge rights' })).toContainText('Chosen by you.');
  await expect(preview().getByRole('row').nth(3)).toContainText('Remote access');
  expect(await barriers(page), 'event names').toEqual([]);

  await page.getByLabel('Vendor or system').fill('Portal');
  await page.getByLabel('Days the vendor keeps its log').fill('thirty');
  await expect(page.getByText('Write a whole number of days, or leave it empty.')).toBeVisible();
  await page.getByLabel('Days the vendor keeps its log').fill('30');
  const into = freshFolder();
  await answerDialogs(exhibit, [into]);
  await page.getByRole('button', { name: 'Save mapping as a file…' }).click();
  await expect(page.getByText('Saved as Portal mapping.json.')).toBeVisible();
  const saved = JSON.parse(readFileSync(join(into, 'Portal mapping.json'), 'utf8'));
  expect(saved.retention.days).toBe(30);
  expect(saved.actions).toEqual([
    { names: ['Gate opened'], category: 'remote_access' },
    { names: ['Badge rights'], category: 'access.changed', access: 'set' },
    { names: ['login'], category: 'auth.success', failureCategory: 'auth.failure' },
    { names: ['role granted'], category: 'access.granted', access: 'add' },
  ]);
  await page.getByRole('button', { name: 'Import 1 file with this mapping' }).click();
  await expect(article('portal.csv')).toContainText('5 imported');
  await goTo(page, 'Events');
  await page.getByRole('combobox', { name: 'Filter events' }).fill('category:access');
  await expect(eventRow(page, 2)).toContainText('role granted');
});

test('files of one unknown shape are mapped together, by the keys of their records', async () => {
  const folder = freshFolder();
  const files = [1, 2].map((n) => join(folder, `turnstile-${n}.ndjson`));
  for (const [n, file] of files.entries()) {
    const records = [1, 2, 3].map((day) => ({
      at: `2026-0${n + 1}-0${day}T08:00:00Z`,
      kind: 'pass',
      who: { mail: `p${day}@acme.example` },
      where: { name: 'north', ip: '10.0.0.9' },
    }));
    writeFileSync(file, records.map((record) => JSON.stringify(record)).join('\n'));
  }
  await open(freshFolder());
  await dropFiles(page, files);
  await expect(heading('Map turnstile-1.ndjson')).toBeVisible();
  await expect(page.getByText('2 chosen files have these keys.')).toBeVisible();
  await expect(field('Time')).toHaveText('at');
  await expect(field('IP address')).toHaveText('where/ip');
  await choose(field('Event name'), 'kind');
  await choose(field('Actor'), 'who/mail');
  await choose(field('Target name'), 'where/name');
  await page.getByRole('button', { name: 'Import 2 files with this mapping' }).click();
  await expect(article('turnstile-1.ndjson')).toContainText('3 imported');
  await expect(article('turnstile-2.ndjson')).toContainText('3 imported');
  await goTo(page, 'Events');
  await expect(eventRow(page, 1)).toContainText('2026-02-03 08:00:00');
  await expect(eventRow(page, 1)).toContainText('p3@acme.example');
  await expect(eventRow(page, 1)).toContainText('north');
});

test('a saved mapping does the same on the command line, and is opened for another file', async () => {
  await open(freshFolder());
  await dropFiles(page, [writeGates()]);
  await page.getByRole('radio', { name: 'The first: 5 January 2026' }).check({ force: true });
  await choose(page.getByRole('button', { name: 'Time zone of the records: Choose a time zone' }), 'Berlin');
  await choose(field('Target name'), 'Gate name');
  await page.getByLabel('Vendor or system').fill('Gatekeeper');
  const into = freshFolder();
  await answerDialogs(exhibit, [into]);
  await page.getByRole('button', { name: 'Save mapping as a file…' }).click();
  await expect(page.getByText('Saved as Gatekeeper mapping.json.')).toBeVisible();
  expect(readdirSync(into)).toEqual(['Gatekeeper mapping.json']);
  const saved = join(into, 'Gatekeeper mapping.json');

  const cli = resolve(import.meta.dirname, '..', '..', 'core', 'cli.ts');
  const args = [cli, 'import', writeGates('03'), '--preset', saved, '-w', freshFolder(), '--json'];
  const { imports } = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
  expect(imports).toMatchObject([
    { imported: 3, preset: 'own-gatekeeper', firstTime: '2026-03-05T09:00:00.000Z' },
  ]);

  await page.getByRole('button', { name: 'Back to Sources' }).click();
  await page.getByRole('button', { name: 'Leave all out' }).click();
  await dropFiles(page, [writeGates('04'), fixture('flowtriq-export.csv')]);
  await expect(article('gates-04.csv')).toContainText('needs an answer');
  await answerDialogs(exhibit, [saved]);
  await article('gates-04.csv').getByRole('button', { name: 'Open a mapping file…' }).click();
  await expect(article('gates-04.csv')).toContainText('Read with Gatekeeper, own mapping');
  await page.getByRole('button', { name: 'Import 2 files' }).click();
  await expect(article('gates-04.csv')).toContainText('3 imported');
  await expect(article('flowtriq-export.csv')).toContainText('900 imported');
});

test('a file that is no mapping is refused with the reason, and nothing is lost', async () => {
  await open(freshFolder());
  await dropFiles(page, [writeGates()]);
  await expect(heading('Map gates-01.csv')).toBeVisible();
  const bad = join(freshFolder(), 'bad.json');
  writeFileSync(bad, '{"id":"ironflock"}');
  await answerDialogs(exhibit, [bad]);
  await page.getByRole('button', { name: 'Open a mapping file…' }).click();
  await expect(page.getByRole('alert')).toContainText('is not a preset');
  await expect(field('Time')).toHaveText('When');
});
