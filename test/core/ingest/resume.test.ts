// A folder that is imported once more: what came in whole before is not read again.

import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createContext } from '#core/context.ts';
import type { ImportOutcome } from '#core/contract.ts';
import { importFiles } from '#core/engine/run-imports.ts';
import { exhibit } from '../../support/command-line.ts';
import { ironflockCsv, temporaryFile, temporaryFolder } from '../../support/workspace.ts';

const line = (day: number, user = 'ann') =>
  `2026-01-0${day}T10:00:00.000Z,${user},device,${day},press,plant,Name,,a,b`;

/** A folder of exports, one for each day; the second one is packed. */
function writeDays(days: number): string {
  const folder = join(temporaryFolder(), 'exports');
  mkdirSync(folder);
  for (let day = 1; day <= days; day++) {
    const text = ironflockCsv([line(day)]);
    writeFileSync(
      join(folder, day === 2 ? `${day}.csv.gz` : `${day}.csv`),
      day === 2 ? gzipSync(text) : text,
    );
  }
  return folder;
}

async function bring(
  workspace: string,
  path: string | string[],
  options: { source?: string; preset?: string; zone?: string; stopAfter?: number } = {},
): Promise<ImportOutcome[]> {
  const stop = new AbortController();
  const seen = new Set<string>();
  const context = createContext({
    workspace,
    grants: new Map(),
    signal: stop.signal,
    creates: true,
    progress({ stage }) {
      seen.add(stage);
      if (options.stopAfter !== undefined && seen.size > options.stopAfter) stop.abort();
    },
  });
  onTestFinished(() => context.close());
  const { source = null, preset = null, zone = null } = options;
  return importFiles([path].flat(), { source, preset, zone }, context);
}

/** How each file went: read as an import, found to be in one already, or neither. */
const ways = (outcomes: readonly ImportOutcome[]) =>
  outcomes.map((one) => (one.ok ? `${one.already ? 'already' : 'import'} ${one.report.id}` : one.error.code));

it('keeps no file out for one that is out of reach', async () => {
  const [workspace, folder] = [temporaryFolder(), writeDays(1)];
  // Links that lead to each other.
  symlinkSync(join(folder, 'b.csv'), join(folder, 'a.csv'));
  symlinkSync(join(folder, 'a.csv'), join(folder, 'b.csv'));
  const tooLong = join(folder, 'x'.repeat(300));
  const paths = [join(folder, 'a.csv'), tooLong, join(folder, '1.csv')];
  expect(ways(await bring(workspace, paths))).toEqual(['input', 'input', 'import 1']);
});

describe('a folder that is imported once more', () => {
  it('goes on where the first import was cancelled', async () => {
    const [workspace, folder] = [temporaryFolder(), writeDays(4)];
    expect(ways(await bring(workspace, folder, { stopAfter: 2 }))).toEqual([
      'import 1',
      'import 2',
      'cancelled',
    ]);
    expect(ways(await bring(workspace, folder))).toEqual(['already 1', 'already 2', 'import 3', 'import 4']);
    expect(ways(await bring(workspace, folder))).toEqual([
      'already 1',
      'already 2',
      'already 3',
      'already 4',
    ]);
  });

  it('reads what is new or was changed, under whatever name', async () => {
    const [workspace, folder] = [temporaryFolder(), writeDays(3)];
    await bring(workspace, folder);
    writeFileSync(join(folder, '1.csv'), ironflockCsv([line(1, 'bob')]));
    writeFileSync(join(folder, 'copy of 3.csv'), ironflockCsv([line(3)]));
    writeFileSync(join(folder, '9.csv'), ironflockCsv([line(9)]));
    expect(ways(await bring(workspace, folder))).toEqual([
      'import 4',
      'already 2',
      'already 3',
      'import 5',
      'already 3',
    ]);
  });

  it('reads all of it for another source, another zone or another mapping', async () => {
    const [workspace, folder] = [temporaryFolder(), writeDays(1)];
    await bring(workspace, folder);
    expect(ways(await bring(workspace, folder, { source: 'Plant 2' }))).toEqual(['import 2']);
    expect(ways(await bring(workspace, folder, { source: 'Plant 2' }))).toEqual(['already 2']);
    expect(ways(await bring(workspace, folder, { source: 'Plant 3', zone: 'Asia/Tokyo' }))).toEqual([
      'import 3',
    ]);
    expect(ways(await bring(workspace, folder, { zone: 'Asia/Tokyo' }))).toEqual(['usage']);
    expect(ways(await bring(workspace, folder, { preset: 'generic' }))).toEqual(['import 4']);
  });

  it('says so on the command line, and reads a file that is named by itself', () => {
    const [workspace, folder] = [temporaryFolder(), writeDays(2)];
    exhibit(['import', folder, '-w', workspace]);
    const run = exhibit(['import', folder, join(folder, '1.csv'), '-w', workspace, '--json']);
    expect(JSON.parse(run.out)).toMatchObject({
      imports: [{ id: 3, file: '1.csv', read: 1, duplicates: 1 }],
      already: [
        { file: '1.csv', import: 1 },
        { file: '2.csv.gz', import: 2 },
      ],
      failed: [],
    });
  });

  it('follows a mapping that was corrected', async () => {
    const [workspace, folder] = [temporaryFolder(), writeDays(2)];
    const bundled = {
      id: 'own-x',
      vendor: 'X',
      name: 'X',
      version: 1,
      zone: null,
      actorTypes: [],
      blindSpots: [],
      assumed: [],
    };
    const preset = (actor: string) =>
      JSON.stringify({
        ...bundled,
        retention: { days: null, text: 'not known' },
        variants: [
          {
            id: 'csv',
            format: 'csv',
            requires: ['timestamp'],
            knows: [],
            fields: { time: 'timestamp', action: 'aspect', actor },
          },
        ],
        actions: [],
      });
    await bring(workspace, folder, { preset: preset('project'), source: 'X' });
    const right = temporaryFile('right.json', preset('user'));
    expect(exhibit(['remap', '1', '2', '-w', workspace, '--preset', right]).exit).toBe(0);
    expect(ways(await bring(workspace, folder, { preset: preset('user'), source: 'X' }))).toEqual([
      'already 3',
      'already 4',
    ]);
    expect(ways(await bring(workspace, folder, { preset: preset('project'), source: 'X' }))).toEqual([
      'import 5',
      'import 6',
    ]);
  });
});
