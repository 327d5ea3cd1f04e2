// The freeze of a pack's populations: noted in the activity log before a seed is used, named in the pack, and checked by
// whoever has the workspace.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import type { PackReport, VerifyReport } from '#core/model.ts';
import { exhibit, exhibitJson } from '../../support/command-line.ts';
import { temporaryFolder } from '../../support/workspace.ts';
import { openSmall, readPackText } from './create.ts';
import { readPdf } from './pdf-text.ts';

const period = ['--framework', 'iso27001', '--from', '2026-01-01', '--to', '2026-03-31'];
const textOf = (folder: string) =>
  readPdf(readFileSync(join(folder, 'data/01_Evidence_Report.pdf')))
    .pages.join(' ')
    .replace(/\s+/g, ' ');
const checkOf = ({ checks }: VerifyReport, name: string) => checks.find((check) => check.name === name);

it('is an activity before that of the pack, with the recipe’s hash and each population, and names the first of the same populations', async () => {
  const { folder: workspace } = await openSmall();
  const at = ['-w', workspace];
  const pack = (...more: string[]) =>
    exhibitJson<PackReport>('pack', ...at, ...period, '--out', temporaryFolder(), ...more);
  const first = pack();
  const sampled = pack('--seed', '4711', '--sampling', 'random', '--sample', '5');
  expect(sampled.freeze).toBeGreaterThan(first.freeze as number);

  const db = new Database(join(workspace, 'review.db'));
  const entries = db
    .prepare(`SELECT id, action, detail FROM activity WHERE action IN ('freeze', 'pack') ORDER BY id`)
    .all() as {
    id: number;
    action: string;
    detail: string;
  }[];
  expect(entries.map(({ action }) => action)).toEqual(['freeze', 'pack', 'freeze', 'pack']);
  expect(entries[2]?.id).toBe(sampled.freeze);
  const populations = JSON.parse(readPackText(sampled.folder, 'data/30_query/populations.json'));
  expect(JSON.parse(entries[2]?.detail ?? '')).toEqual({
    packId: sampled.packId,
    recipeSha256: /recipe sha256 (\w+)/.exec(readPackText(sampled.folder, 'bag-info.txt'))?.[1],
    populations: populations.map(({ id, rows, root }: Record<string, unknown>) => ({ id, rows, root })),
  });
  const text = textOf(sampled.folder);
  expect(text).toContain(`before a seed was used, entry ${sampled.freeze} of the activity log`);
  expect(text).toContain(`frozen before, as entry ${first.freeze} on`);
  expect(text).toContain(`for ${first.packId}. A seed that was given after that could not choose them.`);
  // Nothing of it is in the data: a pack made again has the same bytes.
  const again = pack('--seed', '4711', '--sampling', 'random', '--sample', '5');
  const data = ({ folder }: PackReport) =>
    readPackText(folder, 'manifest-sha256.txt')
      .split('\n')
      .filter((line) => !/0[12]_(Evidence_Report|Workbook)/.test(line));
  expect(data(again)).toEqual(data(sampled));

  const verified = exhibitJson<VerifyReport>('verify', sampled.folder, ...at);
  expect(checkOf(verified, 'Freeze')).toMatchObject({
    status: 'passed',
    detail: expect.stringContaining(`entry ${sampled.freeze} of the activity log`),
  });
  expect(checkOf(exhibitJson<VerifyReport>('verify', sampled.folder), 'Freeze')).toBeUndefined();
  expect(checkOf(exhibitJson<VerifyReport>('verify', ...at), 'freezes')).toMatchObject({
    status: 'passed',
    detail: '3 packs were made from populations that were frozen first',
  });

  const elsewhere = (await openSmall()).folder;
  exhibitJson('settings', '-w', elsewhere, '--dormant-days', '30');
  const other = exhibit(['verify', sampled.folder, '-w', elsewhere, '--json']);
  expect([other.exit, other.out]).toEqual([1, expect.stringContaining('has no freeze of this pack')]);

  // A freeze that somebody wrote over fits neither its pack nor the chain of hashes.
  for (const name of db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'trigger'`).pluck().all())
    db.exec(`DROP TRIGGER ${name}`);
  db.prepare(
    `UPDATE activity SET detail = replace(detail, '"rows":60', '"rows":59') WHERE action = 'freeze'`,
  ).run();
  db.close();
  const failed = (...args: string[]) => {
    const { exit: code, out } = exhibit(['verify', ...args, ...at, '--json']);
    expect(code).toBe(1);
    return (JSON.parse(out) as VerifyReport).failures.map(({ check }) => check);
  };
  expect(failed(sampled.folder)).toEqual(['Freeze']);
  expect(failed()).toContain('activity');
});
