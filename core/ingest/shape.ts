// What a text is: CSV, one JSON record a line, a JSON array, or one JSON object with the list of records inside. Told
// from the beginning of the file, before the first record is read.

import { AppError } from '#core/errors.ts';
import { canonicalJson, parseJson } from '#core/integrity/canonical.ts';
import type { RecordValue } from '#core/mapping/map.ts';
import { createCsvCanonicaliser } from '#core/mapping/stored-record.ts';
import type { FileFormat, RowKind } from '#core/model.ts';
import { type CsvRow, columnNames, createCsvReader } from './csv.ts';
import { findHeader, readSeparatorLine } from './csv-header.ts';
import {
  createLineReader,
  deepestNesting,
  endOfValue,
  isTooDeep,
  type JsonPiece,
  type JsonReader,
} from './json.ts';
import {
  createArrayCutter,
  createCutReader,
  createPageCutter,
  createValueCutter,
  findList,
  type JsonCutter,
} from './json-lists.ts';

/** A record, or what stood where one was expected. `raw` is what gets stored, `canonical` what gets hashed. */
export type ExportRecord =
  | { row: number; value: RecordValue; raw: string; canonical: string }
  | { row: number; fault: string; raw: string };

export type Shape = {
  format: FileFormat;
  rowKind: RowKind;
  delimiter: string | null;
  /** CSV: the header's names. JSON: the key paths of the first record. */
  names: string[];
  /** Rows of a CSV above its first record: the header and what stands above it. */
  rowsAbove: number;
  createReader(): RecordReader;
  /** How JSON is cut that is more than one record a line, below so many bytes of UTF-8; null for anything else. */
  cutting: { cutter: JsonCutter; above: number } | null;
};

export type RecordReader = {
  push(text: string): ExportRecord[];
  end(): { records: ExportRecord[]; isCutOff: boolean };
};

/** Members of a JSON object that hold the list of records, in the exports of one vendor or another. */
const listNames = [
  'Records',
  'records',
  'entries',
  'data',
  'value',
  'events',
  'logs',
  'items',
  'result',
  'results',
];

/**
 * The shape of a text by its beginning. `isRecord` says whether a preset takes an object with these key paths for a
 * record: only then is a list inside it a part of the record and not the list of records. Throws AppError('input').
 */
export function detectShape(head: string, name: string, isRecord: (names: string[]) => boolean): Shape {
  const start = head.trimStart();
  if (start === '') throw new AppError('input', `${name} holds nothing but blanks. Export it again.`);
  if (start.startsWith('[')) return listShape(head, createArrayCutter);
  if (!start.startsWith('{')) return csvShape(head, name);

  const firstLine = start.slice(0, start.indexOf('\n') === -1 ? undefined : start.indexOf('\n'));
  const isLine = parseObject(firstLine) !== null;
  const first = parseObject(isLine ? firstLine : start.slice(0, Math.max(0, endOfValue(start, 0))));
  if (first && isRecord(keyPaths(first))) {
    return isLine ? jsonShape('ndjson', head, createLineReader) : listShape(head, createValueCutter);
  }
  const isAlone = start.slice(firstLine.length).trim() === '';
  const isNamed = (key: string) => listNames.includes(key);
  const inside = { ofObjects: true, levels: 3 };
  const list =
    findList(head, isNamed) ??
    // Deeper, or by another name, is good enough where nothing else can be meant: in an object that is not one of several lines.
    (isAlone || !isLine
      ? (findList(head, isNamed, inside) ??
        findList(head, () => true, { ofObjects: true }) ??
        findList(head, () => true, inside))
      : null);
  if (list) return listShape(head, () => createPageCutter(list), list.at);
  if (isLine) return jsonShape('ndjson', head, createLineReader);
  throw new AppError(
    'input',
    `${name} is one JSON object without a list of records (${listNames.join(', ')}) in it. Export a JSON array or one record a line.`,
  );
}

/** The shape of JSON that `createCutter` cuts, from this index of the text on. */
function listShape(head: string, createCutter: () => JsonCutter, above = 0): Shape {
  return {
    ...jsonShape('json', head, () => createCutReader(createCutter(), above)),
    cutting: { cutter: createCutter(), above: Buffer.byteLength(head.slice(0, above)) },
  };
}

function jsonShape(format: 'json' | 'ndjson', head: string, createReader: () => JsonReader): Shape {
  const probe = createReader();
  const pieces = probe.push(head);
  const first = (pieces.length > 0 ? pieces : probe.end().pieces)
    .map(jsonRecord)
    .find((record) => 'value' in record);
  return {
    format,
    rowKind: format === 'json' ? 'record' : 'line',
    delimiter: null,
    rowsAbove: 0,
    names: first && 'value' in first ? keyPaths(first.value as Record<string, unknown>) : [],
    createReader() {
      const reader = createReader();
      return {
        push: (text) => reader.push(text).map(jsonRecord),
        end() {
          const { pieces: last, isCutOff } = reader.end();
          return { records: last.map(jsonRecord), isCutOff };
        },
      };
    },
    cutting: null,
  };
}

/** The record of a piece of JSON, or what is wrong with it. */
export function jsonRecord({ text, row, fault }: JsonPiece): ExportRecord {
  if (fault) return { row, fault, raw: text };
  if (text.length > 2 * deepestNesting && isTooDeep(text)) {
    return { row, fault: `it nests deeper than ${deepestNesting} levels`, raw: text };
  }
  let value: unknown;
  try {
    value = parseJson(text);
  } catch (error) {
    return { row, fault: `it is not JSON (${(error as Error).message})`, raw: text };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { row, fault: 'it is not a JSON object', raw: text };
  }
  return { row, value: value as Record<string, unknown>, raw: text, canonical: canonicalJson(value) };
}

/** The key paths of an object, parents before their members: `user`, `user/username`. */
export function keyPaths(value: Record<string, unknown>, prefix = ''): string[] {
  return Object.entries(value).flatMap(([key, member]) => {
    const path = prefix + key.replaceAll('/', '~1');
    const isParent = typeof member === 'object' && member !== null && !Array.isArray(member);
    return isParent ? [path, ...keyPaths(member as Record<string, unknown>, `${path}/`)] : [path];
  });
}

function parseObject(text: string): Record<string, unknown> | null {
  if (isTooDeep(text)) return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

function csvShape(head: string, name: string): Shape {
  if (head.includes('\r') && !head.includes('\n')) {
    throw new AppError(
      'input',
      `${name} ends its lines with a carriage return alone, as programs for the old Macintosh did, so it looks like one line. Save it again as CSV with today’s line ends.`,
    );
  }
  const { delimiter, skip } = readSeparatorLine(head);
  const probe = createCsvReader(delimiter);
  const rows = probe.push(head);
  const header = findHeader(rows.length > 0 ? rows : probe.end(), skip);
  if (!header) {
    throw new AppError(
      'input',
      `${name} has no header line with column names, so it cannot be read as CSV. Export it again, with the column names in the first line, or write them there.`,
    );
  }
  const { at } = header;
  const names = columnNames(header.cells);
  return {
    format: 'csv',
    rowKind: 'line',
    delimiter,
    rowsAbove: at + 1,
    names,
    createReader() {
      const reader = createCsvReader(delimiter);
      const toRecord = createCsvRecorder(names);
      let toSkip = at + 1;
      const toRecords = (read: CsvRow[]) => {
        const data = read.slice(toSkip);
        toSkip = Math.max(0, toSkip - read.length);
        // A blank line is not a record.
        return data.filter((row) => row.cells.length > 1 || row.cells[0] !== '').map(toRecord);
      };
      return {
        push: (text) => toRecords(reader.push(text)),
        end: () => ({ records: toRecords(reader.end()), isCutOff: false }),
      };
    },
    cutting: null,
  };
}

/** The fault of a row that has more or fewer cells than the header. */
export function notAsWide(cells: number, names: number): string {
  return `it has ${cells} cells where the header has ${names}`;
}

/** What JSON.stringify does not write as it is. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const escapedInJson = /["\\\0-\x1f\ud800-\udfff]/;

/** Turns CSV rows into records: the cells are stored as a JSON array, the hash is over the object by column name. */
function createCsvRecorder(names: readonly string[]) {
  const canonicalCsv = createCsvCanonicaliser(names);
  const quotedCsv = createCsvCanonicaliser(names, 'cells');
  return ({ cells, line, fault, plain }: CsvRow): ExportRecord => {
    if (plain !== null && cells.length === names.length && !escapedInJson.test(plain)) {
      const raw = `["${cells.join('","')}"]`;
      return { row: line, value: cells, raw, canonical: quotedCsv(cells) };
    }
    const texts = cells.map((cell) => JSON.stringify(cell));
    const raw = `[${texts.join(',')}]`;
    if (fault) return { row: line, fault, raw };
    if (cells.length !== names.length) {
      return { row: line, fault: notAsWide(cells.length, names.length), raw };
    }
    return { row: line, value: cells, raw, canonical: canonicalCsv(texts) };
  };
}
