// The window's main path in the real Electron, from the first run to an evidence pack, and what it says when
// something fails. Dialogs are the system's own, so they are answered in main; everything else is done as a person does.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { type LaunchedExhibit, launchExhibit } from './support/launch.ts';
import { fixture, freshFolder, seededWorkspace, writeLongExport } from './support/workspaces.ts';

const require = createRequire(import.meta.url);

let exhibit: LaunchedExhibit;
let page: Page;
/** What went wrong in the page that no screen shows. */
let wrong: string[] = [];

const both = [fixture('ironflock-export.csv'), fixture('flowtriq-export.csv')];

async function open(workspace?: string): Promise<void> {
  exhibit = await launchExhibit(workspace === undefined ? {} : { workspace });
  page = exhibit.page;
  wrong = [];
  page.on('pageerror', (error) => wrong.push(error.message));
  // The content security policy speaks up here, too.
  page.on('console', (message) => message.type() === 'error' && wrong.push(message.text()));
}
test.afterEach(async () => {
  await exhibit.close();
  expect(wrong, 'errors in the page').toEqual([]);
});

const grid = (): Locator => page.getByRole('grid', { name: 'Events, newest first' });
const total = (): Locator => page.locator('output');
const row = (index: number): Locator => grid().locator(`[role=row][aria-rowindex="${index + 1}"]`);
const goTo = (screen: string): Promise<void> =>
  page.getByRole('navigation').getByRole('link', { name: screen }).click();

test('a first run offers a sample, and one click shows its events', async () => {
  await open();
  await expect(page.getByRole('heading', { name: 'This workspace holds no log yet' })).toBeVisible();
  await page.getByRole('button', { name: 'Open the sample workspace' }).click();
  await expect(grid()).toBeVisible();
  await expect(total()).toHaveText('1,038 events');
  await expect(page.getByRole('button', { name: 'Workspace sample' })).toBeVisible();

  const engine = await enginePid();
  await page.getByRole('button', { name: 'Workspace sample' }).click();
  await page.getByRole('menuitem', { name: 'Open the sample workspace' }).click();
  await expect.poll(enginePid).not.toBe(engine);
  await expect(total(), 'opening it again imports nothing again').toHaveText('1,038 events');
  await expect(page.getByText('1,038 events held, from 2 imports')).toBeVisible();
});

test('both exports come in through the window, and again they add nothing', async () => {
  await open(freshFolder());
  await answerDialogs(both);
  await page.getByRole('button', { name: 'Import exports…' }).click();

  const ironflock = page.getByRole('article', { name: 'ironflock-export.csv' });
  const flowtriq = page.getByRole('article', { name: 'flowtriq-export.csv' });
  await expect(ironflock).toContainText(
    /1,500 read\s*=\s*1,500 imported\s*\+\s*0 duplicates\s*\+\s*0 rejected\s*adds up/,
  );
  await expect(flowtriq).toContainText(
    /900 read\s*=\s*900 imported\s*\+\s*0 duplicates\s*\+\s*0 rejected\s*adds up/,
  );
  const sources = page.getByRole('table', { name: 'Sources' });
  await expect(sources.getByRole('row')).toHaveCount(3);

  await page.getByRole('button', { name: 'Clear this list' }).click();
  await page.getByRole('button', { name: 'Choose files…' }).click();
  await expect(ironflock).toContainText(/1,500 read\s*=\s*0 imported\s*\+\s*1,500 duplicates/);
  await expect(flowtriq).toContainText(/900 read\s*=\s*0 imported\s*\+\s*900 duplicates/);
  await expect(page.getByRole('table', { name: 'Imports, newest first' }).getByRole('row')).toHaveCount(5);
  await expect(page.getByText('2,400 events held, from 4 imports')).toBeVisible();
});

test('files dropped on any screen are imported; what is no export is refused with a reason', async () => {
  await open(freshFolder());
  await goTo('Integrity');
  await dropFiles([fixture('flowtriq-export.ndjson'), fixture('ironflock-export.expected.json')]);
  await expect(page.getByRole('heading', { name: 'Sources', level: 1 })).toBeVisible();
  await expect(page.getByRole('article', { name: 'flowtriq-export.ndjson' })).toContainText('900 imported');
  const refused = page.getByRole('article', { name: 'ironflock-export.expected.json' });
  await expect(refused).toContainText('not imported');
  await expect(refused).toContainText('the rest of the log is as it was');
});

test('the last event is reached by keyboard and by the scrollbar', async () => {
  await open(seededWorkspace(...both));
  await expect(total()).toHaveText('2,400 events');
  await expect(grid()).toHaveAttribute('aria-rowcount', '2401');
  await expect(row(1)).toContainText('2026-03-31 23:51:38');

  await grid().focus();
  await page.keyboard.press('Control+End');
  await expect(row(2400)).toBeInViewport();
  await expect(row(2400)).toContainText('2026-01-01 00:47:06');
  await expect(activeRow()).toHaveAttribute('aria-rowindex', '2401');

  await page.keyboard.press('Control+Home');
  await expect(row(1)).toBeInViewport();
  await expect(row(1)).toContainText('2026-03-31 23:51:38');

  await grid().evaluate((element) => element.scrollTo({ top: element.scrollHeight }));
  await expect(row(2400)).toBeInViewport();
  await expect(row(2400)).toContainText('2026-01-01 00:47:06');
  await expect(grid(), 'the focus survives its row going out of sight').toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(activeRow()).toHaveAttribute('aria-rowindex', '3');
});

test('a log that is longer than the scroll range shows every row, notch by notch and at its end', async () => {
  const file = join(freshFolder(), 'long.csv');
  await writeLongExport(file, 160_000);
  await open(seededWorkspace(file));
  await expect(total()).toHaveText('160,000 events');
  await grid().focus();
  await page.keyboard.press('Control+End');
  await expect(row(160_000)).toContainText('2026-01-01 00:00:00');
  await expect(row(160_000)).toBeInViewport({ ratio: 1 });

  await page.keyboard.press('Control+Home');
  await expect(row(1)).toBeInViewport({ ratio: 1 });
  const box = await grid().boundingBox();
  if (box) await page.mouse.move(box.x + 200, box.y + 200);
  await page.mouse.wheel(0, 280);
  await expect(row(1)).not.toBeInViewport();
  await expect(row(12), 'ten rows a notch, as in a short list').toBeInViewport({ ratio: 1 });

  await grid().evaluate((element) => element.scrollTo({ top: element.scrollHeight }));
  await expect(row(160_000)).toBeInViewport({ ratio: 1 });
});

test('the filter is one text, written by hand or from the pick lists', async () => {
  await open(seededWorkspace(...both));
  const box = page.getByRole('textbox', { name: 'Filter events' });
  await box.fill('action:"PCAP Downloaded"');
  await expect(total()).toHaveText('47 events');

  await page.getByRole('button', { name: 'Action: PCAP Downloaded' }).click();
  await page.getByRole('option', { name: 'Login Failed' }).click();
  await page.keyboard.press('Escape');
  await expect(box).toHaveValue('action:"PCAP Downloaded" action:"Login Failed"');
  await expect(total()).toHaveText('81 events');

  await box.fill('nonsense:x');
  await expect(page.getByRole('alert')).toContainText('“nonsense:” at character 1 is not a filter');
  await expect(row(1), 'the old rows stay, dimmed').toBeVisible();
  await expect(grid()).toHaveAttribute('aria-busy', 'true');

  await box.fill('"no such words"');
  await expect(page.getByText('No event in the imported logs matches the filter.')).toBeVisible();
  await page.getByRole('main').getByRole('button', { name: 'Clear filter' }).last().click();
  await expect(total()).toHaveText('2,400 events');
});

test('period, zone and filter are one for the window, stay on other screens, and go back and forward', async () => {
  await open(seededWorkspace(...both));
  await expect(total()).toHaveText('2,400 events');
  await page.getByRole('button', { name: 'Period: All time' }).click();
  const dates = page.getByRole('dialog', { name: 'Period' });
  await dates.getByRole('spinbutton', { name: 'year, From' }).click();
  await page.keyboard.type('20260201');
  await page.keyboard.press('Tab');
  await page.keyboard.type('20260228');
  await dates.getByRole('button', { name: 'Set period' }).click();
  await expect(page.getByRole('button', { name: 'Period: 1 Feb 2026 – 28 Feb 2026' })).toBeVisible();
  await expect(total()).not.toHaveText('2,400 events');
  const february = await total().innerText();

  await page.getByRole('button', { name: 'Time zone: UTC' }).click();
  await page.keyboard.type('Kolkata');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(row(1)).toContainText('+05:30');

  await goTo('Evidence');
  await expect(page.getByRole('button', { name: 'Time zone: Asia/Kolkata' })).toBeVisible();
  await expect(page.getByRole('spinbutton', { name: 'day, To, included' })).toHaveText('28');

  await page.keyboard.press('Alt+ArrowLeft');
  await expect(grid()).toBeVisible();
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(page.getByRole('button', { name: 'Time zone: UTC' })).toBeVisible();
  await expect(total()).toHaveText(february);
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(total()).toHaveText('2,400 events');
  await page.keyboard.press('Alt+ArrowRight');
  await expect(total()).toHaveText(february);
});

test('Enter opens an event with its proof and its raw record, and Escape goes back to its row', async () => {
  await open(seededWorkspace(fixture('ironflock-export.csv')));
  await page
    .getByRole('textbox', { name: 'Filter events' })
    .fill('field:Name press-031 after:2026-01-10 before:2026-01-11');
  await expect(total()).toHaveText('1 event');
  await grid().focus();
  await page.keyboard.press('Enter');

  const detail = page.getByRole('complementary', { name: 'Event detail' });
  await expect(detail.getByRole('heading', { name: 'Event', exact: true })).toBeFocused();
  await expect(detail).toContainText('user02@acme.example set Name of device press-031 to');
  await expect(detail).toContainText('ironflock-export.csv');
  await expect(detail, 'an override of direction is shown, not obeyed').toContainText('aRLOb');
  await expect(detail.getByRole('region', { name: 'The record as read' })).toContainText(
    'timestamp2026-01-10T08:54:37.336Zuseruser02@acme.example',
  );
  expect(new URL(page.url()).hash).toContain('event=');

  await page.keyboard.press('Escape');
  await expect(detail).toBeHidden();
  await expect(grid()).toBeFocused();
});

test('with the detail open, arrows in the list walk from event to event', async () => {
  await open(seededWorkspace(fixture('flowtriq-export.csv')));
  await row(1).click();
  const detail = page.getByRole('complementary', { name: 'Event detail' });
  const first = await detail.locator('p').first().innerText();
  await page.keyboard.press('ArrowDown');
  await expect(detail.locator('p').first()).not.toHaveText(first);
  await expect(row(2)).toHaveAttribute('aria-selected', 'true');

  const width = (await detail.boundingBox())?.width ?? 0;
  await page.getByRole('separator', { name: 'Width of the event detail' }).focus();
  await page.keyboard.press('ArrowLeft');
  await expect.poll(async () => (await detail.boundingBox())?.width).toBe(width + 20);
});

test('an import that is cancelled leaves nothing behind', async () => {
  const folder = freshFolder();
  const file = join(folder, 'very-long.csv');
  await writeLongExport(file, 400_000);
  await open(freshFolder());
  await goTo('Sources');
  await answerDialogs([file]);
  await page.getByRole('button', { name: 'Choose files…' }).click();
  const card = page.getByRole('article', { name: 'very-long.csv' });
  await expect(card).toContainText(/importing, \d+ %/);
  await expect(card).toContainText('a second');
  await card.getByRole('button', { name: 'Cancel the import of very-long.csv' }).click();
  await expect(card).toContainText('Nothing of this file was stored', { timeout: 20_000 });
  await expect(page.getByText('0 events held, from 0 imports')).toBeVisible();
});

test('when the engine dies there is one banner, and then the same rows again', async () => {
  await open(seededWorkspace(...both));
  await expect(total()).toHaveText('2,400 events');
  await watchAlerts();
  await killEngine();
  await expect
    .poll(alertsSeen)
    .toEqual([expect.stringContaining('The engine stopped and is starting again. The log on disk is safe.')]);
  await expect(page.getByRole('alert')).toHaveCount(0);
  await page.getByRole('textbox', { name: 'Filter events' }).fill('action:"PCAP Downloaded"');
  await expect(total()).toHaveText('47 events');
});

test('a job that dies with the engine says so, and nothing pretends it was done', async () => {
  const file = join(freshFolder(), 'very-long.csv');
  await writeLongExport(file, 400_000);
  await open(freshFolder());
  await answerDialogs([file]);
  await page.getByRole('button', { name: 'Import exports…' }).click();
  const card = page.getByRole('article', { name: 'very-long.csv' });
  await expect(card).toContainText(/importing, \d+ %/);
  await killEngine();
  await expect(card).toContainText('not imported');
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(page.getByText('0 events held, from 0 imports')).toBeVisible();
});

test('an evidence pack is made from the window', async () => {
  const into = freshFolder();
  await open(seededWorkspace(...both));
  await goTo('Evidence');
  await page.getByRole('button', { name: 'Create evidence pack' }).click();
  await expect(page.getByRole('alert')).toHaveText(
    'Set both dates: an evidence pack is always about a period.',
  );

  await page.getByRole('spinbutton', { name: 'year, From' }).click();
  await page.keyboard.type('20260101');
  await page.keyboard.press('Tab');
  await page.keyboard.type('20260331');
  await expect(page.getByText('2,400 events', { exact: true })).toBeVisible();
  await page.getByText('SOC 2').click();
  await page.getByLabel('Organisation').fill('ACME');
  await page.getByLabel('Prepared by').fill('Maria Fernandez');
  await page.getByLabel('Sample size (optional)').fill('25');
  await page.getByLabel('Seed').fill('4711');
  await answerDialogs([into]);
  await page.getByRole('button', { name: 'Choose folder…' }).click();
  await page.getByRole('button', { name: 'Create evidence pack' }).click();

  const pack = page.getByRole('article', { name: /^Evidence pack, SOC 2/ });
  await expect(pack).toContainText('2,400 events in', { timeout: 60_000 });
  await expect(pack.getByRole('button', { name: /Show the pack/ })).toBeVisible();
  const written = readdirSync(into);
  expect(written.filter((name) => name.endsWith('.zip'))).toHaveLength(1);
  const folder = written.find((name) => !name.endsWith('.zip')) ?? '';
  expect(existsSync(join(into, folder, 'manifest-sha256.txt'))).toBe(true);
});

test('verifying lists each check with its word, and the status line says when', async () => {
  await open(seededWorkspace(...both));
  await expect(page.getByRole('link', { name: 'Log not verified yet' })).toBeVisible();
  await goTo('Integrity');
  await page.getByRole('button', { name: 'Verify now' }).click();
  const result = page.getByRole('table', { name: 'Result' });
  await expect(result.getByRole('row').nth(1)).toContainText('passed');
  await expect(result).not.toContainText('failed');
  await expect(page.getByRole('contentinfo')).toContainText(/Log verified \d\d:\d\d UTC/);
});

test('the whole path needs no mouse', async () => {
  await open(seededWorkspace(...both));
  await expect(total()).toHaveText('2,400 events');
  await tabTo(page.getByRole('textbox', { name: 'Filter events' }));
  await page.keyboard.type('actor:deploy-bot');
  await expect(total()).not.toHaveText('2,400 events');
  await tabTo(grid());
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const detail = page.getByRole('complementary', { name: 'Event detail' });
  await expect(detail).toContainText('deploy-bot');
  await tabTo(detail.getByRole('button', { name: 'Copy record' }));
  await page.keyboard.press('Enter');
  await expect(detail.getByText('Copied')).toBeAttached();
  await page.keyboard.press('Escape');
  await expect(grid()).toBeFocused();

  await tabTo(page.getByRole('link', { name: 'Integrity', exact: true }), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await tabTo(page.getByRole('button', { name: 'Verify now' }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('table', { name: 'Result' })).toBeVisible();

  await tabTo(page.getByRole('button', { name: 'Period: All time' }), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Period: 1 Jan' })).toBeFocused();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`no screen has a barrier that axe can find, ${colorScheme}`, async () => {
    await open(freshFolder());
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect(page.getByRole('button', { name: 'Open the sample workspace' })).toBeVisible();
    expect(await barriers(), 'first run').toEqual([]);

    await goTo('Sources');
    await dropFiles([...both, fixture('ironflock-export.expected.json')]);
    await expect(page.getByRole('article')).toHaveCount(3);
    await expect(page.getByText('2,400 events held, from 2 imports')).toBeVisible();
    await page.getByRole('button', { name: 'Report of import 1' }).click();
    expect(await barriers(), 'sources').toEqual([]);

    await goTo('Events');
    await row(1).click();
    await expect(page.getByRole('region', { name: 'The record as read' })).toBeVisible();
    await page.getByRole('textbox', { name: 'Filter events' }).fill('nonsense:x');
    await expect(page.getByRole('alert')).toBeVisible();
    // Rows of an earlier question are dimmed on purpose while the filter is wrong.
    expect(
      await barriers('[aria-busy=true] [role=rowgroup]'),
      'events, with a mistake in the filter',
    ).toEqual([]);
    await page.getByRole('textbox', { name: 'Filter events' }).fill('outcome:failure');
    await expect(row(1)).toContainText('failed');
    await row(1).click();
    expect(await barriers(), 'events').toEqual([]);
    await page.getByRole('button', { name: 'Actor', exact: true }).click();
    await expect(page.getByRole('listbox', { name: 'Actor' })).toBeVisible();
    expect(await barriers(), 'a pick list').toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Period: All time' }).click();
    expect(await barriers(), 'the period').toEqual([]);
    await page.keyboard.press('Escape');

    await goTo('Evidence');
    await page.getByRole('button', { name: 'Create evidence pack' }).click();
    await expect(page.getByRole('alert')).toBeVisible();
    expect(await barriers(), 'evidence, with something missing').toEqual([]);

    await goTo('Integrity');
    await page.getByRole('button', { name: 'Verify now' }).click();
    await expect(page.getByRole('table', { name: 'Result' })).toBeVisible();
    expect(await barriers(), 'integrity').toEqual([]);
  });
}

const activeRow = (): Locator => {
  return page.locator('[role=row]', { has: page.locator('[role=gridcell][id]') });
};

/** What the system's dialogs answer from now on. */
async function answerDialogs(paths: string[]): Promise<void> {
  await exhibit.app.evaluate(({ dialog }, filePaths) => {
    dialog.showOpenDialog = async () => ({ canceled: filePaths.length === 0, filePaths });
  }, paths);
}

/** Drops files of this machine on the middle of the page, as the system would. */
async function dropFiles(files: string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files, dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: 500, y: 400, data });
  }
}

/** Presses Tab until `target` has the focus, as often as there could be stops at all. */
async function tabTo(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let press = 0; press < 40; press++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  await expect(target, 'can be reached with Tab').toBeFocused();
}

/** What axe finds against WCAG 2.2 A and AA, as `rule: element`; what `except` matches is left out. */
async function barriers(except?: string): Promise<string[]> {
  // Run by the debugger, so the page's policy against foreign code stays as it is.
  await page.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
  return page.evaluate(async (excluded) => {
    const axe = (window as unknown as { axe: typeof import('axe-core') }).axe;
    const { violations } = await axe.run(excluded ? { exclude: [excluded] } : document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      // A list that is open over the screen belongs to no landmark, and is reached from its button.
      rules: { region: { enabled: false } },
    });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
  }, except);
}

/** Of the engine's process; 0 while there is none. */
const enginePid = (): Promise<number> =>
  exhibit.app.evaluate(
    ({ app }) => app.getAppMetrics().find(({ name }) => name === 'Exhibit engine')?.pid ?? 0,
  );

async function killEngine(): Promise<void> {
  const pid = await enginePid();
  expect(pid).toBeGreaterThan(0);
  process.kill(pid, 'SIGKILL');
}

/** The restart takes a fifth of a second, so alerts are collected as they come. */
async function watchAlerts(): Promise<void> {
  await page.evaluate(() => {
    const seen: string[] = [];
    Object.assign(window, { alertsSeen: seen });
    new MutationObserver(() => {
      for (const alert of document.querySelectorAll('[role=alert]')) {
        const text = alert.textContent ?? '';
        if (!seen.includes(text)) seen.push(text);
      }
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
  });
}

const alertsSeen = (): Promise<string[]> =>
  page.evaluate(() => (window as unknown as { alertsSeen: string[] }).alertsSeen);
