// Access against lists of other people, in the real Electron: a snapshot of the system, and who left when.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { takePictures } from './support/pictures.ts';
import { reviewWindow } from './support/review-window.ts';
import { answerDialogs, barriers } from './support/window.ts';
import { fixture, freshFolder, seededWorkspace } from './support/workspaces.ts';

const own = reviewWindow({ list: 'Rights ', pane: 'One right' });
const { open, show, row, pane, total } = own;

type Right = [subject: string, targetType: string, targetId: string, right: string];
const expected = (
  JSON.parse(readFileSync(fixture('ironflock-export.expected.json'), 'utf8')) as Record<string, Right[]>
)['access --at 2026-02-28'] as Right[];

function written(name: string, lines: string[]): string {
  const path = join(freshFolder(), name);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

/** All rights of the fixture but the last two, and one that the log does not know. */
const snapshot = () =>
  written('snapshot.csv', [
    'user,target,right',
    ...expected.slice(0, -2).map(([subject, , id, right]) => `${subject},${id},${right}`),
    'zoe@acme.example,800,admin',
  ]);

test('a snapshot is compared with the log of its day, part by part', async () => {
  await open(seededWorkspace(fixture('ironflock-export.csv')));
  await show('#/access?at=2026-02-28');
  await own.page.getByRole('button', { name: 'Against a snapshot' }).click();
  await answerDialogs(own.exhibit, [snapshot()]);
  await own.page.getByRole('button', { name: 'Choose the snapshot…' }).click();
  await expect(own.page.getByRole('heading', { level: 2 }).first()).toHaveText(
    `At the end of 28 Feb 2026: ${expected.length - 2} rights in both, 1 in the snapshot alone, 2 in the log alone.`,
  );
  await expect(own.page.getByRole('main')).toContainText('What the log cannot know');
  await expect(row(1)).toContainText('zoe@acme.example');
  await row(1).click();
  await expect(pane()).toContainText('may be older than the log');
  await own.page.getByRole('button', { name: 'in the log alone 2' }).click();
  await expect(total()).toHaveText('2 rights');
  await row(1).click();
  await expect(pane()).toContainText('Whenever this right was held');
  // What was compared is taken away whole, with its card beside it.
  const folder = freshFolder();
  await answerDialogs(own.exhibit, [folder]);
  await own.page.getByRole('button', { name: 'Save as CSV…' }).click();
  await expect(own.page.getByText('Saved as access against snapshot 2026-02-28.csv.')).toBeVisible();
  const lines = readFileSync(join(folder, 'access against snapshot 2026-02-28.csv'), 'utf8').split('\r\n');
  expect(lines.length).toBe(expected.length + 3);
  expect(readFileSync(join(folder, 'access against snapshot 2026-02-28.csv.ipe.txt'), 'utf8')).toContain(
    'In both',
  );
  await answerDialogs(own.exhibit, [folder]);
  await own.page.getByRole('button', { name: 'Matrix', exact: true }).click();
  await own.page.getByRole('button', { name: 'Save as workbook…' }).click();
  await expect(own.page.getByText('Saved as access matrix 2026-02-28.xlsx.')).toBeVisible();
  await own.page.getByRole('button', { name: 'Against a snapshot' }).click();
  await answerDialogs(own.exhibit, [written('wrong.csv', ['who,what', 'a,b'])]);
  await own.page.getByRole('button', { name: 'Snapshot: snapshot.csv' }).click();
  await expect(own.page.getByRole('alert')).toContainText('has no column “user”');
  await own.page.getByRole('button', { name: 'Go on without the snapshot' }).click();
  await expect(own.page.getByRole('button', { name: 'Choose the snapshot…' })).toBeVisible();
});

test('leavers are tested by the time that the settings allow', async () => {
  const leaver = expected[0]?.[0] as string;
  const held = expected.filter(([subject]) => subject === leaver).length;
  await open(seededWorkspace(fixture('ironflock-export.csv')));
  await show('#/access?at=2026-02-28&by=leavers');
  await answerDialogs(own.exhibit, [
    written('left.csv', ['user,date', `${leaver.toUpperCase()},2026-02-27`, 'zoe@acme.example,2026-01-31']),
  ]);
  await own.page.getByRole('button', { name: 'Choose the list of leavers…' }).click();
  await expect(own.page.getByRole('main')).toContainText(
    'The imported logs give no right to 1 person of the list: zoe',
  );
  await expect(own.page.getByRole('button', { name: new RegExp(`^due ${held}$`) })).toBeVisible();
  await own.page.getByRole('button', { name: /^Working hours/ }).click();
  await own.page.getByLabel('Days to take a right away').fill('0');
  await own.page.getByRole('button', { name: 'Save settings' }).click();
  await own.page.getByRole('button', { name: new RegExp(`^still held ${held}$`) }).click();
  await expect(total()).toHaveText(`${held} ${held === 1 ? 'right' : 'rights'}`);
  await row(1).click();
  await expect(pane()).toContainText(leaver);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`no barrier that axe can find, ${colorScheme}`, async () => {
    await open(seededWorkspace(fixture('ironflock-export.csv')));
    await own.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await show('#/access?at=2026-02-28&by=snapshot');
    await expect(own.page.getByRole('button', { name: 'Choose the snapshot…' })).toBeVisible();
    await takePictures(own.exhibit, `snapshot-empty-${colorScheme}`);
    expect(await barriers(own.page), 'without a snapshot').toEqual([]);
    await answerDialogs(own.exhibit, [snapshot()]);
    await own.page.getByRole('button', { name: 'Choose the snapshot…' }).click();
    await expect(row(1)).toContainText('zoe');
    await takePictures(own.exhibit, `snapshot-list-${colorScheme}`);
    expect(await barriers(own.page), 'compared').toEqual([]);
    await answerDialogs(own.exhibit, [
      written('left.csv', ['user,date', `${expected[0]?.[0]},2026-01-31`, `${expected[90]?.[0]},2026-01-31`]),
    ]);
    await show('#/access?at=2026-02-28&by=leavers');
    await own.page.getByRole('button', { name: 'Choose the list of leavers…' }).click();
    await expect(row(1)).toContainText(/given after|still held|gone/);
    await takePictures(own.exhibit, `leavers-list-${colorScheme}`);
    expect(await barriers(own.page), 'leavers').toEqual([]);
  });
}
