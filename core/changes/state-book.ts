// The state at a date as a workbook or CSV.

import type { Store } from '#core/store/open.ts';
import type { ReviewBook } from '#core/workbook/ipe.ts';
import type { SheetColumn } from '#core/workbook/sheet.ts';
import { readStatePage } from './answers.ts';
import type { StateRequest } from './state.ts';

const text = (title: string, width = 20): SheetColumn => ({ title, width });
/** Rows described at once. */
const step = 2000;

/** The value of every track. Make and read it inside one transaction. Throws AppError('usage'). */
export function stateBook(store: Store, request: StateRequest): ReviewBook {
  const page = (first: number) => readStatePage(store, request, { first, limit: step });
  const { atTime, counts, total } = page(0);
  function* rows() {
    for (let first = 0; first < total; first += step)
      for (const row of page(first).rows)
        yield [
          row.source,
          row.targetType,
          row.targetId,
          row.targetName,
          row.field,
          row.value,
          row.certainty,
          row.event,
        ];
  }
  return {
    holds: 'the value of every field at a date, and the event that says so',
    asked: [
      ['Values', `at the end of ${request.at}, before ${atTime}`],
      ['Zone of its days', request.zone],
      ['Filter', request.filter.trim() || 'none'],
      ['Baseline', request.baseline.length === 0 ? 'none' : `${request.baseline.length} values`],
    ],
    figures: [
      ['Fields', total],
      ...Object.entries(counts).map(([certainty, count]): [string, number] => [
        `Certainty: ${certainty}`,
        count,
      ]),
    ],
    method: [
      ['Asserted', 'the new value of the last event before the instant'],
      ['Inferred', 'the old value of the first event after it'],
      ['Baseline', 'the value of a snapshot that was handed over, dated before it'],
      ['Unknown', 'none of these: the log does not show the value'],
    ],
    tables: [
      {
        name: 'State',
        total,
        columns: [
          text('Source', 18),
          text('Target type', 12),
          text('Target id', 16),
          text('Target name', 22),
          text('Field'),
          text('Value', 40),
          text('Certainty', 12),
          text('Event'),
        ],
        rows: { [Symbol.iterator]: rows },
      },
    ],
  };
}
