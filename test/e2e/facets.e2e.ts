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
const panel = (): Locator => page.getByRole('complementary', { name: 'Values to narrow by' });
const group = (name: string): Locator => panel().getByRole('group', { name, exact: true });
const values = (name: string): Locator => group(name).getByRole('checkbox');
const spoken = (name: string): Promise<string[]> =>
  values(name).evaluateAll((boxes) => boxes.map((one) => one.getAttribute('aria-label') ?? ''));
const openPanel = async (): Promise<void> => {
  const button = page.getByRole('button', { name: 'Show the values to narrow by' });
  await expect(button.or(panel().getByRole('heading', { name: 'Narrow by' }))).toBeVisible();
  if (await button.isVisible()) await button.click();
  await expect(values('Source').first()).toBeVisible();
};
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
  // The bars of the question before stand until the new ones are counted.
  await expect(overTime()).toHaveAttribute('aria-busy', 'false');
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
  await openPanel();
  const height = (await overTime().boundingBox())?.height;
  await box().fill('nonsense:1');
  await expect(page.getByRole('alert')).toContainText('is not a filter');
  await expect(overTime()).toContainText('Not counted.');
  await expect(edge('Start')).toHaveAttribute('aria-disabled', 'true');
  await expect(edge('Start')).toHaveAttribute('aria-valuetext', 'not counted');
  await expect(values('Source').first(), 'names stay, counts do not').toHaveAttribute('aria-label', /^\w+$/);
  await values('Source').first().click({ force: true });
  await expect(box(), 'nothing is written into a mistake').toHaveValue('nonsense:1');
  await plot().hover();
  await expect(overTime()).not.toContainText(/\d events?/);
  expect((await overTime().boundingBox())?.height, 'nothing jumps').toBe(height);
  expect(await barriers(page)).toEqual([]);

  await box().fill('actor:nobody');
  await expect(overTime()).toContainText('No events.');
  expect((await overTime().boundingBox())?.height).toBe(height);
});

test('each value has the count that the command line gives it, under any filter', async () => {
  await open();
  await openPanel();
  for (const filter of ['', 'category:access', 'actor:p10@noc.example']) {
    await show(`#/events?filter=${encodeURIComponent(filter)}`);
    const sources = [...counted('source', '--filter', filter)];
    const words = ([name, count]: [string, number]) => `${name}, ${count.toLocaleString('en-GB')} events`;
    await expect
      .poll(() => spoken('Source').then((all) => all.toSorted()))
      .toEqual(sources.map(words).toSorted());
    const actions = counted('action', '--filter', filter);
    await expect.poll(() => spoken('Action')).not.toContainEqual(expect.stringMatching(/[^s]$/));
    for (const said of await spoken('Action')) {
      const [, name, count] = /^(.*), (\d+) events?$/.exec(said.replaceAll(/(\d),(\d)/g, '$1$2')) ?? [];
      expect(actions.get(name ?? ''), said).toBe(Number(count));
    }
    const more = group('Action').getByRole('button');
    const hidden = (await more.count()) === 0 ? 0 : Number.parseInt((await more.textContent()) ?? '', 10);
    expect((await spoken('Action')).length + hidden).toBe(actions.size);
  }
});

test('a press narrows by a value, a second one widens, and the others stay with what they would add', async () => {
  await open();
  await openPanel();
  const actors = counted('actor');
  const before = await spoken('Actor');
  const [first, second] = before.map((said) => said.split(',')[0] ?? '') as [string, string];
  await values('Actor').nth(0).click();
  await expect(box()).toHaveValue(`actor:"${first}"`);
  await expect(total()).toHaveText(`${actors.get(first)} events`);
  await expect(values('Actor').nth(0)).toHaveAttribute('aria-checked', 'true');
  await expect.poll(() => spoken('Actor'), 'others keep their counts').toEqual(before);
  await values('Actor').nth(1).click();
  await expect(box()).toHaveValue(`actor:"${first}" actor:"${second}"`);
  await expect(total()).toHaveText(`${(actors.get(first) ?? 0) + (actors.get(second) ?? 0)} events`);
  await values('Actor').nth(0).click();
  await expect(box()).toHaveValue(`actor:"${second}"`);

  await box().fill('actor:USER0*');
  await expect(values('Actor').first()).toHaveAttribute('aria-label', /^USER0\*, [\d,]+ events$/);
  const said = await values('Actor').first().getAttribute('aria-label');
  await expect(total(), 'a pattern is a choice of its own').toHaveText(said?.slice('USER0*, '.length) ?? '');
  await values('Actor').first().click();
  await expect(box()).toHaveValue('');
});

test('what an event does not have is said in words, and can be asked for', async () => {
  await open();
  await openPanel();
  const none = group('IP address').getByRole('checkbox', { name: /^No IP address/ });
  const said = await none.getAttribute('aria-label');
  await none.click();
  await expect(box()).toHaveValue('ip:""');
  await expect(total()).toHaveText(said?.slice('No IP address, '.length) ?? '');
});

test('by keys alone: one stop for Tab, arrows walk, Space chooses, more values are searched', async () => {
  await open();
  await openPanel();
  await tabTo(values('Source').first());
  await page.keyboard.press('ArrowDown');
  await expect(values('Source').nth(1)).toBeFocused();
  await page.keyboard.press('Space');
  await expect(box()).toHaveValue(/^source:"/);
  await expect(values('Source').nth(1)).toHaveAttribute('aria-checked', 'true');
  await expect(values('Source').nth(1)).toBeFocused();
  await page.keyboard.press('Space');
  await expect(box()).toHaveValue('');
  const more = group('Actor').getByRole('button', { name: /more actors$/ });
  for (let press = 0; press < 40; press++) {
    if (await more.evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Enter');
  await expect(group('Actor').getByRole('textbox', { name: 'Search actors' })).toBeFocused();
  await page.keyboard.type('USER07');
  const count = counted('actor').get('user07@acme.example');
  await expect.poll(() => spoken('Actor')).toEqual([expect.stringContaining(`${count} events`)]);
  expect(await barriers(page)).toEqual([]);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await expect(box()).toHaveValue('actor:"user07@acme.example"');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('grid', { name: /^Events, / })).toBeFocused();
});

test('the panel is kept as it was left', async () => {
  const userData = freshFolder();
  await open(workspace, { userData });
  await openPanel();
  await panel().getByRole('button', { name: 'Hide the values to narrow by' }).click();
  await expect(values('Source')).toHaveCount(0);
  await exhibit.close();
  await open(workspace, { userData });
  await expect(page.getByRole('button', { name: 'Show the values to narrow by' })).toBeVisible();
  await openPanel();
  await exhibit.close();
  await open(workspace, { userData });
  await expect(values('Source').first()).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`no barrier that axe can find, ${colorScheme}`, async () => {
    await open();
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect(eventRow(page, 1)).toContainText('2026-');
    await expect(edge('Start')).toBeVisible();
    await look('closed', colorScheme);
    await openPanel();
    await values('Category').nth(1).click();
    await expect(values('Category').nth(1)).toHaveAttribute('aria-label', / events$/);
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
