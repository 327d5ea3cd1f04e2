// A change review as a workbook: its rows, what of them deserves a look with the events, activity, and changes by ticket
// where a list was given.

import type { ChangedTrack, ChangeResult, ExceptionKind, ReviewSettings } from '#core/review-model.ts';
import type { Store } from '#core/store/open.ts';
import type { TicketedChange } from '#core/ticket-model.ts';
import { type ReviewBook, settingsLines } from '#core/workbook/ipe.ts';
import type { Cell, SheetColumn } from '#core/workbook/sheet.ts';
import { describeChanges } from './describe.ts';
import { findChanges, type ReviewRequest } from './review.ts';
import { summariseChanges } from './summary.ts';
import { listTicketed } from './ticketed.ts';

const text = (title: string, width = 20): SheetColumn => ({ title, width });
const figure = (title: string, width = 10): SheetColumn => ({ title, width, number: true });

const rowColumns: SheetColumn[] = [
  text('Source', 18),
  text('Target type', 12),
  text('Target id', 16),
  text('Target name', 22),
  text('Field'),
  text('Value then', 32),
  text('Certainty then', 12),
  text('Value now', 32),
  text('Certainty now', 12),
  text('Result', 12),
  figure('Changes'),
  text('By', 32),
  text('First change (UTC)', 24),
  text('Last change (UTC)', 24),
  text('First event'),
  text('Last event'),
  text('To look at', 40),
  figure('Breaks'),
];

/**
 * The review, of its rows those with a result or an exception where one is named. Make and read it inside one
 * transaction. Throws AppError('usage') for dates, zones and filters that make no sense.
 */
export function changesBook(
  store: Store,
  request: ReviewRequest,
  settings: ReviewSettings,
  only: { result: ChangeResult | null; exception: ExceptionKind | null },
): ReviewBook {
  const review = findChanges(store, request);
  const summary = summariseChanges(store, request, review);
  const found = review.rows.filter(
    ({ result, exceptions }) =>
      (only.result === null || result === only.result) &&
      (only.exception === null || exceptions.includes(only.exception)),
  );
  const rows = describeChanges(store, review, found);
  const exceptions = rows.flatMap((row) => row.exceptions.map((exception) => ({ row, ...exception })));
  const everything = { first: 0, limit: Number.MAX_SAFE_INTEGER, bucket: null };
  const ticketed = listTicketed(store, review, everything).rows;
  const { tickets } = summary;
  return {
    holds: `every field that had a change from ${request.from} to ${request.to}, its value then and now`,
    asked: [
      ['From', `${request.from}, which is ${summary.fromTime}`],
      ['To', `${request.to}, which is before ${summary.toTime}`],
      ['Zone of its days', request.zone],
      ['Filter', request.filter.trim() || 'none'],
      ['Rows', only.result ?? only.exception ?? 'all'],
      ['Baseline', request.baseline.length === 0 ? 'none' : `${request.baseline.length} values`],
      [
        'Tickets',
        tickets === null
          ? 'none'
          : `${tickets.list.file}, SHA-256 ${request.tickets?.list.sha256}, ${tickets.list.tickets} tickets`,
      ],
      ...settingsLines({ ...settings, hours: request.hours }),
    ],
    figures: [
      ['Events of the period', summary.balance.events],
      ['On the rows of the review', summary.balance.inTracks],
      ['Activity without a field', summary.balance.activity],
      ['Changes of rights', summary.balance.access],
      ['Without a value', summary.balance.withoutValue],
      ['Failed', summary.balance.failed],
      ['Fields with changes', summary.tracks],
      ['Changed', summary.results.changed],
      ['Came back', summary.results.reverted],
      ['With a value that is not known', summary.results.unknown],
      ['Breaks', summary.breaks.breaks],
      ...summary.exceptions.map(({ kind, rows: count, skipped }): [string, string | number] => [
        `Exception: ${kind}`,
        skipped === null ? count : `not looked for. ${skipped}`,
      ]),
      ...(tickets === null
        ? []
        : Object.entries(tickets.buckets).map(([bucket, count]): [string, number] => [
            `Tickets: ${bucket}`,
            count,
          ])),
    ],
    method: [
      [
        'Value then, value now',
        'of the last event before; else what the next event replaced; else a baseline; else unknown',
      ],
    ],
    tables: [
      { name: 'Changes', total: rows.length, columns: rowColumns, rows: rows.map(rowCells) },
      {
        name: 'To look at',
        total: exceptions.length,
        columns: [
          text('Exception', 20),
          text('Reason', 50),
          ...rowColumns.slice(0, 5),
          figure('Changes'),
          text('Events (the first 100)', 60),
        ],
        rows: exceptions.map(({ row, kind, reason, count, events }) => [
          kind,
          reason,
          ...rowCells(row).slice(0, 5),
          count,
          events.join(' '),
        ]),
      },
      {
        name: 'Activity',
        total: summary.activity.length,
        columns: [text('Category', 30), figure('Events')],
        rows: summary.activity.map(({ category, count }) => [category, count]),
      },
      ...(tickets === null ? [] : [ticketTable(ticketed)]),
    ],
  };
}

function rowCells(row: ChangedTrack): Cell[] {
  return [
    row.source,
    row.targetType,
    row.targetId,
    row.targetName,
    row.field,
    row.valueFrom,
    row.certaintyFrom,
    row.valueTo,
    row.certaintyTo,
    row.result,
    row.changes,
    row.actors.join('; '),
    new Date(row.firstTime),
    new Date(row.lastTime),
    row.firstEvent,
    row.lastEvent,
    row.exceptions.map(({ reason, count }) => `${reason} (${count})`).join(' '),
    row.breaks,
  ];
}

function ticketTable(rows: readonly TicketedChange[]): ReviewBook['tables'][number] {
  const at = (time: string | null): Cell => (time === null ? null : new Date(time));
  return {
    name: 'Tickets',
    total: rows.length,
    columns: [
      text('Bucket', 18),
      text('Change (UTC)', 24),
      text('By', 26),
      text('Target', 22),
      text('Field'),
      text('Old value', 26),
      text('New value', 26),
      text('Event'),
      text('Ticket', 16),
      text('How it was found', 16),
      text('Opened (UTC)', 24),
      text('Opened by', 22),
      text('Approved (UTC)', 24),
      text('Approved by', 22),
      text('Other tickets', 30),
    ],
    rows: rows.map(({ bucket, time, actor, target, field, oldValue, newValue, event, links }) => {
      const [link, ...others] = links;
      return [
        bucket,
        at(time),
        actor,
        target && (target.targetName ?? target.targetId),
        field,
        oldValue,
        newValue,
        event,
        link?.ticket.id ?? null,
        bucket === 'no-change' ? null : (link?.by ?? null),
        at(link?.ticket.opened ?? null),
        link?.ticket.openedBy ?? null,
        at(link?.ticket.approved ?? null),
        link?.ticket.approvedBy ?? null,
        others.map(({ ticket }) => ticket.id).join(', ') || null,
      ];
    }),
  };
}
