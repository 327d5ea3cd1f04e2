// What tests of the window do to it beside clicking: dialogs of the system, dropped files, a dead engine, axe.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, type Locator, type Page } from '@playwright/test';
import type { LaunchedExhibit } from './launch.ts';

const require = createRequire(import.meta.url);

export const eventsGrid = (page: Page): Locator => page.getByRole('grid', { name: /^Events, / });

/** The row of the event at `index`, newest first, from 1. */
export const eventRow = (page: Page, index: number): Locator =>
  eventsGrid(page).locator(`[role=row][aria-rowindex="${index + 1}"]`);

export const goTo = (page: Page, screen: string): Promise<void> =>
  page.getByRole('navigation').getByRole('link', { name: screen }).click();

/** Collects what goes wrong in the page and no screen shows; the content security policy speaks up here, too. */
export function watchErrors(page: Page): string[] {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  return errors;
}

/** What the system's dialogs answer from now on. */
export async function answerDialogs({ app }: LaunchedExhibit, paths: string[]): Promise<void> {
  await app.evaluate(({ dialog }, filePaths) => {
    dialog.showOpenDialog = async () => ({ canceled: filePaths.length === 0, filePaths });
  }, paths);
}

/** Drops files of this machine on the middle of the page, as the system would. */
export async function dropFiles(page: Page, files: string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files, dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: 500, y: 400, data });
  }
}

/** Presses Tab until `target` has the focus, as often as there could be stops at all. */
export async function tabTo(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let press = 0; press < 100; press++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await target.page().keyboard.press(key);
  }
  await expect(target, 'can be reached with Tab').toBeFocused();
}

/** What axe finds against WCAG 2.2 A and AA, as `rule: element`; what `except` matches is left out. */
export async function barriers(page: Page, except?: string): Promise<string[]> {
  // Run by the debugger, so the page's policy against foreign code stays as it is.
  await page.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
  return page.evaluate(async (excluded) => {
    const axe = (window as unknown as { axe: typeof import('axe-core') }).axe;
    // What is still fading in has the contrast of a moment that nobody reads.
    const endless = (animation: Animation) =>
      animation.effect?.getComputedTiming().endTime === Number.POSITIVE_INFINITY;
    const ending = document.getAnimations().filter((animation) => !endless(animation));
    await Promise.allSettled(ending.map(({ finished }) => finished));
    const { violations } = await axe.run(excluded ? { exclude: [excluded] } : document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      // A list that is open over the screen belongs to no landmark, and is reached from its button.
      rules: { region: { enabled: false } },
    });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, any }) => `${id}: ${html.slice(0, 160)} ${any[0]?.message ?? ''}`),
    );
  }, except);
}

/** Of the engine's process; 0 while there is none. */
export const enginePid = ({ app }: LaunchedExhibit): Promise<number> =>
  app.evaluate(({ app }) => app.getAppMetrics().find(({ name }) => name === 'Exhibit engine')?.pid ?? 0);

export async function killEngine(exhibit: LaunchedExhibit): Promise<void> {
  const pid = await enginePid(exhibit);
  expect(pid).toBeGreaterThan(0);
  process.kill(pid, 'SIGKILL');
}

/** The restart takes a fifth of a second, so alerts are collected as they come. */
export async function watchAlerts(page: Page): Promise<void> {
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

export const alertsSeen = (page: Page): Promise<string[]> =>
  page.evaluate(() => (window as unknown as { alertsSeen: string[] }).alertsSeen);
