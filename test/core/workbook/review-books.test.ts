import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import { exhibit, exhibitJson } from '../../support/command-line.ts';
import {
  fixture,
  importInto,
  ironflockCsv,
  openTemporaryStore,
  temporaryFile,
  temporaryFolder,
} from '../../support/workspace.ts';

async function readBook(path: string): Promise<ExcelJS.Workbook> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(path);
  return book;
}
const texts = (sheet: ExcelJS.Worksheet | undefined, column: number): unknown[] =>
  (sheet?.getColumn(column).values ?? []).slice(2);
const cardOf = (book: ExcelJS.Workbook) =>
  new Map(
    (book.getWorksheet('IPE card')?.getRows(1, 80) ?? []).map((row) => [
      String(row.getCell(1).value),
      row.getCell(2).value,
    ]),
  );

describe('a review as a workbook', () => {
  it('has every row of the change review, and says on its card how it was made', async () => {
    const folder = temporaryFolder();
    exhibitJson('import', fixture('ironflock-export.csv'), '-w', folder);
    exhibitJson('settings', '-w', folder, '--hours', '08:00-18:00', '--hours-zone', 'Europe/Berlin');
    const path = join(folder, 'q1.xlsx');
    const days = ['--from', '2026-02-01', '--to', '2026-02-28'];
    expect(exhibitJson('changes', '-w', folder, ...days, '--xlsx', path)).toEqual({ file: 'q1.xlsx' });
    const { tracks } = exhibitJson<{ tracks: { targetId: string; field: string }[] }>(
      'changes',
      '-w',
      folder,
      ...days,
    );
    const book = await readBook(path);
    expect(texts(book.getWorksheet('Changes'), 3)).toEqual(tracks.map(({ targetId }) => targetId));
    expect(texts(book.getWorksheet('Changes'), 5)).toEqual(tracks.map(({ field }) => field));
    const card = cardOf(book);
    expect(card.get('Working hours')).toBe('Mon–Fri 08:00–18:00, Europe/Berlin');
    expect(card.get('Fields with changes')).toBe(234);
    expect(card.get('Exception: no-ticket')).toBe('not looked for. No ticket list was given.');
    expect(card.get('Root (RFC 6962)')).toMatch(/^[0-9a-f]{64}$/);
    const again = exhibit(['changes', '-w', folder, ...days, '--xlsx', path]);
    expect([again.exit, again.err]).toEqual([3, expect.stringContaining('nothing is overwritten')]);
  });

  it('keeps text as text, whatever a spreadsheet would make of it', async () => {
    const folder = temporaryFolder();
    await importInto(
      openTemporaryStore(folder),
      temporaryFile(
        'e.csv',
        ironflockCsv([
          '2026-02-03T10:00:00Z,=cmd,device,0012,@press,p,Name,,-1+1,=1+1',
          '2026-02-04T10:00:00Z,ann,device,1,press-1,p,Privilege changes,+bob,,"=READ()"',
        ]),
      ),
    );
    const [changes, access] = [join(folder, 'c.xlsx'), join(folder, 'a.xlsx')];
    exhibitJson('changes', '-w', folder, '--from', '2026-02-01', '--to', '2026-02-28', '--xlsx', changes);
    exhibitJson('access', '-w', folder, '--at', '2026-02-28', '--xlsx', access);
    for (const path of [changes, access])
      (await readBook(path)).eachSheet((sheet) =>
        sheet.eachRow((row) => row.eachCell((cell) => expect(cell.formula, cell.address).toBeUndefined())),
      );
    const row = (await readBook(changes)).getWorksheet('Changes')?.getRow(2);
    expect([3, 4, 6, 8, 12].map((at) => row?.getCell(at).value)).toEqual([
      '0012',
      '@press',
      '-1+1',
      '=1+1',
      '=cmd',
    ]);
    const right = (await readBook(access)).getWorksheet('Rights')?.getRow(2);
    expect([1, 7].map((at) => right?.getCell(at).value)).toEqual(['+bob', '=READ()']);
  });

  it('has each right of an access review with its decision and the history', async () => {
    const folder = temporaryFolder();
    exhibitJson('import', fixture('ironflock-export.csv'), '-w', folder);
    const { campaign } = exhibitJson<{ campaign: { id: number; entries: number } }>(
      'campaign',
      'new',
      '-w',
      folder,
      '--at',
      '2026-02-28',
    );
    const step = (...args: string[]) => exhibitJson('campaign', ...args, '-w', folder, '--person', 'Maria');
    step('decide', String(campaign.id), '--entries', '1', '--decision', 'keep');
    step('decide', String(campaign.id), '--entries', '1-2', '--decision', 'revoke', '--note', '=gone');
    const path = join(folder, 'review.xlsx');
    step('show', String(campaign.id), '--xlsx', path);
    const book = await readBook(path);
    const decisions = texts(book.getWorksheet('Review'), 15);
    expect(decisions.slice(0, 3)).toEqual(['revoke', 'revoke', 'not decided']);
    expect(decisions).toHaveLength(campaign.entries);
    expect(texts(book.getWorksheet('Decisions'), 4)).toEqual(['keep', 'revoke', 'revoke']);
    expect(texts(book.getWorksheet('Decisions'), 5).slice(1)).toEqual(['=gone', '=gone']);
    expect(cardOf(book).get('SHA-256 of the frozen rights')).toMatch(/^[0-9a-f]{64}$/);
  });
});
