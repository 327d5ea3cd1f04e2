// The window's main path in the real Electron, from the first run to an evidence pack, and what it says when
// something fails. Dialogs are the system's own, so they are answered in main; everything else is done as a person does.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { type LaunchedExhibit, launchExhibit } from './support/launch.ts';
import {
  alertsSeen,
  answerDialogs,
  dropFiles,
  enginePid,
  eventRow,
  eventsGrid,
  goTo,
  killEngine,
  watchAlerts,
  watchErrors,
} from './support/window.ts';
import { fixture, freshFolder, seededWorkspace, writeLongExport } from './support/workspaces.ts';

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

const grid = (): Locator => eventsGrid(page);
const total = (): Locator => page.locator('output');
const row = (index: number): Locator => eventRow(page, index);

test('a first run offers a sample, and one click shows its events', async () => {
  await open();
  await expect(page.getByRole('heading', { name: 'This workspace holds no log yet' })).toBeVisible();
  await page.getByRole('button', { name: 'Open the sample workspace' }).click();
  await expect(page.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible();
  await goTo(page, 'Events');
  await expect(grid()).toBeVisible();
  await expect(total()).toHaveText('1,016 events');
  await expect(page.getByRole('button', { name: 'Workspace sample' })).toBeVisible();

  const engine = await enginePid(exhibit);
  await page.getByRole('button', { name: 'Workspace sample' }).click();
  await page.getByRole('menuitem', { name: 'Open the sample workspace' }).click();
  await expect.poll(async () => ![0, engine].includes(await enginePid(exhibit))).toBe(true);
  await expect(page.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible();
  await goTo(page, 'Events');
  await expect(total(), 'opening it again imports nothing again').toHaveText('1,016 events');
  await expect(page.getByText('1,016 events held, from 3 imports')).toBeVisible();
});

test('both exports come in through the window, and again they add nothing', async () => {
  await open(freshFolder());
  await answerDialogs(exhibit, both);
  await page.getByRole('button', { name: 'Import exports…' }).click();
  await page.getByRole('button', { name: 'Import 2 files' }).click();

  const ironflock = page.getByRole('article', { name: 'ironflock-export.csv' });
  const flowtriq = page.getByRole('article', { name: 'flowtriq-export.csv' });
  await expect(ironflock).toContainText(
    /1,500 read\s*=\s*1,500 imported\s*\+\s*0 duplicates\s*\+\s*0 rejected\s*adds up/,
  );
  await expect(flowtriq).toContainText(
    /900 read\s*=\s*900 imported\s*\+\s*0 duplicates\s*\+\s*0 rejected\s*adds up/,
  );
  const sources = page.getByRole('table', { name: 'Sources' });
  await expect(sources.getByRole('row')).toHaveCount(3);

  await page.getByRole('button', { name: 'Clear this list' }).click();
  await page.getByRole('button', { name: 'Choose files…' }).click();
  await page.getByRole('button', { name: 'Import 2 files' }).click();
  await expect(ironflock).toContainText(/1,500 read\s*=\s*0 imported\s*\+\s*1,500 duplicates/);
  await expect(flowtriq).toContainText(/900 read\s*=\s*0 imported\s*\+\s*900 duplicates/);
  await expect(page.getByRole('table', { name: 'Imports, newest first' }).getByRole('row')).toHaveCount(5);
  await expect(page.getByText('2,400 events held, from 4 imports')).toBeVisible();
});

test('files dropped on any screen are imported; what is no export is refused with a reason', async () => {
  await open(freshFolder());
  await goTo(page, 'Integrity');
  const other = join(freshFolder(), 'settings.json');
  writeFileSync(other, '{\n  "theme": "dark",\n  "columns": [1, 2]\n}\n');
  await dropFiles(page, [fixture('flowtriq-export.ndjson'), other]);
  await expect(page.getByRole('heading', { name: 'Sources', level: 1 })).toBeVisible();
  const refused = page.getByRole('article', { name: 'settings.json' });
  await expect(refused).toContainText('cannot be imported');
  await expect(refused).toContainText('without a list of records');
  await page.getByRole('button', { name: 'Import 1 of 2 files' }).click();
  await expect(page.getByRole('article', { name: 'flowtriq-export.ndjson' })).toContainText('900 imported');
  await page.getByRole('button', { name: 'Leave out settings.json' }).click();
  await expect(refused).toBeHidden();
});

test('the last event is reached by keyboard and by the scrollbar', async () => {
  await open(seededWorkspace(...both));
  await expect(total()).toHaveText('2,400 events');
  await expect(grid()).toHaveAttribute('aria-rowcount', '2401');
  await expect(row(1)).toContainText('2026-03-31 23:51:38');

  await grid().focus();
  await page.keyboard.press('Control+End');
  await expect(row(2400)).toBeInViewport();
  await expect(row(2400)).toContainText('2026-01-01 00:47:06');
  await expect(activeRow()).toHaveAttribute('aria-rowindex', '2401');

  await page.keyboard.press('Control+Home');
  await expect(row(1)).toBeInViewport();
  await expect(row(1)).toContainText('2026-03-31 23:51:38');

  await grid().evaluate((element) => element.scrollTo({ top: element.scrollHeight }));
  await expect(row(2400)).toBeInViewport();
  await expect(row(2400)).toContainText('2026-01-01 00:47:06');
  await expect(grid(), 'the focus survives its row going out of sight').toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(activeRow()).toHaveAttribute('aria-rowindex', '3');
});

test('a log that is longer than the scroll range shows every row, notch by notch and at its end', async () => {
  const file = join(freshFolder(), 'long.csv');
  await writeLongExport(file, 160_000);
  await open(seededWorkspace(file));
  await expect(total()).toHaveText('160,000 events');
  await grid().focus();
  await page.keyboard.press('Control+End');
  await expect(row(160_000)).toContainText('2026-01-01 00:00:00');
  await expect(row(160_000)).toBeInViewport({ ratio: 1 });

  await page.keyboard.press('Control+Home');
  await expect(row(1)).toBeInViewport({ ratio: 1 });
  const box = await grid().boundingBox();
  if (box) await page.mouse.move(box.x + 200, box.y + 200);
  await page.mouse.wheel(0, 280);
  await expect(row(1)).not.toBeInViewport();
  await expect(row(12), 'ten rows a notch, as in a short list').toBeInViewport({ ratio: 1 });

  await grid().evaluate((element) => element.scrollTo({ top: element.scrollHeight }));
  await expect(row(160_000)).toBeInViewport({ ratio: 1 });
});

test('the filter is one text, written by hand or from the pick lists', async () => {
  await open(seededWorkspace(...both));
  const box = page.getByRole('combobox', { name: 'Filter events' });
  await box.fill('action:"PCAP Downloaded"');
  await expect(total()).toHaveText('47 events');

  await page.getByRole('button', { name: 'Action: PCAP Downloaded' }).click();
  await page.getByRole('option', { name: 'Login Failed' }).click();
  await page.keyboard.press('Escape');
  await expect(box).toHaveValue('action:"PCAP Downloaded" action:"Login Failed"');
  await expect(total()).toHaveText('81 events');

  await box.fill('nonsense:x');
  await expect(page.getByRole('alert')).toContainText('“nonsense:” at character 1 is not a filter');
  await expect(grid(), 'rows of another filter are not shown under this one').toHaveCount(0);
  await expect(page.getByText('No rows are shown while the filter has a mistake in it.')).toBeVisible();

  await box.fill('"no such words"');
  await expect(page.getByText('No event in the imported logs matches the filter.')).toBeVisible();
  await page.getByRole('main').getByRole('button', { name: 'Clear filter' }).last().click();
  await expect(total()).toHaveText('2,400 events');
});

test('period, zone and filter are one for the window, stay on other screens, and go back and forward', async () => {
  await open(seededWorkspace(...both));
  await expect(total()).toHaveText('2,400 events');
  await page.getByRole('button', { name: 'Period: All time' }).click();
  const dates = page.getByRole('dialog', { name: 'Period' });
  await dates.getByRole('spinbutton', { name: 'year, From' }).click();
  await page.keyboard.type('20260201');
  await page.keyboard.press('Tab');
  await page.keyboard.type('20260228');
  await dates.getByRole('button', { name: 'Set period' }).click();
  await expect(page.getByRole('button', { name: 'Period: 1 Feb 2026 – 28 Feb 2026' })).toBeVisible();
  await expect(total()).not.toHaveText('2,400 events');
  const february = await total().innerText();

  await page.getByRole('button', { name: 'Time zone: UTC' }).click();
  await page.keyboard.type('Kolkata');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(row(1)).toContainText('+05:30');

  await goTo(page, 'Evidence');
  await expect(page.getByRole('button', { name: 'Time zone: Asia/Kolkata' })).toBeVisible();
  await expect(page.getByRole('spinbutton', { name: 'day, To, included' })).toHaveText('28');

  await page.keyboard.press('Alt+ArrowLeft');
  await expect(grid()).toBeVisible();
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(page.getByRole('button', { name: 'Time zone: UTC' })).toBeVisible();
  await expect(total()).toHaveText(february);
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(total()).toHaveText('2,400 events');
  await page.keyboard.press('Alt+ArrowRight');
  await expect(total()).toHaveText(february);
});

test('Enter opens an event with its proof and its raw record, and Escape goes back to its row', async () => {
  await open(seededWorkspace(fixture('ironflock-export.csv')));
  await page
    .getByRole('combobox', { name: 'Filter events' })
    .fill('field:Name press-031 after:2026-01-10 before:2026-01-11');
  await expect(total()).toHaveText('1 event');
  await grid().focus();
  await page.keyboard.press('Enter');

  const detail = page.getByRole('complementary', { name: 'Event detail' });
  await expect(detail.getByRole('heading', { name: 'Event', exact: true })).toBeFocused();
  await expect(detail).toContainText('user02@acme.example set Name of device press-031 to');
  await expect(detail).toContainText('ironflock-export.csv');
  await expect(detail, 'an override of direction is shown, not obeyed').toContainText('aRLOb');
  await expect(detail.getByRole('region', { name: 'The record as read' })).toContainText(
    'timestamp2026-01-10T08:54:37.336Zuseruser02@acme.example',
  );
  expect(new URL(page.url()).hash).toContain('event=');

  await page.keyboard.press('Escape');
  await expect(detail).toBeHidden();
  await expect(grid()).toBeFocused();
});

test('with the detail open, arrows in the list walk from event to event', async () => {
  await open(seededWorkspace(fixture('flowtriq-export.csv')));
  // A row that is still a placeholder has nothing to open.
  await expect(row(1)).toContainText('2026-');
  await row(1).click();
  const detail = page.getByRole('complementary', { name: 'Event detail' });
  const first = await detail.locator('p').first().innerText();
  await page.keyboard.press('ArrowDown');
  await expect(detail.locator('p').first()).not.toHaveText(first);
  await expect(row(2)).toHaveAttribute('aria-selected', 'true');

  const width = (await detail.boundingBox())?.width ?? 0;
  await page.getByRole('separator', { name: 'Width of: Event detail' }).focus();
  await page.keyboard.press('ArrowLeft');
  await expect.poll(async () => (await detail.boundingBox())?.width).toBe(width + 20);
});

test('an import that is cancelled leaves nothing behind', async () => {
  const folder = freshFolder();
  const file = join(folder, 'very-long.csv');
  await writeLongExport(file, 400_000);
  await open(freshFolder());
  await goTo(page, 'Sources');
  await answerDialogs(exhibit, [file]);
  await page.getByRole('button', { name: 'Choose files…' }).click();
  await page.getByRole('button', { name: 'Import 1 file' }).click();
  const card = page.getByRole('article', { name: 'very-long.csv' });
  await expect(card).toContainText(/importing, \d+ %/);
  await expect(card).toContainText('a second');
  await card.getByRole('button', { name: 'Cancel the import of very-long.csv' }).click();
  await expect(card).toContainText('Nothing of this file was stored', { timeout: 20_000 });
  await expect(page.getByText('0 events held, from 0 imports')).toBeVisible();
});

test('while a large import runs, the events that are there are filtered and read', async () => {
  const file = join(freshFolder(), 'very-long.csv');
  await writeLongExport(file, 600_000);
  await open(seededWorkspace(...both));
  await goTo(page, 'Sources');
  await answerDialogs(exhibit, [file]);
  await page.getByRole('button', { name: 'Choose files…' }).click();
  await page.getByRole('button', { name: 'Import 1 file' }).click();
  const card = page.getByRole('article', { name: 'very-long.csv' });
  await expect(card).toContainText(/importing, \d+ %/);
  await goTo(page, 'Events');
  await page.getByRole('combobox', { name: 'Filter events' }).fill('action:"PCAP Downloaded"');
  await expect(total()).toHaveText('47 events');
  await goTo(page, 'Sources');
  await expect(card, 'it was not done yet').toContainText(/importing, \d+ %/);
  await card.getByRole('button', { name: 'Cancel the import of very-long.csv' }).click();
  await expect(card).toContainText('Nothing of this file was stored', { timeout: 20_000 });
});

test('when the engine dies there is one banner, and then the same rows again', async () => {
  await open(seededWorkspace(...both));
  await expect(total()).toHaveText('2,400 events');
  await watchAlerts(page);
  await killEngine(exhibit);
  await expect
    .poll(() => alertsSeen(page))
    .toEqual([expect.stringContaining('The engine stopped and is starting again. The log on disk is safe.')]);
  await expect(page.getByRole('alert')).toHaveCount(0);
  await page.getByRole('combobox', { name: 'Filter events' }).fill('action:"PCAP Downloaded"');
  await expect(total()).toHaveText('47 events');
});

test('a job that dies with the engine says so, and nothing pretends it was done', async () => {
  const file = join(freshFolder(), 'very-long.csv');
  await writeLongExport(file, 400_000);
  await open(freshFolder());
  await answerDialogs(exhibit, [file]);
  await page.getByRole('button', { name: 'Import exports…' }).click();
  await page.getByRole('button', { name: 'Import 1 file' }).click();
  const card = page.getByRole('article', { name: 'very-long.csv' });
  await expect(card).toContainText(/importing, \d+ %/);
  await killEngine(exhibit);
  await expect(card).toContainText('not imported');
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(page.getByText('0 events held, from 0 imports')).toBeVisible();
});

const activeRow = (): Locator => {
  return page.locator('[role=row]', { has: page.locator('[role=gridcell][id]') });
};
