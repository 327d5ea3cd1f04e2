// An access review in the real Electron, from the freeze to the proof that what was to be taken away is gone.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { takePictures } from './support/pictures.ts';
import { reviewWindow } from './support/review-window.ts';
import { barriers, goTo, tabTo } from './support/window.ts';
import { fixture, freshFolder, importInto, seededWorkspace } from './support/workspaces.ts';

const own = reviewWindow({ list: 'Rights of the review', pane: 'One right of the review' });
const { open, show, list, row, pane, total } = own;

const rights = (time: string, target: string, subject: string, old: string, next: string) =>
  `${time},ann,device,${target},press-${target},plant,Privilege changes,${subject},${old},${next}`;
const header = 'timestamp,user,asset_type,asset_key,asset_name,project,aspect,subject,old_value,new_value';
const january = [
  rights('2026-01-05T10:00:00Z', '1', 'bob', '', 'READ'),
  rights('2026-01-06T10:00:00Z', '2', 'bob', '', 'admin'),
  rights('2026-01-07T10:00:00Z', '3', 'Maria Fernandez', '', 'READ'),
];

function written(name: string, lines: string[]): string {
  const path = join(freshFolder(), name);
  writeFileSync(path, `${[header, ...lines].join('\n')}\n`);
  return path;
}

const lead = () => own.page.getByRole('heading', { level: 2 }).first();

async function freeze(person: string): Promise<void> {
  await show('#/reviews?to=2026-01-31');
  await own.page.getByRole('textbox', { name: 'Name of the review' }).fill('Spring');
  await own.page.getByRole('textbox', { name: 'Your name' }).fill(person);
  await own.page.getByRole('button', { name: 'Freeze the rights' }).click();
}

test('rights are frozen, decided by key, closed, and proven by a later import', async () => {
  const folder = seededWorkspace(written('january.csv', january));
  await open(folder);
  await freeze('Maria Fernandez');
  await expect(lead()).toHaveText(
    'Spring: 3 rights as held at the end of 31 Jan 2026. 3 are still to be decided.',
  );
  await expect(total()).toHaveText('3 rights');
  await own.page.getByRole('button', { name: 'Decide by key: off' }).click();
  await tabTo(list(), 'Tab');
  await own.page.keyboard.press('k');
  await expect(own.page.getByRole('alert'), 'nobody decides on an own right').toContainText(
    'Entry 1 is a right of Maria Fernandez',
  );
  await own.page.keyboard.press('ArrowDown');
  await own.page.keyboard.press('r');
  await expect(lead()).toContainText('2 are still to be decided');
  await expect(total()).toHaveText('2 rights');
  await own.page.keyboard.press('e');
  await expect(pane().getByRole('textbox')).toBeFocused();
  await own.page.keyboard.type('Paul knows the plant');
  await pane()
    .getByRole('button', { name: /^escalate/ })
    .click();
  await expect(row(2), 'escalated is not decided').toContainText('escalate');
  await own.page.getByRole('textbox', { name: 'Your name' }).fill('Paul');
  await row(2).click();
  await pane()
    .getByRole('button', { name: /^revoke/ })
    .click();
  await row(1).click();
  await pane().getByRole('button', { name: /^keep/ }).click();
  await expect(lead()).toContainText('All of them are decided.');
  await own.page.getByRole('button', { name: 'Close the review…' }).click();
  await own.page.getByRole('button', { name: 'Close it for good' }).click();
  await expect(own.page.getByRole('main')).toContainText(
    'Of 2 rights to be taken away within 14 days: 2 no evidence yet',
  );
  await own.exhibit.close();

  const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
  importInto(folder, written('later.csv', [...january, rights(tomorrow, '1', 'bob', 'READ', '[]')]));
  await open(folder);
  await goTo(own.page, 'Reviews');
  await own.page.getByRole('link', { name: 'Spring' }).click();
  await expect(own.page.getByRole('main')).toContainText('1 proven, 1 no evidence yet');
  await own.page.getByRole('button', { name: /^proven/ }).click();
  await expect(total()).toHaveText('1 right');
  await row(1).click();
  await expect(pane()).toContainText('and not used since');
  await expect(pane().getByRole('list', { name: 'Who decided what' })).toContainText(
    'revoke by Maria Fernandez',
  );
  await pane().getByRole('link', { name: 'The event that takes it' }).click();
  await expect(own.page.getByRole('complementary', { name: 'Event detail' })).toContainText('bob');
});

test('reviewers are named for a part of the rights, and only they decide on it', async () => {
  await open(seededWorkspace(written('january.csv', january)));
  await freeze('Anna');
  await own.page.getByText('No reviewer is named').click();
  await own.page.getByRole('textbox', { name: 'Reviewer' }).fill('Eve');
  await own.page.getByLabel('Decides on').selectOption('target');
  await own.page.getByRole('textbox', { name: 'Which' }).fill('press-2');
  await own.page.getByRole('button', { name: 'Name reviewer' }).click();
  await expect(own.page.getByText('nobody named (2 to decide), Eve (1 to decide)')).toBeVisible();
  await own.page.getByRole('table', { name: 'Reviewers' }).getByRole('button', { name: 'Eve' }).click();
  await expect(total()).toHaveText('1 right');
  await row(1).click();
  await pane().getByRole('button', { name: /^keep/ }).click();
  await expect(pane().getByRole('alert')).toContainText('for Eve to decide');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`no barrier that axe can find, ${colorScheme}`, async () => {
    await open(seededWorkspace(fixture('ironflock-export.csv')));
    await own.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await goTo(own.page, 'Reviews');
    await expect(own.page.getByRole('main')).toContainText('There is none yet');
    await takePictures(own.exhibit, `campaign-empty-${colorScheme}`);
    expect(await barriers(own.page), 'without a review').toEqual([]);
    await own.page.getByRole('button', { name: 'Freeze the rights' }).click();
    await expect(own.page.getByRole('alert')).toContainText('Give the review a name');
    await freeze('Maria Fernandez');
    await expect(row(1)).toContainText('not decided');
    await takePictures(own.exhibit, `campaign-list-${colorScheme}`);
    expect(await barriers(own.page), 'a review').toEqual([]);
    await row(1).click();
    await pane()
      .getByRole('button', { name: /^change/ })
      .click();
    await expect(pane().getByRole('alert')).toContainText('Write a note');
    await takePictures(own.exhibit, `campaign-entry-${colorScheme}`);
    expect(await barriers(own.page), 'with a right open').toEqual([]);
    await show('#/reviews?campaign=99');
    await expect(own.page.getByRole('alert')).toContainText('There is no access review 99');
    await takePictures(own.exhibit, `campaign-failing-${colorScheme}`);
    expect(await barriers(own.page), 'one that is not there').toEqual([]);
  });
}
