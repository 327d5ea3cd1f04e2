// One file of this session on its way in: how far, then what came of it, or why nothing of it was stored.

import type { ReactNode } from 'react';
import type { ImportOutcome } from '#core/contract.ts';
import type { ErrorShape } from '#core/errors.ts';
import type { ImportReport } from '#core/model.ts';
import { Bar } from '../controls/bar.tsx';
import { Button } from '../controls/button.tsx';
import { Mark } from '../controls/mark.tsx';
import { cancelJob, type Job } from '../engine/jobs.ts';
import { formatCount, formatCounted } from '../words/numbers.ts';
import { isWaiting, jobName, progressWords, shareDone } from '../words/progress.ts';
import { Recorded } from '../words/recorded.tsx';
import styles from './import-job.module.css';
import { ImportReportView } from './import-report.tsx';

export function ImportJob({ job, isLatest }: { job: Job; isLatest: boolean }) {
  if (job.state === 'done' && job.result !== null) {
    const isRemap = job.name === 'imports.remap';
    const outcomes = job.result as ImportOutcome[];
    const held = outcomes.flatMap((outcome) => (outcome.ok && outcome.already ? [outcome] : []));
    const read = outcomes.filter((outcome) => !outcome.ok || !outcome.already);
    return [
      held.length === 0 ? null : <Held key="already imported" folder={job.about} held={held} />,
      ...read.map((outcome) => (
        <Outcome key={outcome.file} outcome={outcome} isOpen={isLatest} isRemap={isRemap} />
      )),
    ];
  }
  const file = job.about === '' ? 'The sample exports' : job.about;
  if (job.state === 'running') {
    return (
      <Card file={file} mark={<Mark kind="working">{stateOf(job)}</Mark>}>
        <div className={styles.running}>
          <div className={styles.bar}>
            {isWaiting(job) ? null : (
              <Bar name={jobName(job)} done={job.progress?.done ?? 0} total={job.progress?.total ?? null} />
            )}
            <p className={styles.words}>{progressWords(job)}</p>
          </div>
          <Button
            aria-label={
              job.name === 'imports.remap' ? `Cancel mapping ${file} again` : `Cancel the import of ${file}`
            }
            isDisabled={job.stopping}
            onPress={() => cancelJob(job.id)}
          >
            Cancel
          </Button>
        </div>
      </Card>
    );
  }
  return <NotStored file={file} error={job.error} isRemap={job.name === 'imports.remap'} />;
}

function stateOf(job: Job): string {
  if (job.stopping) return 'stopping';
  if (isWaiting(job)) return 'waiting';
  const share = shareDone(job.progress);
  const doing = job.name === 'imports.remap' ? 'mapping again' : 'importing';
  return share === null ? doing : `${doing}, ${share} %`;
}

type OutcomeProps = { outcome: ImportOutcome; isOpen: boolean; isRemap: boolean };

function Outcome({ outcome, isOpen, isRemap }: OutcomeProps) {
  if (!outcome.ok) return <NotStored file={outcome.file} error={outcome.error} isRemap={isRemap} />;
  const { report } = outcome;
  const done = isRemap ? 'mapped again' : 'imported';
  const mark =
    report.imported === 0 && report.rejected > 0 ? (
      <Mark kind="failed">no record could be read</Mark>
    ) : report.rejected > 0 || report.conflicts > 0 || report.warnings.length > 0 ? (
      <Mark kind="attention">{`${done}, look at the notes`}</Mark>
    ) : (
      <Mark kind="passed">{done}</Mark>
    );
  return (
    <Card file={report.file} mark={mark}>
      <ImportReportView report={report} rejections={report.rejections} isOpen={isOpen} />
    </Card>
  );
}

/** Files that an earlier import has, all of them on one card: a folder may have thousands. */
function Held({ folder, held }: { folder: string; held: { file: string; report: ImportReport }[] }) {
  return (
    <Card file={folder} mark={<Mark kind="skipped">not read again</Mark>}>
      <p className={styles.words}>
        {formatCounted(held.length, 'file was', 'files were')} imported before: the same content, into the
        same source, with the same mapping.
      </p>
      <details>
        <summary>Which imports have them</summary>
        <ul className={styles.held}>
          {held.slice(0, mostHeld).map(({ file, report }) => (
            <li key={file}>
              <Recorded text={file} />: already imported by import {formatCount(report.id)}
            </li>
          ))}
        </ul>
        {held.length > mostHeld ? <p>And {formatCount(held.length - mostHeld)} more.</p> : null}
      </details>
    </Card>
  );
}
const mostHeld = 100;

type NotStoredProps = { file: string; error: ErrorShape | null; isRemap: boolean };

function NotStored({ file, error, isRemap }: NotStoredProps) {
  const isCancelled = error?.code === 'cancelled';
  return (
    <Card
      file={file}
      mark={
        <Mark kind={isCancelled ? 'skipped' : 'failed'}>
          {isCancelled ? 'cancelled' : isRemap ? 'not mapped again' : 'not imported'}
        </Mark>
      }
    >
      <p className={styles.words}>
        {isCancelled ? 'Cancelled.' : error?.message}{' '}
        {isRemap
          ? 'The log is as it was.'
          : 'Nothing of this file was stored; the rest of the log is as it was.'}
      </p>
    </Card>
  );
}

function Card({ file, mark, children }: { file: string; mark: ReactNode; children: ReactNode }) {
  return (
    <article className={styles.card} aria-label={file}>
      <header className={styles.head}>
        <h3>
          <Recorded text={file} />
        </h3>
        {mark}
      </header>
      {children}
    </article>
  );
}
