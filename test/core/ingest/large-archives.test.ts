// Files large enough to be read in a thread of their own, packed: what comes out is what the same rows give unpacked.

import { createWriteStream, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { eachExportFile } from '#core/ingest/containers.ts';
import type { ImportReport } from '#core/model.ts';
import { verifyFailures } from '../../support/log-content.ts';
import { importInto, openTemporaryStore, temporaryFolder } from '../../support/workspace.ts';

const header = 'timestamp,user,asset_type,asset_key,asset_name,project,aspect,subject,old_value,new_value\n';
const rows = 20_000;
/** Over two megabytes also when packed: each row holds something that does not repeat. */
const line = (row: number): string => {
  const time = new Date(Date.UTC(2026, 0, 1) + row * 1000).toISOString();
  const noise = Array.from({ length: 12 }, (_, at) => Math.imul(row * 31 + at + 1, 0x9e3779b1) >>> 0).join(
    '',
  );
  return `${time},user${row % 40}@acme.example,device,${row % 90},press-${row % 90},plant-0,Name,,a,${noise}\n`;
};
const text = header + Array.from({ length: rows }, (_, row) => line(row)).join('');

it('a large file gives the same log packed as gzip, and again as entries of an archive', async () => {
  const folder = temporaryFolder();
  const plain = join(folder, 'plain.csv');
  writeFileSync(plain, text);
  const gzip = join(folder, 'packed.csv.gz');
  writeFileSync(gzip, gzipSync(text, { level: 1 }));
  const archive = join(folder, 'archive.zip');
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from('not an export'), 'readme.md');
  zip.addBuffer(Buffer.from(text), 'one/export.csv');
  zip.addBuffer(Buffer.from(text), 'two/export.csv');
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(archive));

  const contents: ImportReport[][] = [];
  for (const path of [plain, gzip, archive]) {
    const store = openTemporaryStore();
    const reports: ImportReport[] = [];
    for await (const file of eachExportFile(path)) reports.push(await importInto(store, file));
    expect(await verifyFailures(store)).toEqual([]);
    contents.push(reports);
    store.close();
  }
  const [unpacked, unzipped, entries] = contents as [ImportReport[], ImportReport[], ImportReport[]];
  expect(unpacked[0]).toMatchObject({ read: rows, imported: rows, bytes: Buffer.byteLength(text) });
  expect(unzipped[0]).toMatchObject({ read: rows, imported: rows, root: unpacked[0]?.root });
  expect(entries.map(({ imported, duplicates }) => [imported, duplicates])).toEqual([
    [rows, 0],
    [0, rows],
  ]);
  expect(entries[0]).toMatchObject({ root: unpacked[0]?.root, sha256: unpacked[0]?.sha256 });
}, 120_000);
