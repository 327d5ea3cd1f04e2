// biome-ignore-all lint/a11y/useSemanticElements: a table cannot be scrolled by index or hold the focus for its rows
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid itself holds the focus and points at its rows
// Rows of a review, of any number: only those in sight are laid out. One stop for Tab; the arrows walk, Enter opens.
// It scrolls with the screen it stands on, so that what is said above it can be scrolled away.

import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import {
  type CSSProperties,
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  type RefObject,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import styles from './long-list.module.css';

export type ListColumn<Row> = {
  id: string;
  name: string;
  /** It holds figures: they stand one below the other, at the end of their column. */
  isNumber?: true;
  /**
   * Its track in CSS: in a list that has the whole window, in one beside an open pane, in a narrow one. Null leaves the
   * column out there: what the pane says need not be said twice.
   */
  widths: readonly [wide: string, medium: string | null, narrow: string | null];
  /** Two lines at most. `previous` is the row above, where it is known. */
  cell(row: Row, previous: Row | undefined): ReactNode;
};

export type ListHandle = { focus(): void };

type Props<Row> = {
  ref: Ref<ListHandle>;
  /** Says what the rows are; also begins the ids of rows. */
  name: string;
  id: string;
  /** What scrolls. */
  screen: RefObject<HTMLElement | null>;
  columns: readonly ListColumn<Row>[];
  total: number;
  rowAt(index: number): Row | undefined;
  onSeen(first: number, end: number): void;
  /** Whether its detail is open. */
  isOpened(row: Row): boolean;
  onOpen(row: Row, how: 'click' | 'key' | 'walk'): void;
  /** A letter pressed on the active row; says whether it meant something. */
  onLetter?: ((row: Row, letter: string) => boolean) | undefined;
};

const rowHeight = 52;
const headHeight = 30;
/** Chromium paints at single precision, which is coarser than a pixel beyond 16,777,216 px. */
export const mostRows = 300_000;

export function LongList<Row>(props: Props<Row>) {
  const { name, id, screen, columns, rowAt, onSeen, isOpened, onOpen } = props;
  const total = Math.min(props.total, mostRows);
  const element = useRef<HTMLDivElement>(null);
  const [above, setAbove] = useState(0);
  const [chosen, setActive] = useState(0);
  const active = Math.min(chosen, Math.max(0, total - 1));
  const list = useVirtualizer({
    count: total,
    getScrollElement: () => screen.current,
    estimateSize: () => rowHeight,
    overscan: 6,
    scrollMargin: above + headHeight,
    scrollPaddingStart: headHeight,
    // The active row stays laid out when it is out of sight: what has the focus must exist.
    rangeExtractor: (range) => {
      const seen = defaultRangeExtractor(range);
      return active < total && !seen.includes(active) ? [...seen, active].sort((a, b) => a - b) : seen;
    },
  });

  useLayoutEffect(() => {
    const scroller = screen.current;
    const own = element.current;
    if (!scroller || !own) return;
    const measure = () =>
      setAbove(
        Math.round(
          own.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop,
        ),
      );
    measure();
    // What stands above may grow.
    const observer = new ResizeObserver(measure);
    observer.observe(scroller);
    if (own.parentElement) observer.observe(own.parentElement);
    for (const sibling of own.parentElement?.children ?? []) if (sibling !== own) observer.observe(sibling);
    return () => observer.disconnect();
  });

  // What opens beside the list makes it narrower and what stands above it longer: the row stays in sight.
  const place = useRef(above);
  useLayoutEffect(() => {
    if (place.current === above) return;
    place.current = above;
    const row = rowAt(active);
    if (row !== undefined && isOpened(row)) list.scrollToIndex(active, { align: 'auto' });
  });

  const items = list.getVirtualItems();
  const seen = list.range;
  const [first, end] = [seen?.startIndex ?? 0, (seen?.endIndex ?? 0) + 1];
  // biome-ignore lint/correctness/useExhaustiveDependencies: told when what is seen moves, whoever listens
  useEffect(() => onSeen(first, end), [first, end]);
  useImperativeHandle(props.ref, () => ({ focus: () => element.current?.focus({ preventScroll: true }) }));

  function open(index: number, how: 'click' | 'key' | 'walk'): void {
    const row = rowAt(index);
    if (row !== undefined) onOpen(row, how);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.altKey || event.metaKey || event.ctrlKey || event.target !== event.currentTarget) return;
    const page = Math.max(1, Math.floor((screen.current?.clientHeight ?? 0) / rowHeight) - 2);
    const to = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + page,
      PageUp: active - page,
      Home: 0,
      End: total - 1,
    }[event.key];
    const on = rowAt(active);
    if (event.key.length === 1 && event.key !== ' ') {
      if (on === undefined || !props.onLetter?.(on, event.key.toLowerCase())) return;
    } else if (event.key === 'Enter' || event.key === ' ') open(active, 'key');
    else if (to !== undefined) {
      const next = Math.min(Math.max(0, to), total - 1);
      const known = rowAt(active);
      const wasOpen = known !== undefined && isOpened(known);
      setActive(next);
      list.scrollToIndex(next, { align: 'auto' });
      if (wasOpen && next !== active) open(next, 'walk');
    } else return;
    event.preventDefault();
  }

  return (
    <div
      ref={element}
      role="grid"
      aria-label={name}
      aria-rowcount={props.total + 1}
      aria-colcount={columns.length}
      aria-readonly="true"
      aria-activedescendant={total > 0 ? `${id}-${active}` : undefined}
      tabIndex={0}
      className={styles.list}
      style={tracksOf(columns)}
      onKeyDown={onKeyDown}
    >
      <div role="row" aria-rowindex={1} className={`${styles.row} ${styles.head}`}>
        {columns.map((column) => (
          <div
            key={column.id}
            role="columnheader"
            className={styles.cell}
            data-drop={dropOf(column)}
            data-number={column.isNumber}
          >
            {column.name}
          </div>
        ))}
      </div>
      <div role="rowgroup" className={styles.rows} style={{ height: total * rowHeight }}>
        {items.map(({ index, start }) => {
          const row = rowAt(index);
          const previous = index === 0 ? undefined : rowAt(index - 1);
          const opened = row !== undefined && isOpened(row);
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the grid takes the keys for all its rows
            <div
              key={index}
              role="row"
              id={`${id}-${index}`}
              tabIndex={-1}
              aria-rowindex={index + 2}
              aria-selected={opened}
              className={`${styles.row} ${index === active ? styles.active : ''}`}
              style={{ top: start - above - headHeight }}
              // The grid keeps the focus.
              onMouseDown={(pressed) => {
                pressed.preventDefault();
                element.current?.focus({ preventScroll: true });
              }}
              onClick={() => {
                setActive(index);
                open(index, 'click');
              }}
            >
              {columns.map((column, at) => (
                <div
                  key={column.id}
                  role="gridcell"
                  className={styles.cell}
                  data-drop={dropOf(column)}
                  data-number={column.isNumber}
                >
                  {row === undefined ? (
                    <span className={styles.waiting} data-width={at % 3} />
                  ) : (
                    column.cell(row, previous)
                  )}
                </div>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}

const sizes = ['wide', 'medium', 'narrow'] as const;

/** The columns' tracks by the width of the list. */
function tracksOf<Row>(columns: readonly ListColumn<Row>[]): CSSProperties {
  const tracks = sizes.map((size, at) => [
    `--tracks-${size}`,
    columns.flatMap(({ widths }) => widths[at] ?? []).join(' '),
  ]);
  return Object.fromEntries(tracks) as CSSProperties;
}

function dropOf<Row>({ widths }: ListColumn<Row>): string | undefined {
  const left = sizes.filter((_, at) => widths[at] === null);
  return left.length === 0 ? undefined : left.join(' ');
}
