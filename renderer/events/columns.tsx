// The columns of the events grid: what each is called and how its cell shows one event.

import type { ReactNode } from 'react';
import type { EventRow } from '#core/model.ts';
import { Icon } from '../controls/icon.tsx';
import { categoryFamily, categoryLabel } from '../words/categories.ts';
import { Recorded } from '../words/recorded.tsx';
import { targetOf } from '../words/sentence.ts';
import { inZone } from '../words/time.ts';
import styles from './event-grid.module.css';

export type Column = { id: string; name: string; cell(row: EventRow, zone: string): ReactNode };

const recorded = (text: string | null) => (text === null ? null : <Recorded text={text} />);

export const columns: Column[] = [
  { id: 'time', name: 'Time', cell: timeCell },
  { id: 'actor', name: 'Actor', cell: (row) => recorded(row.actor) },
  { id: 'action', name: 'Action', cell: actionCell },
  { id: 'category', name: 'Category', cell: (row) => <CategoryWord row={row} /> },
  { id: 'target', name: 'Target', cell: targetCell },
  { id: 'field', name: 'Field', cell: (row) => recorded(row.field) },
  { id: 'change', name: 'Old → new', cell: changeCell },
  { id: 'source', name: 'Source', cell: (row) => recorded(row.source) },
];

function timeCell(row: EventRow, zone: string): ReactNode {
  const parts = inZone(row.time, zone);
  if (parts === null) return row.time;
  return (
    <>
      {parts.date} {parts.clock}
      <span className={styles.faint}>
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

export function CategoryWord({ row }: { row: Pick<EventRow, 'category'> }) {
  return (
    <>
      <span className={styles.dot} data-family={categoryFamily(row.category)} />
      {categoryLabel(row.category)}
    </>
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
