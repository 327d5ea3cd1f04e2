// The table of people and targets in the real Electron: what its cells say, and that 500 × 2,000 stay readable and quick.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { takePictures } from './support/pictures.ts';
import { reviewWindow } from './support/review-window.ts';
import { barriers, tabTo } from './support/window.ts';
import { fixture, freshFolder, seededWorkspace } from './support/workspaces.ts';

const own = reviewWindow({ list: 'Rights of', pane: 'Rights of one person on one target' });
const { open, show, list, pane } = own;

type Right = [subject: string, targetType: string, targetId: string, right: string];
const expected = (
  JSON.parse(readFileSync(fixture('ironflock-export.expected.json'), 'utf8')) as Record<string, Right[]>
)['access --at 2026-02-28'] as Right[];
const pairs = new Set(expected.map(([subject, type, id]) => JSON.stringify([subject, type, id]))).size;
const matrix = '#/access?at=2026-02-28&by=matrix';

test('a cell says which rights somebody holds on a target, and leads to them in the list', async () => {
  await open(seededWorkspace(fixture('ironflock-export.csv')));
  await show('#/access?at=2026-02-28');
  await own.page.getByRole('button', { name: 'Matrix', exact: true }).click();
  await expect(own.page.getByRole('heading', { level: 2 }).first()).toContainText(
    `${pairs} pairs of them with a right`,
  );
  const held = list().locator('[role=gridcell][title]').first();
  const words = ((await held.getAttribute('title')) ?? '').split('; ').map((one) => one.split(',')[0]);
  await held.click();
  await expect(pane().getByRole('listitem')).toHaveText(words as string[]);
  await pane()
    .getByRole('link', { name: /show them in the list/ })
    .click();
  await expect(own.page.locator('output')).toHaveText(
    `${words.length} ${words.length === 1 ? 'right' : 'rights'}`,
  );
});

test('500 people and 2,000 targets are walked by key, and only what is in sight is laid out', async () => {
  const path = join(freshFolder(), 'large.csv');
  const lines = ['timestamp,user,asset_type,asset_key,asset_name,project,aspect,subject,old_value,new_value'];
  for (let n = 0; n < 20_000; n++) {
    const [target, person] = [n % 2000, (n * 7 + Math.floor(n / 2000)) % 500];
    const time = new Date(Date.UTC(2026, 0, 1) + n * 1000).toISOString();
    lines.push(
      `${time},root,device,${10_000 + target},press-${target},p,Privilege changes,user${String(person).padStart(3, '0')},,READ`,
    );
  }
  writeFileSync(path, `${lines.join('\n')}\n`);
  await open(seededWorkspace(path));
  await show(matrix);
  await expect(list()).toHaveAttribute('aria-rowcount', '501');
  await expect(list()).toHaveAttribute('aria-colcount', '2001');
  await tabTo(list());
  await own.page.keyboard.press('Control+End');
  await expect(own.page.locator('#cell-499-1999')).toBeInViewport();
  await expect(list().getByRole('rowheader', { name: 'user499' })).toBeInViewport();
  await expect(own.page.locator('#cell-499-1999')).toHaveAttribute('data-held', /\d/);
  expect(await list().getByRole('gridcell').count()).toBeLessThan(2500);
  await takePictures(own.exhibit, 'matrix-large');
  await own.page.keyboard.press('Control+Home');
  await own.page.keyboard.press('Enter');
  await expect(pane()).toContainText('user000');
  await own.page.keyboard.press('Escape');
  await expect(list()).toBeFocused();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`no barrier that axe can find, ${colorScheme}`, async () => {
    await open(seededWorkspace(fixture('ironflock-export.csv')));
    await own.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await show(matrix);
    await expect(list().getByRole('rowheader').first()).toContainText('user');
    await takePictures(own.exhibit, `matrix-${colorScheme}`);
    expect(await barriers(own.page), 'a matrix').toEqual([]);
    await list().getByRole('gridcell').nth(3).click();
    await expect(pane()).toBeVisible();
    await takePictures(own.exhibit, `matrix-cell-${colorScheme}`);
    expect(await barriers(own.page), 'with a cell open').toEqual([]);
    await show('#/access?at=2026-02-28&by=matrix&filter=nobody-at-all');
    await expect(own.page.getByRole('button', { name: 'Clear filter' })).toBeVisible();
    await takePictures(own.exhibit, `matrix-empty-${colorScheme}`);
    expect(await barriers(own.page), 'nothing held').toEqual([]);
  });
}
