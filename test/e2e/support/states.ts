// The states of the screens beside the full ones of places.ts: nothing held yet, nothing found, asked for more, failing. Each
// is a name, `<screen>-<state>`, an address, and what is seen when it is there.

import type { Locator, Page } from '@playwright/test';
import type { Place } from './places.ts';

export type State = Place & {
  /** It is looked at in the smallest window, too. */
  isSmall?: boolean;
};

const quarter = 'from=2026-01-01&to=2026-03-31';
const words = (text: string | RegExp) => (page: Page) => page.getByText(text).first();
const heading = (name: string | RegExp) => (page: Page) => page.getByRole('heading', { name });
const button = (name: string | RegExp) => (page: Page) =>
  page.getByRole('button', { name, exact: true }).first();
const alert = (page: Page): Locator => page.getByRole('alert').first();
const step = (name: string): Place['act'] => {
  return (page) => page.getByRole('button', { name, exact: true }).click();
};
const state = (name: string, hash: string, ready: State['ready'], more: Partial<State> = {}): State => ({
  name,
  hash,
  ready,
  ...more,
});

const nobody = 'filter=actor:nobody@acme.example';
const noLog = heading('This workspace holds no log yet');

/** Of a workspace into which nothing was imported. */
export const emptyStates: readonly State[] = [
  ...['events', 'changes', 'access', 'reviews', 'sessions', 'evidence', 'completeness'].map((screen) =>
    state(`${screen}-empty`, `#/${screen}`, noLog),
  ),
  state('look-up-empty', '#/about', noLog),
  state('evidence-packs-empty', '#/evidence?by=packs', words('No pack was made')),
  state('evidence-exceptions-empty', '#/evidence?by=exceptions', words('No exception was entered')),
  state('evidence-requests-empty', '#/evidence?by=requests', button('Open a request list…')),
  state('audit-empty', '#/audit?by=open', button('Choose a ZIP file…')),
  state('sources-empty', '#/sources', button('Connect a source…'), { isSmall: true }),
  state('integrity-empty', '#/integrity', words('none yet: nothing was imported')),
];

/** Of the sample's workspace: what is asked for finds nothing, or is not asked for yet. */
export const sampleStates: readonly State[] = [
  state('overview-no-match', '#/overview?from=2025-01-01&to=2025-02-01', words('No event was observed')),
  state('events-no-match', `#/events?${quarter}&${nobody}`, words('No event in the imported logs')),
  state('events-mistake', `#/events?${quarter}&filter=actr:dmitri`, words('is not a filter'), {
    isSmall: true,
  }),
  state('changes-no-period', '#/changes', words('Choose two dates')),
  state('changes-no-match', `#/changes?${quarter}&${nobody}`, button('Clear filter')),
  state('access-no-match', `#/access?${quarter}&filter=subject:nobody`, button('Clear filter')),
  state('access-matrix-no-match', `#/access?${quarter}&by=matrix&filter=nobody`, button('Clear filter')),
  state('access-snapshot-empty', `#/access?${quarter}&by=snapshot`, heading(/^Compare a snapshot/)),
  state('access-leavers-empty', `#/access?${quarter}&by=leavers`, heading(/^Test whether people/)),
  state('sessions-no-match', `#/sessions?${quarter}&${nobody}`, button('Clear filter')),
  state('sessions-failed-sign-ins', `#/sessions?${quarter}&by=actor`, heading(/^Failed sign-ins/)),
  state('look-up-start', `#/about?${quarter}`, words('Those with most events')),
  state('look-up-no-match', `#/about?${quarter}&about=actor:nobody`, words('No event in the imported logs')),
  state('completeness-no-period', '#/completeness', heading('Which period?')),
  state('reviews-list', `#/reviews?${quarter}`, (page) => page.getByRole('link', { name: 'Spring review' })),
  state('evidence-packs', `#/evidence?${quarter}&by=packs`, (page) => page.getByRole('checkbox').first()),
  state('evidence-exceptions', `#/evidence?${quarter}&by=exceptions`, button(/^Enter: /), { isSmall: true }),
  ...[
    ['controls', '2 Controls'],
    ['populations', '3 Populations'],
    ['people', '5 People'],
  ].map(([name = '', words = '']) =>
    state(`evidence-${name}`, `#/evidence?${quarter}`, button('6 Create'), { act: step(words) }),
  ),
  state('evidence-sampling', `#/evidence?${quarter}`, button('6 Create'), {
    act: async (page) => {
      await step('4 Sampling')?.(page);
      await page.getByRole('button', { name: 'Add a sample' }).click();
    },
    isSmall: true,
  }),
  state('evidence-mistakes', `#/evidence?${quarter}`, button('4 Sampling'), {
    act: async (page) => {
      await page.getByRole('button', { name: 'Create evidence pack' }).click();
      await page.getByRole('alert').waitFor();
    },
  }),
  state('sources-connect', '#/sources', button('Connect a source…'), {
    act: async (page) => {
      await page.getByRole('button', { name: 'Connect a source…' }).click();
      await page.getByRole('button', { name: 'Which system' }).click();
      await page.getByRole('option', { name: 'IronFlock' }).click();
      await page.getByRole('button', { name: 'Connect and sync' }).click();
      await page.locator('[aria-invalid=true]').first().waitFor();
    },
    isSmall: true,
  }),
  state('palette', `#/events?${quarter}`, words('1,016 events'), {
    act: async (page) => {
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog').waitFor();
    },
  }),
  state('shortcuts', `#/events?${quarter}`, words('1,016 events'), {
    act: async (page) => {
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+/');
      await page.getByRole('dialog').waitFor();
    },
  }),
];

/** Of an opened pack. */
export const packStates: readonly State[] = [
  state('audit-tables', '#/audit?by=tables', words('P-01 Accounts and access rights')),
  state('audit-table', '#/audit?by=tables&only=R-13', (page) => page.getByRole('grid')),
  state('audit-controls', '#/audit?by=controls', heading(/^\d+ controls with events/), { isSmall: true }),
  state('audit-files', '#/audit?by=files', words('data/00_README.txt')),
  state('audit-requests', '#/audit?by=requests', (page) => page.getByRole('heading').nth(2)),
];

/** Of a workspace whose file is damaged in many places. */
export const failingStates: readonly State[] = [
  state('overview-failing', `#/overview?${quarter}`, words('could not be read'), { isSmall: true }),
  state('events-failing', `#/events?${quarter}`, alert),
  state('changes-failing', `#/changes?${quarter}`, alert),
  state('access-failing', `#/access?${quarter}`, alert),
  state('access-matrix-failing', `#/access?${quarter}&by=matrix`, alert),
  state('sessions-failing', `#/sessions?${quarter}`, alert),
  state('look-up-failing', `#/about?${quarter}&about=actor:dmitri@acme.example`, alert),
  state('evidence-not-counted', `#/evidence?${quarter}`, words('is damaged')),
  state('completeness-failing', `#/completeness?${quarter}`, words('were not counted')),
];
