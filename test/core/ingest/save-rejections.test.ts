import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { saveRejections } from '#core/ingest/save-rejections.ts';
import { importInto, openTemporaryStore, temporaryFile, temporaryFolder } from '../../support/workspace.ts';

it('saves rejected rows so that no spreadsheet calculates what stood there', async () => {
  const store = openTemporaryStore();
  const good = '{"timestamp":"2026-01-05T10:00:00Z","event":"node.add","actor":"a","node":"n","ip":null}';
  const bad = ['=1+1', '  @SUM(A1)', '-2', 'plain, "quoted"'];
  const report = await importInto(store, temporaryFile('odd.ndjson', [good, ...bad, ''].join('\n')));
  expect([report.imported, report.rejected]).toEqual([1, 4]);
  const folder = temporaryFolder();
  const name = saveRejections(store, report.id, folder);
  const lines = readFileSync(join(folder, name), 'utf8').trimEnd().split('\r\n');
  expect(lines[0]).toBe('row,reason,raw');
  expect(lines[1]).toMatch(/^2,".*","'=1\+1"$/);
  expect(lines[2]).toMatch(/^3,".*","'@SUM\(A1\)"$/);
  expect(lines[3]).toMatch(/^4,".*","'-2"$/);
  expect(lines[4]).toMatch(/"plain, ""quoted"""$/);
});
