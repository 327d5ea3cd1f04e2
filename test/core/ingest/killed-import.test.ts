// A kill -9 at any moment of an import. The moments come from a seed; half of them are spread over the whole run, half
// lie where the log is written and committed, which is a small part of it.

import { cpSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { openStore } from '#core/store/open.ts';
import { exhibit, startExhibit } from '../../support/command-line.ts';
import { type Content, readContent } from '../../support/log-content.ts';
import { createRandom } from '../../support/seeded.ts';
import {
  fixture,
  importInto,
  ironflockCsv,
  temporaryFile,
  temporaryFolder,
} from '../../support/workspace.ts';

/** Some records come twice, some are no events. Enough for an import that drops the indexes and, first, the write-ahead log. */
const rows = Array.from({ length: 20_000 }, (_, index) =>
  index % 1000 === 999
    ? 'no event'
    : `2026-01-05T10:00:00.000Z,user${index % 500},device,${index - (index % 7 === 6 ? 1 : 0)},press,plant,Name,,a,b`,
);

/** The delay, in milliseconds, counts from the start, or from when the workspace begins to grow. */
type Moment = { from: 'start' | 'growth'; delay: number };

function sizeOf(folder: string): number {
  const files = statSync(folder, { throwIfNoEntry: false }) ? readdirSync(folder) : [];
  return files.reduce(
    (sum, name) => sum + (statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0),
    0,
  );
}

/** A copy of a workspace that is closed, or not there yet. */
function copyOf(workspace: string): string {
  const folder = join(temporaryFolder(), 'log');
  if (sizeOf(workspace) > 0) cpSync(workspace, folder, { recursive: true });
  return folder;
}

/** Imports in a process of its own, killed at the moment, if there is one. Resolves to how it went, in milliseconds. */
async function importUntil(moment: Moment | null, file: string, folder: string) {
  const before = sizeOf(folder);
  const start = performance.now();
  const { child, gone } = startExhibit(['import', file, '-w', folder]);
  // An empty log takes less than this.
  while (moment?.from !== 'start' && child.exitCode === null && sizeOf(folder) < before + 1_000_000)
    await nextTurn();
  const grewAt = performance.now() - start;
  if (moment) {
    if (moment.delay >= 1) await sleep(moment.delay);
    child.kill('SIGKILL');
  }
  await gone;
  return { grewAt, took: performance.now() - start, wasKilled: child.signalCode === 'SIGKILL' };
}

it.each([
  ['an empty workspace', 13, 1],
  ['a filled workspace', 12, 2],
] as const)(
  'a kill at any moment of an import into %s leaves all of it or nothing, and it can be done again',
  async (kind, kills, seed) => {
    const file = temporaryFile('big.csv', ironflockCsv(rows));
    const start = join(temporaryFolder(), 'log');
    if (kind === 'a filled workspace') {
      exhibit(['import', fixture('ironflock-export.csv'), '-w', start]);
      exhibit(['import', temporaryFile('part.csv', ironflockCsv(rows.slice(4000, 6000))), '-w', start]);
    }
    const nothing = readContent(copyOf(start));
    const undisturbed = copyOf(start);
    const { grewAt, took } = await importUntil(null, file, undisturbed);
    const whole = readContent(undisturbed);
    expect(whole.imports).toBe(nothing.imports + 1);

    const random = createRandom(seed);
    const found: Content[] = [];
    while (found.length < kills) {
      const folder = copyOf(start);
      const from = random() < 0.5 ? 'start' : 'growth';
      // What is written is written fast.
      const delay = from === 'start' ? random() * took : random() ** 3 * (took - grewAt);
      const { wasKilled } = await importUntil({ from, delay }, file, folder);
      // Too late: it was done already.
      if (!wasKilled) continue;
      const place = `killed ${Math.round(delay)} ms after the ${from}`;

      const verified = exhibit(['verify', '-w', folder]);
      // Killed before there was a log, also with its file begun: there is nothing to verify, and it says so.
      const isNoLog = /There is no workspace|is empty or from an older/.test(verified.err);
      expect([verified.exit, place]).toEqual([isNoLog && nothing.imports === 0 ? 3 : 0, place]);
      const left = readContent(folder);
      expect(isNoLog ? [nothing] : [nothing, whole], place).toContainEqual(left);
      found.push(left);

      const store = openStore(folder, { mode: 'write' });
      const report = await importInto(store, file);
      store.close();
      expect(report.read).toBe(report.imported + report.duplicates + report.rejected);
      expect(readContent(folder).events, place).toEqual(whole.events);
    }
    // Else the moments missed what this is about.
    expect(found.some((left) => left.imports === nothing.imports)).toBe(true);
  },
  300_000,
);
