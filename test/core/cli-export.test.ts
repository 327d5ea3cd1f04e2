// `exhibit events --out`: a file of all events with its card beside it, noted in the activity log.

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createContext } from '#core/context.ts';
import { handlers } from '#core/engine.ts';
import type { ExportReport } from '#core/export-model.ts';
import { findBrokenActivity, listActivity } from '#core/store/activity.ts';
import { openReview } from '#core/store/open.ts';
import { exhibit, exhibitJson } from '../support/command-line.ts';
import { fixture, temporaryFolder } from '../support/workspace.ts';

function seeded(): string {
  const workspace = temporaryFolder();
  expect(exhibit(['import', fixture('ironflock-export.csv'), '-w', workspace]).exit).toBe(0);
  return workspace;
}

function activityOf(workspace: string) {
  const review = openReview(workspace, { mode: 'read' });
  try {
    expect(findBrokenActivity(review)).toBeNull();
    return listActivity(review);
  } finally {
    review.close();
  }
}

describe('exhibit events --out', () => {
  it('writes what the same query prints, with a card, and notes it', () => {
    const workspace = seeded();
    const out = join(temporaryFolder(), 'access.ndjson');
    const filter = ['--filter', 'category:access', '--to', '2026-02-28'];
    const report = exhibitJson<ExportReport>('events', '-w', workspace, ...filter, '--out', out);
    const printed = exhibit(['events', '-w', workspace, ...filter, '--format', 'ndjson']).out;
    const written = readFileSync(out);
    expect(written.toString()).toBe(printed);
    expect(report).toMatchObject({
      file: 'access.ndjson',
      card: 'access.ndjson.ipe.txt',
      format: 'ndjson',
      events: printed.trim().split('\n').length,
      bytes: written.length,
      sha256: createHash('sha256').update(written).digest('hex'),
      notes: [],
    });
    expect(readFileSync(`${out}.ipe.txt`, 'utf8')).toContain(report.sha256);
    expect(activityOf(workspace).at(-1)).toMatchObject({
      action: 'export',
      detail: { filter: 'category:access', events: report.events, sha256: report.sha256 },
    });
  });

  it('sorts, writes workbooks, and says on a terminal or in a pipe where they are', () => {
    const workspace = seeded();
    const folder = temporaryFolder();
    const sorted = exhibitJson<ExportReport>(
      ...[
        'events',
        '-w',
        workspace,
        '--sort',
        'actor.desc',
        '--format',
        'csv',
        '--out',
        join(folder, 'a.txt'),
      ],
    );
    expect(sorted).toMatchObject({ file: 'a.txt', format: 'csv', events: 1500 });
    expect(readFileSync(join(folder, 'a.txt.ipe.txt'), 'utf8')).toContain('by actor, Z to A');
    const book = exhibitJson<ExportReport>('events', '-w', workspace, '--out', join(folder, 'a.XLSX'));
    expect(book).toMatchObject({ file: 'a.XLSX', format: 'xlsx', events: 1500 });
    expect(readFileSync(join(folder, 'a.XLSX')).subarray(0, 2).toString()).toBe('PK');
  });

  it.each([
    [['--out', 'a.pdf'], '--out takes --format csv, ndjson, xlsx'],
    [['--out', 'a.csv', '--format', 'json'], '--out takes --format'],
    [['--out', 'a.csv', '--limit', '5'], 'leave --limit out'],
    [['--out', 'a.csv', '--sort', 'colour'], '--sort takes time, source'],
    [['--format', 'xlsx'], 'name it with --out'],
    [['--sort', 'actor'], '--sort is for --out'],
  ])('refuses %j', (args, sentence) => {
    const run = exhibit(['events', '-w', temporaryFolder(), ...args]);
    expect([run.exit, run.out]).toEqual([2, '']);
    expect(run.err).toContain(sentence);
    expect(existsSync('a.csv')).toBe(false);
  });
});

it('the engine names a file after workspace and period, and never over another', async () => {
  const workspace = seeded();
  const folder = temporaryFolder();
  const context = createContext({
    workspace,
    grants: new Map([['into', { path: folder, kind: 'folder' as const }]]),
    signal: new AbortController().signal,
    progress: () => {},
    creates: false,
  });
  try {
    const input = {
      filter: '',
      from: '2026-01-01',
      to: '2026-01-31',
      zone: 'UTC',
      sort: { by: 'time', direction: 'asc' },
      format: 'csv',
      into: 'into',
    } as const;
    const first = await handlers['events.export'](input, context);
    const second = await handlers['events.export'](input, context);
    const stem = `${basename(workspace)} events from 2026-01-01 to 2026-01-31`;
    expect([first.file, second.file]).toEqual([`${stem}.csv`, `${stem} (2).csv`]);
    expect(readdirSync(folder).sort()).toEqual([first.file, first.card, second.file, second.card].toSorted());
    expect(activityOf(workspace).map(({ action }) => action)).toEqual(['import', 'export', 'export']);
  } finally {
    context.close();
  }
});
