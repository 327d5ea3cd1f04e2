// The record as it was read: a CSV row by its columns, JSON laid out in lines. Nothing is left out, and what cannot
// be seen is shown as a token.

import type { EventDetail } from '#core/event-model.ts';
import { CopyButton } from '../controls/copy-button.tsx';
import { layOutJson } from '../words/json-lines.ts';
import { Recorded } from '../words/recorded.tsx';
import styles from './raw-record.module.css';

export function RawRecord({ detail }: { detail: EventDetail }) {
  const columns = columnsOf(detail);
  return (
    <section className={styles.raw}>
      <div className={styles.head}>
        <h3>The record as read</h3>
        <CopyButton name="Copy record" text={detail.rawText} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls by itself, so it can be reached by keyboard */}
      <section tabIndex={0} className={styles.record} aria-label="The record as read">
        {columns === null ? (
          <pre>
            <Recorded text={layOutJson(detail.rawText)} keep={'\n'} />
          </pre>
        ) : (
          <table>
            <tbody>
              {columns.map(([name, value]) => (
                <tr key={name}>
                  <th scope="row">
                    <Recorded text={name} />
                  </th>
                  <td>
                    {value === '' ? <span className={styles.empty}>empty</span> : <Recorded text={value} />}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
    </section>
  );
}

/** Columns and their text of a CSV row; null for what has no columns. */
function columnsOf({ event, provenance }: EventDetail): [string, string][] | null {
  if (provenance.format !== 'csv' || typeof event.raw !== 'object' || event.raw === null) return null;
  const columns = Object.entries(event.raw);
  return columns.every(([, value]) => typeof value === 'string') ? columns : null;
}
