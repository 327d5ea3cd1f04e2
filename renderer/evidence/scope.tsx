// What the pack will be about, counted before it is made: an officer sees an empty or a wrong period here first.

import { useAddress } from '../address/use-address.ts';
import { Notice } from '../controls/notice.tsx';
import screen from '../controls/screen.module.css';
import { useAnswer } from '../engine/engine.ts';
import { errorOf } from '../words/errors.ts';
import { formatCount, formatCounted } from '../words/numbers.ts';
import { formatPeriod } from '../words/period.ts';
import { Recorded } from '../words/recorded.tsx';
import styles from './scope.module.css';

export function Scope({ filter }: { filter: string }) {
  const { from, to, zone } = useAddress();
  const isSet = from !== null && to !== null;
  const answer = useAnswer('events.count', { filter, from, to, zone, by: 'source' }, { enabled: isSet });
  const count = isSet ? answer.data : undefined;
  return (
    <section aria-labelledby="scope" className={styles.scope}>
      <h2 id="scope">What goes into it</h2>
      {!isSet ? (
        <p className={screen.muted}>Set both dates of the period to see what it holds.</p>
      ) : answer.error ? (
        <Notice kind="failed">{errorOf(answer.error).message}</Notice>
      ) : (
        <>
          <p className={styles.total}>{count ? formatCounted(count.total, 'event') : 'Counting…'}</p>
          <p className={screen.muted}>
            {formatPeriod({ from, to }, zone)}, {zone}
            {filter === '' ? '' : ', filtered'}
          </p>
          {count && count.groups.length > 0 ? (
            <table className={screen.table} aria-label="Events by source">
              <tbody>
                {count.groups.map((group) => (
                  <tr key={group.key}>
                    <td>
                      <Recorded text={group.key} />
                    </td>
                    <td className={screen.number}>{formatCount(group.count)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          ) : null}
          {count?.total === 0 ? (
            <Notice kind="attention">
              The imported logs hold no event of this period. A pack would say so; it cannot say that nothing
              happened.
            </Notice>
          ) : null}
        </>
      )}
      <div className={styles.parts}>
        <h3>The pack</h3>
        <ul>
          <li>
            Report (PDF): scope, sources with their hashes, completeness, events by control, populations
          </li>
          <li>Answers: rights held, values then and now, sessions, failures, breaks, access reviews</li>
          <li>Workbook (XLSX), and each table as CSV</li>
          <li>Recipe, manifest and verifiers, so that anybody can check it and make it again</li>
        </ul>
        <p className={screen.muted}>It states what the imported logs show. Conclusions are yours.</p>
      </div>
    </section>
  );
}
