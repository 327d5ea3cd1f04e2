// One event in the real Electron: what changed in it as a readable difference, what the search found in it, and its
// verification from the record to the root of the log.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { type LaunchedExhibit, launchExhibit } from './support/launch.ts';
import { takePictures } from './support/pictures.ts';
import { barriers, eventRow, eventsGrid, tabTo, watchErrors } from './support/window.ts';
import { fixture, freshFolder, seededWorkspace } from './support/workspaces.ts';

let exhibit: LaunchedExhibit;
let page: Page;
let wrong: string[] = [];

async function open(workspace: string): Promise<void> {
  exhibit = await launchExhibit({ workspace });
  page = exhibit.page;
  wrong = watchErrors(page);
}
test.afterEach(async () => {
  await exhibit.close();
  expect(wrong, 'errors in the page').toEqual([]);
});

const show = (hash: string): Promise<void> =>
  page.evaluate((address) => {
    window.location.hash = address;
  }, hash);
const detail = (): Locator => page.getByRole('complementary', { name: 'Event detail' });
const verification = (): Locator => detail().getByRole('region', { name: 'Verification of this event' });

/** A workspace whose events change a text, an object and a set of rights; the newest one stands first. */
function changedWorkspace(): string {
  const path = join(freshFolder(), 'changes.csv');
  const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const rows = [
    ['Name', '', 'line two old press', 'line two new press hall'],
    [
      'Image',
      '',
      '{"image":"plc:1.4","env":{"TZ":"UTC","LOG":"info"}}',
      '{"image":"plc:1.5","env":{"TZ":"UTC"}}',
    ],
    ['Privilege changes', 'bob@acme.example', '["READ","MAINTAIN"]', '["READ","DEVELOP"]'],
  ].map(([aspect, subject, before, after], at) =>
    [
      `2026-03-01T09:0${at}:00.000Z,alice@acme.example,device,4019,press-07,plant-0`,
      ...[aspect, subject, before, after].map((text) => cell(text as string)),
    ].join(','),
  );
  const header = 'timestamp,user,asset_type,asset_key,asset_name,project,aspect,subject,old_value,new_value';
  writeFileSync(path, `${[header, ...rows].join('\n')}\n`);
  return seededWorkspace(path);
}

test('what changed is told word by word, key by key, and right by right', async () => {
  await open(changedWorkspace());
  await eventRow(page, 1).click();
  const change = detail().locator('dl, table').first();
  await expect(change.locator('ins')).toHaveText(['DEVELOP']);
  await expect(change.locator('del')).toHaveText(['MAINTAIN']);
  await expect(change).toContainText('Kept');
  await eventRow(page, 2).click();
  const keys = detail().getByRole('table').first().getByRole('row');
  await expect(keys.nth(1)).toContainText('image');
  await expect(keys.nth(1).locator('ins')).toHaveText('5');
  await expect(keys.nth(2).getByRole('cell')).toHaveText(['"info"', 'not there']);
  await expect(detail()).toContainText('One other key stayed as it was.');
  await takePictures(exhibit, 'detail-keys');
  await eventRow(page, 3).click();
  await expect(change.locator('del')).toHaveText(['old']);
  await expect(change.locator('ins')).toHaveText(['new', ' hall']);
});

test('what the search finds is marked in the list and in the event', async () => {
  await open(changedWorkspace());
  await page.getByRole('combobox', { name: 'Filter events' }).fill('PRESS actor:alice*');
  await expect(page.locator('output')).toHaveText('3 events');
  await expect(eventRow(page, 1).locator('mark').first()).toHaveText('press');
  await eventRow(page, 1).click();
  await expect(detail().getByRole('region', { name: 'The record as read' }).locator('mark')).toHaveText([
    'press',
  ]);
  await takePictures(exhibit, 'detail-found');
  await page.getByRole('combobox', { name: 'Filter events' }).fill('actor:alice*');
  await expect(eventRow(page, 1).locator('mark')).toHaveCount(0);
});

test('what happened before and after an event leads to each event, and to the list', async () => {
  await open(changedWorkspace());
  await eventRow(page, 2).click();
  await detail().getByText('Before and after').click();
  const around = detail().getByRole('list', { name: 'Events before and after' }).getByRole('listitem');
  await expect(around).toHaveText([/^− 1 min 00 sName/, /^this event/, /^\+ 1 min 00 sPrivilege changes/]);
  await detail().getByRole('button', { name: '± 15 minutes' }).click();
  await expect(detail().getByRole('button', { name: 'Same target (3)' })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await detail().getByRole('list', { name: 'Events before and after' }).scrollIntoViewIfNeeded();
  await takePictures(exhibit, 'detail-around');
  expect(await barriers(page), 'with what happened around it').toEqual([]);
  await around.nth(0).getByRole('button').click();
  await expect(around.nth(0)).toHaveText(/this event/);
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(around.nth(1)).toHaveText(/this event/);
  await detail().getByRole('link', { name: 'same actor, 3 events' }).click();
  await expect(page.getByRole('combobox', { name: 'Filter events' })).toHaveValue(
    'actor:alice@acme.example after:2026-03-01T08:46:00.000Z before:2026-03-01T09:16:00.000Z',
  );
  await expect(page.locator('output')).toHaveText('3 events');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`an event is verified by keyboard, from its record to the root of the log, ${colorScheme}`, async () => {
    await open(seededWorkspace(fixture('ironflock-export.csv'), fixture('flowtriq-export.csv')));
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await show('#/events?filter=%22Privilege%20changes%22%20press');
    await eventRow(page, 1).click();
    await expect(eventsGrid(page)).toBeFocused();
    await tabTo(verification().getByRole('button', { name: 'Verify this event' }));
    await page.keyboard.press('Enter');
    await expect(verification()).toContainText('This event passed at');
    await expect(verification().getByRole('listitem')).toHaveText([
      /^passedThe stored record has the SHA-256/,
      /^passedMapped again with the preset kept for its import/,
      /^passedIts leaf leads to the root of the log, [0-9a-f]{64} \(leaf \d+ of 2402, \d+ neighbouring hashes\)/,
    ]);
    await verification().scrollIntoViewIfNeeded();
    await takePictures(exhibit, `detail-verified-${colorScheme}`);
    expect(await barriers(page), 'a verified event').toEqual([]);
  });
}

test('a note and tags are written by keyboard, signed, found, changed and taken back', async () => {
  await open(changedWorkspace());
  const notes = detail().getByRole('region', { name: 'Note and tags' });
  await eventRow(page, 2).click();
  await tabTo(notes.getByRole('button', { name: 'Add…' }));
  await page.keyboard.press('Enter');
  await expect(notes.getByRole('textbox', { name: 'Note', exact: true })).toBeFocused();
  await page.keyboard.type('Asked Bob: the image was planned.');
  await page.keyboard.press('Tab');
  await page.keyboard.type('to ask, planned');
  await page.keyboard.press('Control+Enter');
  await expect(notes.getByText('What is noted needs a name.')).toBeVisible();
  await notes.getByRole('textbox', { name: 'Your name' }).fill('Maria Fernandez');
  expect(await barriers(page), 'the form of a note').toEqual([]);
  await takePictures(exhibit, 'detail-note-form');
  await notes.getByRole('button', { name: 'Save' }).click();
  await expect(notes.getByRole('figure')).toContainText('Asked Bob: the image was planned.');
  await expect(notes.getByRole('button', { name: 'Change…' })).toBeFocused();
  await expect(eventRow(page, 2)).toContainText('has a note');
  await expect(eventRow(page, 1)).not.toContainText('has a note');
  await takePictures(exhibit, 'detail-note');
  expect(await barriers(page), 'with a note').toEqual([]);

  await notes.getByRole('link', { name: 'to ask' }).click();
  await expect(page.getByRole('combobox', { name: 'Filter events' })).toHaveValue('tag:"to ask"');
  await expect(page.locator('output')).toHaveText('1 event');
  await notes.getByRole('button', { name: 'Change…' }).click();
  await notes.getByRole('textbox', { name: 'Note', exact: true }).fill('');
  await notes.getByRole('textbox', { name: /^Tags/ }).fill('');
  await notes.getByRole('button', { name: 'Take it back' }).click();
  await expect(page.getByText('No event in the imported logs matches the filter.')).toBeVisible();
  await expect(notes.getByText('2 earlier versions')).toBeVisible();
  await expect(notes.getByRole('button', { name: 'Add…' })).toBeVisible();
  await page.getByRole('combobox', { name: 'Filter events' }).fill('note:');
  await expect(page.getByRole('option').first()).toBeHidden();
  await page.getByRole('button', { name: 'Clear filter' }).first().click();
  await expect(page.locator('output')).toHaveText('3 events');
});
