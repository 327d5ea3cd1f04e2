// Reads an export piece by piece: bytes → text → records. Says what it is (format, columns) before the first record,
// and its SHA-256 and encoding after the last. Memory does not grow with the file.

import type { ExportBytes } from './bytes.ts';
import type { ExportFile } from './containers.ts';
import { looksLikeLocalDate } from './date-order.ts';
import { createDecoder, type Encoding } from './encoding.ts';
import { longestRecord } from './json.ts';
import { createLineIndex, createRecordIndex, type LineBlock } from './line-index.ts';
import type { JsonCutting } from './list-batcher.ts';
import { refuseOtherFiles } from './other-files.ts';
import { type ExportRecord, findShape, type IsRecord, type RecordReader, type Shape } from './shape.ts';

/** What an export is, as found in its first bytes. */
export type ExportInfo = Omit<Shape, 'createReader' | 'cutting'> & { name: string; bytes: number };

/** What is only known when the whole export has been read. */
export type ExportEnd = { sha256: string; encoding: Encoding; isCutOff: boolean };

export type OpenExport = {
  info: ExportInfo;
  /** Whether its beginning holds something that looks like 03/04/2026. */
  hasLocalDates: boolean;
  /** Batches of records with the stored bytes read so far. Read it once, to its end. */
  batches(): AsyncGenerator<{ records: ExportRecord[]; bytesRead: number }, ExportEnd>;
  /** The same as pieces of UTF-8 text, for who cuts the records himself; null where it is no text. Read either, once. */
  pieces: (() => AsyncGenerator<{ text: Uint8Array; bytesRead: number }, ExportEnd>) | null;
  /** How its pieces are cut into records where it is JSON and not one record a line; else null. */
  cutting: JsonCutting | null;
  /** Where the lines begin that were read since the last call; null where that is not told. */
  takeLines(): LineBlock | null;
  close(): Promise<void>;
};

/**
 * Records are cut from so much text at a time: few enough at once that they are gone before the runtime's garbage
 * collection has to carry them about, which costs more than reading them.
 */
const sliceLength = 64 * 1024;

/** Mostly enough of a file to tell what it is: some records of any vendor. */
const headSize = 256 * 1024;

/** As much is looked at where that is not: a record of any length, or what stands before the list of records. */
const longestHead = 2 * longestRecord;

/**
 * Opens an export. `isRecord` says whether a preset takes an object with these key paths for a record. Throws
 * AppError('input') when it is missing, empty, or of no known form.
 */
export async function openExport(file: ExportFile, isRecord: IsRecord): Promise<OpenExport> {
  const bytes = await file.open();
  try {
    const { head, text, found } = await readHead(bytes.content, file.name, isRecord);
    const decoder = createDecoder(head, file.name);
    const { createReader, cutting, ...shape } = found;

    // An element of a JSON array is counted, not its lines; and line ends of UTF-16 are not a byte.
    const records = cutting && createRecordIndex(head, decoder.encoding);
    const lines = records || decoder.encoding().startsWith('utf-16') ? null : createLineIndex();
    async function* decoded<T>(decode: (piece: Uint8Array) => T, end: () => T): AsyncGenerator<T, ExportEnd> {
      lines?.see(head);
      yield decode(head);
      for await (const piece of bytes.content) {
        lines?.see(piece);
        yield decode(piece);
      }
      yield end();
      await bytes.assertUnchanged();
      return { sha256: bytes.sha256(), encoding: decoder.encoding(), isCutOff: bytes.isCutOff() };
    }

    async function* cut(
      reader: RecordReader,
    ): AsyncGenerator<{ records: ExportRecord[]; bytesRead: number }, ExportEnd> {
      const all = decoded(decoder.decode, decoder.end);
      for (;;) {
        const step = await all.next();
        if (step.done) {
          const { records, isCutOff } = reader.end();
          yield { records, bytesRead: bytes.bytesRead() };
          return { ...step.value, isCutOff: isCutOff || step.value.isCutOff };
        }
        for (let at = 0; at < step.value.length; at += sliceLength) {
          const slice = step.value.slice(at, at + sliceLength);
          yield { records: reader.push(slice), bytesRead: bytes.bytesRead() };
        }
      }
    }

    return {
      info: { ...shape, name: file.name, bytes: bytes.bytes },
      hasLocalDates: looksLikeLocalDate(text),
      takeLines: () => (records ?? lines)?.take() ?? null,
      async close() {
        await bytes.content.return(undefined);
        await bytes.close();
      },
      async *pieces() {
        const all = decoded(decoder.decodeBytes, () => Buffer.from(decoder.end()));
        for (;;) {
          const step = await all.next();
          if (step.done) return step.value;
          yield { text: step.value, bytesRead: bytes.bytesRead() };
        }
      },
      cutting: cutting && records && { ...cutting, index: records },
      batches: () => cut(createReader()),
    };
  } catch (error) {
    await bytes.close();
    throw error;
  }
}

/** The first pieces, until there is enough to tell what the file is. */
async function readHead(
  content: ExportBytes['content'],
  name: string,
  isRecord: IsRecord,
): Promise<{ head: Uint8Array; text: string; found: Shape }> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  let isAll = false;
  for (let size = headSize; ; size = Math.min(8 * size, longestHead)) {
    while (length < size && !isAll) {
      const step = await content.next();
      isAll = step.done === true;
      if (step.done) break;
      pieces.push(Buffer.from(step.value));
      length += step.value.length;
    }
    const head = Buffer.concat(pieces);
    refuseOtherFiles(head, name);
    // Decoded once more when it is read: this text only tells the shape.
    const text = createDecoder(head, name).decode(head);
    const found = findShape(text, name, isRecord, isAll || size === longestHead);
    if (found) return { head, text, found };
  }
}
