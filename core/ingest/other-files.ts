// Files that are no export of records, told by how they begin: each gets a sentence that says what it is and what to do
// instead, since columns named after the bytes of a workbook help nobody.

import { AppError } from '#core/errors.ts';

type Kind = {
  /** The bytes as Latin-1 that it begins with, `at` so many bytes behind the start. */
  begins: string;
  at?: number;
  /** What stands somewhere in the beginning, too. */
  holds?: string;
  is: string;
  remedy: string;
};

const unpack = 'Unpack it and import its files, or the folder; Exhibit itself unpacks ZIP and gzip';
const saveSheet = 'Open it in a spreadsheet program, save the sheet as CSV (UTF-8) and import that';
const exportText = 'Export the log as CSV or JSON';

/** The first that fits counts. */
const kinds: Kind[] = [
  { begins: 'PK\x03\x04', holds: 'xl/', is: 'an Excel workbook', remedy: saveSheet },
  { begins: 'PK\x03\x04', is: 'a ZIP archive by another name', remedy: 'Rename it so that it ends in .zip' },
  {
    begins: '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1',
    is: 'an old Office document, such as .xls',
    remedy: saveSheet,
  },
  { begins: '%PDF-', is: 'a PDF document', remedy: exportText },
  { begins: 'ustar', at: 257, is: 'a tar archive', remedy: unpack },
  { begins: '7z\xbc\xaf\x27\x1c', is: 'a 7-Zip archive', remedy: unpack },
  { begins: 'Rar!\x1a\x07', is: 'a RAR archive', remedy: unpack },
  { begins: '\xfd7zXZ\0', is: 'packed with xz', remedy: unpack },
  { begins: '1AY&SY', at: 4, is: 'packed with bzip2', remedy: unpack },
  { begins: '\x28\xb5\x2f\xfd', is: 'packed with Zstandard', remedy: unpack },
  { begins: 'SQLite format 3\0', is: 'an SQLite database', remedy: exportText },
  { begins: 'PAR1\x15', is: 'a Parquet file', remedy: exportText },
  { begins: 'Obj\x01', is: 'an Avro file', remedy: exportText },
  { begins: 'ElfFile\0', is: 'a Windows event log', remedy: 'Save it as CSV in the Event Viewer' },
];

const page = /^(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|head)[\s>]/i;
/** Two lines that each end with an object, and begin with something else. */
const prefixed = /^(?:[^\s{["][^{"\n]{0,200}\s\{"[^\n]*\}\r?\n){2}/;
const xml = /^(?:\xef\xbb\xbf)?\s*<\?xml\s/i;

/**
 * Refuses what is no text of records.
 * @param head the beginning of the unpacked file, some KB
 * @throws AppError('input') with what the file is and what to do
 */
export function refuseOtherFiles(head: Uint8Array, name: string): void {
  const text = Buffer.from(head.subarray(0, 64 * 1024)).toString('latin1');
  const kind = kinds.find(
    ({ begins, at = 0, holds = '' }) => text.startsWith(begins, at) && text.includes(holds),
  );
  if (kind) refuse(name, kind.is, kind.remedy);
  if (page.test(text)) {
    const perhaps = 'Perhaps the page to sign in was saved in place of the export';
    refuse(name, 'a web page', `${perhaps}: sign in and export again`);
  }
  if (prefixed.test(text)) {
    const cut =
      'Take away what stands before the first { of each line, as sed "s/^[^{]*//" does, and import the rest';
    refuse(name, 'JSON behind a time or other text on each line, as CloudWatch and syslog write it', cut);
  }
  if (xml.test(text)) refuse(name, 'XML', exportText);
}

function refuse(name: string, is: string, remedy: string): never {
  throw new AppError('input', `${name} is ${is}, not an export that can be read. ${remedy}.`);
}
