import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fixture, temporaryFile, temporaryFolder } from '../support/workspace.ts';

const cli = join(import.meta.dirname, '..', '..', 'core', 'cli.ts');

function exhibit(...args: string[]): { exit: number | null; json: () => never } {
  const run = spawnSync(process.execPath, [cli, ...args], { encoding: 'utf8', maxBuffer: 1 << 28 });
  return { exit: run.status, json: () => JSON.parse(run.stdout) as never };
}

describe('the command line', () => {
  it('says what changed, what held and who had access, and fails where a snapshot does not agree', () => {
    const folder = temporaryFolder();
    exhibit('import', fixture('ironflock-export.csv'), '-w', folder, '--json');
    const days = ['--from', '2026-02-01', '--to', '2026-02-28'];
    const changes = exhibit('changes', '-w', folder, ...days).json() as { tracks: object[]; zone: string };
    expect([changes.tracks.length, changes.zone]).toEqual([234, 'UTC']);
    const state = exhibit('state', '-w', folder, '--at', '2026-02-28').json() as { values: object[] };
    expect(Object.keys(state.values[0] as object)).toEqual(
      expect.arrayContaining(['source', 'targetType', 'targetId', 'field', 'value', 'certainty', 'event']),
    );
    const access = exhibit('access', '-w', folder, '--at', '2026-02-28').json() as {
      at: string;
      intervals: { subject: string; targetId: string; right: string }[];
    };
    expect([access.at, access.intervals.length]).toEqual(['2026-02-28', 279]);
    expect(exhibit('access', '-w', folder).exit).toBe(2);
    const lines = access.intervals.map((one) => `${one.subject},${one.targetId},${one.right}`);
    const snapshot = (rows: string[]) => temporaryFile('s.csv', `user,target,right\n${rows.join('\n')}\n`);
    const reconcile = (rows: string[]) =>
      exhibit('reconcile', snapshot(rows), '-w', folder, '--at', '2026-02-28');
    expect(reconcile(lines).exit).toBe(0);
    expect(reconcile(lines.slice(1)).exit).toBe(1);
    expect(exhibit('reconcile', '-w', folder, '--at', '2026-02-28').exit).toBe(2);
  });
});
