// The columns of the events grid: what each is called, how its cell shows one event, what it is sorted by, and what
// of it is copied.

import type { ReactNode } from 'react';
import type { EventRow } from '#core/model.ts';
import type { SortKey } from '#core/query/sort.ts';
import { Icon } from '../controls/icon.tsx';
import { CategoryWord } from '../marks/category-word.tsx';
import { categoryLabel } from '../words/categories.ts';
import { Recorded } from '../words/recorded.tsx';
import { targetOf } from '../words/sentence.ts';
import { formatInstant, inZone } from '../words/time.ts';
import styles from './cells.module.css';
import type { ColumnMeasure } from './column-layout.ts';

/** A column as it is copied: one or more of a spreadsheet's. */
type Copied = { name: string; text(row: EventRow, zone: string): string | null };

export type Column = ColumnMeasure & {
  name: string;
  sort: SortKey | null;
  cell(row: EventRow, zone: string): ReactNode;
  copied: Copied[];
};

type Width = [least: number, share: number | null];

const column = (
  id: string,
  name: string,
  [least, share]: Width,
  sort: SortKey | null,
  cell: Column['cell'],
  copied: Copied[],
): Column => ({ id, name, least, share, isUsual: true, sort, cell, copied });

/** A column that shows a recorded text as it is. */
const textColumn = (
  id: SortKey,
  name: string,
  width: Width,
  text: (row: EventRow) => string | null,
): Column => column(id, name, width, id, (row) => recorded(text(row)), [{ name, text }]);

const recorded = (text: string | null) => (text === null ? null : <Recorded text={text} />);

const outcomes = { success: 'succeeded', failure: 'failed', unknown: null };

/** Every column there is; the usual ones first, in their usual order. */
export const columns: readonly Column[] = [
  column('time', 'Time', [226, null], 'time', timeCell, [
    { name: 'Time', text: (row, zone) => formatInstant(row.time, zone) },
  ]),
  textColumn('actor', 'Actor', [142, 1.45], (row) => row.actor),
  column('action', 'Action', [136, 1.25], 'action', actionCell, [
    { name: 'Action', text: (row) => row.action },
  ]),
  column('category', 'Category', [140, null], 'category', (row) => <CategoryWord category={row.category} />, [
    { name: 'Category', text: (row) => categoryLabel(row.category) },
  ]),
  column('target', 'Target', [136, 1.25], 'target', targetCell, [
    { name: 'Target type', text: (row) => row.targetType },
    { name: 'Target', text: targetOf },
  ]),
  textColumn('field', 'Field', [100, 1], (row) => row.field),
  column('change', 'Old → new', [148, 1.8], null, changeCell, [
    { name: 'Old value', text: (row) => row.oldValue },
    { name: 'New value', text: (row) => row.newValue },
  ]),
  textColumn('source', 'Source', [92, null], (row) => row.source),
  ...[
    textColumn('subject', 'Subject', [142, 1.2], (row) => row.subject),
    textColumn('ip', 'IP address', [132, null], (row) => row.ip),
    textColumn('outcome', 'Outcome', [100, null], (row) => outcomes[row.outcome]),
  ].map((one) => ({ ...one, isUsual: false })),
];

const byId = new Map(columns.map((one) => [one.id, one]));
export const columnOf = (id: string): Column | undefined => byId.get(id);

function timeCell(row: EventRow, zone: string): ReactNode {
  const parts = inZone(row.time, zone);
  if (parts === null) return row.time;
  return (
    <>
      {parts.date} {parts.clock}
      <span className={styles.faint_time}>
        .{parts.ms} {parts.offset}
      </span>
    </>
  );
}

function actionCell(row: EventRow): ReactNode {
  return (
    <span className={styles.action}>
      <Recorded text={row.action} />
      {row.outcome === 'failure' ? (
        <span className={styles.failure} title="failed">
          <Icon name="cross" size={10} />
          <span className="unseen">failed</span>
        </span>
      ) : null}
    </span>
  );
}

function targetCell(row: EventRow): ReactNode {
  const target = targetOf(row);
  if (target === null) return null;
  return (
    <>
      {row.targetType === null ? null : <span className={styles.faint}>{row.targetType} </span>}
      <Recorded text={target} />
    </>
  );
}

function changeCell(row: EventRow): ReactNode {
  if (row.oldValue === null && row.newValue === null) return null;
  return (
    <>
      {row.oldValue === null ? (
        <span className={styles.faint}>no value</span>
      ) : (
        <span className={styles.old}>
          <Recorded text={row.oldValue} />
        </span>
      )}
      <span className={styles.arrow}> → </span>
      {row.newValue === null ? (
        <span className={styles.faint}>no value</span>
      ) : (
        <Recorded text={row.newValue} />
      )}
    </>
  );
}
