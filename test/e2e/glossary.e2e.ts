// Words are explained where they stand, by click and by keyboard, and all of them on a page of their own.

import { expect, test } from '@playwright/test';
import { type LaunchedExhibit, launchExhibit } from './support/launch.ts';
import { takePictures } from './support/pictures.ts';
import { barriers, goTo, tabTo, watchErrors } from './support/window.ts';
import { fixture, seededWorkspace } from './support/workspaces.ts';

let exhibit: LaunchedExhibit;
test.afterEach(async () => {
  await exhibit.close();
});

test('a word is explained beside its heading, and every word on the page of words', async () => {
  exhibit = await launchExhibit({
    workspace: seededWorkspace(fixture('flowtriq-export.csv')),
    address: null,
  });
  const { page } = exhibit;
  const errors = watchErrors(page);
  const sign = page.getByRole('button', { name: 'What “coverage” means' });
  await expect(sign).toBeVisible();
  await tabTo(sign);
  await page.keyboard.press('Enter');
  const meaning = page.getByRole('dialog', { name: 'coverage' });
  await expect(meaning).toContainText('A day is covered, silent, or in a gap.');
  expect(await barriers(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(meaning).toBeHidden();
  await expect(sign).toBeFocused();

  await sign.click();
  await meaning.getByRole('link', { name: 'All words' }).click();
  await expect(page.getByRole('heading', { name: 'Glossary', level: 1 })).toBeVisible();
  const words = page.getByRole('term');
  await expect(words.filter({ hasText: /^coverage$/ })).toBeFocused();
  const all = await words.count();
  await page.getByRole('textbox', { name: 'Find a word' }).fill('nobody on their own');
  await expect(words).toHaveCount(1);
  await page.getByRole('textbox', { name: 'Find a word' }).fill('');
  await expect(words).toHaveCount(all);
  await page
    .getByRole('definition')
    .filter({ hasText: 'Two neighbouring events' })
    .getByRole('button', { name: 'gap' })
    .click();
  await expect(words.filter({ hasText: /^gap$/ })).toBeFocused();
  expect(await barriers(page)).toEqual([]);
  await takePictures(exhibit, 'glossary');
  await goTo(page, 'Completeness');
  expect(errors).toEqual([]);
});
