// Evidence in the real Electron: a pack in steps with its outline alive beside them, checked on the spot; the
// register of exceptions.

import { expect, type Locator, test } from '@playwright/test';
import { takePictures } from './support/pictures.ts';
import { reviewWindow } from './support/review-window.ts';
import { answerDialogs, barriers } from './support/window.ts';
import { fixture, freshFolder, seededWorkspace } from './support/workspaces.ts';

const own = reviewWindow({ list: 'None', pane: 'None' });
const { open, show } = own;
const step = (name: string) => own.page.getByRole('button', { name, exact: true }).click();
const section = (title: string) =>
  own.page.getByRole('table', { name: 'Sections of the report' }).getByRole('row', { name: title });
const quarter = 'from=2026-01-01&to=2026-03-31';

test('a pack is built in steps, and the outline says what it will hold and what is missing', async () => {
  const into = freshFolder();
  await open(seededWorkspace(fixture('ironflock-export.csv'), fixture('flowtriq-export.csv')));
  const { page } = own;
  await show('#/evidence');
  await expect(page.getByText('Set both dates of the period to see what it holds.')).toBeVisible();
  await takePictures(own.exhibit, 'evidence-empty');
  await show(`#/evidence?${quarter}`);
  await expect(page.getByText('2,400 events', { exact: true })).toBeVisible();
  await expect(section('Leavers')).toContainText('no list of people who left');
  expect(await barriers(page), 'the first step').toEqual([]);

  await page.getByRole('checkbox', { name: /^5e/ }).uncheck();
  await expect(section('Populations and answers')).toContainText('without 5e');
  await takePictures(own.exhibit, 'evidence-scope');

  await step('2 Controls');
  await page.getByRole('checkbox', { name: /^5\.9/ }).uncheck();
  await expect(page.getByRole('heading', { name: / of \d+ controls$/ })).toBeVisible();
  await takePictures(own.exhibit, 'evidence-controls');
  await step('3 Populations');
  await page.getByRole('textbox', { name: /^5\.18/ }).fill('Operating as intended.');
  await expect(section('Summary of results')).toContainText('1 concluded');

  await step('4 Sampling');
  await page.getByRole('button', { name: 'Add a sample' }).click();
  const [first, second] = ['S-01', 'S-02'].map((id) =>
    page.getByRole('region', { name: `Sample ${id}` }),
  ) as [Locator, Locator];
  await first.getByRole('button', { name: /^Population: P-00/ }).click();
  await page.getByRole('option', { name: /^P-04/ }).click();
  await first.getByRole('button', { name: 'Usual sizes' }).click();
  await page.getByRole('option', { name: /90 % confidence, 10 % tolerable/ }).click();
  await expect(page.getByRole('textbox', { name: 'Sample size' })).toHaveValue('22');
  await expect(section('Sampling')).toContainText('22 rows, random');
  await page.getByRole('button', { name: 'Create evidence pack' }).click();
  await expect(page.getByRole('alert')).toHaveText('A sample needs a seed. Take one the auditor names.');
  await page.getByRole('textbox', { name: 'Seed' }).fill('4711');
  await page.getByRole('button', { name: 'Add another sample' }).click();
  await second.getByText('Stratified', { exact: true }).click();
  await second.getByRole('textbox', { name: 'Sample size' }).fill('2');
  await second.getByRole('textbox', { name: 'Seed' }).fill('4712');
  await expect(section('Sampling')).toContainText('22 rows, random; 2 rows of each category');
  await page.getByRole('button', { name: 'Add another sample' }).click();
  await page.getByRole('button', { name: 'Remove S-03' }).click();
  await takePictures(own.exhibit, 'evidence-sampling');
  expect(await barriers(page), 'sampling').toEqual([]);

  await step('5 People');
  await page.getByText('Pseudonyms for people outside the scope').click();
  await takePictures(own.exhibit, 'evidence-people');
  await page.getByText('Everybody stays named').click();
  await step('6 Create');
  await answerDialogs(own.exhibit, [into]);
  await page.getByRole('button', { name: 'Choose folder…' }).click();
  await page.getByLabel('Save these answers as a recipe (optional)').fill('Quarterly');
  await page.getByRole('button', { name: 'Save recipe' }).click();
  await expect(page.getByText('Saved as “Quarterly”.')).toBeVisible();
  await page.getByRole('button', { name: 'Create evidence pack' }).click();
  const pack = page.getByRole('article', { name: /^Evidence pack, ISO/ });
  await expect(pack).toContainText('2,400 events in', { timeout: 60_000 });
  await pack.getByRole('button', { name: 'Verify now' }).click();
  await expect(pack).toContainText(/\d+ passed, 0 failed/, { timeout: 60_000 });
  await takePictures(own.exhibit, 'evidence-made');
});

test('an exception is entered from a proposal and changed, with who wrote each version', async () => {
  await open(seededWorkspace(fixture('ironflock-export.csv')));
  const { page } = own;
  await show(`#/evidence?${quarter}&by=exceptions`);
  await expect(page.getByText('No exception was entered yet.')).toBeVisible();
  await page
    .getByRole('button', { name: /^Enter: / })
    .first()
    .click();
  await page.getByLabel('Owner').fill('Plant manager');
  await page.getByRole('button', { name: 'Save this version' }).click();
  await expect(page.getByRole('alert')).toContainText('Set your name');
  await page.getByLabel('Your name').fill('Maria Fernandez');
  await takePictures(own.exhibit, 'evidence-exception');
  expect(await barriers(page), 'the form of an exception').toEqual([]);
  await page.getByRole('button', { name: 'Save this version' }).click();
  const register = page.getByRole('table', { name: 'Register of exceptions' });
  await expect(register).toContainText('E-001');
  await register.getByRole('button', { name: 'Change E-001' }).click();
  await page.getByRole('button', { name: 'Status: open' }).click();
  await page.getByRole('option', { name: 'remediated' }).click();
  await page.getByRole('button', { name: 'Save this version' }).click();
  await expect(register.getByRole('row', { name: /E-001/ })).toContainText('remediated');
  await expect(register.getByRole('row', { name: /E-001/ })).toContainText('2 versions');
});
