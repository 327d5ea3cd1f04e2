// What became of one file: the sum that must add up, what is to be noted, and by what the file is known.

import { useState } from 'react';
import type { ImportSummary } from '#core/contract.ts';
import type { Rejection } from '#core/model.ts';
import { filterOf } from '../address/filter-of.ts';
import { hrefOf, useAddress, useShownZone } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import { Notice } from '../controls/notice.tsx';
import screen from '../controls/screen.module.css';
import { correctMapping } from '../mapping/remap-draft.ts';
import { formatBytes, formatCount, formatCounted } from '../words/numbers.ts';
import { formatDuration, formatInstant, formatMinute, inZone } from '../words/time.ts';
import { Balance } from './balance.tsx';
import { Duplicates } from './duplicates.tsx';
import styles from './import-report.module.css';
import { Rejections } from './rejections.tsx';

type Props = {
  report: ImportSummary;
  /** The first rejected rows, where they are at hand; more are asked for. */
  rejections?: Rejection[];
  isOpen: boolean;
};

export function ImportReportView({ report, rejections, isOpen }: Props) {
  const address = useAddress();
  const zone = useShownZone();
  const dayOf = (instant: string) => inZone(instant, address.zone)?.date ?? null;
  const [open, setOpen] = useState(isOpen);
  const at = (instant: string | null) => (instant === null ? 'none' : formatInstant(instant, zone));
  return (
    <div className={styles.report}>
      <Balance report={report} />
      {report.conflicts > 0 ? (
        <Notice kind="attention">
          <strong>{formatCounted(report.conflicts, 'conflict')}.</strong>{' '}
          {report.conflicts === 1 ? 'A record carries' : 'Records carry'} an id that the log already held with
          other content. Both are kept; ask the vendor which is right.
        </Notice>
      ) : null}
      {report.warnings.map((warning) => (
        <Notice key={`${warning.code} ${warning.message}`} kind="attention">
          {warning.message}
        </Notice>
      ))}
      {report.replacedBy === null ? null : (
        <Notice kind="plain">
          Import {formatCount(report.replacedBy.import)} replaced this one on{' '}
          {formatMinute(report.replacedBy.at, zone)}, with another mapping. Its events stay in the log with
          their proof, and count no more.
        </Notice>
      )}
      {report.duplicates > 0 ? <Duplicates importId={report.id} count={report.duplicates} /> : null}
      {report.rejected > 0 ? (
        <Rejections
          importId={report.id}
          count={report.rejected}
          isAll={report.imported + report.duplicates === 0}
          rowKind={report.rowKind}
          first={rejections}
        />
      ) : null}
      {report.replacedBy === null && report.imported + report.rejected > 0 ? (
        <div className={styles.ways}>
          {report.imported > 0 && report.firstTime !== null && report.lastTime !== null ? (
            <a
              href={hrefOf(address, {
                screen: 'events',
                filter: filterOf([['source', report.source]]),
                from: dayOf(report.firstTime),
                to: dayOf(report.lastTime),
              })}
            >
              See the events of {report.source}
            </a>
          ) : null}
          <Button
            aria-label={`Correct the mapping of import ${report.id}, ${report.file}`}
            onPress={() => correctMapping(report.id)}
          >
            Correct the mapping…
          </Button>
        </div>
      ) : null}
      <details open={open} onToggle={(toggled) => setOpen(toggled.currentTarget.open)}>
        <summary>What this file is</summary>
        <dl className={screen.facts}>
          <dt>First to last event</dt>
          <dd>{report.firstTime === null ? 'none' : `${at(report.firstTime)} to ${at(report.lastTime)}`}</dd>
          <dt>Source, preset</dt>
          <dd>
            {report.source}, {report.preset}
          </dd>
          <dt>Format, size</dt>
          <dd>
            {report.format.toUpperCase()}, {formatBytes(report.bytes)}
          </dd>
          <dt>SHA-256 of the file</dt>
          <dd>
            <code>{report.sha256}</code>
          </dd>
          <dt>Root of the import</dt>
          <dd>
            <code>{report.root}</code>
          </dd>
          <dt>{report.remaps === null ? 'Imported' : 'Mapped again'}</dt>
          <dd>
            {at(report.startedAt)}, import {formatCount(report.id)}, in {formatDuration(report.ms)}
          </dd>
        </dl>
      </details>
    </div>
  );
}
