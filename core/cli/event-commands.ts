// The command `events`: a page as JSON, a stream as NDJSON or CSV, or all events of a view as a file with its card.

import { resolve } from 'node:path';
import { csvLine } from '#core/csv-text.ts';
import { exportTo } from '#core/engine/export-view.ts';
import { AppError } from '#core/errors.ts';
import { csvCells, csvHeader } from '#core/export/columns.ts';
import { type ExportFormat, exportFormats } from '#core/export-model.ts';
import { countEvents, eachEvent, readPage } from '#core/query/events.ts';
import { type Sort, sortKeys } from '#core/query/sort.ts';
import { parseSort } from '#core/query/view.ts';
import {
  choiceOption,
  numberOption,
  type Options,
  queryOption,
  queryOptions,
  readOptions,
  refuseFiles,
  textOption,
  wantsJson,
} from './options.ts';
import { printJson, write } from './output.ts';
import { withContext } from './with-context.ts';

export async function runEvents(args: readonly string[], signal: AbortSignal): Promise<number> {
  const options = readOptions(args, {
    ...queryOptions,
    limit: { type: 'string' },
    after: { type: 'string' },
    format: { type: 'string' },
    out: { type: 'string' },
    sort: { type: 'string' },
  });
  refuseFiles(options);
  const chosen = choiceOption(options, 'format', ['json', ...exportFormats]);
  const out = textOption(options, 'out');
  if (out !== null) return exportFile(out, chosen, options, signal);
  const format = chosen ?? 'json';
  if (format === 'xlsx') throw new AppError('usage', 'A workbook is a file: name it with --out FILE.');
  if (textOption(options, 'sort') !== null) {
    throw new AppError('usage', '--sort is for --out FILE. Without it events come newest first.');
  }
  const limit = numberOption(options, 'limit', 1, 1_000_000_000);
  const query = queryOption(options);
  return withContext(options, signal, async (context) => {
    const store = context.reader();
    const after = textOption(options, 'after');
    if (format === 'json') {
      const page = readPage(store, query, { limit: limit ?? 100, after });
      await printJson({ total: countEvents(store, query), ...page });
      return 0;
    }
    if (format === 'csv') await write(csvLine(csvHeader));
    const events =
      after === null && limit === null
        ? eachEvent(store, query, 'newest')
        : readPage(store, query, { limit: limit ?? 100, after }).events;
    for (const event of events) {
      await write(format === 'ndjson' ? `${JSON.stringify(event)}\n` : csvLine(csvCells(event)));
    }
    return 0;
  });
}

/** Writes all events of the query to a new file, with its IPE card beside it. */
async function exportFile(
  out: string,
  chosen: 'json' | ExportFormat | null,
  options: Options,
  signal: AbortSignal,
): Promise<number> {
  for (const name of ['limit', 'after']) {
    if (textOption(options, name) !== null) {
      throw new AppError('usage', `--out writes all events of the query; leave --${name} out.`);
    }
  }
  const format = chosen ?? exportFormats.find((one) => out.toLowerCase().endsWith(`.${one}`));
  if (format === undefined || format === 'json') {
    throw new AppError('usage', `--out takes --format ${exportFormats.join(', ')}.`);
  }
  const request = { query: queryOption(options), sort: sortOption(options), format };
  return withContext(options, signal, async (context) => {
    const report = await exportTo(resolve(out), request, context);
    if (wantsJson(options)) await printJson(report);
    else {
      const { events, file, card, sha256, notes } = report;
      const lines = [
        `${file}: ${events} events`,
        `  IPE card ${card}`,
        `  SHA-256 ${sha256}`,
        ...notes.map((note) => `  ! ${note}`),
      ];
      await write(`${lines.join('\n')}\n`);
    }
    return 0;
  });
}

/** `actor` or `actor.desc`; newest first unless said otherwise. */
function sortOption(options: Options): Sort {
  const text = textOption(options, 'sort') ?? 'time.desc';
  const sort = parseSort(text.includes('.') ? text : `${text}.asc`);
  if (sort) return sort;
  throw new AppError(
    'usage',
    `--sort takes ${sortKeys.join(', ')}, each with .asc or .desc behind it, not “${text}”.`,
  );
}
