// A source connected in the real Electron: its token goes in once, a look at its first page stores nothing, a sync brings
// the log, a network that is cut is said and made good, and the token lies in no file afterwards.

import { readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { type LogServer, openServer } from '../core/sync/server.ts';
import { type LaunchedExhibit, launchExhibit } from './support/launch.ts';
import { takePictures } from './support/pictures.ts';
import { fixture, freshFolder, seededWorkspace } from './support/workspaces.ts';

const token = 'iron_live_9f86d081884c7d659a2feaa0c55ad015';
const hour = 3_600_000;

let exhibit: LaunchedExhibit;
let server: LogServer;
let workspace: string;
let userData: string;

test.beforeAll(async () => {
  server = await openServer(
    { paging: 'offset', order: 'oldest-first', period: 'half-open', pageSize: 100 },
    Date.now(),
  );
  server.token = token;
  for (let n = 0; n < 250; n++) {
    const time = server.clock.now - (400 - n) * hour;
    server.log.push({ time, visibleAt: time, id: n, note: `n${n}` });
  }
  workspace = seededWorkspace(fixture('flowtriq-export.csv'));
  userData = freshFolder();
  exhibit = await launchExhibit({ workspace, userData, address: '#/sources' });
});
test.afterAll(async () => {
  await exhibit.close();
  await server.close();
  await Promise.all([workspace, userData].map((folder) => rm(folder, { recursive: true, force: true })));
});

/** Every file below a folder that holds the token as text or UTF-16. */
function filesWith(folder: string): string[] {
  const forms = [Buffer.from(token), Buffer.from(token, 'utf16le')];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => forms.some((form) => readFileSync(file).includes(form)));
}

test('a source is connected, looked at, synced, cut off and synced on, and its token is in no file', async () => {
  const { page } = exhibit;
  await page.getByRole('button', { name: 'Connect a source…' }).click();
  await page.getByRole('button', { name: 'Which system' }).click();
  await page.getByRole('option', { name: 'IronFlock audit log' }).click();
  const form = page.getByRole('region', { name: 'Connect a source' });
  await expect(form.getByText('IronFlock publishes no address of its audit log')).toBeVisible();
  await form.getByLabel('Name', { exact: true }).fill('Plant A');
  await form.getByLabel('Base URL').fill(server.url);
  await form.getByLabel('Token').fill(token);
  await form.getByRole('button', { name: 'Look at the first page' }).click();
  await expect(form.getByText('100 records on the first page, read by the preset “ironflock”')).toBeVisible();
  await expect(form.getByLabel('Token')).toHaveValue('');
  await takePictures(exhibit, 'sync-form');

  // The network is cut while the first sync runs.
  const asked = server.requests.length;
  server.fault = (n) => (n > asked + 2 ? { kind: 'reset' } : null);
  await form.getByRole('button', { name: 'Connect and sync' }).click();
  await expect(page.getByText('Using the network')).toBeVisible();
  const card = page.getByRole('article', { name: 'Sync of Plant A' });
  await expect(card.getByRole('alert')).toContainText('cannot be reached', { timeout: 60_000 });
  await expect(card.getByRole('alert')).toContainText('check the network and sync again');
  await takePictures(exhibit, 'sync-cut');

  server.fault = () => null;
  await page.getByRole('button', { name: 'Sync Plant A' }).click();
  await expect(card.first().getByText('Settled until')).toBeVisible();
  await expect(page.getByText('Using the network')).toBeHidden();
  await expect(page.getByRole('row', { name: /Plant A.*ironflock|Plant A.*IronFlock/ }).last()).toContainText(
    '250',
  );
  await takePictures(exhibit, 'sync-done');

  // The computer slept, and its clock was set back by two hours meanwhile: the last sync then lies ahead.
  const synced = await card.count();
  await page.evaluate(() => {
    const real = Date.now;
    Date.now = () => real() - 2 * 3_600_000;
  });
  await page.getByRole('button', { name: 'How often to sync while Exhibit is open' }).click();
  await page.getByRole('option', { name: 'Sync every hour' }).click();
  await exhibit.app.evaluate(({ powerMonitor }) => {
    for (const event of ['suspend', 'resume', 'resume']) powerMonitor.emit(event);
  });
  await expect(card, 'one sync, not two').toHaveCount(synced + 1, { timeout: 30_000 });
  await expect(page.getByText('Using the network')).toBeHidden();
  await page.reload();

  await page.getByRole('button', { name: 'Forbid the network' }).click();
  await expect(page.getByText('nothing is synced but watched folders, and nothing is sent')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Sync Plant A' })).toBeDisabled();

  expect(await page.evaluate((value) => document.documentElement.outerHTML.includes(value), token)).toBe(
    false,
  );
  expect(filesWith(workspace)).toEqual([]);
  expect(filesWith(userData)).toEqual([]);
});
