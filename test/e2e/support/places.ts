// Every screen of the window with the sample in it: where it is, and what shows that it is there. Walked through by the
// test of barriers and by the script that takes pictures.

import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { sampleFiles } from '#core/sample.ts';
import type { LaunchedExhibit } from './launch.ts';
import { answerDialogs } from './window.ts';
import { freshFolder, runExhibit } from './workspaces.ts';

export type Place = {
  name: string;
  hash: string;
  /** Seen when the screen has what it is about. */
  ready(page: Page): Locator;
  /** What is done there before it is looked at. */
  act?(page: Page): Promise<void>;
};

const quarter = 'from=2026-01-01&to=2026-03-31';
const firstRow = (name: RegExp) => (page: Page) =>
  page.getByRole('grid', { name }).locator('[role=row][aria-rowindex="2"]');

export const places: readonly Place[] = [
  {
    name: 'overview',
    hash: `#/overview?${quarter}`,
    ready: (page) => page.locator('.recharts-bar-rectangle').first(),
  },
  { name: 'events', hash: `#/events?${quarter}`, ready: firstRow(/^Events, /) },
  {
    name: 'event',
    hash: `#/events?${quarter}&filter=target:nyc-edge-01+field:"Tunnel+changes"`,
    ready: firstRow(/^Events, /),
    act: async (page) => {
      await firstRow(/^Events, /)(page).click();
      await page.getByRole('region', { name: 'The record as read' }).waitFor();
    },
  },
  {
    name: 'changes',
    hash: '#/changes?from=2026-02-01&to=2026-03-31',
    ready: (page) => page.getByRole('heading', { name: /^From 1 Feb 2026/ }),
  },
  {
    name: 'change',
    hash: '#/changes?from=2026-02-01&to=2026-03-31&only=outside-maintenance',
    ready: firstRow(/^Changed fields/),
    act: async (page) => firstRow(/^Changed fields/)(page).click(),
  },
  { name: 'access', hash: `#/access?${quarter}`, ready: firstRow(/^Rights held/) },
  {
    name: 'access-matrix',
    hash: `#/access?${quarter}&by=matrix`,
    ready: (page) => page.getByRole('grid', { name: /^Rights of/ }),
  },
  {
    name: 'review',
    hash: `#/reviews?${quarter}`,
    ready: (page) => page.getByRole('link', { name: 'Spring review' }),
    act: async (page) => {
      await page.getByRole('link', { name: 'Spring review' }).click();
      await page.getByRole('grid').first().waitFor();
    },
  },
  { name: 'sessions', hash: `#/sessions?${quarter}`, ready: firstRow(/^Sessions/) },
  {
    name: 'look-up',
    hash: `#/about?${quarter}&about=actor:dmitri@acme.example`,
    ready: (page) => page.getByRole('heading', { name: /dmitri/ }).first(),
  },
  {
    name: 'evidence',
    hash: `#/evidence?${quarter}`,
    ready: (page) => page.getByRole('heading', { name: 'Evidence', level: 1 }),
  },
  { name: 'sources', hash: '#/sources', ready: (page) => page.getByRole('table', { name: 'Sources' }) },
  {
    name: 'completeness',
    hash: `#/completeness?${quarter}`,
    ready: (page) => page.getByRole('heading', { name: '1 break' }),
  },
  {
    name: 'integrity',
    hash: '#/integrity',
    ready: (page) => page.getByRole('button', { name: 'Verify now' }),
  },
  {
    name: 'settings',
    hash: '#/settings',
    ready: (page) => page.getByRole('table', { name: 'Presets' }),
  },
  { name: 'glossary', hash: '#/glossary', ready: (page) => page.getByRole('term').first() },
];

/** A workspace with the sample, an access review, a verification and a pack. */
export function sampleWorkspace(): string {
  const folder = join(freshFolder(), 'sample');
  const project = join(import.meta.dirname, '..', '..', '..');
  runExhibit('import', ...sampleFiles.map((name) => join(project, 'assets', 'samples', name)), '-w', folder);
  runExhibit('campaign', 'new', '-w', folder, '--at', '2026-03-31', '--name', 'Spring review');
  runExhibit('verify', '-w', folder);
  const period = ['--from', '2026-01-01', '--to', '2026-03-31'];
  const packs = packsOf(folder);
  mkdirSync(packs);
  const people = join(folder, '..', 'people.csv');
  const lines = ['dmitri@acme.example,2026-03-10,left', 'jonas@acme.example,2026-02-20,moved'];
  writeFileSync(people, `user,date,kind\n${lines.join('\n')}\n`);
  const to = ['--leavers', people, '--out', packs];
  runExhibit('pack', '-w', folder, '--framework', 'iso27001', ...period, ...to);
  return folder;
}

/** Where the packs of a sample workspace are: beside it. */
export const packsOf = (workspace: string): string => join(workspace, '..', 'packs');

/** Opens the sample's pack on the screen for auditors, and waits until it is verified. */
export async function showPack(exhibit: LaunchedExhibit, workspace: string): Promise<void> {
  const { page } = exhibit;
  const zip = readdirSync(packsOf(workspace)).find((name) => name.endsWith('.zip')) as string;
  await page.evaluate(() => window.location.replace('#/audit?by=open'));
  await answerDialogs(exhibit, [join(packsOf(workspace), zip)]);
  await page.getByRole('button', { name: 'Choose a ZIP file…' }).click();
  await page.getByText(/none failed, \d skipped, \d+ passed/).waitFor({ timeout: 60_000 });
}

/** Goes there and waits until the screen has settled. */
export async function show(page: Page, { hash, ready, act }: Place): Promise<void> {
  await page.evaluate((address) => window.location.replace(address), hash);
  await ready(page).waitFor({ timeout: 10_000 });
  await act?.(page);
  await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
}
