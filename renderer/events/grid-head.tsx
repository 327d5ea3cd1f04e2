// biome-ignore-all lint/a11y/useSemanticElements: a table cannot be scrolled by index or hold the focus for its cells
// The header of the grid: a press sorts, a drag moves the column, the line at its end sets the width. Each of them
// has a key, and a button among the columns' choices.

import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import type { Sort } from '#core/query/sort.ts';
import { clampWidth, type Layout, moveColumn, narrowest, resizeColumn, widest } from './column-layout.ts';
import type { Column } from './columns.tsx';
import styles from './event-grid.module.css';
import { setLayout } from './use-layout.ts';

export const headId = (column: number): string => `event-head-${column}`;
export const edgeId = (column: number): string => `event-edge-${column}`;

const step = 16; // px an arrow key resizes by
const dragFrom = 6; // px a press may shake before it is a drag

type Props = {
  columns: readonly Column[];
  layout: Layout;
  sort: Sort;
  /** The column of the active cell while the header has it; null else. */
  activeColumn: number | null;
  onSort(column: Column): void;
  onActivate(column: number): void;
  /** The focus goes back from a column's edge to the grid. */
  onLeaveEdge(): void;
};

export function GridHead(props: Props) {
  const { columns, layout, sort, activeColumn, onSort, onActivate, onLeaveEdge } = props;
  const row = useRef<HTMLDivElement>(null);
  const [drag, setDrag] = useState<{ id: string; to: number } | null>(null);

  function onPointerDown(pressed: PointerEvent<HTMLElement>, column: Column, at: number): void {
    if (pressed.button !== 0) return;
    pressed.preventDefault();
    onActivate(at);
    const cell = pressed.currentTarget;
    const from = pressed.clientX;
    let to: number | null = null;
    cell.setPointerCapture(pressed.pointerId);
    const onMove = (moved: globalThis.PointerEvent) => {
      if (to === null && Math.abs(moved.clientX - from) < dragFrom) return;
      to = columnUnder(row.current, moved.clientX);
      setDrag({ id: column.id, to });
    };
    const end = (ended: globalThis.PointerEvent | globalThis.KeyboardEvent) => {
      if (ended instanceof globalThis.KeyboardEvent && ended.key !== 'Escape') return;
      cell.removeEventListener('pointermove', onMove);
      cell.removeEventListener('pointerup', end);
      cell.removeEventListener('pointercancel', end);
      window.removeEventListener('keydown', end, true);
      setDrag(null);
      if (ended.type !== 'pointerup') return;
      if (to === null) onSort(column);
      else setLayout(moveColumn(layout, column.id, to));
    };
    cell.addEventListener('pointermove', onMove);
    cell.addEventListener('pointerup', end);
    cell.addEventListener('pointercancel', end);
    window.addEventListener('keydown', end, true);
  }

  const moved = drag === null ? -1 : columns.findIndex(({ id }) => id === drag.id);
  return (
    <div role="row" ref={row} aria-rowindex={1} className={`${styles.row} ${styles.head}`} tabIndex={-1}>
      {columns.map((column, at) => (
        <div
          key={column.id}
          id={headId(at)}
          role="columnheader"
          tabIndex={-1}
          aria-label={column.name}
          aria-colindex={at + 1}
          aria-sort={ariaSort(column, sort)}
          aria-describedby={column.sort === null ? 'grid-head-keys' : 'grid-head-keys grid-sort-key'}
          data-sorts={column.sort !== null}
          data-drop={
            drag === null || at !== drag.to || at === moved ? undefined : at < moved ? 'before' : 'after'
          }
          data-dragged={at === moved || undefined}
          className={`${styles.cell} ${activeColumn === at ? styles.active_cell : ''}`}
          onPointerDown={(pressed) => onPointerDown(pressed, column, at)}
        >
          <span className={styles.name}>{column.name}</span>
          <SortSign column={column} sort={sort} />
          <Edge column={column} at={at} layout={layout} onLeave={onLeaveEdge} />
        </div>
      ))}
    </div>
  );
}

/** The index of the column at `x`, or of the nearest one. */
function columnUnder(row: HTMLElement | null, x: number): number {
  const cells = [...(row?.children ?? [])];
  const at = cells.findIndex((cell) => x < cell.getBoundingClientRect().right);
  return at === -1 ? cells.length - 1 : at;
}

const ariaSort = (column: Column, sort: Sort) =>
  column.sort === null
    ? undefined
    : column.sort !== sort.by
      ? ('none' as const)
      : sort.direction === 'asc'
        ? ('ascending' as const)
        : ('descending' as const);

function SortSign({ column, sort }: { column: Column; sort: Sort }) {
  if (column.sort !== sort.by) return null;
  const isUp = sort.direction === 'asc';
  if (column.sort === 'time')
    return <span className={styles.sort}>{isUp ? 'oldest first' : 'newest first'}</span>;
  return <span className={styles.sort}>{isUp ? '↑ A–Z' : '↓ Z–A'}</span>;
}

type EdgeProps = { column: Column; at: number; layout: Layout; onLeave(): void };

/** The line at the end of a column: dragged, or focused with F2 and moved by the arrow keys. */
function Edge({ column, at, layout, onLeave }: EdgeProps) {
  const place = layout.find(({ id }) => id === column.id);
  const widthNow = (edge: HTMLElement) => edge.parentElement?.getBoundingClientRect().width ?? column.least;
  const set = (width: number | null) => setLayout(resizeColumn(layout, column.id, width));

  function onKeyDown(pressed: KeyboardEvent<HTMLElement>): void {
    if (pressed.altKey || pressed.ctrlKey || pressed.metaKey) return;
    const width = widthNow(pressed.currentTarget);
    const to = {
      ArrowLeft: width - step,
      ArrowRight: width + step,
      Home: narrowest,
      End: widest,
    }[pressed.key];
    if (to !== undefined) set(to);
    else if (pressed.key === 'Delete' || pressed.key === 'Backspace') set(null);
    else if (['Escape', 'Enter', 'F2'].includes(pressed.key)) onLeave();
    else return;
    pressed.preventDefault();
    pressed.stopPropagation();
  }

  function onPointerDown(pressed: PointerEvent<HTMLElement>): void {
    pressed.stopPropagation();
    if (pressed.button !== 0) return;
    pressed.preventDefault();
    const edge = pressed.currentTarget;
    const from = pressed.clientX;
    const width = widthNow(edge);
    edge.setPointerCapture(pressed.pointerId);
    const onMove = (moved: globalThis.PointerEvent) => set(clampWidth(width + moved.clientX - from));
    edge.addEventListener('pointermove', onMove);
    edge.addEventListener('lostpointercapture', () => edge.removeEventListener('pointermove', onMove), {
      once: true,
    });
  }

  return (
    <div
      id={edgeId(at)}
      role="separator"
      aria-orientation="vertical"
      aria-label={`Width of ${column.name}`}
      aria-valuenow={place?.width ?? column.least}
      aria-valuemin={narrowest}
      aria-valuemax={widest}
      aria-valuetext={place?.width == null ? 'usual' : `${place.width} pixels`}
      tabIndex={-1}
      className={styles.edge}
      title="Drag to set the width, double-click for the usual one"
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onDoubleClick={() => set(null)}
    />
  );
}
