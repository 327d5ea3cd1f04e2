// A disk that fails now and then while an import reads and writes: libfiu makes single calls of the process fail, return
// less than asked for, or nothing. Which ones cannot be seeded, so it is done some times over at several rates.

import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { isOnPath } from '#scripts/runtime/commands.ts';
import { exhibit } from '../../support/command-line.ts';
import { readContent } from '../../support/log-content.ts';
import { fixture, ironflockCsv, temporaryFile, temporaryFolder } from '../../support/workspace.ts';

const rows = Array.from(
  { length: 10_000 },
  (_, index) => `2026-01-05T10:00:00.000Z,user${index % 500},device,${index},press,plant,Name,,a,b`,
);

const faults = {
  // Of the calls that SQLite and the reading of an export make; those that load the program are left alone.
  'reading and writing': ['posix/io/rw/p*', [0.0001, 0.0003, 0.001, 0.01]],
  flushing: ['posix/io/sync/*', [0.5, 1]],
} as const;

const isRoomForFaults = isOnPath('fiu-run');

it.skipIf(!isRoomForFaults).each(Object.entries(faults))(
  'an import that meets errors of the disk at %s stores all or nothing, says so, and can be done again',
  (_, [calls, rates]) => {
    const start = join(temporaryFolder(), 'log');
    exhibit(['import', fixture('ironflock-export.csv'), '-w', start]);
    const file = temporaryFile('big.csv', ironflockCsv(rows));
    const nothing = readContent(start);
    const undisturbed = join(temporaryFolder(), 'log');
    cpSync(start, undisturbed, { recursive: true });
    exhibit(['import', file, '-w', undisturbed]);
    const whole = readContent(undisturbed);
    expect([nothing.events.length, whole.events.length]).toEqual([1500, 11_500]);

    let failed = 0;
    for (const rate of [...rates, ...rates]) {
      const folder = join(temporaryFolder(), 'log');
      cpSync(start, folder, { recursive: true });
      const faulty = ['fiu-run', '-x', '-c', `enable_random name=${calls},probability=${rate}`];
      const run = runLoaded(['import', file, '-w', folder], faulty);
      const told = `${rate}: exit ${run.exit}, ${run.err}`;
      if (run.exit !== 0) {
        failed += 1;
        expect([run.exit, run.signal], told).toEqual([3, null]);
        expect(run.err, told).toMatch(/^exhibit: .+\.\s/);
        expect(run.err, told).not.toMatch(/Something went wrong inside Exhibit|\n\s+at /);
      }
      const verified = exhibit(['verify', '-w', folder]);
      expect(verified.exit, `${told}\n${verified.out}`).toBe(0);
      const left = readContent(folder);
      expect(run.exit === 0 ? [whole] : [nothing, whole], told).toContainEqual(left);

      expect(exhibit(['import', file, '-w', folder]).exit, told).toBe(0);
      expect(readContent(folder).events, told).toEqual(whole.events);
      expect(exhibit(['verify', '-w', folder]).exit, told).toBe(0);
    }
    expect(failed).toBeGreaterThan(0);
  },
  300_000,
);

/**
 * Runs the command until its programs could be loaded: a fault can also hit the reading of a package.json, by the runtime
 * or by whatever is loaded later on, which is none of what an import reads.
 */
function runLoaded(args: string[], faulty: string[]): ReturnType<typeof exhibit> {
  for (let left = 50; ; left -= 1) {
    const run = exhibit(args, faulty);
    if (left === 0 || !/^node:internal|package config|ERR_INVALID_PACKAGE_CONFIG/.test(run.err)) return run;
  }
}
