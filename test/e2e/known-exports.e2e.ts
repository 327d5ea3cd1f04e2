// Exports that a preset knows, in the real Electron: their settings, whole folders of them, another mapping for one, and what
// the report of an import says.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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

test('the settings of known exports stay closed, and ask for a zone only where it is needed', async () => {
  const file = join(freshFolder(), 'local-times.csv');
  const header = 'timestamp,user,asset_type,asset_key,asset_name,project,aspect,subject,old_value,new_value';
  writeFileSync(file, `${header}\n2026-01-05 10:00:00,alice,device,1,press,plant,Name,,a,b\n`);
  await open(freshFolder());
  await dropFiles(page, [fixture('flowtriq-export.csv'), file]);
  const known = article('flowtriq-export.csv');
  await expect(known).toContainText('ready');
  await expect(known.getByLabel('Source', { exact: true })).toBeHidden();
  await expect(article('local-times.csv')).toContainText('Its times carry no zone');
  await expect(page.getByRole('button', { name: 'Import 1 of 2 files' })).toBeEnabled();
  expect(await barriers(page), 'files to import').toEqual([]);
  await choose(
    page.getByRole('button', { name: 'Time zone of local-times.csv: Choose a time zone' }),
    'Berlin',
  );

  await known.getByText('Settings').click();
  await known.getByLabel('Source', { exact: true }).fill('Flowtriq, north');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Import 2 files' }).click();
  await expect(known).toContainText('900 imported');
  await expect(page.getByRole('table', { name: 'Sources' })).toContainText('Flowtriq, north');
  await goTo(page, 'Events');
  await page.getByRole('combobox', { name: 'Filter events' }).fill('source:IronFlock');
  await expect(eventRow(page, 1)).toContainText('2026-01-05 09:00:00');

  await goTo(page, 'Sources');
  await page.getByRole('button', { name: 'Clear this list' }).click();
  await dropFiles(page, [fixture('ironflock-export.csv')]);
  const other = article('ironflock-export.csv');
  await expect(other).toContainText('ready');
  await other.getByText('Settings').click();
  await other.getByLabel('Source', { exact: true }).fill('Flowtriq, north');
  await page.keyboard.press('Escape');
  await expect(other, 'a source has one meaning').toContainText(
    '“Flowtriq, north” holds events read with flowtriq, and these are read with ironflock. Name another source.',
  );
  await expect(page.getByRole('button', { name: 'Import 1 file' })).toBeDisabled();
});

test('a folder is looked at and imported as a whole, chosen or dropped', async () => {
  const folder = freshFolder();
  mkdirSync(join(folder, 'older'));
  writeFileSync(join(folder, 'a.csv'), readFileSync(fixture('flowtriq-export.csv')));
  writeFileSync(join(folder, 'older', 'b.csv'), readFileSync(fixture('ironflock-export.csv')));
  await open(freshFolder());
  await answerDialogs(exhibit, [folder]);
  await page.getByRole('button', { name: 'Choose a folder…' }).click();
  const name = folder.split('/').at(-1) ?? '';
  await expect(article(name)).toContainText('each into its vendor’s source');
  await page.getByRole('button', { name: 'Leave all out' }).click();
  await dropFiles(page, [folder]);
  await page.getByRole('button', { name: 'Import 2 files' }).click();
  await expect(page.getByText('2,400 events held, from 2 imports')).toBeVisible();
});

test('a known export is mapped another way with the keyboard alone, into a source of its own', async () => {
  await open(freshFolder());
  await dropFiles(page, [fixture('flowtriq-export.csv')]);
  const known = article('flowtriq-export.csv');
  await expect(known).toContainText('ready');
  await tabTo(known.getByText('Settings'));
  await page.keyboard.press('Enter');
  await tabTo(known.getByRole('button', { name: 'Change the mapping… flowtriq-export.csv' }));
  await page.keyboard.press('Enter');
  await expect(heading('Map flowtriq-export.csv')).toBeFocused();
  await expect(preview().getByRole('row').nth(1)).toContainText('UTC');
  await expect(page.getByText('Each has a category, as Flowtriq')).toBeVisible();
  await tabTo(field('Target name'));
  await page.keyboard.press('Enter');
  await page.keyboard.type('Actor');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(field('Target name')).toHaveText('Actor');
  await expect(page.getByText('Chosen by you.')).toBeVisible();
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(known, 'back keeps the file').toBeVisible();
  await page.keyboard.press('Alt+ArrowRight');
  await expect(field('Target name'), 'and what was mapped').toHaveText('Actor');
  await tabTo(page.getByRole('button', { name: 'Import 1 file with this mapping' }));
  await page.keyboard.press('Enter');
  await expect(known).toContainText('900 imported');
  await expect(page.getByRole('table', { name: 'Sources' })).toContainText('Flowtriq, own mapping');
});

test('the report says which import held the duplicates, and saves rejected rows where a person wants them', async () => {
  const folder = freshFolder();
  const [first, second] = [join(folder, 'first.csv'), join(folder, 'second.csv')];
  const rows = readFileSync(fixture('flowtriq-export.csv'), 'utf8').trim().split('\n');
  writeFileSync(first, rows.slice(0, 11).join('\n'));
  writeFileSync(second, `${rows.slice(0, 21).join('\n')}\nonce,upon,a,time,x\n`);
  await open(freshFolder());
  for (const file of [first, second]) {
    await dropFiles(page, [file]);
    await page.getByRole('button', { name: 'Import 1 file' }).click();
    await expect(page.getByRole('button', { name: 'Import 1 file' })).toBeHidden();
  }
  const report = article('second.csv');
  await expect(report).toContainText('10 duplicates, already held:');
  await expect(report).toContainText('10 events from first.csv, import 1');
  const into = freshFolder();
  await answerDialogs(exhibit, [into]);
  await report.getByRole('button', { name: 'Save rejected rows as CSV…' }).click();
  await expect(report).toContainText('Saved as second.csv rejected rows.csv.');
  expect(readFileSync(join(into, 'second.csv rejected rows.csv'), 'utf8')).toMatch(
    /^row,reason,raw\r\n22,"its time “once” is not a date and time that can be read","\[""once""/,
  );
  expect(await barriers(page), 'the report').toEqual([]);
  await report.getByRole('link', { name: 'first.csv' }).click();
  await expect(page.getByRole('button', { name: 'Report of import 1' })).toHaveAttribute(
    'aria-expanded',
    'true',
  );
});
