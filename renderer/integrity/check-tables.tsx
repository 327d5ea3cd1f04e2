// What a verification tested and what it found, as tables: of the log, and of an opened pack.

import type { VerifyReport } from '#core/model.ts';
import { Mark } from '../controls/mark.tsx';
import screen from '../controls/screen.module.css';
import { formatCount } from '../words/numbers.ts';
import { Recorded } from '../words/recorded.tsx';
import styles from './check-tables.module.css';

/** `label` names the table. */
export function CheckTable({ checks, label }: { checks: VerifyReport['checks']; label: string }) {
  return (
    <table className={`${screen.table} ${styles.checks}`} aria-label={label}>
      <thead>
        <tr>
          <th>Check</th>
          <th>Status</th>
          <th>What was seen</th>
        </tr>
      </thead>
      <tbody>
        {checks.map(({ name, status, detail }) => (
          <tr key={name}>
            <td>{name}</td>
            <td className={screen.nowrap}>
              <Mark kind={status}>{status}</Mark>
            </td>
            <td>
              <Recorded text={detail} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const most = 200;

/** The first failures, and how many there are where these are not all; nothing where there is none. */
export function FailureTable({ failures, label }: { failures: VerifyReport['failures']; label: string }) {
  if (failures.length === 0) return null;
  return (
    <>
      <table className={`${screen.table} ${styles.failures}`} aria-label={label}>
        <thead>
          <tr>
            <th>Where</th>
            <th>Check</th>
            <th>What differs</th>
          </tr>
        </thead>
        <tbody>
          {failures.slice(0, most).map(({ check, where, detail }) => (
            <tr key={`${check} ${where} ${detail}`}>
              <td>
                <Recorded text={where} />
              </td>
              <td>{check}</td>
              <td>
                <Recorded text={detail} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {failures.length > most ? (
        <p className={screen.muted}>
          The first {most} of {formatCount(failures.length)}; “exhibit verify” lists them all.
        </p>
      ) : null}
    </>
  );
}
