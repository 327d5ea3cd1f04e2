// What the command line tells of an export that is not all the vendor has: the cap, and what the vendor still keeps.

import { describe, expect, it } from 'vitest';
import { exhibit } from '../../support/command-line.ts';
import { temporaryFile, temporaryFolder } from '../../support/workspace.ts';
import { columnsOf, readSamples, type Sample } from '../mapping/samples.ts';

type Report = {
  preset: string;
  read: number;
  imported: number;
  warnings: { code: string; message: string }[];
};

/** Imports by the command line and gives its report, as a program reads it. */
function importReport(file: string): Report {
  const run = exhibit(['import', file, '-w', temporaryFolder(), '--json']);
  expect([run.exit, run.err]).toEqual([0, '']);
  return (JSON.parse(run.out) as { imports: Report[] }).imports[0] as Report;
}

const codesOf = ({ warnings }: Report) => warnings.map(({ code }) => code);

const gitlab = (rows: number, day = '2026-01-05') => {
  const header =
    'ID,Author ID,Author Name,Entity ID,Entity Type,Entity Path,Target ID,Target Type,Target Details,Action,IP Address,Created At (UTC)';
  const row = (id: number) =>
    `${id},1,Ann,6,Project,acme/plant,6,Project,plant,project_archived,,${day} 10:00:00`;
  return temporaryFile(
    'gitlab.csv',
    `${[header, ...Array.from({ length: rows }, (_, id) => row(id))].join('\n')}\n`,
  );
};

/** A Purview export with the first record of the sample again and again, each with an id of its own. */
function purview(rows: number): string {
  const sample = readSamples().find(
    (one) => one.preset === 'purview' && one.format === 'csv' && one.pairs.length > 0,
  ) as Sample;
  const columns = columnsOf(sample);
  const first = sample.pairs[0]?.record ?? {};
  const detail = JSON.parse(String(first.AuditData)) as object;
  const lines = Array.from({ length: rows }, (_, id) => {
    const record = { ...first, RecordId: `r${id}`, AuditData: JSON.stringify({ ...detail, Id: `r${id}` }) };
    const texts = columns.map((column) => String((record as Record<string, unknown>)[column] ?? ''));
    return texts.map((text) => `"${text.replaceAll('"', '""')}"`).join(',');
  });
  return temporaryFile('purview.csv', `${[columns.join(','), ...lines].join('\r\n')}\r\n`);
}

const github = (...ages: number[]) => {
  const record = (age: number) => ({
    action: 'repo.create',
    actor: 'mona',
    org: 'acme',
    repo: 'acme/plant',
    created_at: Date.now() - age * 86_400_000,
  });
  return temporaryFile('github.ndjson', ages.map((age) => `${JSON.stringify(record(age))}\n`).join(''));
};

describe('the command line', () => {
  it.each([
    ['gitlab', 100_000, gitlab],
    ['purview', 50_000, purview],
  ] as const)(
    'flags a %s export of %i rows as cut off by the vendor, and a shorter one not',
    (preset, rows, make) => {
      const full = importReport(make(rows));
      expect([full.preset, full.read, full.imported]).toEqual([preset, rows, rows]);
      expect(codesOf(full)).toContain('cap');
      expect(full.warnings.find(({ code }) => code === 'cap')?.message).toContain(rows.toLocaleString('en'));
      const shorter = importReport(make(300));
      expect(shorter.imported).toBe(300);
      expect(codesOf(shorter)).not.toContain('cap');
    },
    240_000,
  );

  it('flags a log whose oldest event is younger than what the vendor keeps, and one that is whole not', () => {
    const young = importReport(github(30, 1));
    expect(codesOf(young)).toEqual(['retention']);
    expect(young.warnings[0]?.message).toContain('30 days before this import');
    expect(codesOf(importReport(github(179, 90, 1)))).toEqual([]);
    expect(codesOf(importReport(gitlab(300)))).toEqual([]);
  });
});
