// The events over time and what they are made of, in the real Electron: every figure against `exhibit count`, narrowed
// by mouse and by keyboard alone.

import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { type LaunchedExhibit, type LaunchOptions, launchExhibit } from './support/launch.ts';
import { barriers, eventRow, tabTo, watchErrors } from './support/window.ts';
import { fixture, freshFolder, seededWorkspace } from './support/workspaces.ts';

const project = resolve(import.meta.dirname, '..', '..');
let workspace = '';
let exhibit: LaunchedExhibit;
let page: Page;
let wrong: string[] = [];

test.beforeAll(() => {
  workspace = seededWorkspace(fixture('flowtriq-export.csv'), fixture('ironflock-export.csv'));
});

async function open(folder: string | null = workspace, options: LaunchOptions = {}): Promise<void> {
  exhibit = await launchExhibit({ ...(folder === null ? {} : { workspace: folder }), ...options });
  page = exhibit.page;
  wrong = watchErrors(page);
  await resize(1440, 900);
}
test.afterEach(async () => {
  await exhibit.close();
  expect(wrong, 'errors in the page').toEqual([]);
});

const resize = (width: number, height: number): Promise<void> =>
  exhibit.app.evaluate(
    ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(...size),
    [width, height] as [number, number],
  );
const show = (hash: string): Promise<void> =>
  page.evaluate((address) => {
    window.location.hash = address;
  }, hash);
const hash = (): Promise<string> => page.evaluate(() => decodeURIComponent(window.location.hash));
const box = (): Locator => page.getByRole('combobox', { name: 'Filter events' });
const total = (): Locator => page.locator('output');
const overTime = (): Locator => page.getByRole('region', { name: 'Events over time' });
const edge = (which: 'Start' | 'End'): Locator =>
  overTime().getByRole('slider', { name: new RegExp(`^${which}`) });
const plot = (): Locator => overTime().locator('svg');

/** What the command line counts. */
function counted(by: string, ...more: string[]): Map<string, number> {
  const args = [join(project, 'core', 'cli.ts'), 'count', '--by', by, '-w', workspace, '--json', ...more];
  const { groups } = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
  return new Map((groups as { key: string; count: number }[]).map(({ key, count }) => [key, count]));
}

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const dayWords = (day: string): string =>
  `${Number(day.slice(8))} ${monthNames[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}`;

/** Every bucket as a screen reader is told of it, from the first to the last. */
async function spokenBuckets(): Promise<string[]> {
  const end = Number(await edge('Start').getAttribute('aria-valuemax'));
  await edge('Start').focus();
  const spoken = [await edge('Start').getAttribute('aria-valuetext')];
  for (let place = 0; place < end; place++) {
    await page.keyboard.press('ArrowRight');
    spoken.push(await edge('Start').getAttribute('aria-valuetext'));
  }
  await page.keyboard.press('Escape');
  return spoken.map(String);
}

test('each day has the count that the command line gives it, in the zone of the view', async () => {
  await open();
  await expect(overTime()).toContainText('Events by day, UTC');
  const inUtc = (await spokenBuckets()).filter((text) => !text.endsWith(', 0 events'));
  const words = ([day, count]: [string, number]) =>
    `${dayWords(day)}, ${count} ${count === 1 ? 'event' : 'events'}`;
  expect(inUtc).toEqual([...counted('day')].map(words));

  await show('#/events?zone=Asia/Tokyo&from=2026-01-01&to=2026-02-15');
  await expect(overTime()).toContainText('Events by day, Asia/Tokyo');
  const inTokyo = (await spokenBuckets()).filter((text) => !text.endsWith(', 0 events'));
  const period = ['--zone', 'Asia/Tokyo', '--from', '2026-01-01', '--to', '2026-02-15'];
  expect(inTokyo).toEqual([...counted('day', ...period)].map(words));

  await show('#/events?from=2026-01-20&to=2026-01-21&filter=source:Flowtriq');
  await expect(overTime()).toContainText('Events by hour, UTC');
  const hours = await spokenBuckets();
  expect(hours).toHaveLength(48);
  expect(hours[23]).toMatch(/^20 Jan 2026, 23:00 – 24:00 UTC, \d+ events?$/);
});

test('the period is narrowed by dragging over days, and the way back is one press', async () => {
  await open();
  await expect(edge('End')).toBeVisible();
  const area = (await plot().boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const days = Number(await edge('Start').getAttribute('aria-valuemax')) + 1;
  const middle = (day: number) => area.x + ((day + 0.5) / days) * area.width;
  const y = area.y + 20;

  await page.mouse.move(middle(9), y);
  const tip = `${counted('day').get('2026-01-10') ?? 0} events`;
  await expect(overTime()).toContainText(`${tip}10 Jan 2026`);

  await page.mouse.down();
  await page.mouse.move(middle(18), y, { steps: 4 });
  const tenDays = [...counted('day', '--from', '2026-01-10', '--to', '2026-01-19').values()];
  const sum = tenDays.reduce((one, other) => one + other, 0);
  await expect(overTime()).toContainText(`10 Jan 2026 – 19 Jan 2026: ${sum} events`);
  await page.keyboard.press('Escape');
  await page.mouse.up();
  expect(await hash(), 'Escape lets go').not.toContain('from');

  await page.mouse.move(middle(18), y);
  await page.mouse.down();
  await page.mouse.move(middle(9), y, { steps: 4 });
  await page.mouse.up();
  expect(await hash()).toContain('from=2026-01-10&to=2026-01-19');
  await expect(total()).toHaveText(`${sum} events`);
  await expect(page.getByRole('button', { name: 'Period: 10 Jan 2026 – 19 Jan 2026' })).toBeVisible();

  await overTime().getByRole('button', { name: 'Whole period: all time' }).click();
  expect(await hash()).not.toContain('from');
  await expect(total()).toHaveText('2,400 events');
});

test('the period is narrowed by keys alone, twice, and the whole one is the first', async () => {
  await open();
  await show('#/events?from=2026-01-01&to=2026-01-31');
  await expect(overTime()).toContainText('Events by day, UTC');
  await tabTo(edge('Start'));
  for (let day = 0; day < 9; day++) await page.keyboard.press('ArrowRight');
  await expect(overTime().getByRole('button', { name: 'Narrow to this' })).toBeVisible();
  await tabTo(edge('End'));
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  expect(await barriers(page)).toEqual([]);
  await page.keyboard.press('Enter');
  expect(await hash()).toContain('from=2026-01-10&to=2026-01-29');

  await expect(edge('End')).toHaveAttribute('aria-valuemax', '19');
  await expect(edge('End')).toBeFocused();
  await page.keyboard.press('Home');
  await page.keyboard.press('Escape');
  expect(await hash(), 'Escape lets go').toContain('from=2026-01-10&to=2026-01-29');
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  expect(await hash()).toContain('from=2026-01-10&to=2026-01-10');
  await expect(overTime()).toContainText('Events by hour, UTC');
  await overTime().getByRole('button', { name: 'Whole period: 1 Jan 2026 – 31 Jan 2026' }).focus();
  await page.keyboard.press('Enter');
  expect(await hash()).toContain('from=2026-01-01&to=2026-01-31');
});

test('a mistake in the filter leaves the picture standing without figures', async () => {
  await open();
  await expect(edge('Start')).toBeVisible();
  const height = (await overTime().boundingBox())?.height;
  await box().fill('nonsense:1');
  await expect(page.getByRole('alert')).toContainText('is not a filter');
  await expect(overTime()).toContainText('Not counted.');
  await expect(edge('Start')).toHaveAttribute('aria-disabled', 'true');
  await expect(edge('Start')).toHaveAttribute('aria-valuetext', 'not counted');
  await plot().hover();
  await expect(overTime()).not.toContainText(/\d events?/);
  expect((await overTime().boundingBox())?.height, 'nothing jumps').toBe(height);
  expect(await barriers(page)).toEqual([]);

  await box().fill('actor:nobody');
  await expect(overTime()).toContainText('No events.');
  expect((await overTime().boundingBox())?.height).toBe(height);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`no barrier that axe can find, ${colorScheme}`, async () => {
    await open();
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect(eventRow(page, 1)).toContainText('2026-');
    await expect(edge('Start')).toBeVisible();
    await look('full', colorScheme);
    expect(await barriers(page)).toEqual([]);
    await tabTo(edge('Start'));
    for (let day = 0; day < 20; day++) await page.keyboard.press('ArrowRight');
    await look('brush', colorScheme);
    expect(await barriers(page), 'with a part marked').toEqual([]);
    await page.keyboard.press('Enter');
    await show('#/events?filter=actor:nobody&from=2026-01-01&to=2026-03-31');
    await expect(page.getByText('No event in the imported logs')).toBeVisible();
    await look('no-match', colorScheme);
    expect(await barriers(page), 'without a match').toEqual([]);
    await show('#/events?filter=nonsense:1');
    await expect(page.getByRole('alert')).toBeVisible();
    await look('mistake', colorScheme);
    expect(await barriers(page), 'with a mistake').toEqual([]);
  });
}

test('an empty log has neither', async () => {
  await open(freshFolder());
  await expect(page.getByRole('heading', { name: 'This workspace holds no log yet' })).toBeVisible();
  await expect(overTime()).toBeHidden();
  await look('empty', 'light');
});

/** Pictures to look at, where EXHIBIT_PICTURES names a folder. */
async function look(what: string, colorScheme: string): Promise<void> {
  const folder = process.env.EXHIBIT_PICTURES;
  if (!folder) return;
  for (const [width, height] of [
    [1024, 700],
    [1440, 900],
  ] as const) {
    await resize(width, height);
    await page.waitForTimeout(250);
    await page.screenshot({ path: join(folder, `facets-${what}-${colorScheme}-${width}.png`) });
  }
}
