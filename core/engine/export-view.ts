// The export of a view, for window and command line: where the file goes, and the note of it in the activity log.

import { basename, resolve } from 'node:path';
import type { CallContext } from '#core/engine.ts';
import { type ExportRequest, exportEvents, freePath } from '#core/export/export-events.ts';
import type { ExportReport } from '#core/export-model.ts';
import { fileStem } from '#core/new-file.ts';
import { personOfMachine, recordActivity } from '#core/store/activity.ts';

/** Exports a view to a new file in a folder, named after workspace and period. */
export function exportInto(
  folder: string,
  request: ExportRequest,
  context: CallContext,
): Promise<ExportReport> {
  const { from, to } = request.query;
  const day = (date: string) => date.slice(0, 10);
  const period = [from === null ? '' : ` from ${day(from)}`, to === null ? '' : ` to ${day(to)}`].join('');
  const stem = fileStem(`${basename(resolve(context.workspace))} events${period}`);
  return exportTo(freePath(folder, stem, request.format), request, context);
}

/** Exports a view to this file, which must not be there yet, and notes it. */
export async function exportTo(
  path: string,
  request: ExportRequest,
  context: CallContext,
): Promise<ExportReport> {
  const { signal, progress } = context;
  const review = context.review();
  try {
    const person = personOfMachine();
    const report = await exportEvents(context.reader(), request, { path, person, signal, progress });
    const { file, card, format, events, bytes, sha256 } = report;
    recordActivity(review, 'export', {
      ...request.query,
      sort: request.sort,
      file,
      card,
      format,
      events,
      bytes,
      sha256,
    });
    return report;
  } finally {
    review.close();
  }
}
