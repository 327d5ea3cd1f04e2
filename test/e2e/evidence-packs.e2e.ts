// Packs that an earlier start made, in the real Electron: signed off in the folder that a person chooses, compared, and
// followed by one of the next period.

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { takePictures } from './support/pictures.ts';
import { reviewWindow } from './support/review-window.ts';
import { answerDialogs, barriers } from './support/window.ts';
import { fixture, freshFolder, runExhibit, seededWorkspace } from './support/workspaces.ts';

const own = reviewWindow({ list: 'None', pane: 'None' });
const { open, show } = own;

/** A workspace with two packs of its first quarter, the second with samples; gives the folder they are in. */
function makePacks(): { workspace: string; into: string; ids: string[] } {
  const workspace = seededWorkspace(fixture('ironflock-export.csv'));
  const into = freshFolder();
  const usual = [
    'pack',
    '-w',
    workspace,
    '--framework',
    'soc2',
    '--from',
    '2026-01-01',
    '--to',
    '2026-03-31',
  ];
  const ids: string[] = [];
  for (const more of [
    [],
    [
      '--sampling',
      'random',
      '--sample-of',
      'P-01',
      '--sample',
      '5',
      '--seed',
      '4711',
      '--organisation',
      'ACME',
    ],
  ]) {
    runExhibit(...usual, ...more, '--out', into);
    const found = readdirSync(into).flatMap((name) => /EX(-\w{4}){4}$/.exec(name)?.[0] ?? []);
    ids.push(found.find((id) => !ids.includes(id)) as string);
  }
  return { workspace, into, ids };
}

test('a pack of an earlier start is signed off in the folder that a person chooses, and no other one', async () => {
  const { workspace, into, ids } = makePacks();
  const [other, wanted] = ids as [string, string];
  const folderOf = (id: string) => join(into, readdirSync(into).find((name) => name.endsWith(id)) as string);
  await open(workspace);
  const { page } = own;
  await show('#/evidence?by=packs');
  const button = page.getByRole('button', { name: `Open ${wanted} to sign off` });
  await answerDialogs(own.exhibit, [folderOf(other)]);
  await button.click();
  await expect(page.getByText(`is the pack ${other}, not ${wanted}`)).toBeVisible();
  await answerDialogs(own.exhibit, [into]);
  await button.click();
  await expect(page.getByText('Nobody has signed off in this pack.')).toBeVisible();
  const place = page.getByRole('region', { name: `Sign-off of ${wanted}` });
  await place.getByRole('button', { name: 'Sign off…' }).click();
  await place.getByLabel('Your name').fill('Maria Fernandez');
  await takePictures(own.exhibit, 'evidence-packs-sign-off');
  expect(await barriers(page), 'the list of packs with a form').toEqual([]);
  await place.getByRole('button', { name: 'Sign off as preparer' }).click();
  await expect(place.getByRole('listitem')).toContainText('Maria Fernandez as preparer', { timeout: 60_000 });
  expect(existsSync(join(folderOf(wanted), 'signoff', '1-preparer.txt'))).toBe(true);
  expect(existsSync(join(folderOf(other), 'signoff'))).toBe(false);
});

test('two packs are compared by recipe and events, and one begins the pack of the next period', async () => {
  const { workspace, ids } = makePacks();
  await open(workspace);
  const { page } = own;
  await show('#/evidence?by=packs');
  for (const id of ids) await page.getByRole('checkbox', { name: new RegExp(`^Compare ${id}`) }).check();
  const compared = page.getByRole('table', { name: 'What differs' });
  await expect(compared.getByRole('row', { name: /^Samples none 1$/ })).toBeVisible();
  await expect(compared.getByRole('row', { name: /^S-01 seed none 4711$/ })).toBeVisible();
  await expect(compared.getByRole('row', { name: /^Organisation not stated ACME$/ })).toBeVisible();
  await expect(page.getByText('They hold the same events: their roots are equal.')).toBeVisible();
  await takePictures(own.exhibit, 'evidence-packs-compared');
  expect(await barriers(page), 'the comparison').toEqual([]);

  await show('#/evidence');
  await page.getByRole('button', { name: 'Next period of an earlier pack' }).click();
  await page
    .getByRole('option', { name: /2026-01-01 to 2026-03-31/ })
    .first()
    .click();
  await expect
    .poll(() => page.evaluate(() => window.location.hash))
    .toContain('from=2026-04-01&to=2026-06-30');
  await takePictures(own.exhibit, 'evidence-next-period');
  await page.getByRole('button', { name: '4 Sampling' }).click();
  const sample = page.getByRole('region', { name: 'Sample S-01' });
  await expect(sample.getByRole('textbox', { name: 'Sample size' })).toHaveValue('5');
  await expect(sample.getByRole('textbox', { name: 'Seed' })).toHaveValue('');
  await expect(sample.getByRole('button', { name: /^Population: P-01/ })).toBeVisible();
});
