// The key that signs packs, made on the screen Integrity: the workspace and the profile hold none of its private half, and
// the screen says how long it lasts.

import { readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { launchExhibit } from './support/launch.ts';
import { takePictures } from './support/pictures.ts';
import { barriers, goTo, watchErrors } from './support/window.ts';
import { fixture, freshFolder, seededWorkspace } from './support/workspaces.ts';

/** A private key in PKCS#8, DER in base 64, without its last bytes. */
const privateKey = /MC4CAQAwBQYDK2VwBCIEI[A-Za-z0-9+/]{40}/;

test('a key is made in the window, lies nowhere in plain text, and what becomes of it is said', async () => {
  const [workspace, userData] = [seededWorkspace(fixture('flowtriq-export.csv')), freshFolder()];
  const exhibit = await launchExhibit({ workspace, userData });
  const { page } = exhibit;
  const errors = watchErrors(page);
  await goTo(page, 'Integrity');
  await expect(page.getByText('This workspace has no key, so its packs are not signed')).toBeVisible();
  await page.getByRole('button', { name: 'Make a signing key' }).click();
  await expect(page.getByText(/^([0-9a-f]{4} ){15}[0-9a-f]{4}$/)).toBeVisible();
  await expect(page.getByRole('button', { name: /^Make a/ })).toHaveCount(0);
  await takePictures(exhibit, 'signing-key');
  expect(await barriers(page)).toEqual([]);
  const isKept = await page.getByText('in this computer’s store of keys').isVisible();
  await exhibit.close();
  expect(errors, 'errors in the page').toEqual([]);
  for (const folder of [workspace, userData])
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
      if (entry.isFile())
        expect(readFileSync(join(entry.parentPath, entry.name), 'latin1')).not.toMatch(privateKey);

  const later = await launchExhibit({ workspace, userData });
  await goTo(later.page, 'Integrity');
  await expect(
    later.page.getByText(isKept ? 'in this computer’s store of keys' : 'not here any more'),
  ).toBeVisible();
  await expect(later.page.getByRole('button', { name: 'Make a new key in its place' })).toHaveCount(
    isKept ? 0 : 1,
  );
  await later.close();
  await Promise.all([workspace, userData].map((folder) => rm(folder, { recursive: true, force: true })));
});
