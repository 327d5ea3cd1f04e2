// Tickets beside a change review in the real Electron: a list is read, its buckets lead to changes, and what may be meant
// is confirmed by one key.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { takePictures } from './support/pictures.ts';
import { reviewWindow } from './support/review-window.ts';
import { answerDialogs, barriers } from './support/window.ts';
import { freshFolder, seededWorkspace } from './support/workspaces.ts';

const own = reviewWindow({ list: 'Changes, ', pane: 'Change and ticket' });
const { open, show, list, row, pane, total } = own;

const change = (day: string, user: string, target: string, next: string) =>
  `2026-02-${day}T10:00:00Z,${user},device,${target},press-${target},p,Name,,,${next}`;
const log = [
  'timestamp,user,asset_type,asset_key,asset_name,project,aspect,subject,old_value,new_value',
  change('03', 'ann', '1', 'CHG-1'),
  change('04', 'ann', '2', 'CHG-2'),
  change('05', 'ann', '3', 'CHG-3'),
  change('06', 'bob', '6', 'new name'),
  change('07', 'bob', '7', '=1+1'),
];
const tickets = [
  'Issue key,Summary,Component,Reporter,Created,Approved,Approved by,Resolved',
  'CHG-1,Rename press 1,,bob,01/Feb/26,02/Feb/26,eve,',
  'CHG-2,Rename press 2,,bob,01/Feb/26,05/Feb/26,eve,',
  'CHG-3,Rename press 3,,bob,01/Feb/26,02/Feb/26,ann,',
  'CHG-5,Rename press 6,press-6,bob,05/Feb/26,05/Feb/26,eve,08/Feb/26',
];

function written(name: string, lines: string[]): string {
  const path = join(freshFolder(), name);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

async function openWithTickets(): Promise<void> {
  await open(seededWorkspace(written('export.csv', log)));
  await show('#/changes?from=2026-02-01&to=2026-02-28');
  await expect(own.page.getByRole('main')).toContainText('no ticket list was given');
  await answerDialogs(own.exhibit, [written('jira.csv', tickets)]);
  await own.page.getByRole('button', { name: 'Tickets: none…' }).click();
  await expect(own.page.getByRole('main')).toContainText(
    '4 tickets in jira.csv, a list of Jira: id from “Issue key”',
  );
}

const bucket = (word: string, count: number) =>
  own.page.getByRole('button', { name: `${word} ${count}`, exact: true });

test('each bucket leads to its changes, and one that may be meant is confirmed by one key', async () => {
  await openWithTickets();
  for (const [word, count] of [
    ['approved before', 1],
    ['approved after', 1],
    ['self-approved', 1],
    ['change without ticket', 2],
    ['ticket without change', 1],
  ] as const)
    await expect(bucket(word, count)).toBeVisible();
  await expect(own.page.getByRole('button', { name: 'without a ticket 2' })).toBeVisible();
  await bucket('change without ticket', 2).click();
  await expect(total()).toHaveText('2 changes, change without ticket');
  await expect(row(1)).toContainText('may be meant');

  await list().focus();
  await own.page.keyboard.press('b');
  await expect(total(), 'keys are off until they are asked for').toHaveText(
    '2 changes, change without ticket',
  );
  await own.page.getByRole('button', { name: 'Decide by key: off' }).click();
  await list().focus();
  await own.page.keyboard.press('b');
  await expect(own.page.getByRole('alert')).toContainText('Set your name first');
  await own.page.getByLabel('Your name').fill('Maria Fernandez');
  await list().focus();
  await own.page.keyboard.press('b');
  await expect(total()).toHaveText('1 change, change without ticket');
  await bucket('approved before', 2).click();
  await expect(row(2)).toContainText('confirmed');
  await row(2).click();
  await expect(pane()).toContainText('How it was found: confirmed.');
  await pane().getByRole('button', { name: 'It is about something else' }).click();
  await expect(bucket('approved before', 1)).toBeVisible();
  await expect(bucket('ticket without change', 1)).toBeVisible();
});

test('a list that makes no sense says where, and the review goes on without it', async () => {
  await open(seededWorkspace(written('export.csv', log)));
  await show('#/changes?from=2026-02-01&to=2026-02-28');
  await answerDialogs(own.exhibit, [written('list.csv', ['id,approved', 'A-1,soon'])]);
  await own.page.getByRole('button', { name: 'Tickets: none…' }).click();
  await expect(own.page.getByRole('alert')).toContainText('Line 2 of the tickets: “soon” is not a time.');
  await own.page.getByRole('button', { name: 'Go on without the tickets' }).click();
  await expect(total()).toHaveText('5 fields');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`no barrier that axe can find, ${colorScheme}`, async () => {
    await openWithTickets();
    await own.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await bucket('change without ticket', 2).click();
    await expect(row(1)).toContainText('may be meant');
    await takePictures(own.exhibit, `tickets-list-${colorScheme}`);
    expect(await barriers(own.page), 'changes by ticket').toEqual([]);
    await row(1).click();
    await expect(pane()).toBeVisible();
    await takePictures(own.exhibit, `tickets-change-${colorScheme}`);
    expect(await barriers(own.page), 'with one open').toEqual([]);
  });
}
