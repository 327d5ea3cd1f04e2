import { spawn, spawnSync } from 'node:child_process';
import { appendFileSync, copyFileSync, existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fixture, ironflockCsv, temporaryFile, temporaryFolder } from '../support/workspace.ts';

const cli = join(import.meta.dirname, '..', '..', 'core', 'cli.ts');

/** Runs the command line as a person does. */
function exhibit(...args: string[]): { exit: number | null; out: string; err: string; json: () => never } {
  const run = spawnSync(process.execPath, [cli, ...args], { encoding: 'utf8', maxBuffer: 1 << 28 });
  return { exit: run.status, out: run.stdout, err: run.stderr, json: () => JSON.parse(run.stdout) as never };
}

type Imports = {
  imports: {
    file: string;
    read: number;
    imported: number;
    duplicates: number;
    rejected: number;
    rejections: object[];
    root: string;
  }[];
};

describe('the command line', () => {
  it('says how one command is written, and reads nothing meanwhile', () => {
    for (const asked of [
      ['source', '--help'],
      ['help', 'source'],
      ['source', 'add', 'X', '-h'],
    ]) {
      const { exit, out } = exhibit(...asked);
      expect(exit).toBe(0);
      expect(out).toContain('exhibit source add NAME -w DIR --folder DIR');
      expect(out).not.toContain('exhibit sources');
    }
    expect(exhibit('help').out).toContain('Exit codes');
  });

  it('imports the seeded exports once, and tells what each file gave', () => {
    const folder = temporaryFolder();
    const files = [fixture('ironflock-export.csv'), fixture('flowtriq-export.csv')];
    const first = exhibit('import', ...files, '-w', folder, '--json');
    expect(first.exit).toBe(0);
    expect(
      (first.json() as Imports).imports.map(({ file, imported, rejected }) => [file, imported, rejected]),
    ).toEqual([
      ['ironflock-export.csv', 1500, 0],
      ['flowtriq-export.csv', 900, 0],
    ]);
    const again = exhibit('import', ...files, '-w', folder, '--json').json() as Imports;
    expect(again.imports.map(({ imported, duplicates }) => [imported, duplicates])).toEqual([
      [0, 1500],
      [0, 900],
    ]);

    const counted = exhibit(
      'count',
      '-w',
      folder,
      '--by',
      'category',
      '--filter',
      'source:Flowtriq',
    ).json() as { total: number; groups: { key: string; count: number }[] };
    const expected = JSON.parse(readFileSync(fixture('flowtriq-export.expected.json'), 'utf8'))[
      'by category'
    ];
    expect(Object.fromEntries(counted.groups.map(({ key, count }) => [key, count]))).toEqual(expected);
    expect(counted.total).toBe(900);

    expect((exhibit('verify', '-w', folder).json() as { ok: boolean }).ok).toBe(true);
    const sources = (
      exhibit('sources', '-w', folder).json() as { sources: { name: string; events: number }[] }
    ).sources;
    expect(sources.map(({ name, events }) => [name, events])).toEqual([
      ['Flowtriq', 900],
      ['IronFlock', 1500],
    ]);
    expect((exhibit('presets').json() as { presets: { id: string }[] }).presets.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['flowtriq', 'ironflock']),
    );
  });

  it('gives events as JSON pages, NDJSON and CSV', () => {
    const folder = temporaryFolder();
    exhibit('import', fixture('flowtriq-export.csv'), '-w', folder);
    const page = exhibit('events', '-w', folder, '--filter', 'category:incident', '--limit', '2').json() as {
      total: number;
      events: { uid: string; time: string }[];
      next: string;
    };
    expect([page.total, page.events.length]).toEqual([131, 2]);
    const next = exhibit(
      'events',
      '-w',
      folder,
      '--filter',
      'category:incident',
      '--limit',
      '2',
      '--after',
      page.next,
    ).json() as typeof page;
    expect(next.events.map((event) => event.uid)).not.toContain(page.events[1]?.uid);
    const lines = exhibit('events', '-w', folder, '--format', 'ndjson').out.trimEnd().split('\n');
    expect(lines.length).toBe(900);
    expect(JSON.parse(lines[0] as string).raw).toHaveProperty('Timestamp (UTC)');
    const csv = exhibit(
      'events',
      '-w',
      folder,
      '--format',
      'csv',
      '--from',
      '2026-03-31',
      '--to',
      '2026-03-31',
    ).out;
    expect(csv.startsWith('uid,time,timeText')).toBe(true);
  });

  it('makes a pack that checks itself, and finds one changed byte in it', () => {
    const folder = temporaryFolder();
    const out = temporaryFolder();
    exhibit('import', fixture('ironflock-export.csv'), '-w', folder);
    const args = [
      'pack',
      '-w',
      folder,
      '--framework',
      'soc2',
      '--from',
      '2026-01-01',
      '--to',
      '2026-03-31',
      '--out',
      out,
    ];
    const pack = exhibit(...args, '--json');
    expect([pack.exit, pack.err]).toEqual([0, '']);
    const report = pack.json() as { folder: string; zip: string; events: number };
    expect(report.events).toBe(1500);
    const summed = spawnSync('sha256sum', ['--check', '--quiet', 'manifest-sha256.txt'], {
      cwd: report.folder,
    });
    expect(summed.status).toBe(0);
    for (const path of [report.folder, report.zip]) expect(exhibit('verify', path).exit).toBe(0);

    // The same pack is never written over.
    expect(exhibit(...args).exit).toBe(3);
    appendFileSync(join(report.folder, 'data', '00_README.txt'), '.');
    const changed = exhibit('verify', report.folder);
    expect(changed.exit).toBe(1);
    expect(changed.out).toContain('00_README.txt');
  }, 60_000);

  it('takes paths relative to where the person stands, also when npm starts it', () => {
    const folder = temporaryFolder();
    copyFileSync(fixture('flowtriq-export.csv'), join(folder, 'export.csv'));
    const project = join(import.meta.dirname, '..', '..');
    const run = spawnSync(
      'npm',
      ['--prefix', project, 'run', '-s', 'exhibit', '--', 'import', 'export.csv', '-w', 'log'],
      {
        cwd: folder,
        encoding: 'utf8',
      },
    );
    expect([run.status, run.stderr]).toEqual([0, '']);
    expect(existsSync(join(folder, 'log', 'events.db'))).toBe(true);
  });

  it('tells wrong usage (2) from wrong input (3), in a sentence and without a stack', () => {
    const folder = temporaryFolder();
    const cases: [string[], number, string][] = [
      [['nonsense'], 2, 'There is no command “nonsense”'],
      [['import', '-w', folder], 2, 'Name at least one export file'],
      [['import', 'a.csv'], 2, '--workspace is missing'],
      [['import', 'not-there.csv', '-w', folder], 3, 'not-there.csv is not there'],
      [['count', '-w', join(folder, 'none')], 3, 'There is no workspace in'],
      [['count', '-w', folder, '--by', 'colour'], 2, '--by takes category'],
      [['count', '-w', folder, '--filter', 'colour:red'], 2, '“colour:” at character 1'],
      [['count', '-w', folder, '--from', '2026-02-30'], 2, 'is not a date'],
      [['count', '-w', folder, '--by', 'day', '--zone', 'Mars/X'], 2, '“Mars/X” is not a time zone'],
      [['access', '-w', folder, '--ledger', '--zone', 'Mars/X'], 2, '“Mars/X” is not a time zone'],
      [['count', '-w', folder, '--bogus'], 2, '--bogus'],
      [['events', '-w', folder, '--limit', '-1'], 2, '--limit'],
      [
        ['pack', '-w', folder, '--from', '2026-01-01', '--to', '2026-01-02', '--out', folder],
        2,
        '--framework is missing',
      ],
    ];
    exhibit('import', fixture('flowtriq-export.csv'), '-w', folder);
    for (const [args, exit, message] of cases) {
      const run = exhibit(...args);
      expect([run.exit, run.out], args.join(' ')).toEqual([exit, '']);
      expect(run.err, args.join(' ')).toContain(message);
      expect(run.err, args.join(' ')).not.toMatch(/\n\s+at /);
    }
  });

  it('marks what it does not understand in a filter', () => {
    const folder = temporaryFolder();
    exhibit('import', fixture('flowtriq-export.csv'), '-w', folder);
    const { err } = exhibit('count', '-w', folder, '--filter', 'actor:x category:acess');
    expect(err).toContain('\n  actor:x category:acess\n          ^^^^^^^^^^^^^^\n');
  });

  it('imports what it can of several files, and still fails for the others', () => {
    const folder = temporaryFolder();
    const run = exhibit(
      'import',
      temporaryFile('bad.csv', 'a,b\n1,2\n'),
      fixture('flowtriq-export.csv'),
      '-w',
      folder,
      '--json',
    );
    expect(run.exit).toBe(3);
    expect(run.err).toContain('bad.csv is not recognised');
    expect((run.json() as Imports).imports.map(({ imported }) => imported)).toEqual([900]);
  });

  it('refuses a workspace of a newer version', async () => {
    const folder = temporaryFolder();
    exhibit('import', fixture('flowtriq-export.csv'), '-w', folder);
    const { default: Database } = await import('better-sqlite3');
    const db = new Database(join(folder, 'events.db'));
    db.pragma('user_version = 99');
    db.close();
    const run = exhibit('count', '-w', folder);
    expect([run.exit, run.out]).toEqual([3, '']);
    expect(run.err).toContain('was written by a newer Exhibit');
  });

  it('finds a changed log with exit code 1 and names the row', async () => {
    const folder = temporaryFolder();
    exhibit('import', fixture('flowtriq-export.csv'), '-w', folder);
    const { default: Database } = await import('better-sqlite3');
    const db = new Database(join(folder, 'events.db'));
    db.exec(`DROP TRIGGER stored_event_no_update; UPDATE stored_event SET time = 0 WHERE id = 17`);
    db.close();
    const run = exhibit('verify', '-w', folder);
    expect(run.exit).toBe(1);
    expect(run.out).toContain('flowtriq-export.csv, row 18');
  });
});

describe('a kill in the middle of an import', () => {
  it('leaves a log that verifies, and the import can be done again', async () => {
    const folder = temporaryFolder();
    const rows = Array.from(
      { length: 150_000 },
      (_, index) =>
        `2026-01-05T10:00:00.000Z,user${index % 500},device,${index},press,plant,Name,,a,b${index}`,
    );
    const big = temporaryFile('big.csv', ironflockCsv(rows));
    exhibit('import', fixture('ironflock-export.csv'), '-w', folder);
    const before = statSync(join(folder, 'events.db')).size;
    for (const patience of [0, 150, 400]) {
      const child = spawn(process.execPath, [cli, 'import', big, '-w', folder], { stdio: 'ignore' });
      const gone = new Promise((resolve) => child.once('exit', resolve));
      // Until it has written something: then it is in the middle.
      const wal = join(folder, 'events.db-wal');
      while (child.exitCode === null && !(existsSync(wal) && statSync(wal).size > 1_000_000))
        await new Promise((resolve) => setTimeout(resolve, 5));
      await new Promise((resolve) => setTimeout(resolve, patience));
      child.kill('SIGKILL');
      await gone;
      expect(child.signalCode).toBe('SIGKILL');
      expect((exhibit('verify', '-w', folder).json() as { ok: boolean }).ok).toBe(true);
      expect((exhibit('count', '-w', folder).json() as { total: number }).total).toBe(1500);
    }
    expect(statSync(join(folder, 'events.db')).size).toBeGreaterThanOrEqual(before);
    const done = exhibit('import', big, '-w', folder, '--json').json() as Imports;
    expect(done.imports[0]?.imported).toBe(150_000);
    expect((exhibit('verify', '-w', folder).json() as { ok: boolean }).ok).toBe(true);
  }, 120_000);
});

describe('two programs at once', () => {
  it('wait for each other: both imports end up in the log', async () => {
    const folder = temporaryFolder();
    exhibit('import', fixture('flowtriq-export.csv'), '-w', folder);
    const start = (file: string) =>
      new Promise<number | null>((resolve) =>
        spawn(process.execPath, [cli, 'import', file, '-w', folder], { stdio: 'ignore' }).once(
          'exit',
          resolve,
        ),
      );
    const file = (name: string) =>
      temporaryFile(
        `${name}.csv`,
        ironflockCsv(
          Array.from(
            { length: 3000 },
            (_, index) => `2026-01-05T10:00:00.000Z,${name},device,${index},p,q,Name,,a,b`,
          ),
        ),
      );
    const exits = await Promise.all([start(file('one')), start(file('two'))]);
    expect(exits).toEqual([0, 0]);
    expect((exhibit('count', '-w', folder).json() as { total: number }).total).toBe(6900);
    expect((exhibit('verify', '-w', folder).json() as { ok: boolean }).ok).toBe(true);
  });
});
