import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exhibit, exhibitJson } from '../support/command-line.ts';
import { splitCsv } from '../support/csv.ts';
import { fixture, temporaryFile } from '../support/workspace.ts';

const folder = mkdtempSync(join(tmpdir(), 'exhibit-files-'));
beforeAll(() => {
  exhibitJson('import', fixture('ironflock-export.csv'), fixture('flowtriq-export.csv'), '-w', folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Writes one answer as CSV and as a workbook, and gives the rows of both and the card. */
async function saveBoth(name: string, ...args: string[]) {
  const [csv, xlsx] = [join(folder, `${name}.csv`), join(folder, `${name}.xlsx`)];
  for (const [option, path] of [
    ['--csv', csv],
    ['--xlsx', xlsx],
  ] as const)
    expect(JSON.parse(exhibit([...args, '-w', folder, option, path, '--json']).out)).toEqual({
      file: path.slice(folder.length + 1),
    });
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(xlsx);
  const sheet = book.worksheets[1] as ExcelJS.Worksheet;
  const rows = splitCsv(readFileSync(csv, 'utf8'));
  const card = readFileSync(`${csv}.ipe.txt`, 'utf8');
  expect(card).toContain('Root (RFC 6962)');
  expect(book.getWorksheet('IPE card')?.rowCount).toBeGreaterThan(10);
  expect(sheet.rowCount).toBe(rows.length);
  expect(sheet.getRow(1).getCell(1).value).toBe(rows[0]?.[0]);
  return { rows: rows.slice(1), heads: rows[0] as string[], sheet, card, csv };
}

describe('answers of the command line as files', () => {
  it('are the state at a date, row by row', async () => {
    const at = ['state', '--at', '2026-03-31'];
    const { values } = exhibitJson<{ values: { field: string; value: string | null }[] }>(
      ...at,
      '-w',
      folder,
    );
    const { rows } = await saveBoth('state', ...at);
    expect(rows.map((row) => row[4])).toEqual(values.map(({ field }) => field));
    // A text that a spreadsheet would calculate has an apostrophe in front.
    expect(rows.map((row) => row[5]?.replace(/^'/, ''))).toEqual(
      values.map(({ value }) => (value ?? '').replace(/^'/, '')),
    );
  });

  it('are the matrix, with the rights in its cells', async () => {
    const at = ['access', '--at', '2026-03-31', '--matrix'];
    const { people, targets, cells } = exhibitJson<{
      people: string[];
      targets: object[];
      cells: { subject: string; rights: string[] }[];
    }>(...at, '-w', folder);
    const { rows, heads } = await saveBoth('matrix', ...at);
    expect(rows.map(([name]) => name)).toEqual(people);
    expect(heads.length).toBe(targets.length + 1);
    expect(rows.flatMap((row) => row.slice(1).filter((cell) => cell !== '')).length).toBe(cells.length);
  });

  it('are the comparison with a snapshot and the test of leavers, and keep their exit codes', async () => {
    const { intervals } = exhibitJson<{
      intervals: { subject: string; targetId: string; right: string }[];
    }>('access', '--at', '2026-03-31', '-w', folder);
    const [held] = intervals as [(typeof intervals)[number]];
    const snapshot = temporaryFile(
      'snapshot.csv',
      `user,target,rights\n${held.subject},${held.targetId},${held.right}\nnobody,x,READ\n`,
    );
    const compared = await saveBoth('snapshot', 'reconcile', snapshot, '--at', '2026-03-31');
    expect(compared.rows[0]?.slice(0, 3)).toEqual(['in the snapshot alone', 'nobody', '']);
    expect(compared.rows.at(-1)?.slice(0, 3)).toEqual(['in both', held.subject, held.subject]);
    expect(compared.card).toMatch(/snapshot\.csv, SHA-256 [0-9a-f]{64}, 2 rights/);
    const again = ['reconcile', snapshot, '--at', '2026-03-31', '-w', folder];
    expect(exhibit([...again, '--csv', join(folder, 'again.csv')]).exit).toBe(1);

    const leavers = temporaryFile('left.csv', `user,date\n${held.subject},2026-01-01\nnobody,2026-01-01\n`);
    const tested = await saveBoth('left', 'leavers', leavers, '--at', '2026-03-31');
    expect(new Set(tested.rows.map(([listed]) => listed))).toEqual(new Set([held.subject]));
    expect(readFileSync(join(folder, 'left-without a right in the log.csv'), 'utf8')).toContain('nobody');
  });

  it('are sessions, with failures in a file beside them', async () => {
    const { sessions, failures } = exhibitJson<{ sessions: object[]; failures: { count: number }[] }>(
      'sessions',
      '-w',
      folder,
    );
    const { rows } = await saveBoth('sessions', 'sessions');
    expect(rows.length).toBe(sessions.length);
    const beside = splitCsv(readFileSync(join(folder, 'sessions-failures.csv'), 'utf8')).slice(1);
    expect(beside.map((row) => Number(row[2]))).toEqual(failures.map(({ count }) => count));
  });

  it('are never written over another file, nor twice at once', () => {
    const taken = join(folder, 'taken.csv');
    const save = () => exhibit(['state', '--at', '2026-03-31', '-w', folder, '--csv', taken]);
    expect(save().exit).toBe(0);
    expect([save().exit, save().err]).toEqual([3, expect.stringContaining('nothing is overwritten')]);
    const both = exhibit(['sessions', '-w', folder, '--csv', `${taken}1`, '--xlsx', `${taken}2`]);
    expect([both.exit, existsSync(`${taken}1`)]).toEqual([2, false]);
  });
});

describe('tickets on the command line', () => {
  it('are confirmed and rejected by hand for changes that the log has', () => {
    const days = ['--from', '2026-02-01', '--to', '2026-02-28'];
    type Tracks = { tracks: { firstEvent: string; targetName: string }[] };
    const [track] = exhibitJson<Tracks>('changes', '-w', folder, ...days).tracks as [
      Tracks['tracks'][number],
    ];
    const list = temporaryFile(
      'tickets.csv',
      `id,target,opened,approved,approved by\nCH-1,${track.targetName},2026-01-01,2026-01-02,Paul\n`,
    );
    const bucketOf = () =>
      exhibitJson<{ tickets: { changes: { event: string; bucket: string }[] } }>(
        'changes',
        '-w',
        folder,
        ...days,
        '--tickets',
        list,
      ).tickets.changes.find(({ event }) => event === track.firstEvent)?.bucket;
    const say = (...args: string[]) => exhibit(['tickets', ...args, '-w', folder]);
    expect(bucketOf()).toBe('no-ticket');
    expect(say('confirm', 'CH-1', '--events', track.firstEvent, '--person', 'Maria').exit).toBe(0);
    expect(bucketOf()).toBe('approved-before');
    expect(say('reject', 'CH-1', '--events', track.firstEvent).exit).toBe(0);
    expect(bucketOf()).toBe('no-ticket');
    expect(JSON.parse(say('list').out)).toEqual({
      verdicts: [{ ticket: 'CH-1', event: track.firstEvent, verdict: 'other' }],
    });
    expect(say('confirm', 'CH-1', '--events', 'aaaaaaaaaaaaaaaa').exit).toBe(3);
    expect([say('confirm').exit, say('forget', 'CH-1').exit]).toEqual([2, 2]);
  });
});
