// The test of leavers, the register of exceptions and the officer's conclusions, from the command line into a pack.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ExceptionDraft, RegisteredException } from '#core/register-model.ts';
import { exhibit, exhibitJson } from '../../support/command-line.ts';
import {
  importInto,
  ironflockCsv,
  openTemporaryStore,
  temporaryFile,
  temporaryFolder,
} from '../../support/workspace.ts';
import { parseCsv, readPackText } from './create.ts';
import { readPdf } from './pdf-text.ts';
import { python } from './verifiers.ts';

const access = (time: string, who: string, target: number, before: string, after: string) =>
  `${time},boss@acme,device,${target},press-${target},plant,Privilege changes,${who},"${before}","${after}"`;
const none = '[]';
const read = '[""READ""]';

/** Three people: one lost a right in time, one late, one never; and one who gave rights to himself. */
async function openPlant(): Promise<string> {
  const store = openTemporaryStore();
  const rows = [
    access('2026-01-02T09:00:00Z', 'anna@acme', 1, none, read),
    access('2026-01-02T09:01:00Z', 'bert@acme', 1, none, read),
    access('2026-01-02T09:02:00Z', 'bert@acme', 2, none, read),
    access('2026-01-02T09:03:00Z', 'cleo@acme', 1, none, read),
    access('2026-01-02T09:04:00Z', 'boss@acme', 3, none, read),
    access('2026-02-02T10:00:00Z', 'anna@acme', 1, read, none),
    access('2026-02-20T10:00:00Z', 'bert@acme', 1, read, none),
    '2026-03-01T10:00:00Z,anna@acme,device,9,press-9,plant,Name,,old,new',
    '2026-03-02T10:00:00Z,anna@acme,device,9,press-9,plant,Name,,other,newer',
  ];
  await importInto(store, temporaryFile('plant.csv', ironflockCsv(rows)));
  return store.folder;
}

const leaversCsv = () =>
  temporaryFile(
    'leavers.csv',
    'user,date\nanna@acme,2026-01-31\nbert@acme,2026-01-31\nnobody@acme,2026-02-01\ncleo@acme,2026-06-30\n',
  );
const period = ['--from', '2026-01-01', '--to', '2026-03-31'];

function makePack(workspace: string, ...more: string[]): string {
  const at = ['-w', workspace, ...period, '--out', temporaryFolder()];
  return exhibitJson<{ folder: string }>('pack', '--framework', 'iso27001', ...at, ...more).folder;
}

/** Rows of a table of a pack by their columns. */
function rowsOf(folder: string, file: string): Record<string, string | null>[] {
  const [header = [], ...rows] = parseCsv(readPackText(folder, `data/15_reviews/${file}`));
  return rows.map((row) => Object.fromEntries(header.map((key, at) => [key as string, row[at] ?? null])));
}

const textOf = (folder: string) =>
  readPdf(readFileSync(join(folder, 'data/01_Evidence_Report.pdf')))
    .pages.join('\n')
    .replace(/\s+/g, ' ');

describe('the test of leavers in a pack', () => {
  it('tells by person and target when the last access ended, how long after, and whether in time', async () => {
    const list = leaversCsv();
    const folder = makePack(await openPlant(), '--leavers', list, '--sla-days', '7');
    const rows = rowsOf(folder, '10_leavers.csv');
    expect(rows.map((row) => [row.person, row.targetName, row.hours, row.result])).toEqual([
      ['bert@acme', 'press-2', null, 'fail'],
      ['bert@acme', 'press-1', '466', 'fail'],
      ['anna@acme', 'press-1', '34', 'pass'],
      ['nobody@acme', null, null, 'none held'],
    ]);
    // They left with the last instant of 31 January, which is 34 hours before 2 February, 10:00.
    expect(rows[2]).toMatchObject({ lastEnd: '2026-02-02T10:00:00.000Z', slaDays: '7', rights: 'READ' });
    expect(python(folder).stdout).toMatch(/Nothing failed/);
    expect(JSON.parse(readPackText(folder, 'data/30_query/recipe.json')).leavers).toMatchObject({
      file: 'leavers.csv',
      people: 4,
      slaDays: 7,
    });
    expect(textOf(folder)).toContain(
      'Of the rows below 1 pass, 2 fail, 0 are not due yet, and 1 person held no right',
    );
  });
});

describe('the register of exceptions', () => {
  it('keeps every version, proposes what was found and not yet entered, and goes into the pack', async () => {
    const workspace = await openPlant();
    const at = ['-w', workspace];
    const propose = ['exceptions', 'propose', ...period, '--leavers', leaversCsv(), '--sla-days', '7', ...at];
    const drafts = exhibitJson<ExceptionDraft[]>(...propose);
    const byKind = Object.fromEntries(drafts.map((draft) => [draft.kind, draft]));
    expect(Object.keys(byKind).sort()).toEqual(['break', 'coverage-gap', 'leaver', 'self-granted']);
    expect(byKind['self-granted']).toMatchObject({
      rowCount: 1,
      severity: 'high',
      control: expect.stringContaining('5.18'),
    });
    expect(byKind.leaver).toMatchObject({ rowCount: 2, rows: expect.arrayContaining([expect.any(String)]) });

    const added = exhibitJson<RegisteredException[]>(...propose, '--add', '--person', 'Nadia');
    expect(added).toHaveLength(drafts.length);
    expect(exhibitJson<ExceptionDraft[]>(...propose)).toEqual([]);

    const id = added.find(({ finding }) => finding.includes('own account'))?.id as number;
    const change = exhibitJson<RegisteredException[]>(
      ...['exceptions', 'change', `E-00${id}`, ...at, '--owner', 'Boss', '--due', '2026-05-31'],
      ...[
        '--status',
        'in progress',
        '--cause',
        '=cmd|calc',
        '--response',
        'Rights are given by HR from now on.',
      ],
    );
    expect(change.find((one) => one.id === id)).toMatchObject({
      owner: 'Boss',
      versions: 2,
      severity: 'high',
    });
    expect(exhibitJson<RegisteredException[]>('exceptions', 'history', String(id), ...at)).toHaveLength(2);
    const withdrawn = added.find(({ finding }) => finding.includes('break'))?.id as number;
    exhibitJson('exceptions', 'change', String(withdrawn), ...at, '--status', 'withdrawn');

    const conclusions = temporaryFile('c.csv', 'control,conclusion\n5.18,"Operating, with E-00x open."\n');
    const folder = makePack(workspace, '--conclusions', conclusions, '--controls', '5.18,8.9');
    const rows = rowsOf(folder, '11_exceptions.csv');
    expect(rows).toHaveLength(added.length - 1);
    expect(rows.find((row) => row.id === `E-00${id}`)).toMatchObject({
      owner: 'Boss',
      rootCause: '=cmd|calc',
      due: '2026-05-31',
      versions: '2',
    });
    const text = textOf(folder);
    expect(text).toContain('Operating, with E-00x open.');
    expect(text).toContain('Rights are given by HR from now on.');
    expect(text).toContain('of the 2 controls that were chosen');
    expect(python(folder).stdout).toMatch(/Nothing failed/);
    // The register belongs to the recipe: without a change of it, the same pack.
    const idOf = (path: string) => JSON.parse(readPackText(path, 'data/30_query/recipe.json')).reviews;
    expect(idOf(makePack(workspace)).exceptionsSha256).toBe(idOf(folder).exceptionsSha256);
  });

  it('refuses numbers, dates and controls that are none', async () => {
    const workspace = await openPlant();
    const refused = (...args: string[]) => exhibit([...args, '-w', workspace]);
    expect(refused('exceptions', 'change', '7').exit).toBe(3);
    expect(refused('exceptions', 'new', '--finding', 'x', '--due', 'soon').err).toContain('takes a date');
    const pack = refused(
      'pack',
      '--framework',
      'soc2',
      ...period,
      '--out',
      temporaryFolder(),
      '--controls',
      '5.18',
    );
    expect(pack.err).toContain('has no control “5.18”');
    expect(pack.exit).toBe(2);
  });
});
