// People who moved: what they held before and after, and the test of old rights where a list says who moved when.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readLeavers } from '#core/access/leavers.ts';
import { createReviewReader, readLeaversList } from '#core/engine/pack-reviews.ts';
import type { PackOptions } from '#core/evidence/create-pack.ts';
import { usualSettings } from '#core/review-model.ts';
import { ironflockCsv, temporaryFile } from '../../support/workspace.ts';
import { create, openWorkspace, parseCsv, readPackText, request } from './create.ts';
import { readPdf } from './pdf-text.ts';
import { python } from './verifiers.ts';

const access = (time: string, who: string, target: number, before: string, after: string) =>
  `${time},boss@acme,device,${target},press-${target},plant,Privilege changes,${who},"${before}","${after}"`;
const none = '[]';
const read = '[""READ""]';
const both = '[""DEVELOP"",""READ""]';

/** Dora moved on 10 February: one right went in time, one late, one stayed, one came with the new task. Emil only grew. */
const openPlant = () =>
  openWorkspace(
    temporaryFile(
      'plant.csv',
      ironflockCsv([
        access('2026-01-02T09:00:00Z', 'dora@acme', 1, none, both),
        access('2026-01-02T09:01:00Z', 'dora@acme', 2, none, read),
        access('2026-01-02T09:02:00Z', 'dora@acme', 3, none, read),
        access('2026-01-02T09:03:00Z', 'emil@acme', 1, none, read),
        access('2026-02-11T09:00:00Z', 'dora@acme', 4, none, read),
        access('2026-02-12T09:00:00Z', 'dora@acme', 1, both, read),
        access('2026-02-12T09:30:00Z', 'dora@acme', 2, read, none),
        access('2026-03-05T09:00:00Z', 'dora@acme', 3, read, none),
        access('2026-03-06T09:00:00Z', 'emil@acme', 1, read, both),
      ]),
    ),
  );

const period = { from: '2026-02-01', to: '2026-03-31' };

function rowsOf(folder: string, file: string): Record<string, string | null>[] {
  const [header = [], ...rows] = parseCsv(readPackText(folder, `data/15_reviews/${file}`));
  return rows.map((row) => Object.fromEntries(header.map((key, at) => [key as string, row[at] ?? null])));
}

const textOf = (folder: string) =>
  readPdf(readFileSync(join(folder, 'data/01_Evidence_Report.pdf')))
    .pages.join(' ')
    .replace(/\s+/g, ' ');

function withList(rows: string[]): Partial<PackOptions> {
  const path = temporaryFile('people.csv', `user,date,kind\n${rows.join('\n')}\n`);
  const kept = { settings: usualSettings, explanations: [], campaigns: [], exceptions: [] };
  const leavers = readLeaversList(path, 'UTC', 7);
  return { reviews: createReviewReader(request(period), { ...kept, leavers }) };
}

it('lists what each mover held at both ends of the period, target by target, and says that nothing was tested without a list', async () => {
  const { folder } = await create(await openPlant(), period);
  expect(
    rowsOf(folder, '12_movers.csv').map((row) => [
      `${row.subject} ${row.targetName}`,
      ...[row.before, row.after, row.gained, row.lost, row.kept, row.change],
    ]),
  ).toEqual([
    ['dora@acme press-1', 'DEVELOP, READ', 'READ', null, 'DEVELOP', 'READ', 'lost'],
    ['dora@acme press-2', 'READ', null, null, 'READ', null, 'lost'],
    ['dora@acme press-3', 'READ', null, null, 'READ', null, 'lost'],
    ['dora@acme press-4', null, 'READ', 'READ', null, null, 'gained'],
    ['emil@acme press-1', 'READ', 'DEVELOP, READ', 'DEVELOP', null, 'READ', 'gained'],
  ]);
  const text = textOf(folder);
  expect(text).toContain('8 Leavers and movers');
  expect(text).toContain('2 people and services hold other rights at the end of the period');
  expect(text).toContain('No list says who changed tasks');
});

it('tests the rights that a listed mover held then as those of a leaver, but does not fail what was kept', async () => {
  const given = withList([
    'dora@acme,2026-02-10,moved',
    'gone@acme,2026-02-10,moved',
    'emil@acme,2026-06-01,',
  ]);
  const { folder } = await create(await openPlant(), period, given);
  expect(
    rowsOf(folder, '13_moved.csv').map((row) => [row.person, row.targetName, row.rights, row.result]),
  ).toEqual(
    expect.arrayContaining([
      ['dora@acme', 'press-1', expect.stringMatching(/DEVELOP|READ/), 'kept'],
      ['dora@acme', 'press-2', 'READ', 'pass'],
      ['dora@acme', 'press-3', 'READ', 'fail'],
      ['gone@acme', null, null, 'none held'],
    ]),
  );
  // The new right is not an old one that was kept.
  expect(rowsOf(folder, '13_moved.csv')).toHaveLength(4);
  expect(Object.keys(rowsOf(folder, '13_moved.csv')[0] ?? {})).toContain('moved');
  expect(rowsOf(folder, '10_leavers.csv')).toEqual([]);
  expect(JSON.parse(readPackText(folder, 'data/30_query/recipe.json')).leavers).toMatchObject({
    people: 1,
    moved: 2,
  });
  expect(textOf(folder)).toContain(
    '1 pass, 1 fail, on 1 an old right was kept, 0 are not due yet, and 1 person held no right',
  );
  expect(python(folder).stdout).toMatch(/Nothing failed/);
});

it('takes a list that says how, and refuses a word that says neither', () => {
  const list = (kind: string) => temporaryFile('people.csv', `user,date,kind\na,2026-02-10,${kind}\n`);
  expect([...readLeavers(list('Transfer'), 'UTC', 'moved').keys()]).toEqual(['a']);
  expect([...readLeavers(list('Transfer'), 'UTC').keys()]).toEqual([]);
  expect(() => readLeavers(list('promoted'), 'UTC')).toThrow('Line 2 of the leavers: “promoted” is neither');
});
