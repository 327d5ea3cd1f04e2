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
  skipBlank,
} from './json.ts';
import {
  createArrayCutter,
  createCutReader,
  createNestedArrayCutter,
  createPageCutter,
  createValueCutter,
  findList,
  type JsonCutter,
  type ListPlace,
  type MayBeList,
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

/** Whether a preset takes an object with these key paths for a record. */
export type IsRecord = (names: string[]) => boolean;

/**
 * The shape of a text by its beginning, or by all that is looked at of it. Of a record that `isRecord` takes for one, a
 * list inside is a part and not the list of records. Throws AppError('input').
 */
export const detectShape = (head: string, name: string, isRecord: IsRecord): Shape =>
  findShape(head, name, isRecord, true) as Shape;

/** The same, or null where more of a file could tell and `isAll` does not say that there is no more. */
export function findShape(head: string, name: string, isRecord: IsRecord, isAll: boolean): Shape | null {
  const start = head.trimStart();
  if (start === '') throw new AppError('input', `${name} holds nothing but blanks. Export it again.`);
  if (start.startsWith('[')) {
    const shape = arrayShape(head, isRecord);
    return shape.names.length > 0 || isAll ? shape : null;
  }
  if (!start.startsWith('{')) return csvShape(head, name);

  const firstLine = start.slice(0, start.indexOf('\n') === -1 ? undefined : start.indexOf('\n'));
  const isLine = parseObject(firstLine) !== null;
  const first = parseObject(isLine ? firstLine : start.slice(0, Math.max(0, endOfValue(start, 0))));
  if (first && isRecord(keyPaths(first))) {
    return isLine ? jsonShape('ndjson', head, createLineReader) : listShape(head, createValueCutter);
  }
  const isAlone = start.slice(firstLine.length).trim() === '';
  const isKnown: MayBeList = (_, at) => isRecord(namesOfFirst(head, at));
  // Deeper, or by another name, is good enough where nothing else can be meant: in an object that is not one of several lines.
  const places = isAlone || !isLine ? listPlaces : listPlaces.slice(0, 1);
  const known = findFirst(places, ({ mayBe, ...where }) =>
    findList(head, (key, at) => mayBe(key) && isKnown(key, at), where),
  );
  const list = known ?? findFirst(places, ({ mayBe, ...where }) => findList(head, mayBe, where));
  const isTold = first !== null || known !== null || (list !== null && isByName(head, list));
  if (!isTold && !isAll) return null;
  if (list) return listShape(head, () => createPageCutter(list), list.at);
  if (isLine) return jsonShape('ndjson', head, createLineReader);
  throw new AppError(
    'input',
    `${name} is one JSON object without a list of records (${listNames.join(', ')}) in ${first ? 'it' : `its first ${megabytes(head.length)} MB`}. Export a JSON array or one record a line.`,
  );
}

/** Where a list of records may stand in an object, the likeliest first. */
const listPlaces = [
  { mayBe: (key: string) => listNames.includes(key) },
  { mayBe: (key: string) => listNames.includes(key), ofObjects: true, levels: 3 },
  { mayBe: () => true, ofObjects: true },
  { mayBe: () => true, ofObjects: true, levels: 3 },
];

function findFirst<T, R>(all: readonly T[], find: (one: T) => R | null): R | null {
  for (const one of all) {
    const found = find(one);
    if (found !== null) return found;
  }
  return null;
}

/** Whether a list has the name of one, and its first record is all there to tell what it is. */
const isByName = (head: string, { at, path }: ListPlace): boolean =>
  path.length === 1 && listNames.includes(path[0] as string) && namesOfFirst(head, at).length > 0;

/** The key paths of the first element of the list that opens at `at`; none where that is not all there, or no object. */
function namesOfFirst(head: string, at: number): string[] {
  const from = skipBlank(head, at + 1);
  const end = endOfValue(head, from);
  const first = end === -1 ? null : parseObject(head.slice(from, end));
  return first ? keyPaths(first) : [];
}

const megabytes = (characters: number): number => Math.round(characters / 1024 / 1024);

/** An array of records, or of pages of records: as arrays, or as objects with the list inside. */
function arrayShape(head: string, isRecord: IsRecord): Shape {
  const at = head.indexOf('[');
  const from = skipBlank(head, at + 1);
  if (head[from] === '[' && isRecord(namesOfFirst(head, from)))
    return listShape(head, createNestedArrayCutter);
  const names = namesOfFirst(head, at);
  if (names.length > 0 && !isRecord(names)) {
    const page = head.slice(0, endOfValue(head, from));
    const isKnown: MayBeList = (_, place) => isRecord(namesOfFirst(head, place));
    const list = findFirst(listPlaces, ({ mayBe, ...where }) =>
      findList(page, (key, place) => mayBe(key) && isKnown(key, place), where),
    );
    if (list) return listShape(head, () => createPageCutter({ ...list, inArray: true }), list.at);
  }
  return listShape(head, createArrayCutter);
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
  const first = findFirst(pieces.length > 0 ? pieces : probe.end().pieces, (piece) => {
    const record = jsonRecord(piece);
    return 'value' in record ? record : null;
  });
  return {
    format,
    rowKind: format === 'json' ? 'record' : 'line',
    delimiter: null,
    rowsAbove: 0,
    names: first ? keyPaths(first.value as Record<string, unknown>) : [],
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
