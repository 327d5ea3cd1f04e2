// Access in the real Electron: every right of the fixture as of a date, the events behind one right, what the log cannot
// know, and everything by keyboard.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { takePictures } from './support/pictures.ts';
import { reviewWindow } from './support/review-window.ts';
import { answerDialogs, barriers, eventsGrid, goTo, tabTo } from './support/window.ts';
import { fixture, freshFolder, seededWorkspace } from './support/workspaces.ts';

type Right = [subject: string, targetType: string, targetId: string, right: string];
const expected = (
  JSON.parse(readFileSync(fixture('ironflock-export.expected.json'), 'utf8')) as Record<string, Right[]>
)['access --at 2026-02-28'] as Right[];
const holders = new Set(expected.map(([subject]) => subject));

const endOfFebruary = '#/access?at=2026-02-28';
const own = reviewWindow({ list: 'Rights held', pane: 'One right' });
const { open, show, list, row, pane, total } = own;

test('who had access at the end of February is what the fixture says, to the last right', async () => {
  const folder = freshFolder();
  await open(seededWorkspace(fixture('ironflock-export.csv')));
  await show(endOfFebruary);
  await expect(own.page.getByRole('heading', { level: 2 }).first()).toHaveText(
    new RegExp(
      `^At the end of 28 Feb 2026, ${expected.length} rights are held by ${holders.size} people on \\d+ targets, as far as`,
    ),
  );
  await expect(total()).toHaveText(`${expected.length} rights`);
  await expect(own.page.getByRole('main')).toContainText('What the log cannot know');

  await answerDialogs(own.exhibit, [folder]);
  await own.page.getByRole('button', { name: 'Save as CSV…' }).click();
  await expect(own.page.getByText('Saved as access at 2026-02-28.csv.')).toBeVisible();
  const lines = readFileSync(join(folder, 'access at 2026-02-28.csv'), 'utf8').trim().split('\r\n').slice(1);
  const saved = lines.map((line) => {
    const [subject, , type, id, , right] = line.split(',');
    return [subject, type, id, right].join(' | ');
  });
  expect(saved.sort()).toEqual(expected.map((right) => right.join(' | ')).sort());
});

test('one right says who granted it, why it is marked, and leads to the granting event and back', async () => {
  await open(seededWorkspace(fixture('ironflock-export.csv')));
  await show(endOfFebruary);
  await own.page.getByRole('button', { name: /^self-granted/ }).click();
  await expect(row(1)).toContainText('self-granted');
  await row(1).click();
  await expect(pane()).toContainText('Granted by the person who got it.');
  const history = pane().getByRole('list').last().getByRole('listitem');
  await expect(history.first()).toContainText('granted by');
  await pane().getByRole('link', { name: 'The event that grants it' }).click();
  await expect(own.page.getByRole('complementary', { name: 'Event detail' })).toContainText('Subject');
  await expect(eventsGrid(own.page).locator('[role=row][aria-selected=true]')).toBeInViewport();
  await own.page.keyboard.press('Alt+ArrowLeft');
  await expect(pane()).toContainText('Granted by the person who got it.');
});

test('rows are grouped by person or target, found by words, and another day is another answer', async () => {
  await open(seededWorkspace(fixture('ironflock-export.csv')));
  await show(endOfFebruary);
  const person = [...holders].sort()[0] as string;
  const columns = list().getByRole('columnheader');
  await expect(columns.first()).toHaveText('Person');
  await expect(row(1).getByRole('gridcell').first()).toHaveText(person);
  await own.page.getByRole('button', { name: 'Target', exact: true }).click();
  await expect(columns.first()).toHaveText('Target');
  await own.page.getByLabel('Find a person, target or right').fill(`subject:${person}`);
  const count = expected.filter(([subject]) => subject === person).length;
  await expect(total()).toHaveText(`${count} ${count === 1 ? 'right' : 'rights'}`);
  await own.page.getByLabel('Find a person, target or right').fill('actor:somebody');
  await expect(own.page.getByRole('alert')).toContainText('“actor:” does not filter access');
  await own.page.getByRole('button', { name: 'Clear filter' }).click();
  await expect(total()).toHaveText(`${expected.length} rights`);
  await own.page.getByRole('spinbutton', { name: 'year, At the end of' }).click();
  await own.page.keyboard.type('19991231');
  await own.page.getByRole('button', { name: 'Show access' }).click();
  await expect(own.page.getByRole('heading', { level: 2 }).first()).toContainText(
    'At the end of 31 Dec 1999',
  );
});

test('over a period it says who joined, moved and left, and leads to their rights', async () => {
  await open(seededWorkspace(fixture('ironflock-export.csv')));
  await show('#/access?from=2026-01-15&to=2026-02-28');
  await expect(total(), 'as of the end of the period').toHaveText(`${expected.length} rights`);
  await own.page
    .getByText(/^Over the period 15 Jan 2026 – 28 Feb 2026: \d+ (person|people) (joined|moved|left)/)
    .click();
  const people = own.page.getByRole('table', { name: 'People whose rights are others' }).getByRole('row');
  const [name, , more, less] = await people.nth(1).getByRole('cell').allInnerTexts();
  expect(Number(more) + Number(less)).toBeGreaterThan(0);
  expect(await barriers(own.page), 'with people listed').toEqual([]);
  await takePictures(own.exhibit, 'access-people');
  await people.nth(1).getByRole('button').click();
  const held = expected.filter(([subject]) => subject === name).length;
  await expect(total()).toHaveText(`${held} ${held === 1 ? 'right' : 'rights'}`);
});

test('who left is read from a list, and a list that makes no sense says which line', async () => {
  const folder = freshFolder();
  const leaver = [...holders].sort()[0] as string;
  const [list, broken] = ['leavers.csv', 'broken.csv'].map((name) => join(folder, name)) as [string, string];
  writeFileSync(list, `user,date\n${leaver},2026-01-31\n`);
  writeFileSync(broken, `user,date\n${leaver},soon\n`);
  await open(seededWorkspace(fixture('ironflock-export.csv')));
  await show(endOfFebruary);
  await answerDialogs(own.exhibit, [list]);
  await own.page.getByRole('button', { name: 'Leavers: none…' }).click();
  await own.page.getByRole('button', { name: /^held by a leaver/ }).click();
  await expect(row(1)).toContainText(leaver);
  await row(1).click();
  await expect(pane()).toContainText(`${leaver} left on 2026-01-31`);
  await answerDialogs(own.exhibit, [broken]);
  await own.page.getByRole('button', { name: 'Leavers: leavers.csv' }).click();
  await expect(own.page.getByRole('alert')).toContainText('Line 2 of the leavers: “soon” is not a date.');
  await own.page.getByRole('button', { name: 'Go on without the list of leavers' }).click();
  await expect(own.page.getByRole('button', { name: 'Leavers: none…' })).toBeVisible();
});

test('the screen needs no mouse', async () => {
  await open(seededWorkspace(fixture('ironflock-export.csv')));
  await show(endOfFebruary);
  await expect(total()).toHaveText(`${expected.length} rights`);
  await tabTo(own.page.getByRole('button', { name: 'Save as CSV…' }));
  await own.page.keyboard.press('Tab');
  await expect(list()).toBeFocused();
  await own.page.keyboard.press('ArrowDown');
  await own.page.keyboard.press('Enter');
  await expect(pane().getByRole('heading', { name: 'One right' })).toBeFocused();
  await own.page.keyboard.press('Escape');
  await expect(list()).toBeFocused();
  await own.page.keyboard.press('End');
  await expect(row(expected.length)).toBeInViewport();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`no barrier that axe can find, ${colorScheme}`, async () => {
    await open(seededWorkspace(fixture('ironflock-export.csv')));
    await own.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await goTo(own.page, 'Access');
    await expect(row(1)).toBeVisible();
    await show(endOfFebruary);
    await expect(total()).toHaveText(`${expected.length} rights`);
    await takePictures(own.exhibit, `access-list-${colorScheme}`);
    expect(await barriers(own.page), 'a list').toEqual([]);
    await own.page.getByText('What the log cannot know').click();
    await own.page.getByRole('button', { name: /^self-granted/ }).click();
    await row(1).click();
    await expect(pane().getByRole('list').last().getByRole('listitem').first()).toBeVisible();
    await takePictures(own.exhibit, `access-right-${colorScheme}`);
    expect(await barriers(own.page), 'with a right open').toEqual([]);
    await show('#/access?at=1980-01-01&filter=nobody');
    await expect(own.page.getByRole('heading', { level: 2 }).first()).toContainText(
      'show no right that is held',
    );
    await takePictures(own.exhibit, `access-empty-${colorScheme}`);
    expect(await barriers(own.page), 'nothing held').toEqual([]);
    await show('#/access?filter=actor:x');
    await expect(own.page.getByRole('alert')).toBeVisible();
    await takePictures(own.exhibit, `access-failing-${colorScheme}`);
    expect(await barriers(own.page), 'a filter with a mistake').toEqual([]);
  });
}
