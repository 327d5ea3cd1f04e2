// Exports that are damaged at any place: cut off, or with bytes that do not belong. Either the file is refused in a
// sentence and nothing of it is stored, or everything read is accounted for. Nothing is lost without a word.

import { createWriteStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { AppError } from '#core/errors.ts';
import { eachExportFile } from '#core/ingest/containers.ts';
import type { ImportReport } from '#core/model.ts';
import { eachEvent } from '#core/query/events.ts';
import type { Store } from '#core/store/open.ts';
import { verifyFailures } from '../../support/log-content.ts';
import {
  importInto,
  ironflockCsv,
  openTemporaryStore,
  query,
  temporaryFile,
  temporaryFolder,
} from '../../support/workspace.ts';

const count = 60;
const values = Array.from({ length: count }, (_, index) =>
  index % 5 === 0 ? `two\nlines ${index}` : index % 5 === 1 ? `say "${index}"` : `Grüße 日本 🙂 ${index}`,
);
const csv = ironflockCsv(
  values.map(
    (value, key) =>
      `2026-01-05T10:00:00.000Z,alice@acme,device,${key},press,plant,Name,,a,"${value.replaceAll('"', '""')}"`,
  ),
);
const records = values.map((value, key) => ({
  timestamp: '2026-01-05T10:00:00.000Z',
  user: { username: 'alice@acme' },
  asset: { type: 'device', key, name: 'press', project: 'plant' },
  aspect: 'Name',
  old: 'a',
  new: value,
}));
const texts = {
  'export.csv': csv,
  'export.json': JSON.stringify(records, null, 1),
  'object.json': JSON.stringify({ kind: 'page', records, total: count }),
  'export.ndjson': records.map((record) => `${JSON.stringify(record)}\n`).join(''),
};

async function zipOf(name: string, content: string): Promise<Buffer> {
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from(content), name);
  zip.end();
  const path = join(temporaryFolder(), 'export.zip');
  await pipeline(zip.outputStream, createWriteStream(path));
  return readFileSync(path);
}

/** Imports what is behind a path: the reports, or the refusal. Anything else that is thrown is a crash. */
async function tryImport(store: Store, path: string): Promise<ImportReport[] | AppError> {
  try {
    const reports: ImportReport[] = [];
    for await (const file of eachExportFile(path)) reports.push(await importInto(store, file));
    return reports;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

/** Whether this is the beginning of what the whole file holds, with every event as it is there. */
async function checkOutcome(path: string, isShort: (read: number) => boolean): Promise<void> {
  const store = openTemporaryStore();
  const outcome = await tryImport(store, path);
  const events = [...eachEvent(store, query(), 'oldest')];
  if (outcome instanceof AppError) {
    expect(outcome.code).toBe('input');
    // Which file, and what to do.
    expect(outcome.message).toMatch(/export\.|object\.|record|line/);
    expect(outcome.message).toMatch(/\. .+\.$/s);
    expect(events).toEqual([]);
  } else {
    for (const report of outcome) {
      expect(report.read).toBe(report.imported + report.duplicates + report.rejected);
      expect(events.length).toBe(report.imported);
      const stored = events.map((event) => event.newValue ?? '');
      // In CSV a cut through the last cell of a row cannot be told from a shorter cell.
      expect(stored.slice(0, -1)).toEqual(values.slice(0, Math.max(0, stored.length - 1)));
      expect(values[stored.length - 1] ?? '').toContain(stored.at(-1) ?? '');
      const isSaid = ({ code }: { code: string }) => code === 'cut-off' || code === 'no-records';
      const isFlagged = report.warnings.some(isSaid) || report.rejected > 0;
      if (isShort(events.length)) expect(isFlagged, JSON.stringify(report.warnings)).toBe(true);
    }
    expect(await verifyFailures(store)).toEqual([]);
  }
  store.close();
}

describe('an export that ends too early', () => {
  it.each(Object.entries(texts))(
    '%s: is refused, or what came before the cut is there and the cut is said',
    async (name, text) => {
      const whole = Buffer.from(text);
      const cut = fc.integer({ min: 1, max: whole.length - 1 });
      await fc.assert(
        fc.asyncProperty(cut, async (at) => {
          const piece = whole.subarray(0, at);
          // CSV and NDJSON cannot say that a whole record is missing: a cut between two lines leaves a sound file.
          const isSound = /csv$/.test(name)
            ? /[\n",]$/.test(piece.toString())
            : /ndjson$/.test(name) && /[\n}]$/.test(piece.toString());
          await checkOutcome(temporaryFile(name, piece), (read) => read < count && !isSound);
        }),
        // The CSV is cut within its header there: a header with fewer columns and no records.
        { numRuns: 60, examples: [[63]] },
      );
    },
  );

  it.each(Object.entries(texts))('%s: packed as gzip, says so wherever it is cut', async (name, text) => {
    const whole = gzipSync(text);
    const cut = fc.integer({ min: 1, max: whole.length - 1 });
    await fc.assert(
      fc.asyncProperty(cut, (at) =>
        checkOutcome(temporaryFile(`${name}.gz`, whole.subarray(0, at)), () => true),
      ),
      { numRuns: 60 },
    );
  });

  it.each(Object.entries(texts))(
    '%s: in a ZIP archive, is refused wherever it is cut',
    async (name, text) => {
      const whole = await zipOf(name, text);
      const cut = fc.integer({ min: 0, max: whole.length - 1 });
      await fc.assert(
        fc.asyncProperty(cut, async (at) => {
          const store = openTemporaryStore();
          const outcome = await tryImport(store, temporaryFile('export.zip', whole.subarray(0, at)));
          expect(outcome).toBeInstanceOf(AppError);
          expect((outcome as AppError).message).toContain('export.zip');
          expect([...eachEvent(store, query(), 'oldest')]).toEqual([]);
          store.close();
        }),
        { numRuns: 60 },
      );
    },
  );
});

describe('an export with a wrong byte', () => {
  it.each(Object.entries(texts))('%s: is refused, or accounts for every record', async (name, text) => {
    const whole = Buffer.from(text);
    const place = fc.tuple(
      fc.nat(whole.length - 1),
      fc.constantFrom(0, 0x0a, 0x22, 0x2c, 0x5d, 0x7b, 0x7d, 0xff),
    );
    await fc.assert(
      fc.asyncProperty(place, async ([at, byte]) => {
        const bytes = Buffer.from(whole);
        bytes[at] = byte;
        const store = openTemporaryStore();
        const outcome = await tryImport(store, temporaryFile(name, bytes));
        const events = [...eachEvent(store, query(), 'oldest')];
        if (outcome instanceof AppError) expect([outcome.code, events]).toEqual(['input', []]);
        else
          for (const { read, imported, duplicates, rejected } of outcome) {
            expect([read, events.length]).toEqual([imported + duplicates + rejected, imported]);
          }
        expect(await verifyFailures(store)).toEqual([]);
        store.close();
      }),
      { numRuns: 60 },
    );
  });
});
