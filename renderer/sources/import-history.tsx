// Every import the log was made of, newest first; a row opens its report in place, and has an address.

import { Fragment } from 'react';
import type { ImportSummary } from '#core/contract.ts';
import { useShownZone } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import { Icon } from '../controls/icon.tsx';
import screen from '../controls/screen.module.css';
import { Explained } from '../glossary/help.tsx';
import { formatCount } from '../words/numbers.ts';
import { Recorded } from '../words/recorded.tsx';
import { formatMinute } from '../words/time.ts';
import styles from './import-history.module.css';
import { ImportReportView } from './import-report.tsx';

type Props = { imports: ImportSummary[]; opened: number | null; onOpen(id: number): void };

export function ImportHistory({ imports, opened, onOpen }: Props) {
  const zone = useShownZone();
  return (
    <section aria-labelledby="imports">
      <div className={screen.heading}>
        <Explained word="import">
          <h2 id="imports">Imports, newest first</h2>
        </Explained>
      </div>
      <table className={screen.table} aria-labelledby="imports">
        <thead>
          <tr>
            <th className={screen.number}>Import</th>
            <th>File</th>
            <th>Source</th>
            <th className={screen.number}>Read</th>
            <th className={screen.number}>Imported</th>
            <th className={screen.number}>Duplicates</th>
            <th className={screen.number}>Rejected</th>
            <th>When</th>
            <th>SHA-256</th>
            <th className={styles.root}>Root</th>
          </tr>
        </thead>
        <tbody>
          {imports.map((report) => (
            <Fragment key={report.id}>
              <tr data-replaced={report.replacedBy !== null} className={styles.row}>
                <td className={screen.number}>{formatCount(report.id)}</td>
                <td className={styles.file}>
                  <Button
                    weight="quiet"
                    aria-expanded={report.id === opened}
                    aria-label={`Report of import ${report.id}, ${report.file}`}
                    onPress={() => onOpen(report.id)}
                  >
                    <Icon name={report.id === opened ? 'down' : 'right'} size={12} />
                    <span className={styles.name}>
                      <Recorded text={report.file} />
                    </span>
                  </Button>
                  <Standing report={report} zone={zone} />
                </td>
                <td className={styles.source}>
                  <Recorded text={report.source} />
                </td>
                <td className={screen.number}>{formatCount(report.read)}</td>
                <td className={screen.number}>{formatCount(report.imported)}</td>
                <td className={screen.number}>{formatCount(report.duplicates)}</td>
                <td className={screen.number} data-some={report.rejected > 0}>
                  {formatCount(report.rejected)}
                </td>
                <td className={styles.when}>{formatMinute(report.startedAt, zone)}</td>
                <td>
                  <Short hash={report.sha256} />
                </td>
                <td className={styles.root}>
                  <Short hash={report.root} />
                </td>
              </tr>
              {report.id === opened ? (
                <tr>
                  <td />
                  <td colSpan={9}>
                    <div className={styles.report}>
                      <ImportReportView report={report} isOpen />
                    </div>
                  </td>
                </tr>
              ) : null}
            </Fragment>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** What became of an import that was mapped again, on both sides. */
function Standing({ report: { remaps, replacedBy }, zone }: { report: ImportSummary; zone: string }) {
  if (replacedBy !== null)
    return (
      <p className={styles.standing}>
        replaced by import {formatCount(replacedBy.import)} on{' '}
        {formatMinute(replacedBy.at, zone).slice(0, 10)}
      </p>
    );
  return remaps === null ? null : <p className={styles.standing}>in place of import {formatCount(remaps)}</p>;
}

/** The beginning of a hash: enough to tell two apart by eye; the report has the whole. */
const Short = ({ hash }: { hash: string }) => (
  <code title={hash} className={styles.hash}>
    {hash.slice(0, 8)}…
  </code>
);
