// Reads an export file piece by piece: bytes → hash and text → records. Says what the file is (format, encoding,
// delimiter, columns) before the first record, and its SHA-256 after the last. Memory does not grow with the file.

import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '../errors.ts';
import { canonicalJson, parseJson } from '../integrity/canonical.ts';
import type { RecordValue } from '../mapping/map.ts';
import { createCsvCanonicaliser } from '../mapping/stored-record.ts';
import type { FileFormat, RowKind } from '../model.ts';
import { type CsvRow, columnNames, createCsvReader, detectDelimiter } from './csv.ts';
import { createArrayReader, createLineReader, deepestNesting, isTooDeep, type JsonPiece } from './json.ts';

/** What a file is, as found in its first bytes. */
export type ExportInfo = {
  path: string;
  name: string;
  bytes: number;
  format: FileFormat;
  rowKind: RowKind;
  encoding: Encoding;
  delimiter: string | null;
  /** CSV: the header's names. JSON: the key paths of the first record that is an object. */
  names: string[];
};

/** A record, or what stood where one was expected. `raw` is what gets stored, `canonical` what gets hashed. */
export type ExportRecord =
  | { row: number; value: RecordValue; raw: string; canonical: string }
  | { row: number; fault: string; raw: string };

/** What is only known when the whole file has been read. */
export type ExportEnd = { sha256: string; isCutOff: boolean };

export type OpenExport = {
  info: ExportInfo;
  /** Batches of records with the bytes read so far. Read it once, to its end. */
  batches(): AsyncGenerator<{ records: ExportRecord[]; bytesRead: number }, ExportEnd>;
  close(): Promise<void>;
};

export const encodings = ['utf-8', 'utf-16le', 'utf-16be'] as const;
export type Encoding = (typeof encodings)[number];

const pieceSize = 1024 * 1024;

/** Opens an export file. Throws AppError when it is no file, empty, or of no known format. */
export async function openExport(path: string): Promise<OpenExport> {
  const name = basename(path);
  const handle = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'ENOENT' ? 'is not there' : `cannot be opened (${error.code})`;
    throw new AppError('input', `${path} ${why}. Check the name and the permissions.`);
  });
  try {
    const before = await handle.stat();
    if (!before.isFile()) throw new AppError('input', `${path} is not a file. Name an export file.`);
    if (before.size === 0) throw new AppError('input', `${name} is empty. Export it again.`);
    const head = Buffer.alloc(Math.min(pieceSize, before.size));
    await handle.read(head, 0, head.length, 0);
    const encoding = detectEncoding(head, name);
    const shape = detectShape(decodeHead(head, encoding), name);
    const info: ExportInfo = { path, name, bytes: before.size, encoding, ...shape.info };

    return {
      info,
      close: () => handle.close(),
      async *batches() {
        const hash = createHash('sha256');
        const decode = createDecoder(encoding, name);
        const reader = shape.createReader();
        const buffer = Buffer.alloc(pieceSize);
        let bytesRead = 0;
        for (;;) {
          const { bytesRead: size } = await handle.read(buffer, 0, pieceSize, bytesRead);
          if (size === 0) break;
          bytesRead += size;
          const piece = buffer.subarray(0, size);
          hash.update(piece);
          yield { records: reader.push(decode(piece, false)), bytesRead };
        }
        const last = reader.push(decode(Buffer.alloc(0), true));
        const { records, isCutOff } = reader.end();
        yield { records: [...last, ...records], bytesRead };
        const after = await handle.stat();
        if (after.size !== before.size || after.mtimeMs !== before.mtimeMs) {
          throw new AppError(
            'input',
            `${name} changed while it was read. Nothing of it was imported; try again when it is finished.`,
          );
        }
        return { sha256: hash.digest('hex'), isCutOff };
      },
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

type RecordReader = {
  push(text: string): ExportRecord[];
  end(): { records: ExportRecord[]; isCutOff: boolean };
};
type Shape = {
  info: Pick<ExportInfo, 'format' | 'rowKind' | 'delimiter' | 'names'>;
  createReader(): RecordReader;
};

function detectEncoding(head: Buffer, name: string): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  if (head.subarray(0, 4).equals(Buffer.from([0x50, 0x4b, 3, 4])) || (head[0] === 0x1f && head[1] === 0x8b)) {
    throw new AppError('input', `${name} is compressed. Unpack it and import the files inside.`);
  }
  return 'utf-8';
}

function decodeHead(head: Buffer, encoding: Encoding): string {
  return new TextDecoder(encoding).decode(head, { stream: true });
}

/** Decodes strictly: a byte that is not text is an error with its line, never a replacement character. */
function createDecoder(encoding: Encoding, name: string): (piece: Uint8Array, isLast: boolean) => string {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let lines = 1;
  return (piece, isLast) => {
    try {
      const text = decoder.decode(piece, { stream: !isLast });
      for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines += 1;
      return text;
    } catch {
      const loose = new TextDecoder(encoding).decode(piece);
      const good = loose.slice(0, Math.max(0, loose.indexOf('\ufffd')));
      const line = lines + good.split('\n').length - 1;
      throw new AppError(
        'input',
        `${name} is not ${encoding.toUpperCase()} text: line ${line} has bytes that mean nothing in it. Nothing of it was imported. Save or export it as UTF-8.`,
      );
    }
  };
}

function detectShape(head: string, name: string): Shape {
  const start = head.trimStart();
  if (start === '') throw new AppError('input', `${name} holds nothing but blanks. Export it again.`);
  if (start.startsWith('[')) return jsonShape('json', head);
  if (start.startsWith('{')) {
    const firstLine = start.slice(0, start.indexOf('\n') === -1 ? undefined : start.indexOf('\n'));
    if (isObjectText(firstLine) || start.length > pieceSize / 2) return jsonShape('ndjson', head);
    throw new AppError(
      'input',
      `${name} is one JSON object over several lines, not a list of records. Export a JSON array or one record a line.`,
    );
  }
  return csvShape(head, name);
}

function jsonShape(format: 'json' | 'ndjson', head: string): Shape {
  const createReader = format === 'json' ? createArrayReader : createLineReader;
  const first = createReader()
    .push(head)
    .map(jsonRecord)
    .find((record) => 'value' in record);
  const names = first && 'value' in first ? keyPaths(first.value as Record<string, unknown>) : [];
  return {
    info: { format, rowKind: format === 'json' ? 'record' : 'line', delimiter: null, names },
    createReader() {
      const reader = createReader();
      return {
        push: (text) => reader.push(text).map(jsonRecord),
        end() {
          const { pieces, isCutOff } = reader.end();
          return { records: pieces.map(jsonRecord), isCutOff };
        },
      };
    },
  };
}

function jsonRecord({ text, row, fault }: JsonPiece): ExportRecord {
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
function keyPaths(value: Record<string, unknown>, prefix = ''): string[] {
  return Object.entries(value).flatMap(([key, member]) => {
    const path = prefix + key.replaceAll('/', '~1');
    const isParent = typeof member === 'object' && member !== null && !Array.isArray(member);
    return isParent ? [path, ...keyPaths(member as Record<string, unknown>, `${path}/`)] : [path];
  });
}

function isObjectText(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function csvShape(head: string, name: string): Shape {
  const headerLine = head.slice(0, head.indexOf('\n') === -1 ? undefined : head.indexOf('\n'));
  const delimiter = detectDelimiter(headerLine);
  const probe = createCsvReader(delimiter);
  const header = [...probe.push(head), ...(head.includes('\n') ? [] : probe.end())][0];
  if (!header || header.cells.length < 2) {
    throw new AppError(
      'input',
      `${name} has no header line with column names, so it is no CSV export that can be read.`,
    );
  }
  const names = columnNames(header.cells);
  return {
    info: { format: 'csv', rowKind: 'line', delimiter, names },
    createReader() {
      const reader = createCsvReader(delimiter);
      const toRecord = createCsvRecorder(names);
      let isHeader = true;
      const toRecords = (rows: CsvRow[]) => {
        const data = isHeader ? rows.slice(1) : rows;
        if (rows.length > 0) isHeader = false;
        // A blank line is not a record.
        return data.filter((row) => row.cells.length > 1 || row.cells[0] !== '').map(toRecord);
      };
      return {
        push: (text) => toRecords(reader.push(text)),
        end: () => ({ records: toRecords(reader.end()), isCutOff: false }),
      };
    },
  };
}

/** Turns CSV rows into records: the cells are stored as a JSON array, the hash is over the object by column name. */
function createCsvRecorder(names: readonly string[]) {
  const canonicalCsv = createCsvCanonicaliser(names);
  return ({ cells, line, fault }: CsvRow): ExportRecord => {
    const texts = cells.map((cell) => JSON.stringify(cell));
    const raw = `[${texts.join(',')}]`;
    if (fault) return { row: line, fault, raw };
    if (cells.length !== names.length) {
      return { row: line, fault: `it has ${cells.length} cells where the header has ${names.length}`, raw };
    }
    return { row: line, value: cells, raw, canonical: canonicalCsv(texts) };
  };
}
