import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { listImports } from '#core/store/imports.ts';
import {
  fixture,
  importInto,
  ironflockCsv,
  openTemporaryStore,
  temporaryFile,
} from '../../support/workspace.ts';

const binary = (text: string) => Buffer.from(text, 'latin1');

describe('a file that is no export', () => {
  it.each([
    ['report.pdf', binary('%PDF-1.7\n1 0 obj'), 'is a PDF document'],
    ['book.xlsx', binary('PK\x03\x04\x14\x00\x06\x00xl/workbook.xml'), 'save the sheet as CSV (UTF-8)'],
    ['packed.csv', binary('PK\x03\x04\x14\x00\x06\x00log.csv'), 'Rename it so that it ends in .zip'],
    ['book.xls', binary('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00'), 'an old Office document, such as .xls'],
    ['log.tar', binary(`log.csv${'\0'.repeat(250)}ustar\x0000`), 'is a tar archive'],
    ['log.tar.gz', gzipSync(binary(`log.csv${'\0'.repeat(250)}ustar\x0000`)), 'is a tar archive'],
    ['log.7z', binary('7z\xbc\xaf\x27\x1c\x00'), 'Exhibit itself unpacks ZIP and gzip'],
    ['log.csv.xz', binary('\xfd7zXZ\0\0'), 'is packed with xz'],
    ['log.csv.zst', binary('\x28\xb5\x2f\xfd\x04'), 'is packed with Zstandard'],
    ['log.db', binary('SQLite format 3\0\x10'), 'is an SQLite database'],
    ['log.parquet', binary('PAR1\x15\x04'), 'is a Parquet file'],
    ['Security.evtx', binary('ElfFile\0\x01'), 'Save it as CSV in the Event Viewer'],
    ['export.csv', binary('\n<!DOCTYPE html>\n<html>Sign in</html>'), 'sign in and export again'],
    ['export.xml', binary('\xef\xbb\xbf<?xml version="1.0"?><log/>'), 'is XML'],
    ['mac.csv', ironflockCsv(['a', 'b']).replaceAll('\n', '\r'), 'with today’s line ends'],
  ])('%s is refused with what it is and what to do', async (name, content, said) => {
    const store = openTemporaryStore();
    await expect(importInto(store, temporaryFile(name, content))).rejects.toThrow(said);
    expect(listImports(store)).toEqual([]);
  });

  it('is not mistaken for one because its columns have such names', async () => {
    const csv = readFileSync(fixture('flowtriq-export.csv'), 'utf8').replaceAll(
      'deploy-bot',
      'PK\x03\x04xl/',
    );
    const report = await importInto(openTemporaryStore(), temporaryFile('PAR1.csv', csv));
    expect([report.imported, report.rejected]).toEqual([900, 0]);
  });
});
