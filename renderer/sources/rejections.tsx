// The records of a file that were not stored, each with its place and the reason; long lists show what is in sight.

import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, useState } from 'react';
import type { Rejection, RowKind } from '#core/model.ts';
import { SaveFile } from '../controls/save-file.tsx';
import { connection, useAnswer } from '../engine/engine.ts';
import { errorOf } from '../words/errors.ts';
import { formatCount, formatCounted } from '../words/numbers.ts';
import { Recorded } from '../words/recorded.tsx';
import styles from './rejections.module.css';

/** As many as the engine gives at once. */
const most = 10_000;
const rowHeight = 28;

type Props = {
  importId: number;
  count: number;
  /** Nothing of the file was stored: why is all there is to read. */
  isAll: boolean;
  rowKind: RowKind;
  first: Rejection[] | undefined;
};

export function Rejections({ importId, count, isAll, rowKind, first = [] }: Props) {
  const [open, setOpen] = useState(isAll || count <= 20);
  const answer = useAnswer(
    'imports.rejections',
    { import: importId, limit: most },
    { enabled: open && count > first.length },
  );
  const rows = answer.data ?? first;
  return (
    <details
      open={open}
      onToggle={(toggled) => setOpen(toggled.currentTarget.open)}
      className={styles.rejected}
    >
      <summary>{formatCounted(count, 'rejected record')}, not stored</summary>
      {answer.error ? <p className={styles.note}>{errorOf(answer.error).message}</p> : null}
      {open && rows.length > 0 ? <List rows={rows} rowKind={rowKind} /> : null}
      {open ? (
        <SaveFile weight="quiet" save={(into) => saveAll(importId, into)}>
          Save rejected rows as CSV…
        </SaveFile>
      ) : null}
      {count > most ? (
        <p className={styles.note}>
          The first {formatCount(most)} of {formatCount(count)}.
        </p>
      ) : null}
    </details>
  );
}

async function saveAll(importId: number, into: string): Promise<string> {
  const client = await connection.client();
  return (await client.command('imports.saveRejections', { import: importId, into })).file;
}

function List({ rows, rowKind }: { rows: Rejection[]; rowKind: RowKind }) {
  const box = useRef<HTMLElement>(null);
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs a tab stop
    <section ref={box} className={styles.box} tabIndex={0} aria-label="Rejected records">
      <ul style={{ height: list.getTotalSize() }}>
        {list.getVirtualItems().map((item) => {
          const row = rows[item.index] as Rejection;
          return (
            <li
              key={item.key}
              aria-setsize={rows.length}
              aria-posinset={item.index + 1}
              style={{ top: item.start }}
            >
              <span className={styles.place}>
                {rowKind} {formatCount(row.row)}
              </span>
              <span className={styles.reason} title={row.reason}>
                <Recorded text={row.reason} />
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
