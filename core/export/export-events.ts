// Exports a view: every event of a query, in the order of the list, to a file with its IPE card beside it. Written
// under a hidden name and named only when it is whole; what is there already is never touched.

import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { readApplication } from '#core/assets.ts';
import { AppError } from '#core/errors.ts';
import type { ExportFormat, ExportReport } from '#core/export-model.ts';
import type { EventQuery, Progress } from '#core/model.ts';
import { isTaken, nameFiles, syncFile, syncFolder, writeNewFile } from '#core/new-file.ts';
import { createPace, type Pace } from '#core/pace.ts';
import { compileQuery } from '#core/query/compile.ts';
import { countEvents } from '#core/query/events.ts';
import type { Sort } from '#core/query/sort.ts';
import { readInventory } from '#core/store/inventory.ts';
import type { Store } from '#core/store/open.ts';
import { inSnapshot } from '#core/store/snapshot.ts';
import type { CardPart } from '#core/workbook/book.ts';
import { cardParts, cardText } from './card.ts';
import { describeSql, findRows, readRows } from './rows.ts';
import { type Written, writeLines } from './write-lines.ts';

export type ExportRequest = { query: EventQuery; sort: Sort; format: ExportFormat };

export type ExportOptions = {
  /** Path of the file to write. */
  path: string;
  /** Who exports: an account of this computer. */
  person: string;
  signal: AbortSignal;
  progress(progress: Progress): void;
  /** Rows of a sheet, heading included; the format's limit unless a test says less. */
  rowLimit?: number;
};

/** Path of the card beside a file. */
export const cardPath = (path: string): string => `${path}.ipe.txt`;

/** A path in a folder that neither a file nor a card has: `stem.csv`, or `stem (2).csv` … where that is taken. */
export function freePath(folder: string, stem: string, format: ExportFormat): string {
  for (let n = 1; ; n++) {
    const path = join(folder, `${stem}${n === 1 ? '' : ` (${n})`}.${format}`);
    if (!existsSync(path) && !existsSync(cardPath(path))) return path;
  }
}

/**
 * Writes the file and its card. Throws AppError: `usage` for a query that makes no sense, `input` when the folder is
 * missing or a name is taken, `cancelled`. After a failure or a cancel nothing is left behind.
 */
export async function exportEvents(
  store: Store,
  request: ExportRequest,
  options: ExportOptions,
): Promise<ExportReport> {
  const started = performance.now();
  const { path, signal, progress } = options;
  const pace = createPace(signal, progress);
  pace.check();
  compileQuery(store, request.query);
  const folder = dirname(path);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new AppError('input', `${folder} is not a folder. Choose an existing folder for the export.`);
  }
  for (const one of [path, cardPath(path)]) if (existsSync(one)) throw isTaken(one);
  let building: string | null = null;
  // Made once the events are found: a search may be ended in the middle, and then nobody would remove it.
  const begin = () => {
    building = mkdtempSync(join(folder, '.exhibit-unfinished-'));
    return building;
  };
  try {
    const { written, card, into } = await inSnapshot(store, () =>
      writeView(store, request, options, { begin, pace }),
    );
    const notes = notesOn(request.format, written.changed);
    const text = cardText(card, [
      ['Bytes', written.bytes],
      ['SHA-256', written.sha256],
      ...notes.map((note): [string, string] => ['Note', note]),
    ]);
    writeNewFile(into, 'card', [text]);
    syncFile(join(into, 'card'));
    pace.check();
    nameFiles([
      { unfinished: join(into, 'card'), path: cardPath(path) },
      { unfinished: join(into, 'events'), path },
    ]);
    syncFolder(folder);
    const { events, bytes, sha256 } = written;
    return {
      file: basename(path),
      card: basename(cardPath(path)),
      format: request.format,
      events,
      bytes,
      sha256,
      notes,
      ms: Math.round(performance.now() - started),
    };
  } finally {
    if (building !== null) rmSync(building, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Writes the events into the folder that `begin` makes, and gives what the card says of them. */
async function writeView(
  store: Store,
  { query, sort, format }: ExportRequest,
  options: ExportOptions,
  { begin, pace }: { begin(): string; pace: Pace },
): Promise<{ written: Written; card: CardPart[]; into: string }> {
  pace.report('Looking for the events', 0, null, 'events');
  const all: EventQuery = { ...query, filter: '', from: null, to: null };
  const stored = countEvents(store, all);
  const inPeriod = countEvents(store, { ...query, filter: '' });
  await pace.turn();
  const { ids, bySource, byTimeBasis } = await findRows(store, query, sort, pace);
  const application = readApplication();
  const at = Date.now();
  const card = cardParts({
    file: basename(options.path),
    format,
    query,
    sort,
    sql: describeSql(store, query, sort),
    inventory: readInventory(store),
    counts: { stored, inPeriod, matching: ids.length },
    bySource,
    byTimeBasis,
    application,
    person: options.person,
    at,
  });
  const events = readRows(store, ids);
  const total = ids.length;
  const into = begin();
  const path = join(into, 'events');
  pace.report('Writing the file', 0, total, 'events');
  let written: Written;
  if (format === 'xlsx') {
    // The writer of workbooks takes a third of a second to load: only a workbook waits for it.
    const { writeWorkbook, sheetRows } = await import('./write-workbook.ts');
    const { rowLimit = sheetRows } = options;
    written = await writeWorkbook(path, events, { pace, total, card, application, at, rowLimit });
  } else written = await writeLines(path, format, events, { pace, total });
  if (written.events !== total) {
    throw new Error(`The log has ${total} events of this view, ${written.events} were written.`);
  }
  return { written, card, into };
}

/** What the file has otherwise than the log. */
function notesOn(format: ExportFormat, changed: number): string[] {
  if (changed === 0) return [];
  const cells = changed === 1 ? '1 cell' : `${changed.toLocaleString('en-US')} cells`;
  return [
    format === 'xlsx'
      ? `${cells} had more characters than a sheet can hold and were cut, each with a mark. An export as NDJSON has all.`
      : `${cells} would be calculated by a spreadsheet and got an apostrophe in front. An export as NDJSON has them without.`,
  ];
}
