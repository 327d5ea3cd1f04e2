// Writes an exported view as CSV or NDJSON, a piece at a time.

import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { asText, csvLine } from '#core/csv-text.ts';
import type { Event } from '#core/model.ts';
import type { Pace } from '#core/pace.ts';
import { csvCells, csvHeader } from './columns.ts';

/** What was written. `changed` cells are not as in the log: guarded from being calculated, or cut. */
export type Written = { events: number; bytes: number; sha256: string; changed: number };

const pieceLength = 256 * 1024;

/** Writes the events to a new file and puts it on the disk. */
export async function writeLines(
  path: string,
  format: 'csv' | 'ndjson',
  events: Iterable<Event>,
  options: { pace: Pace; total: number },
): Promise<Written> {
  const { pace, total } = options;
  const hash = createHash('sha256');
  const written = { events: 0, bytes: 0, sha256: '', changed: 0 };
  const fd = openSync(path, 'wx');
  let piece = '';
  const flush = () => {
    const bytes = Buffer.from(piece);
    for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
    hash.update(bytes);
    written.bytes += bytes.length;
    piece = '';
  };
  const guarded = (cell: string | number | null) => {
    if (typeof cell !== 'string') return cell;
    const text = asText(cell);
    if (text !== cell) written.changed += 1;
    return text;
  };
  try {
    if (format === 'csv') piece = csvLine(csvHeader);
    for (const event of events) {
      piece += format === 'csv' ? csvLine(csvCells(event).map(guarded)) : `${JSON.stringify(event)}\n`;
      written.events += 1;
      if (piece.length >= pieceLength) flush();
      if (written.events % 64 === 0) {
        pace.report('Writing the file', written.events, total, 'events');
        await pace.turn();
      }
    }
    flush();
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  return { ...written, sha256: hash.digest('hex') };
}
