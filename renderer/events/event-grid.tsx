// biome-ignore-all lint/a11y/useSemanticElements: a table cannot be scrolled by index or hold the focus for its cells
// The events as a grid of any length: one tab stop, all keys of a grid, and only the rows in sight are laid out.
// The grid itself holds the focus and points at the active cell, so that focus survives rows coming and going.

import {
  type KeyboardEvent,
  type MouseEvent,
  type Ref,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { EventRow } from '#core/model.ts';
import { moveColumn, tracksOf } from './column-layout.ts';
import { type Column, columnOf } from './columns.tsx';
import styles from './event-grid.module.css';
import { edgeId, GridHead, headId } from './grid-head.tsx';
import { header, moveBy } from './grid-keys.ts';
import { cellId, GridRow } from './grid-row.tsx';
import { keyOf, type Question } from './question.ts';
import { rowHeight, rowsSeen } from './scroll.ts';
import {
  anchorAt,
  countSelected,
  extendTo,
  isSelected,
  nothing,
  type Selection,
  selectAll,
  selectRow,
  toggleRow,
} from './selection.ts';
import { orderWords } from './sorting.ts';
import { setLayout, useLayout } from './use-layout.ts';
import { useRows } from './use-rows.ts';
import { useScroll } from './use-scroll.ts';

export type GridHandle = {
  /** Shows row `index` in the middle and makes it the active one. */
  goTo(index: number): void;
  focus(): void;
};

type Props = {
  ref: Ref<GridHandle>;
  question: Question;
  /** Rows there are; null while not even the first are known. */
  rows: number | null;
  /** There may be more. */
  counting: boolean;
  zone: string;
  selection: Selection;
  onSelect(selection: Selection): void;
  onSort(column: Column): void;
  onCopy(): void;
  /** Uid of the event whose detail is open. */
  opened: string | null;
  onOpen(row: EventRow, how: 'click' | 'key' | 'walk'): void;
  onClose(): void;
};

/** Rows of nothing but lines, for as long as it takes. */
const blank = 40;

export function EventGrid(props: Props) {
  const { question, counting, zone, selection, onSelect, opened, onOpen, onClose } = props;
  const key = keyOf(question);
  const total = props.rows ?? blank;
  const element = useRef<HTMLDivElement>(null);
  const scroll = useScroll(element, total, counting || props.rows === null, key);
  const [place, setPlace] = useState({ key, row: 0, column: 0 });
  // In another view the header stays where it is, the rows begin anew.
  const at = place.key === key ? place.row : Math.min(place.row, 0);
  const row = Math.min(at, Math.max(0, total - 1));
  const layout = useLayout();
  // Widths alone change no cell.
  const ids = layout.map(({ id }) => id).join(' ');
  const columns = useMemo(() => ids.split(' ').flatMap((id) => columnOf(id) ?? []), [ids]);
  const column = Math.min(place.column, columns.length - 1);
  const measured = columns.map((one) => (one.id === 'time' && zone !== 'UTC' ? { ...one, least: 252 } : one));
  const tracks = tracksOf(layout, measured);

  const seen = (offset: number) => rowsSeen(offset, scroll.range, total);
  const { offset, rowAt } = useRows(question, scroll.offset, seen, total);
  const [first, end] = seen(offset);
  const indexes = Array.from({ length: end - first }, (_, index) => first + index);
  // The active row stays laid out when it is out of sight: what has the focus must exist.
  if (row >= 0 && total > 0 && (row < first || row >= end)) indexes.push(row);

  function activate(nextRow: number, nextColumn: number): void {
    setPlace({ key, row: nextRow, column: nextColumn });
    if (nextRow !== header) scroll.show(nextRow);
    scroll.showColumn(nextColumn);
  }

  /** Moves to another cell; with Shift the selection follows from its anchor. */
  function walk(to: { row: number; column: number }, isExtending: boolean): void {
    activate(to.row, to.column);
    if (to.row === row || to.row === header) return;
    if (isExtending) {
      const base = selection.ranges.length === 0 ? anchorAt(Math.max(0, row)) : selection;
      onSelect(extendTo(base, to.row));
      return;
    }
    onSelect(anchorAt(to.row));
    const event = rowAt(to.row);
    if (opened !== null && event) onOpen(event, 'walk');
  }

  function onHeadKey({ key: pressed, ctrlKey, shiftKey }: KeyboardEvent): boolean {
    const active = columns[column];
    if (row !== header || !active) return false;
    if (pressed === 'Enter' || pressed === ' ') props.onSort(active);
    else if (pressed === 'F2') document.getElementById(edgeId(column))?.focus();
    else if (ctrlKey && shiftKey && (pressed === 'ArrowLeft' || pressed === 'ArrowRight')) {
      const to = column + (pressed === 'ArrowLeft' ? -1 : 1);
      setLayout(moveColumn(layout, active.id, to));
      activate(header, Math.min(Math.max(to, 0), columns.length - 1));
    } else return false;
    return true;
  }

  function onRowKey({ key: pressed, ctrlKey }: KeyboardEvent): boolean {
    if (pressed === 'Enter') {
      const shown = rowAt(row);
      if (shown) onOpen(shown, 'key');
    } else if (pressed === ' ') onSelect(ctrlKey ? toggleRow(selection, row) : selectRow(row));
    else return false;
    return true;
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.altKey || event.metaKey || event.target !== event.currentTarget) return;
    const letter = event.ctrlKey && !event.shiftKey ? event.key.toLowerCase() : '';
    if (letter === 'a' && !counting) onSelect(selectAll(total));
    else if (letter === 'c') props.onCopy();
    else if (event.key === 'Escape' && countSelected(selection) > 0) onSelect(nothing);
    else if (event.key === 'Escape' && opened !== null) onClose();
    else if (row === header ? !onHeadKey(event) : !onRowKey(event)) {
      const page = Math.max(1, Math.floor(scroll.range.view / rowHeight) - 1);
      const size = { rows: total, columns: columns.length, page };
      const next = moveBy(event.key, event.ctrlKey, { row, column }, size);
      if (next === null) return;
      walk(next, event.shiftKey);
    }
    event.preventDefault();
  }

  const onPress = (index: number, at: number, { ctrlKey, shiftKey }: MouseEvent) => {
    element.current?.focus({ preventScroll: true });
    setPlace({ key, row: index, column: at });
    if (shiftKey) return onSelect(extendTo(selection, index, ctrlKey));
    if (ctrlKey) return onSelect(toggleRow(selection, index));
    onSelect(anchorAt(index));
    const shown = rowAt(index);
    if (shown) onOpen(shown, 'click');
  };
  const latestPress = useRef(onPress);
  latestPress.current = onPress;
  const [press] = useState(
    () =>
      (...pressed: Parameters<typeof onPress>) =>
        latestPress.current(...pressed),
  );

  useImperativeHandle(props.ref, () => ({
    goTo: (index) => {
      setPlace({ key, row: index, column });
      onSelect(anchorAt(index));
      scroll.showMiddle(index);
      element.current?.focus({ preventScroll: true });
    },
    focus: () => element.current?.focus({ preventScroll: true }),
  }));

  return (
    <div
      ref={element}
      role="grid"
      tabIndex={0}
      className={styles.grid}
      aria-label={`Events, ${orderWords(question.sort)}`}
      aria-rowcount={counting || props.rows === null ? -1 : total + 1}
      aria-colcount={columns.length}
      aria-multiselectable="true"
      aria-activedescendant={row === header ? headId(column) : total > 0 ? cellId(row, column) : undefined}
      aria-busy={counting || props.rows === null}
      onScroll={scroll.onScroll}
      onKeyDown={onKeyDown}
    >
      <div
        className={styles.width}
        style={{ minWidth: tracks.least, '--tracks': tracks.template } as React.CSSProperties}
      >
        <GridHead
          columns={columns}
          layout={layout}
          sort={question.sort}
          activeColumn={row === header ? column : null}
          onSort={props.onSort}
          onActivate={(next) => {
            element.current?.focus({ preventScroll: true });
            setPlace({ key, row: header, column: next });
          }}
          onLeaveEdge={() => element.current?.focus({ preventScroll: true })}
        />
        <div role="rowgroup" className={styles.rows} style={{ height: scroll.range.laidOut }}>
          {indexes.map((index) => {
            const shown = rowAt(index);
            return (
              <GridRow
                key={index}
                index={index}
                top={index * rowHeight - offset + scroll.top}
                event={shown}
                columns={columns}
                zone={zone}
                activeColumn={index === row ? column : null}
                isSelected={isSelected(selection, index)}
                isOpened={shown !== undefined && shown.uid === opened}
                onPress={press}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}
