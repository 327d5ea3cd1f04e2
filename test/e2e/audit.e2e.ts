// The whole journey of an auditor in the real Electron: a pack is opened without its workspace and looked through, a request
// is asked and kept, the officer answers it in another window, and the auditor reads the answer. And what is said of packs
// and lists that are not what they should be.

import { cpSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { type LaunchedExhibit, launchExhibit } from './support/launch.ts';
import { takePictures } from './support/pictures.ts';
import { answerDialogs, barriers, goTo, tabTo, watchErrors } from './support/window.ts';
import { fixture, freshFolder, runExhibit, seededWorkspace } from './support/workspaces.ts';

// Two windows, a pack and axe on nine screens.
test.setTimeout(180_000);

let workspace: string;
let folder: string;
let pack: string;
const open: LaunchedExhibit[] = [];
const wrong: string[][] = [];

test.beforeAll(() => {
  workspace = seededWorkspace(fixture('ironflock-export.csv'));
  folder = freshFolder();
  const period = ['--from', '2026-01-01', '--to', '2026-03-31'];
  const sample = ['--seed', '4711', '--sample', '2', '--organisation', 'Acme GmbH'];
  runExhibit('pack', '-w', workspace, '--framework', 'iso27001', ...period, ...sample, '--out', folder);
  pack = join(folder, readdirSync(folder).find((name) => !name.endsWith('.zip')) as string);
});

test.afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
  expect(wrong.splice(0).flat(), 'errors in the page').toEqual([]);
});

async function launch(own?: string): Promise<LaunchedExhibit> {
  const exhibit = await launchExhibit(own === undefined ? { address: null } : { workspace: own });
  open.push(exhibit);
  wrong.push(watchErrors(exhibit.page));
  return exhibit;
}

const view = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'The opened pack' }).getByRole('link', { name }).click();
const requests = (page: Page) => page.getByRole('table', { name: /^\d+ requests?: / });

test('an auditor looks through a pack and asks, the officer answers, and the auditor accepts', async () => {
  const kept = freshFolder();
  const auditor = await launch();
  const { page } = auditor;
  await page.getByRole('button', { name: 'Open an evidence pack…' }).click();
  await answerDialogs(auditor, [`${pack}.zip`]);
  // By keyboard alone: the door has the focus within a few stops.
  await tabTo(page.getByRole('button', { name: 'Choose a ZIP file…' }));
  await page.keyboard.press('Enter');
  await expect(page.getByText(/none failed, \d skipped, \d+ passed/)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('heading', { name: /^Acme GmbH, ISO\/IEC 27001:2022/ })).toBeVisible();
  await takePictures(auditor, 'audit-pack');
  expect(await barriers(page), 'the pack').toEqual([]);

  await view(page, 'Tables');
  await page.getByRole('link', { name: 'P-01 Accounts and access rights' }).click();
  const rows = page.getByRole('grid', { name: /^Accounts and access rights, \d/ });
  await expect(rows.locator('[role=row][aria-rowindex="2"]')).toContainText('2026-');
  await rows.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const row = page.getByRole('complementary', { name: /^Row 2 of/ });
  await expect(row.getByText('timeBasis')).toBeVisible();
  await takePictures(auditor, 'audit-row');
  expect(await barriers(page), 'a row').toEqual([]);

  await view(page, 'Files');
  await page.getByRole('link', { name: 'data/00_README.txt', exact: true }).click();
  await expect(page.getByRole('complementary', { name: '00_README.txt' })).toContainText('EVIDENCE PACK');
  await takePictures(auditor, 'audit-files');
  expect(await barriers(page), 'files').toEqual([]);

  await view(page, 'Controls');
  await expect(page.getByRole('heading', { name: /^\d+ controls with events/ })).toBeVisible();
  await takePictures(auditor, 'audit-controls');
  expect(await barriers(page), 'controls').toEqual([]);
  await page.getByRole('link', { name: 'Ask about 5.18' }).click();
  await page.getByLabel('Question').fill('Who approved the rights of carmen?');
  await page.getByLabel('Due (optional)').fill('2026-13-01');
  await page.getByRole('button', { name: 'Add this request' }).click();
  await expect(page.getByRole('alert')).toContainText('The date is written like');
  await page.getByLabel('Due (optional)').fill('2026-05-01');
  await page.getByLabel('Your name').fill('Anna Auditor');
  await takePictures(auditor, 'audit-ask');
  expect(await barriers(page), 'the form of a request').toEqual([]);
  await answerDialogs(auditor, [kept]);
  await page.getByRole('button', { name: 'Add this request' }).click();
  await expect(requests(page).getByRole('row', { name: /Q-01/ })).toContainText('control 5.18');
  await expect(requests(page).getByRole('row', { name: /Q-01/ })).toContainText('overdue');

  // A row of the sample is ticked, in the same file.
  await view(page, 'Tables');
  await page.getByRole('link', { name: 'S-01 Sample' }).click();
  const sample = page.getByRole('grid', { name: /^S-01 Sample, \d/ });
  await expect(sample.locator('[role=row][aria-rowindex="2"]')).toContainText('drawn');
  await sample.locator('[role=row][aria-rowindex="2"]').click();
  await page.getByRole('button', { name: 'Attribute A: not tested' }).click();
  await page.getByRole('option', { name: 'pass' }).click();
  await page.getByRole('button', { name: 'Keep this result' }).click();
  await expect(page.getByText(/^kept Anna Auditor/)).toBeVisible();
  await takePictures(auditor, 'audit-tick');
  expect(await barriers(page), 'a row of the sample').toEqual([]);

  const [name = ''] = readdirSync(kept);
  expect(name).toMatch(/^EX-.*\.requests\.json$/);
  const file = join(kept, name);
  const officer = await launch(workspace);
  await goTo(officer.page, 'Evidence');
  await officer.page.getByRole('link', { name: 'Auditor’s requests' }).click();
  await answerDialogs(officer, [file]);
  await officer.page.getByRole('button', { name: 'Open a request list…' }).click();
  await expect(officer.page.getByText('2 entries, chain and signatures fit')).toBeVisible();
  await requests(officer.page).getByRole('link', { name: 'Q-01' }).click();
  const talk = officer.page.getByRole('complementary', { name: 'Q-01, open' });
  await talk.getByLabel('Your answer or comment').fill('Alice did, see ticket CH-17.');
  await talk.getByRole('button', { name: 'Answer' }).click();
  await expect(talk.getByRole('alert')).toContainText('Set your name');
  await talk.getByLabel('Your name').fill('Maria Officer');
  await talk.getByRole('button', { name: 'Answer' }).click();
  const answered = officer.page.getByRole('complementary', { name: 'Q-01, answered' });
  await expect(answered.getByRole('list', { name: 'What was said' })).toContainText(
    'Alice did, see ticket CH-17.',
  );
  await takePictures(officer, 'audit-officer');
  expect(await barriers(officer.page), 'the officer’s side').toEqual([]);

  // The same file came back.
  await view(page, 'Requests');
  await answerDialogs(auditor, [file]);
  await page.getByRole('button', { name: 'Open the list that came back…' }).click();
  await expect(requests(page).getByRole('row', { name: /Q-01/ })).toContainText('answered');
  await requests(page).getByRole('link', { name: 'Q-01' }).click();
  await page.getByRole('button', { name: 'Accept' }).click();
  await expect(page.getByRole('complementary', { name: 'Q-01, accepted' })).toContainText(
    'Maria Officer, officer',
  );
  await takePictures(auditor, 'audit-requests');
  expect(await barriers(page), 'the requests').toEqual([]);

  // A letter changed on the way: nothing of it is shown.
  writeFileSync(file, readFileSync(file, 'utf8').replace('CH-17', 'CH-18'));
  await officer.page.getByRole('button', { name: 'Open another list…' }).click();
  await expect(officer.page.getByRole('alert')).toContainText(
    'was changed after it was saved: the signature of entry 3',
  );
  await expect(requests(officer.page)).toHaveCount(0);
  await takePictures(officer, 'audit-list-changed');
});

test('a pack that was altered fails, and what is no pack is said to be none', async () => {
  const altered = join(freshFolder(), 'altered');
  cpSync(pack, altered, { recursive: true });
  const table = join(altered, 'data/10_populations/01_access-rights.csv');
  writeFileSync(table, readFileSync(table, 'utf8').replace('2026-', '2025-'));
  const cut = join(freshFolder(), 'cut.zip');
  cpSync(`${pack}.zip`, cut);
  truncateSync(cut, statSync(cut).size - 5000);

  const auditor = await launch();
  const { page } = auditor;
  const choose = async (button: string, path: string) => {
    await page.evaluate(() => {
      window.location.hash = '#/audit?by=open';
    });
    await answerDialogs(auditor, [path]);
    await page.getByRole('button', { name: button }).click();
  };
  await choose('Choose a folder…', altered);
  await expect(page.getByRole('alert')).toContainText('This is not the pack that was made', {
    timeout: 60_000,
  });
  await expect(page.getByRole('table', { name: 'What differs' })).toContainText('01_access-rights.csv');
  await expect(page.getByText(/^\d checks? failed, \d+ passed/)).toBeVisible();
  await takePictures(auditor, 'audit-altered');
  expect(await barriers(page), 'an altered pack').toEqual([]);
  await choose('Choose a folder…', workspace);
  await expect(page.getByRole('alert')).toContainText('is not an evidence pack: it has no bagit.txt');
  await takePictures(auditor, 'audit-no-pack');
  await choose('Choose a ZIP file…', cut);
  await expect(page.getByRole('alert')).toContainText('cut.zip cannot be an evidence pack');
  await takePictures(auditor, 'audit-cut');
});
