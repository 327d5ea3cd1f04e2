// The change review in the real Electron: its figures against those computed by hand for the fixture, the way from a
// row to its events, what a break does, and everything by keyboard.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import ExcelJS from 'exceljs';
import { takePictures } from './support/pictures.ts';
import { reviewWindow } from './support/review-window.ts';
import { answerDialogs, barriers, enginePid, goTo, killEngine, tabTo } from './support/window.ts';
import { fixture, freshFolder, seededWorkspace } from './support/workspaces.ts';

type Track = {
  targetType: string;
  targetId: string;
  field: string;
  valueFrom: string | null;
  certaintyFrom: string;
  valueTo: string | null;
  certaintyTo: string;
  changes: number;
  result: 'changed' | 'reverted' | 'unknown';
};
const expected = (
  JSON.parse(readFileSync(fixture('ironflock-export.expected.json'), 'utf8')) as Record<
    string,
    { tracks: Track[] }
  >
)['changes --from 2026-02-01 --to 2026-02-28']?.tracks as Track[];
const count = (result: Track['result']): number => expected.filter((track) => track.result === result).length;

const february = '#/changes?from=2026-02-01&to=2026-02-28';
const own = reviewWindow({ list: 'Changed fields', pane: 'Changes of a field' });
const { open, show, list, row, pane, total } = own;

test('the figures of February are those of the fixture, and one row leads to its events', async () => {
  await open(seededWorkspace(fixture('ironflock-export.csv')));
  await show(february);
  const targets = new Set(expected.map(({ targetType, targetId }) => `${targetType} ${targetId}`)).size;
  await expect(own.page.getByRole('heading', { level: 2 }).first()).toHaveText(
    new RegExp(
      `^From 1 Feb 2026 to 28 Feb 2026, ${expected.length} fields of ${targets} targets had changes: ` +
        `${count('changed')} hold another value now`,
    ),
  );
  await expect(total()).toHaveText(`${expected.length} fields`);

  const reverted = expected.filter(({ result }) => result === 'reverted');
  await own.page.getByRole('button', { name: /^came back/ }).click();
  await expect(total()).toHaveText(`${reverted.length} ${reverted.length === 1 ? 'field' : 'fields'}`);
  await own.page.getByRole('button', { name: /^all/ }).click();

  // Every row of the first own.page is one of the fixture, with the same values, certainties and number of changes.
  const known = new Map(expected.map((track) => [`${track.targetId} ${track.field}`, track]));
  for (const index of [1, 2, 3, 4, 5]) {
    await row(index).click();
    await expect(row(index)).toHaveAttribute('aria-selected', 'true');
    const cells = await row(index).getByRole('gridcell').allInnerTexts();
    const id = (cells[0] ?? '').split('\n').at(-1)?.split(' · ')[0] ?? '';
    const field = (cells[1] ?? '').split('\n')[0] ?? '';
    const track = known.get(`${id} ${field}`);
    expect(track, `${id} ${field}`).toBeDefined();
    if (!track) continue;
    expect((cells[2] ?? '').split('\n').at(-1)).toBe(track.certaintyFrom);
    expect((cells[3] ?? '').split('\n').at(-1)).toBe(track.certaintyTo);
    await expect(pane()).toContainText(
      track.changes === 1 ? 'Changed once' : `Changed ${track.changes} times`,
    );
    await expect(
      pane().getByRole('list', { name: 'Events of this field' }).getByRole('listitem'),
    ).toHaveCount(track.changes);
  }
  const link = pane().getByRole('list', { name: 'Events of this field' }).getByRole('link').first();
  const time = await link.innerText();
  await link.click();
  await expect(own.page.getByRole('complementary', { name: 'Event detail' })).toContainText(time);
  await own.page.keyboard.press('Alt+ArrowLeft');
  await expect(pane(), 'back is back to the open row').toBeVisible();
});

test('a break in the period is said at the top, and exceptions come with working hours', async () => {
  await open(seededWorkspace(fixture('ironflock-export.csv')));
  await show('#/changes?from=2026-01-01&to=2026-12-31');
  await expect(own.page.getByRole('main')).toContainText(
    /In \d+ of these fields the log does not follow on \(5 breaks\)/,
  );
  await expect(own.page.getByRole('main')).toContainText('outside working hours (no working hours are set)');
  await own.page.getByRole('button', { name: 'Working hours: not set. Settings…' }).click();
  for (const day of ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'])
    await own.page.getByRole('checkbox', { name: day }).click({ force: true });
  await own.page.getByLabel('In the zone').fill('Europe/Nowhere');
  await own.page.getByRole('button', { name: 'Save settings' }).click();
  await expect(own.page.getByRole('alert')).toContainText('Europe/Nowhere');
  await own.page.getByLabel('In the zone').fill('Europe/Berlin');
  await own.page.getByRole('button', { name: 'Save settings' }).click();
  await expect(
    own.page.getByRole('button', { name: /^Working hours: Mon–Fri 08:00–18:00, Europe\/Berlin/ }),
  ).toBeVisible();
  await own.page.getByRole('button', { name: /^outside working hours/ }).click();
  await row(1).click();
  await expect(pane()).toContainText('Outside working hours (Mon–Fri 08:00–18:00, Europe/Berlin).');
  await own.page.getByRole('link', { name: 'See the breaks in Completeness' }).click();
  await expect(own.page.getByRole('heading', { name: 'Completeness', level: 1 })).toBeVisible();
});

test('dates are asked for, named periods set them, and what is empty says so', async () => {
  await open();
  await own.page.getByRole('button', { name: 'Open the sample workspace' }).click();
  await expect(own.page.getByText(/^[1-9][\d,]* events held/)).toBeVisible();
  await goTo(own.page, 'Changes');
  await expect(own.page.getByRole('main')).toContainText('Choose two dates.');
  await own.page.getByRole('button', { name: 'Show changes' }).click();
  await expect(own.page.getByRole('alert')).toContainText('Set both dates');
  await own.page.getByRole('button', { name: 'All that is held' }).click();
  await expect(row(1)).toBeVisible();
  await expect(row(1)).toContainText(/changed|came back|not known/);
  const activity = own.page.getByRole('list', { name: 'Activity without a field' }).getByRole('link').first();
  const words = await activity.innerText();
  await activity.click();
  await expect(total()).toHaveText(new RegExp(`^${words.replace(/\D+/g, '')} events?$`));
  await own.page.keyboard.press('Alt+ArrowLeft');
  await show('#/changes?from=1999-01-01&to=1999-12-31');
  await expect(own.page.getByRole('main')).toContainText(
    'no change of a field was observed in the imported logs',
  );
  await show('#/changes?from=2026-03-01&to=2026-02-01');
  await expect(own.page.getByRole('alert')).toContainText('The two dates were not compared');
});

test('the changes are drawn over time, with their figures as a table that narrows the period', async () => {
  await open(seededWorkspace(fixture('ironflock-export.csv')));
  await show(february);
  const changes = expected.reduce((sum, { changes: one }) => sum + one, 0);
  await expect(own.page.getByRole('img', { name: /^28 days, at most \d+ changes in one/ })).toBeVisible();
  const legend = own.page.getByRole('list', { name: 'Categories of the changes' }).getByRole('listitem');
  const counted = (await legend.allInnerTexts()).map((words) => Number(words.replace(/\D+/g, '')));
  expect(counted.reduce((sum, one) => sum + one, 0)).toBe(changes);
  await own.page.getByText('Figures by day').click();
  const figures = own.page.getByRole('table', { name: 'Changes by day and category' }).getByRole('row');
  const [when, all] = await figures.nth(1).getByRole('cell').allInnerTexts();
  await figures
    .nth(1)
    .getByRole('button', { name: `Only ${when}` })
    .click();
  await expect(own.page.getByRole('heading', { level: 2 }).first()).toContainText(`On ${when}`);
  await expect(own.page.getByRole('main')).toContainText(`${all} change`);
});

test('rows are saved as CSV in which no cell is a formula', async () => {
  const folder = freshFolder();
  await open(seededWorkspace(fixture('ironflock-export.csv')));
  await show(february);
  await expect(total()).toHaveText(`${expected.length} fields`);
  await answerDialogs(own.exhibit, [folder]);
  await own.page.getByRole('button', { name: 'Save as CSV…' }).click();
  await expect(own.page.getByText('Saved as changes 2026-02-01 to 2026-02-28.csv.')).toBeVisible();
  const text = readFileSync(join(folder, 'changes 2026-02-01 to 2026-02-28.csv'), 'utf8');
  expect(text).toMatch(/^source,target type,/);
  expect(text.match(/^IronFlock,/gm)).toHaveLength(expected.length);
  expect(text).not.toMatch(/(^|,)"?\s*[=+\-@]/m);
});

test('a review goes from two dates to a workbook in which nothing is a formula', async () => {
  const folder = freshFolder();
  await open(seededWorkspace(fixture('ironflock-export.csv')));
  await show(february);
  await expect(total()).toHaveText(`${expected.length} fields`);
  await answerDialogs(own.exhibit, [folder]);
  await own.page.getByRole('button', { name: 'Save as workbook…' }).click();
  await expect(own.page.getByText('Saved as changes 2026-02-01 to 2026-02-28.xlsx.')).toBeVisible();
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(join(folder, 'changes 2026-02-01 to 2026-02-28.xlsx'));
  expect(book.getWorksheet('Changes')?.rowCount).toBe(expected.length + 1);
  expect(book.worksheets[0]?.name).toBe('IPE card');
});

test('the screen needs no mouse', async () => {
  await open(seededWorkspace(fixture('ironflock-export.csv')));
  await show(february);
  await expect(total()).toHaveText(`${expected.length} fields`);
  await tabTo(own.page.getByRole('button', { name: 'Save as CSV…' }));
  await own.page.keyboard.press('Tab');
  await expect(list()).toBeFocused();
  await own.page.keyboard.press('ArrowDown');
  await own.page.keyboard.press('Enter');
  await expect(pane().getByRole('heading', { name: 'Changes of a field' })).toBeFocused();
  await tabTo(pane().getByRole('button', { name: 'Show values' }));
  await own.page.keyboard.press('Enter');
  await expect(pane()).toContainText(/\d+ fields? at the end of 28 Feb 2026, UTC/);
  // What is shown is taken away with its card.
  const folder = freshFolder();
  await answerDialogs(own.exhibit, [folder]);
  await tabTo(pane().getByRole('button', { name: 'Save as CSV…' }));
  await own.page.keyboard.press('Enter');
  await expect(pane().getByText('Saved as state 2026-02-28.csv.')).toBeVisible();
  const lines = readFileSync(join(folder, 'state 2026-02-28.csv'), 'utf8').trim().split('\r\n');
  expect(lines).toHaveLength(await pane().getByRole('table').getByRole('row').count());
  expect(readdirSync(folder)).toContain('state 2026-02-28.csv.ipe.txt');
  await own.page.keyboard.press('Escape');
  await expect(pane()).toBeHidden();
  await expect(list()).toBeFocused();
  await own.page.keyboard.press('End');
  await expect(row(expected.length)).toBeInViewport();
  await expect(row(expected.length)).not.toBeEmpty();
});

test('a review outlives the engine, and goes on with the next one', async () => {
  await open(seededWorkspace(fixture('ironflock-export.csv')));
  await show(february);
  await expect(total()).toHaveText(`${expected.length} fields`);
  const before = await enginePid(own.exhibit);
  await killEngine(own.exhibit);
  await expect.poll(async () => [0, before].includes(await enginePid(own.exhibit))).toBe(false);
  await own.page.getByRole('button', { name: /^not known/ }).click();
  await expect(total()).toHaveText(`${count('unknown')} fields`);
  await expect(row(1)).toContainText('not known');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`no barrier that axe can find, ${colorScheme}`, async () => {
    await open(seededWorkspace(fixture('ironflock-export.csv')));
    await own.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await goTo(own.page, 'Changes');
    await expect(own.page.getByRole('button', { name: 'Show changes' })).toBeVisible();
    await takePictures(own.exhibit, `changes-empty-${colorScheme}`);
    expect(await barriers(own.page), 'without dates').toEqual([]);
    await show('#/changes?from=2026-01-01&to=2026-12-31');
    await expect(row(1)).toContainText('2026-');
    await takePictures(own.exhibit, `changes-list-${colorScheme}`);
    expect(await barriers(own.page), 'a review').toEqual([]);
    await row(2).click();
    await expect(pane().getByRole('listitem').first()).toBeVisible();
    await pane().getByRole('button', { name: 'Show values' }).click();
    await expect(pane().getByRole('table')).toBeVisible();
    await takePictures(own.exhibit, `changes-row-${colorScheme}`);
    expect(await barriers(own.page), 'with a row open').toEqual([]);
    await own.page.getByRole('button', { name: /^Working hours/ }).click();
    await expect(own.page.getByRole('dialog', { name: 'Settings of reviews' })).toBeVisible();
    await takePictures(own.exhibit, `changes-hours-${colorScheme}`);
    expect(await barriers(own.page), 'the settings of reviews').toEqual([]);
    await own.page.keyboard.press('Escape');
    await show('#/changes?from=2026-03-01&to=2026-02-01&filter=nonsense:x');
    await expect(own.page.getByRole('alert').first()).toBeVisible();
    await takePictures(own.exhibit, `changes-failing-${colorScheme}`);
    expect(await barriers(own.page), 'a filter with a mistake').toEqual([]);
  });
}
