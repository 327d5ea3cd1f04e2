// Sections that an officer leaves out of a pack: gone with their tables, and said wherever a reader looks first.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { verifyPack } from '#core/evidence/verify-pack.ts';
import type { PackReport } from '#core/model.ts';
import { exhibit, exhibitJson } from '../../support/command-line.ts';
import { temporaryFolder } from '../../support/workspace.ts';
import { create, openSmall, readPackText } from './create.ts';
import { readPdf } from './pdf-text.ts';

const reportOf = (folder: string) => {
  const { pages } = readPdf(readFileSync(join(folder, 'data/01_Evidence_Report.pdf')));
  return { pages: pages.length, text: pages.join(' ').replace(/\s+/g, ' ') };
};

it('leaves out a section with its tables, and says so on the cover, in section 1, in the workbook’s first sheet and in the recipe', async () => {
  const store = await openSmall();
  const whole = await create(store);
  const { folder, warnings, packId } = await create(store, { leftOut: ['sessions', 'access', 'events'] });
  expect(packId).not.toBe(whole.packId);
  expect(JSON.parse(readPackText(folder, 'data/30_query/recipe.json')).sections).toEqual({
    included: ['changes', 'reviews'],
    leftOut: ['events', 'access', 'sessions'],
  });
  const said =
    '5 events, listed by area; 5a access rights (R-01, R-02, R-12); 5f and 5h sign-ins and sessions (R-04, R-05)';
  expect(warnings).toContain(`Left out by the recipe: ${said}.`);
  const { text, pages } = reportOf(folder);
  expect(text).toContain(`Sections left out ${said}`);
  expect(text).toContain(`Left out of this pack by its recipe: ${said}. That is a choice of the officer`);
  expect(text).toContain('5a access rights (R-01, R-02, R-12) (left out by the recipe)');
  expect(text).not.toMatch(/5a Access rights \d|R-0[1245] /);
  expect(text).toContain('5e Values then and now');
  expect(pages).toBeLessThan(reportOf(whole.folder).pages);
  const tables = JSON.parse(readPackText(folder, 'data/30_query/reviews.json')) as { id: string }[];
  expect(tables.map(({ id }) => id)).toEqual(['R-03', 'R-06', 'R-07', 'R-08', 'R-09', 'R-11']);
  expect(existsSync(join(folder, 'data/15_reviews/01_access.csv'))).toBe(false);
  // What the others say does not change.
  expect(readPackText(folder, 'data/15_reviews/03_changes.csv')).toBe(
    readPackText(whole.folder, 'data/15_reviews/03_changes.csv'),
  );
  const { failures } = await verifyPack(folder, { signal: new AbortController().signal, progress: () => {} });
  expect(failures).toEqual([]);
});

it('is asked for by naming the optional sections that go in', async () => {
  const { folder: workspace } = await openSmall();
  const usual = [
    'pack',
    '-w',
    workspace,
    '--framework',
    'soc2',
    '--from',
    '2026-01-01',
    '--to',
    '2026-01-31',
  ];
  const made = exhibitJson<PackReport>(...usual, '--out', temporaryFolder(), '--sections', 'changes,events');
  expect(JSON.parse(readPackText(made.folder, 'data/30_query/recipe.json')).sections.leftOut).toEqual([
    'access',
    'sessions',
    'reviews',
  ]);
  const wrong = exhibit([...usual, '--out', temporaryFolder(), '--sections', 'completeness']);
  expect([wrong.exit, wrong.err]).toEqual([
    2,
    expect.stringContaining('Every other section is always there'),
  ]);
});
