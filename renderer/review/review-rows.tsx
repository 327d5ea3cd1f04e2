// A review's screen below its question: what is said above, the rows in a long list, and beside them what stands behind
// the open one. The address says which row is open, so that back leads to it.

import { type ReactNode, useRef, useState } from 'react';
import { go, useAddress } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import { Notice } from '../controls/notice.tsx';
import screen from '../controls/screen.module.css';
import { useEscape } from '../events/use-escape.ts';
import { errorOf } from '../words/errors.ts';
import { formatCount } from '../words/numbers.ts';
import { type ListColumn, type ListHandle, LongList, mostRows } from './long-list.tsx';
import styles from './review-rows.module.css';
import { type Asked, type PagedCall, type RowOf, usePages } from './use-pages.ts';

type PaneProps = { takesFocus: boolean; onClose(): void };

type Props<N extends PagedCall> = {
  call: N;
  asked: Asked<N>;
  /** Whether there are rows to list at all. */
  isListed: boolean;
  /** What stands above the rows. */
  children: ReactNode;
  /** Begins the ids of rows. */
  id: string;
  /** What the rows are, such as `Changed fields`. */
  name: string;
  columns: readonly ListColumn<RowOf<N>>[];
  /** How many rows there are, in words. */
  counted(total: number): string;
  /** What to do to see rows beyond those that can be listed. */
  beyond: string;
  /** Beside the number of rows: what their marks mean. */
  legend?: ReactNode;
  /** At the end of the line: what can be done with all rows. */
  ways?: ReactNode;
  /** Names a row in the address. */
  keyOf(row: RowOf<N>): string;
  /** A letter pressed on the active row; says whether it meant something. */
  onLetter?: (row: RowOf<N>, letter: string) => boolean;
  /** What stands behind a row. */
  pane(row: RowOf<N>, props: PaneProps): ReactNode;
};

export function ReviewRows<N extends PagedCall>(props: Props<N>) {
  const { isListed, id, name, columns, keyOf } = props;
  const { row: open } = useAddress();
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<ListHandle>(null);
  const [seen, setSeen] = useState<[number, number]>([0, 30]);
  const [takesFocus, setTakesFocus] = useState(false);
  const [last, setLast] = useState<RowOf<N> | null>(null);
  const pages = usePages(props.call, props.asked, ...seen, isListed);
  const isOpen = (row: RowOf<N>) => keyOf(row) === open;
  // What was opened stays open when it is no longer among the rows that are held.
  const opened = open === null ? null : (pages.find(isOpen) ?? (last && isOpen(last) ? last : null));
  const close = () => {
    go({ row: null });
    list.current?.focus();
  };
  useEscape(opened !== null, close);
  return (
    <div className={styles.sides}>
      <div ref={scroller} className={screen.scroll}>
        <div className={styles.above}>
          {props.children}
          {pages.error === null || !isListed ? null : (
            <Notice kind="failed" live>
              The rows could not be read; nothing was changed. {errorOf(pages.error).message}{' '}
              <Button weight="quiet" onPress={pages.askAgain}>
                Ask again
              </Button>
            </Notice>
          )}
          {isListed ? (
            <div className={styles.bar}>
              <output className={styles.total}>
                {pages.total === null ? 'Listing…' : props.counted(pages.total)}
                {pages.total !== null && pages.total > mostRows
                  ? `, the first ${formatCount(mostRows)} listed; ${props.beyond}`
                  : ''}
              </output>
              {props.legend}
              <div className={styles.ways}>{props.ways}</div>
            </div>
          ) : null}
        </div>
        {isListed ? (
          <LongList
            ref={list}
            id={id}
            name={`${name}, ${pages.total === null ? 'being listed' : formatCount(pages.total)}`}
            screen={scroller}
            columns={columns}
            total={pages.total ?? 0}
            rowAt={pages.rowAt}
            onSeen={(first, end) => setSeen([first, end])}
            isOpened={isOpen}
            onLetter={props.onLetter}
            onOpen={(row, how) => {
              setTakesFocus(how === 'key');
              setLast(row);
              go({ row: keyOf(row) }, how === 'walk' ? 'replace' : 'push');
            }}
          />
        ) : null}
      </div>
      {opened === null ? null : props.pane(opened, { takesFocus, onClose: close })}
    </div>
  );
}
