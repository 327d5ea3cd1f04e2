// The commands that say what changed between two dates, and what held on one.

import { readChangedTracks, readChangeSummary, readStatePage, readTicketed } from '#core/changes/answers.ts';
import { type BaselineValue, readBaseline } from '#core/changes/baseline.ts';
import { changesBook } from '#core/changes/changes-book.ts';
import { stateBook } from '#core/changes/state-book.ts';
import { askTickets } from '#core/changes/ticket-matching.ts';
import { readTickets } from '#core/changes/tickets.ts';
import type { Store } from '#core/store/open.ts';
import { readTicketDecisions } from '#core/store/ticket-decisions.ts';
import { type TicketFigures, ticketBuckets } from '#core/ticket-model.ts';
import {
  type Options,
  queryOption,
  queryOptions,
  readOptions,
  refuseFiles,
  requiredOption,
  textOption,
  wantsJson,
} from './options.ts';
import { formatTable, printJson, write } from './output.ts';
import { saveIfAsked, saveOptions } from './save-option.ts';
import { readReview, readSettings, settingsOptions } from './settings-commands.ts';
import { withContext } from './with-context.ts';

/** `exhibit changes`: each track with an event in the period, its value then and now. */
export async function runChanges(args: readonly string[], signal: AbortSignal): Promise<number> {
  const options = readOptions(args, {
    ...queryOptions,
    ...settingsOptions,
    baseline: { type: 'string' },
    tickets: { type: 'string' },
    ...saveOptions,
  });
  refuseFiles(options);
  const query = queryOption(options);
  const file = textOption(options, 'tickets');
  const list = file === null ? null : readTickets(file, query.zone);
  const asked = {
    ...query,
    from: requiredOption(options, 'from', 'name the first day of the period'),
    to: requiredOption(options, 'to', 'name the last day of the period'),
    baseline: baselineOption(options, query.zone),
  };
  return withContext(options, signal, async (context) => {
    const store = context.reader();
    const settings = readSettings(options, context);
    const tickets = list && askTickets(list, readReview(context, readTicketDecisions));
    const request = { ...asked, hours: settings.hours, tickets };
    const make = (one: Store) => changesBook(one, request, settings, { result: null, exception: null });
    if (await saveIfAsked(options, make, context)) return 0;
    const { from, to, zone, activity, ...summary } = readChangeSummary(store, request);
    const all = { first: 0, limit: Number.MAX_SAFE_INTEGER, result: null, exception: null };
    const { rows: tracks } = readChangedTracks(store, request, all);
    if (wantsJson(options)) {
      const { tracks: _count, tickets: found, ...figures } = summary;
      const changes = found && readTicketed(store, request, { ...all, bucket: null }).rows;
      await printJson({
        from,
        to,
        zone,
        tracks,
        activity,
        ...figures,
        ...(found ? { tickets: { ...found, changes } } : {}),
        settings,
      });
      return 0;
    }
    const { changed, reverted, unknown } = summary.results;
    await write(
      `${tracks.length} fields had changes from ${from} to ${to} (${zone}): ${changed} changed, ${reverted} reverted, ${unknown} with a value the log does not show\n`,
    );
    if (summary.breaks.breaks > 0)
      await write(
        `! ${summary.breaks.breaks} breaks in ${summary.breaks.tracks} of them: records are missing or were altered. See “exhibit continuity”.\n`,
      );
    const shown = (value: string | null) => (value === null ? '(not known)' : value.replace(/\s+/g, ' '));
    const lines = tracks.map((row) => [
      targetOf(row),
      row.field,
      shown(row.valueFrom),
      row.certaintyFrom,
      shown(row.valueTo),
      row.certaintyTo,
      row.changes,
      row.result,
      row.actors.join(', '),
    ]);
    const header = ['target', 'field', 'then', '', 'now', '', 'changes', 'result', 'by'];
    await write(formatTable([header, ...lines]));
    for (const { kind, rows, skipped } of summary.exceptions)
      await write(`  ${kind}: ${skipped === null ? `${rows} fields` : `not looked for. ${skipped}`}\n`);
    if (summary.tickets) await write(describeTickets(summary.tickets));
    if (activity.length > 0)
      await write(formatTable(activity.map(({ category, count }) => [category, count])));
    return 0;
  });
}

function describeTickets({ list, buckets, candidates }: TicketFigures): string {
  const columns = list.columns.map(({ meaning, column }) => `${meaning} from “${column}”`).join(', ');
  const rows = ticketBuckets.map((bucket) => [bucket, buckets[bucket]]);
  return `${list.tickets} tickets, ${columns}\n${formatTable(rows)}  ${candidates} of those without a ticket fit one by target and time; confirm them in the window or with “exhibit tickets”\n`;
}

/** `exhibit state`: the value of every track at the end of a date. */
export async function runState(args: readonly string[], signal: AbortSignal): Promise<number> {
  const { filter, zone } = queryOptions;
  const options = readOptions(args, {
    filter,
    zone,
    at: { type: 'string' },
    baseline: { type: 'string' },
    ...saveOptions,
  });
  refuseFiles(options);
  const query = queryOption(options);
  const request = {
    at: requiredOption(options, 'at', 'name the date'),
    zone: query.zone,
    filter: query.filter,
    baseline: baselineOption(options, query.zone),
  };
  return withContext(options, signal, async (context) => {
    if (await saveIfAsked(options, (store) => stateBook(store, request), context)) return 0;
    const all = { first: 0, limit: Number.MAX_SAFE_INTEGER };
    const { at, atTime, counts, rows } = readStatePage(context.reader(), request, all);
    if (wantsJson(options)) await printJson({ at, atTime, counts, values: rows });
    else {
      const lines = rows.map((row) => [targetOf(row), row.field, row.value ?? '(not known)', row.certainty]);
      await write(formatTable([['target', 'field', 'value', 'certainty'], ...lines]));
    }
    return 0;
  });
}

function baselineOption(options: Options, zone: string): BaselineValue[] {
  const file = textOption(options, 'baseline');
  return file === null ? [] : readBaseline(file, zone);
}

function targetOf(row: { targetType: string | null; targetId: string | null; targetName: string | null }) {
  return `${row.targetType ?? ''} ${row.targetName ?? row.targetId ?? ''}`.trim();
}
