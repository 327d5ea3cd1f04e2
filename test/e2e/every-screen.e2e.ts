// Every screen with the sample in it: no barrier that axe can find in light, dark and high contrast, nothing cut off at
// twice the size. With EXHIBIT_SCREENS set to a folder it also takes the pictures of docs/screens (`npm run screens`).

import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { type LaunchedExhibit, launchExhibit } from './support/launch.ts';
import { places, sampleWorkspace, show, showPack } from './support/places.ts';
import { barriers, watchErrors } from './support/window.ts';
import { freshFolder } from './support/workspaces.ts';

const pictures = process.env.EXHIBIT_SCREENS;
let exhibit: LaunchedExhibit;
let workspace: string;
let errors: string[] = [];

test.describe.configure({ timeout: 180_000 });
test.beforeAll(() => {
  workspace = sampleWorkspace();
});
test.afterEach(async () => {
  await exhibit.close();
  expect(errors, 'errors in the page').toEqual([]);
});

async function open(look: Record<string, unknown>, folder = workspace): Promise<void> {
  exhibit = await launchExhibit({ workspace: folder, address: null });
  errors = watchErrors(exhibit.page);
  await exhibit.page.evaluate(
    (kept) => window.localStorage.setItem('appearance', kept),
    JSON.stringify(look),
  );
  await exhibit.page.reload();
  await resize(1440, 900);
}

const resize = (width: number, height: number): Promise<void> =>
  exhibit.app.evaluate(
    ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(...size),
    [width, height] as [number, number],
  );

async function picture(name: string): Promise<void> {
  if (pictures === undefined) return;
  await exhibit.page.waitForTimeout(300);
  await exhibit.page.screenshot({ path: join(pictures, `${name}.png`) });
}

for (const [name, look] of [
  ['light', { theme: 'light' }],
  ['dark', { theme: 'dark' }],
  ['light-contrast', { theme: 'light', contrast: true }],
  ['dark-contrast', { theme: 'dark', contrast: true }],
] as const) {
  test(`no screen of the sample has a barrier that axe can find, ${name}`, async () => {
    await open(look);
    const { page } = exhibit;
    const found: string[] = [];
    for (const place of places) {
      await show(page, place);
      for (const barrier of await barriers(page)) found.push(`${place.name}: ${barrier}`);
      if (!('contrast' in look)) await picture(`${place.name}-${name}`);
      // The guide stands above the overview alone in the pictures.
      const close = page.getByRole('button', { name: 'Close the guide' });
      if (await close.isVisible()) await close.click();
    }
    await showPack(exhibit, workspace);
    for (const barrier of await barriers(page)) found.push(`audit: ${barrier}`);
    if (!('contrast' in look)) await picture(`audit-${name}`);
    expect(found).toEqual([]);
  });
}

/** Parts of the screen that hold more than they show, sideways. */
const cutOff = (): Promise<string[]> =>
  exhibit.page.evaluate(() =>
    [document.scrollingElement, document.querySelector('main'), document.querySelector('header')]
      .filter((element) => element !== null)
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1)
      .map(({ tagName }) => tagName),
  );

test('with text spaced as WCAG asks for nothing is cut off sideways', async () => {
  await open({ theme: 'light' });
  const { page } = exhibit;
  await page.evaluate(() => {
    const spaced = new CSSStyleSheet();
    spaced.replaceSync(
      '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }',
    );
    document.adoptedStyleSheets.push(spaced);
  });
  const cut: string[] = [];
  for (const place of places.filter(({ act }) => act === undefined)) {
    await show(page, place);
    const beyond = await cutOff();
    if (beyond.length > 0) cut.push(`${place.name}: ${beyond.join()}`);
  }
  expect(cut).toEqual([]);
});

test('at twice the size nothing is cut off sideways', async () => {
  await open({ theme: 'light' });
  const { page, app } = exhibit;
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(2));
  const cut: string[] = [];
  for (const place of places.filter(({ act }) => act === undefined)) {
    await show(page, place);
    const beyond = await cutOff();
    // Every entry of the navigation can be brought into view.
    await page.getByRole('link', { name: 'Glossary' }).focus();
    await expect(page.getByRole('link', { name: 'Glossary' })).toBeInViewport();
    if (beyond.length > 0) cut.push(`${place.name}: ${beyond.join()}`);
  }
  expect(cut).toEqual([]);

  // In the smallest window there, the list of events still has rows to read.
  await resize(1024, 700);
  await show(page, places[1] as (typeof places)[number]);
  const list = page.getByRole('grid', { name: /^Events, / });
  await list.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('[role=row][aria-rowindex="4"]')).toBeInViewport();
  expect((await list.boundingBox())?.height).toBeGreaterThan(120);
});

test('at four times the size no screen but its tables is cut off sideways', async () => {
  await open({ theme: 'light' });
  const { page, app } = exhibit;
  await resize(1280, 980);
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(4));
  const cut: string[] = [];
  for (const place of places.filter(({ act }) => act === undefined)) {
    await show(page, place);
    const beyond = await page.evaluate(() =>
      [...document.querySelectorAll('main, main *')]
        .filter(({ scrollWidth, clientWidth }) => clientWidth > 0 && scrollWidth > clientWidth + 1)
        .filter((element) => ['auto', 'scroll'].includes(getComputedStyle(element).overflowX))
        .filter(
          (element) => !element.matches('table, [role=grid], :has(> :is(table, [role=grid]):only-child)'),
        )
        .map(({ className, scrollWidth }) => `${className} ${scrollWidth}`),
    );
    if (beyond.length > 0) cut.push(`${place.name}: ${beyond.join()}`);
  }
  expect(cut).toEqual([]);
});

test('at four times the size what opens over the screen is not cut off sideways', async () => {
  await open({ theme: 'light' });
  const { page, app } = exhibit;
  await resize(1280, 980);
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(4));
  await show(page, places[1] as (typeof places)[number]);
  const cut: string[] = [];
  for (const name of [/^Period/, /^Zone|UTC/, 'Columns', 'Views', 'Go to…', 'Export…', /^Workspace/]) {
    await page.getByRole('button', { name }).first().click();
    await page
      .locator('[role=dialog]:visible, [role=menu]:visible, [role=listbox]:visible')
      .first()
      .waitFor();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (wide > 0) cut.push(`${name}: ${wide} px`);
    await page.keyboard.press('Escape');
  }
  expect(cut).toEqual([]);
});

for (const theme of ['light', 'dark'] as const) {
  test(`an empty workspace says what to do, ${theme}`, async () => {
    await open({ theme }, join(freshFolder(), 'acme'));
    const { page } = exhibit;
    await expect(page.getByRole('button', { name: 'Import exports…' })).toBeVisible();
    expect(await barriers(page)).toEqual([]);
    await picture(`welcome-${theme}`);
  });
}
