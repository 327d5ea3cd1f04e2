// Every state of the screens: empty, nothing found, at work, failing. Each says what is so in words, has no barrier that axe
// can find, and with EXHIBIT_SCREENS set to a folder has its picture taken, light and dark (`npm run screens`).

import {
  chmodSync,
  closeSync,
  cpSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { makeCertificate, passphrase } from '../core/evidence/certificates.ts';
import { hasOpenssl } from '../core/evidence/time-authority.ts';
import { type LaunchedExhibit, launchExhibit } from './support/launch.ts';
import { packsOf, sampleWorkspace, show, showPack } from './support/places.ts';
import { emptyStates, failingStates, packStates, type State, sampleStates } from './support/states.ts';
import { answerDialogs, barriers, dropFiles, enginePid, watchErrors } from './support/window.ts';
import { fixture, freshFolder, writeLongExport } from './support/workspaces.ts';

const pictures = process.env.EXHIBIT_SCREENS;
let exhibit: LaunchedExhibit;
let sample: string;
let errors: string[] = [];
const found: string[] = [];

test.describe.configure({ timeout: 400_000 });
test.beforeAll(() => {
  sample = sampleWorkspace();
});
test.afterEach(async () => {
  await exhibit.close();
  expect(errors, 'errors in the page').toEqual([]);
  expect(found.splice(0), 'barriers').toEqual([]);
});

const page = (): Page => exhibit.page;
const resize = (width: number, height: number): Promise<void> =>
  exhibit.app.evaluate(
    ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(...size),
    [width, height] as [number, number],
  );

async function open(workspace: string): Promise<void> {
  exhibit = await launchExhibit({ workspace, address: null });
  errors = watchErrors(page());
  await resize(1440, 900);
}

/** Looks at what is on screen: light and dark with pictures, else dark, which is the harder one to read. `part` is brought into sight. */
async function look(name: string, isSmall = false, part?: Locator): Promise<void> {
  const picture = async (file: string): Promise<void> => {
    await part?.evaluate((element) => element.scrollIntoView({ block: 'end' }));
    await takePicture(file);
  };
  for (const colorScheme of pictures === undefined ? (['dark'] as const) : (['light', 'dark'] as const)) {
    await page().emulateMedia({ colorScheme });
    for (const barrier of await barriers(page())) found.push(`${name}, ${colorScheme}: ${barrier}`);
    await picture(`${name}-${colorScheme}`);
  }
  if (!isSmall || pictures === undefined) return;
  await resize(1024, 700);
  await picture(`${name}-small`);
  await resize(1440, 900);
}

async function takePicture(name: string): Promise<void> {
  if (pictures === undefined) return;
  await page().waitForTimeout(300);
  await page().screenshot({ path: join(pictures, `${name}.png`) });
}

async function lookAt(states: readonly State[]): Promise<void> {
  for (const state of states) {
    await test.step(state.name, async () => {
      await show(page(), state);
      await look(state.name, state.isSmall);
    });
  }
}

const go = (hash: string): Promise<void> =>
  page().evaluate((address) => window.location.replace(address), hash);
const press = (name: string | RegExp): Promise<void> => page().getByRole('button', { name }).first().click();

/** Stops the engine's process while something is on its way, so that it can be looked at for as long as that takes. */
async function held(until: () => Promise<unknown>, work: () => Promise<void>): Promise<void> {
  const pid = await enginePid(exhibit);
  await until();
  process.kill(pid, 'SIGSTOP');
  try {
    await work();
  } finally {
    process.kill(pid, 'SIGCONT');
  }
}
const reached = (share: number) =>
  page().waitForFunction(
    (least) =>
      [...document.querySelectorAll('[role=progressbar]')].some(
        (bar) => Number(bar.getAttribute('aria-valuenow')) >= least,
      ),
    share,
    { polling: 20 },
  );

test('what is empty says what will be there and what to do', async () => {
  await open(join(freshFolder(), 'acme'));
  await lookAt(emptyStates);
  await go('#/changes');
  await expect(page().getByText('Two dates will be compared here')).toBeVisible();
  // Figures stand below one another: they are of equal width, and hyphens are not widened.
  const widths = await page().evaluate(() =>
    ['1111111111', '0000000000', '----------'].map((text) => {
      const line = document.body.appendChild(document.createElement('span'));
      line.textContent = text;
      const { width } = line.getBoundingClientRect();
      line.remove();
      return width;
    }),
  );
  expect(widths[0]).toBe(widths[1]);
  expect(widths[2]).toBeLessThan((widths[0] as number) * 0.8);
});

test('what comes in is looked at, mapped, refused and imported, and work says how far it is', async () => {
  await open(join(freshFolder(), 'acme'));
  const place = freshFolder();
  const file = (name: string, text: string): string => {
    writeFileSync(join(place, name), text);
    return join(place, name);
  };
  const lines = readFileSync(fixture('ironflock-export.csv'), 'utf8').split('\n').slice(0, 40);
  const gates = 'When,Gate event,Performed by\n05/01/2026 10:00,Gate opened,alice@acme.example\n';
  await go('#/sources');
  await dropFiles(page(), [
    file('report.pdf', '%PDF-1.7\n1 0 obj'),
    file('ironflock-cut.csv', `${lines.join('\n').replace(/\n2026-/g, '\nyesterday-')}\n`),
    file('gates.csv', gates),
  ]);
  await expect(page().getByRole('button', { name: 'Import 1 of 3 files' })).toBeEnabled();
  await look('sources-to-import', true);
  await press('Map its columns…');
  await expect(page().getByRole('heading', { name: 'Map gates.csv' })).toBeVisible();
  await look('sources-mapping', true);
  await press('Back to Sources');
  await press('Import 1 of 3 files');
  await expect(page().getByText('no record could be read', { exact: true })).toBeVisible();
  await look('sources-failing');

  await press('Leave all out');
  const long = join(place, 'ironflock-long.csv');
  await writeLongExport(long, 250_000);
  await dropFiles(page(), [long]);
  const starts = () => press('Import 1 file').then(() => reached(20));
  await held(starts, async () => {
    await look('sources-working', true);
    await go('#/overview');
    await look('welcome-working');
  });
  await go('#/sources');
  await expect(page().getByText('250,000 events held')).toBeVisible({ timeout: 60_000 });
  await look('sources-done');

  await go('#/integrity');
  const verifies = () => press('Verify now').then(() => reached(10));
  await held(verifies, () => look('integrity-working'));
  await expect(page().getByRole('heading', { name: /^Log verified/ })).toBeVisible({ timeout: 60_000 });
  await look('integrity-done');

  await go('#/evidence?from=2026-01-01&to=2026-03-31');
  await press('6 Create');
  await answerDialogs(exhibit, [freshFolder()]);
  await press('Choose folder…');
  const creates = () => press('Create evidence pack').then(() => reached(5));
  await held(creates, async () => {
    await look('evidence-working', true);
    for (const screen of ['overview', 'events', 'changes', 'completeness']) {
      await go(`#/${screen}?from=2026-01-01&to=2026-01-02`);
      await expect(page().getByRole('heading', { level: 1, name: new RegExp(screen, 'i') })).toBeVisible();
      await look(`${screen}-working`);
    }
  });
});

test('what is asked for and not found says so and leads back', async () => {
  await open(sample);
  await press('Close the guide');
  await lookAt(sampleStates);
});

test('a pack that cannot be written, one that is checked, one that was altered, and one that is none', async () => {
  await open(sample);
  await press('Close the guide');
  await go('#/evidence?from=2026-01-01&to=2026-03-31');
  await press('6 Create');
  const locked = join(freshFolder(), 'locked');
  mkdirSync(locked);
  chmodSync(locked, 0o555);
  for (const [folder, choose] of [
    [locked, 'Choose folder…'],
    [freshFolder(), 'Choose another folder…'],
  ] as const) {
    await answerDialogs(exhibit, [folder]);
    await press(choose);
    await press('Create evidence pack');
    if (folder !== locked) break;
    await expect(page().getByText('No pack was written')).toBeVisible();
    await look('evidence-failing', true);
  }
  await page().getByRole('button', { name: 'Verify now' }).first().click({ timeout: 60_000 });
  await expect(
    page()
      .getByText(/\d+ passed, 0 failed/)
      .first(),
  ).toBeVisible({ timeout: 60_000 });
  await look('evidence-done', true);
  if (hasOpenssl) await lookAtAdditions();

  await showPack(exhibit, sample);
  await lookAt(packStates);
  const packs = packsOf(sample);
  const [name = ''] = readdirSync(packs).filter((one) => statSync(join(packs, one)).isDirectory());
  const altered = join(freshFolder(), 'altered');
  cpSync(join(packs, name), altered, { recursive: true });
  const table = join(altered, 'data/10_populations/01_access-rights.csv');
  writeFileSync(table, readFileSync(table, 'utf8').replace('2026-', '2025-'));
  for (const [folder, picture] of [
    [altered, 'audit-failing'],
    [sample, 'audit-no-pack'],
  ] as const) {
    await go('#/audit?by=open');
    await answerDialogs(exhibit, [folder]);
    await press('Choose a folder…');
    await expect(page().getByRole('alert')).toContainText(
      /This is not the pack that was made|is not an evidence pack/,
      { timeout: 60_000 },
    );
    await look(picture);
  }
});

/** The forms beside the sign-off of a written pack: a person's signature on its report, and a time stamp. */
async function lookAtAdditions(): Promise<void> {
  const form = (name: string) => page().getByRole('form', { name });
  const { file } = makeCertificate(freshFolder(), 'Nadia Santos');
  await press('Sign the report…');
  await answerDialogs(exhibit, [file]);
  await press('Choose its file…');
  await page().getByLabel('Password of the file').fill(passphrase);
  await press('Show the certificate');
  await expect(page().getByText('O=Acme, CN=Nadia Santos')).toBeVisible();
  await look('evidence-sign-report', true, form('Sign the report'));
  await press('Sign the report');
  await expect(page().getByText('signed the report')).toBeVisible({ timeout: 60_000 });
  await press('Time stamp…');
  await look('evidence-time-stamp', true, form('Time stamp'));
}

test('a damaged workspace says on each screen what is not shown, and what to do', async () => {
  const damaged = join(freshFolder(), 'sample');
  cpSync(sample, damaged, { recursive: true });
  const path = join(damaged, 'events.db');
  const { size } = statSync(path);
  const file = openSync(path, 'r+');
  for (let at = 65_536; at < size; at += 16_384) writeSync(file, Buffer.alloc(2048, 0xa5), 0, 2048, at);
  closeSync(file);
  await open(damaged);
  await lookAt(failingStates);
  await go('#/integrity');
  await press('Verify now');
  await expect(page().getByRole('alert')).toContainText('The workspace file is damaged');
  await look('integrity-not-verified');
});

test('an altered log fails its verification by name', async () => {
  const altered = join(freshFolder(), 'sample');
  cpSync(sample, altered, { recursive: true });
  const Database = createRequire(import.meta.url)('better-sqlite3');
  const log = new Database(join(altered, 'events.db'));
  for (const { name } of log.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").all())
    log.exec(`DROP TRIGGER "${name}"`);
  log.exec("UPDATE stored_record SET raw = replace(raw, '@acme', '@acne') WHERE event_id IN (7, 8, 9)");
  log.close();
  await open(altered);
  await press('Close the guide');
  await go('#/integrity');
  await press('Verify now');
  await expect(page().getByRole('table', { name: 'Failures' })).toBeVisible({ timeout: 30_000 });
  await look('integrity-failing', true);
});

test('a workspace that cannot be opened is named, and others are a step away', async () => {
  const none = join(freshFolder(), 'acme');
  mkdirSync(none);
  writeFileSync(join(none, 'events.db'), 'This is a letter, not a log.\n'.repeat(200));
  await open(none);
  await expect(page().getByRole('alert')).toContainText('cannot be opened');
  await expect(page().getByText(none).first()).toBeVisible();
  await expect(page().getByText('No workspace is open')).toBeVisible();
  await look('workspace-failing', true);
  await press('Open the sample workspace');
  await expect(page().getByText('1,016 events held')).toBeVisible();
});
