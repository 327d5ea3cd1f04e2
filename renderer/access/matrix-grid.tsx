// biome-ignore-all lint/a11y/useSemanticElements: a table cannot be scrolled both ways by index or hold the focus for its cells
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid itself holds the focus and points at its cells
// People × targets: only the cells in sight are laid out, headers stay in sight. One stop for Tab; the arrows walk,
// Enter opens a cell.

import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useRef, useState } from 'react';
import type { AccessMatrix, MatrixRight, TargetName } from '#core/review-model.ts';
import { rowHeight } from '../events/scroll.ts';
import { formatCount } from '../words/numbers.ts';
import { Recorded } from '../words/recorded.tsx';
import type { AskedAccess } from './asked.ts';
import styles from './matrix.module.css';
import { useMatrix } from './use-matrix.ts';

export type OpenCell = { row: number; column: number; person: string; target: TargetName; rights: string[] };

const [personWidth, columnWidth, headHeight] = [200, 44, 132];
/** A cell shows as many letters as fit, beyond that how many rights there are. */
const mostCodes = 3;

type Props = {
  asked: AskedAccess;
  whole: AccessMatrix;
  opened: OpenCell | null;
  onOpen(cell: OpenCell, how: 'click' | 'key'): void;
};

export function MatrixGrid({ asked, whole, opened, onOpen }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState({ row: 0, column: 0 });
  const rows = useVirtualizer({
    count: whole.people,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    overscan: 4,
    scrollPaddingStart: headHeight,
    scrollMargin: headHeight,
  });
  const columns = useVirtualizer({
    count: whole.targets,
    horizontal: true,
    getScrollElement: () => frame.current,
    estimateSize: () => columnWidth,
    overscan: 4,
    scrollPaddingStart: personWidth,
    scrollMargin: personWidth,
  });
  const seenRows = withActive(
    rows.getVirtualItems().map(({ index }) => index),
    active.row,
  );
  const seenColumns = withActive(
    columns.getVirtualItems().map(({ index }) => index),
    active.column,
  );
  const matrix = useMatrix(asked, {
    firstRow: rows.range?.startIndex ?? 0,
    lastRow: rows.range?.endIndex ?? 0,
    firstColumn: columns.range?.startIndex ?? 0,
    lastColumn: columns.range?.endIndex ?? 0,
  });

  function open(row: number, column: number, how: 'click' | 'key'): void {
    setActive({ row, column });
    const [person, target] = [matrix.personAt(row), matrix.targetAt(column)];
    const held = matrix.rightsAt(row, column);
    if (person === undefined || target === undefined || held === undefined) return;
    onOpen(
      { row, column, person, target, rights: held.map((at) => (whole.rights[at] as MatrixRight).right) },
      how,
    );
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.altKey || event.metaKey) return;
    const { row, column } = active;
    const page = Math.max(1, Math.floor(((frame.current?.clientHeight ?? 0) - headHeight) / rowHeight) - 1);
    const jump = event.ctrlKey;
    const to = {
      ArrowDown: { row: row + 1, column },
      ArrowUp: { row: row - 1, column },
      ArrowRight: { row, column: column + 1 },
      ArrowLeft: { row, column: column - 1 },
      PageDown: { row: row + page, column },
      PageUp: { row: row - page, column },
      Home: { row: jump ? 0 : row, column: 0 },
      End: { row: jump ? whole.people - 1 : row, column: whole.targets - 1 },
    }[event.key];
    if (event.key === 'Enter' || event.key === ' ') open(row, column, 'key');
    else if (to !== undefined) {
      const next = {
        row: Math.min(Math.max(0, to.row), whole.people - 1),
        column: Math.min(Math.max(0, to.column), whole.targets - 1),
      };
      setActive(next);
      rows.scrollToIndex(next.row, { align: 'auto' });
      columns.scrollToIndex(next.column, { align: 'auto' });
    } else return;
    event.preventDefault();
  }

  const left = (column: number) => personWidth + column * columnWidth;
  const width = left(whole.targets);
  return (
    <div
      ref={frame}
      role="grid"
      aria-label={`Rights of ${formatCount(whole.people)} people on ${formatCount(whole.targets)} targets`}
      aria-rowcount={whole.people + 1}
      aria-colcount={whole.targets + 1}
      aria-readonly="true"
      aria-activedescendant={`cell-${active.row}-${active.column}`}
      tabIndex={0}
      className={styles.frame}
      onKeyDown={onKeyDown}
    >
      <div
        role="rowgroup"
        className={styles.grid}
        style={{ width, height: headHeight + whole.people * rowHeight }}
      >
        <div role="row" aria-rowindex={1} className={styles.head} style={{ width }}>
          <div role="columnheader" aria-colindex={1} className={styles.corner}>
            Person
          </div>
          {seenColumns.map((column) => (
            <div
              key={column}
              role="columnheader"
              aria-colindex={column + 2}
              className={`${styles.column} ${column === active.column ? styles.lookedAt : ''}`}
              style={{ left: left(column) }}
              title={nameOf(matrix.targetAt(column))}
            >
              <span>
                <Recorded text={nameOf(matrix.targetAt(column))} />
              </span>
            </div>
          ))}
        </div>
        {seenRows.map((row) => (
          <div
            key={row}
            role="row"
            aria-rowindex={row + 2}
            className={styles.row}
            style={{ top: headHeight + row * rowHeight, width }}
          >
            <div
              role="rowheader"
              aria-colindex={1}
              className={`${styles.person} ${row === active.row ? styles.lookedAt : ''}`}
              title={matrix.personAt(row)}
            >
              <Recorded text={matrix.personAt(row) ?? '…'} />
            </div>
            {seenColumns.map((column) => {
              const isActive = row === active.row && column === active.column;
              const held = matrix.rightsAt(row, column);
              const isOpened = opened?.row === row && opened.column === column;
              return (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the grid takes the keys for all its cells
                <div
                  key={column}
                  role="gridcell"
                  id={`cell-${row}-${column}`}
                  aria-colindex={column + 2}
                  aria-selected={isOpened}
                  data-held={held?.length}
                  title={held?.length ? labelOf(held, whole.rights) : undefined}
                  className={`${styles.cell} ${held?.length ? styles.held : ''} ${isOpened ? styles.opened : ''} ${isActive ? styles.active : ''}`}
                  style={{ left: left(column) }}
                  onMouseDown={(pressed) => {
                    pressed.preventDefault();
                    frame.current?.focus({ preventScroll: true });
                  }}
                  onClick={() => open(row, column, 'click')}
                >
                  <span aria-hidden="true">
                    <Codes held={held} rights={whole.rights} />
                  </span>
                  <span className="unseen">{labelOf(held, whole.rights)}</span>
                </div>
              );
            })}
          </div>
        ))}
      </div>
    </div>
  );
}

/** What has the focus must exist, also out of sight. */
const withActive = (seen: number[], active: number): number[] =>
  seen.includes(active) || seen.length === 0 ? seen : [...seen, active];

const nameOf = (target: TargetName | undefined): string =>
  target === undefined ? '…' : (target.targetName ?? target.targetId ?? 'no name');

const labelOf = (held: number[] | undefined, rights: readonly MatrixRight[]): string =>
  held === undefined
    ? 'being read'
    : held.length === 0
      ? 'nothing'
      : held
          .map((at) => rights[at])
          .map((one) => `${one?.right}${one?.isPrivileged ? ', privileged' : ''}`)
          .join('; ');

function Codes({ held, rights }: { held: number[] | undefined; rights: readonly MatrixRight[] }) {
  if (held === undefined) return '·';
  const all = held.map((at) => rights[at] as MatrixRight);
  if (all.length > mostCodes || all.map(({ code }) => code).join('').length > 5)
    return (
      <span className={all.some((one) => one.isPrivileged) ? styles.privileged : undefined}>
        {all.length}
      </span>
    );
  return all.map(({ code, isPrivileged }) => (
    <span key={code} className={isPrivileged ? styles.privileged : undefined}>
      {code}
    </span>
  ));
}
