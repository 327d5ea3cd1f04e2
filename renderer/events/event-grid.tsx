// biome-ignore-all lint/a11y/useSemanticElements: a table cannot be scrolled by index or hold the focus for its cells
// The events as a grid of any length: one tab stop, all keys of a grid, and only the rows in sight are laid out.
// The grid itself holds the focus and points at the active cell, so that focus survives rows coming and going.

import { type KeyboardEvent, memo, useRef, useState } from 'react';
import type { EventQuery, EventRow } from '#core/model.ts';
import { type Column, columns } from './columns.tsx';
import styles from './event-grid.module.css';
import { moveBy } from './grid-keys.ts';
import { rowHeight, rowsSeen } from './scroll.ts';
import { useRows } from './use-rows.ts';
import { useScroll } from './use-scroll.ts';

type Props = {
  query: EventQuery;
  /** Rows there are; `counting` while more may come. */
  total: number;
  counting: boolean;
  zone: string;
  /** Rows of an earlier question: shown, but dimmed. */
  old: boolean;
  /** Uid of the event whose detail is open. */
  opened: string | null;
  onOpen(row: EventRow, how: 'click' | 'key' | 'walk'): void;
  onClose(): void;
};

const idOf = (index: number, column: number) => `event-${index}-${column}`;

export function EventGrid(props: Props) {
  const { query, total, counting, zone, old, opened, onOpen, onClose } = props;
  const grid = useRef<HTMLDivElement>(null);
  const scroll = useScroll(grid, total, JSON.stringify(query));
  const [active, setActive] = useState({ row: 0, column: 0 });
  const row = Math.min(active.row, Math.max(0, total - 1));
  const [first, end] = rowsSeen(scroll.offset, scroll.range, total);
  const rowAt = useRows(query, first, end);

  const indexes = Array.from({ length: end - first }, (_, at) => first + at);
  // The active row stays laid out when it is out of sight: what has the focus must exist.
  if (total > 0 && (row < first || row >= end)) indexes.push(row);

  function activate(nextRow: number, column: number): void {
    setActive({ row: nextRow, column });
    scroll.show(nextRow);
    scroll.showColumn(column);
    const event = rowAt(nextRow);
    if (opened !== null && nextRow !== row && event) onOpen(event, 'walk');
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.altKey || event.metaKey || total === 0) return;
    if (event.key === 'Enter') {
      const shown = rowAt(row);
      if (shown) onOpen(shown, 'key');
    } else if (event.key === 'Escape' && opened !== null) onClose();
    else {
      const page = Math.max(1, Math.floor(scroll.range.view / rowHeight) - 1);
      const next = moveBy(
        event.key,
        event.ctrlKey,
        { row, column: active.column },
        { rows: total, columns: columns.length, page },
      );
      if (next === null) return;
      activate(next.row, next.column);
    }
    event.preventDefault();
  }

  return (
    <div
      ref={grid}
      role="grid"
      tabIndex={0}
      className={`${styles.grid} ${old ? styles.old_rows : ''}`}
      data-offset={zone !== 'UTC'}
      aria-label="Events, newest first"
      aria-rowcount={counting ? -1 : total + 1}
      aria-colcount={columns.length}
      aria-activedescendant={total > 0 ? idOf(row, active.column) : undefined}
      aria-busy={old || counting}
      onScroll={scroll.onScroll}
      onKeyDown={onKeyDown}
    >
      <div className={styles.width}>
        <div role="row" aria-rowindex={1} className={`${styles.row} ${styles.head}`} tabIndex={-1}>
          {columns.map((column, at) => (
            <div
              key={column.id}
              role="columnheader"
              tabIndex={-1}
              aria-colindex={at + 1}
              aria-sort={column.id === 'time' ? 'descending' : undefined}
              className={styles.cell}
            >
              {column.name}
              {column.id === 'time' ? <span className={styles.sort}>newest first</span> : null}
            </div>
          ))}
        </div>
        <div role="rowgroup" className={styles.rows} style={{ height: scroll.range.laidOut }}>
          {indexes.map((index) => {
            const shown = rowAt(index);
            return (
              <Row
                key={index}
                index={index}
                top={index * rowHeight - scroll.offset + scroll.top}
                event={shown}
                zone={zone}
                activeColumn={index === row ? active.column : null}
                isOpened={shown !== undefined && shown.uid === opened}
                onPick={(column) => {
                  grid.current?.focus({ preventScroll: true });
                  setActive({ row: index, column });
                  if (shown) onOpen(shown, 'click');
                }}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

type RowProps = {
  index: number;
  top: number;
  event: EventRow | undefined;
  zone: string;
  activeColumn: number | null;
  isOpened: boolean;
  onPick(column: number): void;
};

const Row = memo(
  function Row({ index, top, event, zone, activeColumn, isOpened, onPick }: RowProps) {
    return (
      <div
        role="row"
        tabIndex={-1}
        aria-rowindex={index + 2}
        aria-selected={isOpened}
        className={`${styles.row} ${activeColumn === null ? '' : styles.active}`}
        style={{ top }}
      >
        {columns.map((column, at) => (
          <Cell
            key={column.id}
            id={activeColumn === at ? idOf(index, at) : undefined}
            column={column}
            at={at}
            event={event}
            zone={zone}
            isActive={activeColumn === at}
            onPick={onPick}
          />
        ))}
      </div>
    );
  },
  // `onPick` closes over nothing that these do not tell.
  (a, b) =>
    a.index === b.index &&
    a.top === b.top &&
    a.event === b.event &&
    a.zone === b.zone &&
    a.activeColumn === b.activeColumn &&
    a.isOpened === b.isOpened,
);

type CellProps = {
  id: string | undefined;
  column: Column;
  at: number;
  event: EventRow | undefined;
  zone: string;
  isActive: boolean;
  onPick(column: number): void;
};

function Cell({ id, column, at, event, zone, isActive, onPick }: CellProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid takes the keys for all its cells
    <div
      role="gridcell"
      tabIndex={-1}
      id={id}
      aria-colindex={at + 1}
      className={`${styles.cell} ${isActive ? styles.active_cell : ''}`}
      onMouseDown={(pressed) => pressed.preventDefault()}
      onClick={() => onPick(at)}
    >
      {event ? column.cell(event, zone) : <span className={styles.skeleton} data-width={(at * 7) % 5} />}
    </div>
  );
}
