// Everything that can be connected, connected in the real Electron by keyboard where that is quick: a watched folder, a
// bucket on a real S3 implementation, an API of which nothing is known; changed, and removed again.

import { copyFileSync, mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect, test } from '@playwright/test';
/// <reference path="../core/sync/s3rver.d.ts" />
import S3rver from 's3rver';
import { type LaunchedExhibit, launchExhibit } from './support/launch.ts';
import { takePictures } from './support/pictures.ts';
import { answerDialogs, barriers, goTo, tabTo } from './support/window.ts';
import { fixture, freshFolder, seededWorkspace } from './support/workspaces.ts';

let exhibit: LaunchedExhibit;
let workspace: string;
let files: string;
let s3: S3rver;
let endpoint: string;
let api: Server;
/** What the API was asked with, each time. */
const tokens: (string | undefined)[] = [];

test.beforeAll(async () => {
  files = freshFolder();
  mkdirSync(join(files, 'watched'));
  copyFileSync(fixture('ironflock-export.csv'), join(files, 'watched', 'ironflock.csv'));
  s3 = new S3rver({
    port: 0,
    address: '127.0.0.1',
    silent: true,
    directory: join(files, 's3'),
    configureBuckets: [{ name: 'audit', configs: [] }],
  });
  endpoint = `http://127.0.0.1:${((await s3.run()) as { port: number }).port}`;
  const client = new S3Client({
    endpoint,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' },
  });
  const row = (n: number) => `2026-02-0${n}T10:00:00.000Z,ann,device,7,press-07,plant,Name,,a,b${n}\n`;
  const header =
    'timestamp,user,asset_type,asset_key,asset_name,project,aspect,subject,old_value,new_value\n';
  for (let n = 1; n <= 3; n++)
    await client.send(
      new PutObjectCommand({ Bucket: 'audit', Key: `logs/2026/02/0${n}/plant.csv`, Body: header + row(n) }),
    );
  client.destroy();
  api = createServer((request, response) => {
    tokens.push(request.headers.authorization);
    const isSecond = request.url?.includes('after=2') === true;
    const rows = [{ timestamp: `2026-03-0${isSecond ? 2 : 1}T10:00:00Z`, event: 'login', actor: 'ann' }];
    response.end(JSON.stringify({ result: { rows }, next_cursor: isSecond ? '' : '2' }));
  }).listen(0, '127.0.0.1');
  workspace = seededWorkspace(fixture('flowtriq-export.csv'));
  exhibit = await launchExhibit({ workspace, address: '#/sources' });
});
test.afterAll(async () => {
  await exhibit.close();
  await s3.close();
  api.close();
  await Promise.all([workspace, files].map((folder) => rm(folder, { recursive: true, force: true })));
});

async function choose(system: string) {
  const { page } = exhibit;
  await page.getByRole('button', { name: 'Connect a source…' }).click();
  await page.getByRole('button', { name: 'Which system' }).click();
  await page.getByRole('option', { name: system }).click();
  return page.getByRole('region', { name: 'Connect a source' });
}

test('a folder that the system’s dialog chose is looked at, watched, changed and removed', async () => {
  const { page } = exhibit;
  const form = await choose('A watched folder');
  await form.getByRole('button', { name: 'Connect and sync' }).click();
  await expect(form.getByText('Choose the folder to watch.')).toBeVisible();
  await expect(form.getByText('Give it a name.')).toBeVisible();
  await expect(form.getByLabel('Name', { exact: true })).toBeFocused();
  await answerDialogs(exhibit, [join(files, 'watched')]);
  await form.getByRole('button', { name: 'Choose a folder to watch…' }).click();
  await expect(form.getByLabel('Name', { exact: true })).toHaveValue('watched');
  await form.getByLabel('Seconds until a file has settled').fill('0');
  await form.getByRole('button', { name: 'Look at its files' }).click();
  await expect(form.getByText('1 file to read')).toBeVisible();
  await expect(form.getByText('read by the preset “ironflock”')).toBeVisible();
  expect(await barriers(page)).toEqual([]);
  await takePictures(exhibit, 'connect-folder');
  await form.getByRole('button', { name: 'Connect and sync' }).click();
  const card = page.getByRole('article', { name: 'Sync of watched' });
  await expect(card.getByText(/new events/)).toBeVisible();

  await page.getByRole('button', { name: 'Change watched' }).click();
  const change = page.getByRole('region', { name: 'Change watched' });
  await change.getByLabel('Seconds until a file has settled').fill('30');
  await change.getByLabel('Name', { exact: true }).fill('Drop');
  await change.getByLabel('Goes into the source').fill('Elsewhere');
  await expect(change.getByText('What was synced stays in watched')).toBeVisible();
  await takePictures(exhibit, 'connect-change');
  await change.getByLabel('Goes into the source').fill('watched');
  await page.keyboard.press('Tab');
  await change.getByRole('button', { name: 'Save the changes' }).click();
  await expect(change).toBeHidden();
  await page.getByRole('button', { name: 'Change Drop' }).click();
  const again = page.getByRole('region', { name: 'Change Drop' });
  await expect(again.getByLabel('Seconds until a file has settled')).toHaveValue('30');
  await again.getByRole('button', { name: 'Close' }).click();

  await page.getByRole('button', { name: 'Remove Drop' }).click();
  await expect(page.getByText('Its events stay in the log.')).toBeVisible();
  await page.getByRole('button', { name: 'Really remove Drop' }).click();
  await expect(page.getByRole('button', { name: 'Sync Drop' })).toBeHidden();
});

test('a bucket is filled in by keyboard, looked at and synced', async () => {
  const { page } = exhibit;
  const form = await choose('A bucket of exports');
  const fill = async (label: string, text: string) => {
    await tabTo(form.getByLabel(label, { exact: true }));
    await page.keyboard.type(text);
  };
  await fill('Name', 'Nightly');
  await fill('Bucket', 'audit');
  await fill('Prefix', 'logs/');
  await fill('Endpoint', 'http://s3.example.com');
  const pathStyle = form.getByLabel('The bucket’s name stands in the path');
  await tabTo(pathStyle);
  await page.keyboard.press('Space');
  await fill('Access key id', 'S3RVER');
  await fill('Secret access key', 'S3RVER');
  await tabTo(form.getByRole('button', { name: 'Look at its files' }));
  await page.keyboard.press('Enter');
  const address = form.getByLabel('Endpoint');
  await expect(address).toBeFocused();
  await expect(form.getByText('is not encrypted')).toBeVisible();
  await takePictures(exhibit, 'connect-bucket-wrong');
  await address.fill(endpoint);
  await form.getByRole('button', { name: 'Look at its files' }).click();
  await expect(form.getByText('3 files to read')).toBeVisible();
  await expect(form.getByLabel('Secret access key')).toHaveValue('');
  await expect(form.getByRole('cell', { name: 'ann' })).toBeVisible();
  expect(await barriers(page)).toEqual([]);
  await takePictures(exhibit, 'connect-bucket');
  await form.getByRole('button', { name: 'Connect and sync' }).click();
  const card = page.getByRole('article', { name: 'Sync of Nightly' });
  await expect(card.getByText('3 new events')).toBeVisible();
  await takePictures(exhibit, 'connect-bucket-done');

  // Called otherwise, it keeps its key.
  await page.getByRole('button', { name: 'Change Nightly' }).click();
  const change = page.getByRole('region', { name: 'Change Nightly' });
  await change.getByLabel('Name', { exact: true }).fill('Every night');
  await change.getByRole('button', { name: 'Save the changes' }).click();
  await expect(change).toBeHidden();
  await page.getByRole('button', { name: 'Sync Every night' }).click();
  const later = page.getByRole('article', { name: 'Sync of Every night' });
  await expect(later.getByText(/nothing new/i)).toBeVisible();
});

test('an API of which nothing is known is asked as its first answer suggests', async () => {
  const { page } = exhibit;
  const form = await choose('Any JSON API');
  await form.getByLabel('Name', { exact: true }).fill('Own system');
  await form
    .getByLabel('Goes into the source')
    .fill('A-source-of-a-name-without-any-space-that-is-longer-than-its-column');
  await form.getByLabel('Base URL').fill(`http://127.0.0.1:${(api.address() as AddressInfo).port}/log`);
  await form.getByRole('button', { name: 'How the token is sent' }).click();
  await page.getByRole('option', { name: 'There is none' }).click();
  await expect(form.getByLabel('Token', { exact: true })).toBeHidden();
  await form.getByRole('button', { name: 'Look at the first page' }).click();
  await expect(form.getByText('A list of 1 record at result/rows.')).toBeVisible();
  await takePictures(exhibit, 'connect-json-unknown');
  await form.getByRole('button', { name: 'Take this list' }).click();
  await expect(form.getByLabel('Where the list is')).toHaveValue('result/rows');
  await form.getByRole('button', { name: 'Follow it' }).click();
  await form.getByLabel('Parameter for the cursor').fill('after');
  await form.getByRole('button', { name: 'Look at the first page' }).click();
  await expect(form.getByText('1 record on the first page')).toBeVisible();
  expect(await barriers(page)).toEqual([]);
  await takePictures(exhibit, 'connect-json');
  await form.getByRole('button', { name: 'Connect and sync' }).click();
  await expect(
    page.getByRole('article', { name: 'Sync of Own system' }).getByText('2 new events'),
  ).toBeVisible();
});

test('a token that is typed to look is gone with the form, however it is left', async () => {
  const { page } = exhibit;
  const { port } = api.address() as AddressInfo;
  const name = `source:trial:127.0.0.1-${port}:token`;
  const lookWith = async (text: string) => {
    const form = await choose('Any JSON API');
    await form.getByLabel('Name', { exact: true }).fill('Trial');
    await form.getByLabel('Base URL').fill(`http://127.0.0.1:${port}/log`);
    await form.getByLabel('Where the list is').fill('result/rows');
    await form.getByLabel('Token', { exact: true }).fill(text);
    await form.getByRole('button', { name: 'Look at the first page' }).click();
    await expect(form.getByText('1 record on the first page')).toBeVisible();
    await expect(form.getByText('Held until you save this or leave it.')).toBeVisible();
    expect(tokens.at(-1)).toBe(`Bearer ${text}`);
    expect(await page.evaluate((name) => window.exhibit.secretState(name), name)).toBe('none');
    return form;
  };
  // What is still held could be kept, and then it would be there.
  const isGone = () =>
    expect
      .poll(() => page.evaluate((name) => window.exhibit.keepTriedSecret(name), name), { timeout: 2000 })
      .toBe('none');

  const form = await lookWith('first');
  await form.getByRole('button', { name: 'Close' }).click();
  await isGone();
  await lookWith('second');
  await page.getByRole('button', { name: 'Which system' }).click();
  await page.getByRole('option', { name: 'A watched folder' }).click();
  await isGone();
  await page.getByRole('region', { name: 'Connect a source' }).getByRole('button', { name: 'Close' }).click();
  await lookWith('third');
  await goTo(page, 'Events');
  await isGone();
  await goTo(page, 'Sources');
});

test('nothing on the screen is wider than a small window', async () => {
  const { app, page } = exhibit;
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1024, 700));
  await expect.poll(() => page.evaluate(() => innerWidth)).toBe(1024);
  const tooWide = await page.evaluate(() =>
    [...document.querySelectorAll('main *')]
      .filter((element) => element.scrollWidth > element.clientWidth + 1)
      .filter((element) => /auto|scroll/.test(getComputedStyle(element).overflowX))
      .map((element) => `${element.className} ${element.scrollWidth} > ${element.clientWidth}`),
  );
  expect(tooWide).toEqual([]);
});
