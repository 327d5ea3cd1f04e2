// A person's signature on a pack's report, and a time stamp, in the real Electron: with a certificate that openssl made, and
// an authority behind TLS on this computer. The password is found nowhere afterwards; what is sent is a hash.

import { createHash, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { expect, type Locator, test } from '@playwright/test';
import { hasLegacy, legacy, makeCertificate, passphrase } from '../core/evidence/certificates.ts';
import { hasOpenssl, makeAuthority } from '../core/evidence/time-authority.ts';
import { launchExhibit } from './support/launch.ts';
import { takePictures } from './support/pictures.ts';
import { answerDialogs, barriers, goTo, watchErrors } from './support/window.ts';
import { fixture, freshFolder, runExhibit, seededWorkspace } from './support/workspaces.ts';

/** Files below a folder that hold the password as text, UTF-16 or base 64. */
function filesWith(folder: string): string[] {
  const text = Buffer.from(passphrase);
  const forms = [text, Buffer.from(passphrase, 'utf16le'), Buffer.from(text.toString('base64').slice(0, 12))];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => forms.some((form) => readFileSync(file).includes(form)));
}

/** An authority behind TLS that waits for `release` before it answers. */
async function openAuthority() {
  const own = makeAuthority(freshFolder());
  const requests: Buffer[] = [];
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const cert = readFileSync(fixture('tls/loopback.pem'));
  const server = createServer(
    { key: readFileSync(fixture('tls/loopback.key.pem')), cert },
    async (asked, response) => {
      const pieces: Buffer[] = [];
      for await (const piece of asked) pieces.push(piece as Buffer);
      requests.push(Buffer.concat(pieces));
      await released;
      response.end(await own.answer(requests.at(-1) as Buffer));
    },
  ).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const spki = new X509Certificate(cert).publicKey.export({ type: 'spki', format: 'der' });
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}/tsa`,
    /** What the system has to trust for it. */
    pin: createHash('sha256').update(spki).digest('base64'),
    requests,
    release,
    close: () => server.close(),
  };
}

test('a report is signed with a certificate that is shown first, and the pack is stamped over TLS', async () => {
  test.skip(!hasOpenssl, 'openssl makes the certificate and is the authority');
  const [workspace, userData, into] = [
    seededWorkspace(fixture('flowtriq-export.csv')),
    freshFolder(),
    freshFolder(),
  ];
  const period = ['--from', '2026-01-01', '--to', '2026-03-31'];
  runExhibit('pack', '-w', workspace, '--framework', 'soc2', ...period, '--out', into);
  runExhibit('source', 'offline', '-w', workspace);
  const pack = join(into, readdirSync(into).find((name) => /EX(-\w{4}){4}$/.test(name)) as string);
  const nadia = makeCertificate(freshFolder(), 'Nadia Öztürk');
  // As macOS and older Windows write them; Electron has other ciphers than Node.
  const old = hasLegacy ? [...legacy, '-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-RC2-40'] : [];
  const late = makeCertificate(dirname(nadia.file), 'Late', { isOver: true, more: old });
  const authority = await openAuthority();
  const trusted = [`--ignore-certificate-errors-spki-list=${authority.pin}`];
  const exhibit = await launchExhibit({ workspace, userData, args: trusted, address: '#/evidence?by=packs' });
  const { page } = exhibit;
  const errors = watchErrors(page);
  const said: string[] = [];
  for (const stream of [exhibit.app.process().stdout, exhibit.app.process().stderr])
    stream?.on('data', (text) => said.push(String(text)));
  const place = page.getByRole('region', { name: /^Sign-off of/ });
  const press = (name: string, within: Locator = place) =>
    within.getByRole('button', { name, exact: true }).click();
  const openPack = async () => {
    await answerDialogs(exhibit, [into]);
    await page.getByRole('button', { name: /^Open .* to sign off/ }).click();
  };
  const verified = async (count: RegExp) => {
    const opened = page.getByRole('region', { name: /^Pack EX/ });
    await press('Verify now', opened);
    await expect(opened.getByText(count)).toBeVisible({ timeout: 60_000 });
    await page.getByText(/^Every check/).click();
  };
  const check = (name: string) =>
    page
      .getByRole('table', { name: 'Checks of the pack' })
      .getByRole('row', { name: new RegExp(`^${name}`) });

  await openPack();
  await press('Sign the report…');
  const choose = async (file: string, word: string) => {
    await answerDialogs(exhibit, [file]);
    await place.getByRole('button', { name: /^Choose (its|another) file…/ }).click();
    await place.getByLabel('Password of the file').fill(word);
    await press('Show the certificate');
  };
  await choose(late.file, passphrase);
  await expect(
    place.getByText(/was valid until 2021-.* Sign with a certificate that is valid now/),
  ).toBeVisible();
  await expect(place.getByRole('button', { name: 'Sign the report', exact: true })).toBeDisabled();
  await choose(nadia.file, 'wrong');
  await expect(place.getByRole('alert')).toContainText(
    'The password does not open the certificate’s file. Type the one that was set when it was exported.',
  );
  expect(await barriers(page), 'a wrong password').toEqual([]);
  await takePictures(exhibit, 'sign-report-wrong');
  await place.getByLabel('Password of the file').fill(passphrase);
  await press('Show the certificate');
  await expect(place.getByText('O=Acme, CN=Nadia Öztürk')).toBeVisible();
  await expect(place.getByLabel('Password of the file')).toHaveCount(0);
  expect(await barriers(page), 'the certificate').toEqual([]);
  await takePictures(exhibit, 'sign-report');
  await press('Sign the report');
  await expect(place.getByRole('listitem')).toContainText('O=Acme, CN=Nadia Öztürk signed the report', {
    timeout: 60_000,
  });
  await verified(/\d+ passed, 0 failed/);
  await expect(check('PDF signature')).toContainText('passed');

  // The switch that forbids the network holds for time stamps, too.
  await press('Time stamp…');
  await expect(place.getByText('The network is forbidden in this workspace')).toBeVisible();
  await expect(place.getByRole('button', { name: 'Send the hash for a time stamp' })).toBeDisabled();
  await place.getByRole('link', { name: 'Sources' }).click();
  await page.getByRole('button', { name: 'Allow the network' }).click();
  await expect(page.getByRole('button', { name: 'Forbid the network' })).toBeVisible();
  await goTo(page, 'Evidence');
  await page.getByRole('link', { name: 'Packs made' }).click();
  await openPack();
  await press('Time stamp…');
  const address = place.getByLabel('Address of the time-stamping authority');
  await address.fill('http://stamps.example/tsa');
  await press('Send the hash for a time stamp');
  await expect(place.getByRole('alert')).toContainText('is not encrypted');
  await address.fill(authority.url);
  expect(await barriers(page), 'the form of a time stamp').toEqual([]);
  await takePictures(exhibit, 'time-stamp');
  expect(authority.requests).toEqual([]);
  await press('Send the hash for a time stamp');
  await expect.poll(() => authority.requests.length, { timeout: 60_000 }).toBe(1);
  await expect(page.getByText('Using the network')).toBeVisible();
  authority.release();
  await expect(place.getByText(/^Time stamp 1: /)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('Using the network')).toBeHidden();
  await verified(/\d+ passed, 0 failed/);
  await expect(check('Time stamps')).toContainText('passed');
  await takePictures(exhibit, 'sign-report-done');
  expect(await barriers(page), 'a pack that was signed and stamped').toEqual([]);

  // What was sent is the hash of the pack's list of files in a request of usual form, and no more.
  const hash = createHash('sha256')
    .update(readFileSync(join(pack, 'timestamp', '1.txt')))
    .digest();
  expect(authority.requests[0]?.includes(hash)).toBe(true);
  expect(authority.requests[0]?.length).toBeLessThan(100);

  const held = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.documentElement.outerHTML]),
  );
  expect(held.includes(passphrase)).toBe(false);
  await exhibit.close();
  authority.close();
  expect(errors, 'errors in the page').toEqual([]);
  expect(said.join('').includes(passphrase)).toBe(false);
  for (const folder of [workspace, userData, into]) expect(filesWith(folder)).toEqual([]);
});
