// A secret of a source, in the real window: it goes in once and is found nowhere afterwards, neither in the page nor in
// any file, and the screen can learn whether it will be there at the next start.

import { readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { type LaunchedExhibit, launchExhibit } from './support/launch.ts';
import { fixture, freshFolder, seededWorkspace } from './support/workspaces.ts';

const token = 'flow_live_9f86d081884c7d659a2feaa0c55ad015';

/** Every file below a folder that holds the secret as text, UTF-16 or base 64. */
function filesWith(folder: string): string[] {
  const forms = [
    Buffer.from(token),
    Buffer.from(token, 'utf16le'),
    // The middle of it reads the same whatever stands before.
    ...[0, 1, 2].map((skip) => Buffer.from(Buffer.from(token.slice(skip, 30 + skip)).toString('base64'))),
  ];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => {
      const bytes = readFileSync(file);
      return forms.some((form) => bytes.includes(form));
    });
}

let exhibit: LaunchedExhibit;
let workspace: string;
let userData: string;

test.beforeAll(async () => {
  workspace = seededWorkspace(fixture('flowtriq-export.csv'));
  userData = freshFolder();
});
test.afterAll(async () => {
  await Promise.all([workspace, userData].map((folder) => rm(folder, { recursive: true, force: true })));
});

test('a secret is kept where the system has a store of keys, else until Exhibit ends, and lies nowhere in plain text', async () => {
  exhibit = await launchExhibit({ workspace, userData });
  const { page } = exhibit;
  const kept = await page.evaluate((value) => window.exhibit.keepSecret('source:flow:token', value), token);
  const backend = await exhibit.app.evaluate(({ safeStorage }) =>
    process.platform === 'linux' ? safeStorage.getSelectedStorageBackend() : 'system',
  );
  console.log(`The system's store of keys: ${backend}; the secret is kept for: ${kept}`);
  expect(kept).toBe(backend === 'basic_text' ? 'session' : 'system');
  expect(await page.evaluate(() => window.exhibit.secretState('source:flow:token'))).toBe(kept);
  expect(await page.evaluate(() => window.exhibit.secretState('source:other'))).toBe('none');

  const inPage = await page.evaluate(
    (value) =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]).includes(value) ||
      document.documentElement.outerHTML.includes(value),
    token,
  );
  expect(inPage).toBe(false);
  await exhibit.close();
  expect(filesWith(userData)).toEqual([]);
  expect(filesWith(workspace)).toEqual([]);

  exhibit = await launchExhibit({ workspace, userData });
  const later = await exhibit.page.evaluate(() => window.exhibit.secretState('source:flow:token'));
  expect(later).toBe(kept === 'system' ? 'system' : 'none');
  await exhibit.close();
});

test('a key that is written in the source of Chromium is none: it is refused even where Electron offers it', async () => {
  test.skip(process.platform !== 'linux', 'only Linux has such a key');
  exhibit = await launchExhibit({ workspace, userData, args: ['--password-store=basic'] });
  const offered = await exhibit.app.evaluate(({ safeStorage }) => {
    safeStorage.setUsePlainTextEncryption(true);
    return safeStorage.isEncryptionAvailable();
  });
  expect(offered).toBe(true);
  const kept = await exhibit.page.evaluate((value) => window.exhibit.keepSecret('source:a', value), token);
  expect(kept).toBe('session');
  await exhibit.close();
  expect(readdirSync(userData)).not.toContain('secrets.json');
});

test('the page can neither read a secret back nor keep one that is not a source’s', async () => {
  exhibit = await launchExhibit({ workspace, userData });
  const answers = await exhibit.page.evaluate(async () => {
    const { keepSecret, keepTriedSecret, secretState, trySecret } = window.exhibit;
    const asked = [
      () => keepSecret('signing:1', 'x'),
      () => keepSecret('source:a b', 'x'),
      () => keepSecret('source:a', ''),
      () => keepSecret('source:a', 7 as unknown as string),
      () => secretState('signing:1'),
      () => trySecret('signing:1', 'x'),
      // The password of a certificate's file is held for its form, and never kept.
      () => trySecret('certificate:1', 'x').then(() => 'held'),
      () => keepTriedSecret('certificate:1'),
      () => keepSecret('certificate:1', 'x'),
    ];
    const said = (one: () => Promise<unknown>) => one().catch((error: Error) => error.message);
    return Promise.all(asked.map(said));
  });
  expect(answers).toEqual([
    'Exhibit was asked for "keep-secret" with wrong arguments.',
    'A secret cannot have this name.',
    'Exhibit was asked for "keep-secret" with wrong arguments.',
    'Exhibit was asked for "keep-secret" with wrong arguments.',
    'Exhibit was asked for "secret-state" with wrong arguments.',
    'Exhibit was asked for "try-secret" with wrong arguments.',
    'held',
    'Exhibit was asked for "keep-tried-secret" with wrong arguments.',
    'Exhibit was asked for "keep-secret" with wrong arguments.',
  ]);
  await exhibit.close();
});
