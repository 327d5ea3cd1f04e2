// One pack of this session: how far, then where it is and what is to be noted about it.

import { useState } from 'react';
import type { PackReport } from '#core/model.ts';
import { Bar } from '../controls/bar.tsx';
import { Button } from '../controls/button.tsx';
import { Mark } from '../controls/mark.tsx';
import { Notice } from '../controls/notice.tsx';
import screen from '../controls/screen.module.css';
import { cancelJob, type Job } from '../engine/jobs.ts';
import { errorOf } from '../words/errors.ts';
import { formatBytes, formatCount, formatCounted } from '../words/numbers.ts';
import { progressWords } from '../words/progress.ts';
import { formatDuration } from '../words/time.ts';
import { Checked } from './checked.tsx';
import styles from './pack-job.module.css';
import { SignOffs } from './sign-off.tsx';

export function PackJob({ job }: { job: Job<'pack.create'> }) {
  return (
    <article className={styles.card} aria-label={`Evidence pack, ${job.about}`}>
      <header className={styles.head}>
        <h3>{job.about}</h3>
        {job.state === 'running' ? (
          <Mark kind="working">{job.stopping ? 'stopping' : 'being made'}</Mark>
        ) : null}
        {job.state === 'done' ? (
          job.result && job.result.warnings.length > 0 ? (
            <Mark kind="attention">written, look at the notes</Mark>
          ) : (
            <Mark kind="passed">written</Mark>
          )
        ) : null}
        {job.state === 'cancelled' ? <Mark kind="skipped">cancelled</Mark> : null}
        {job.state === 'failed' ? <Mark kind="failed">not written</Mark> : null}
      </header>
      {job.state === 'running' ? (
        <div className={styles.running}>
          <div className={styles.bar}>
            <Bar name="Evidence pack" done={job.progress?.done ?? 0} total={job.progress?.total ?? null} />
            <p className={screen.muted}>
              {job.progress ? `${job.progress.stage} · ` : ''}
              {progressWords(job)}
            </p>
          </div>
          <Button
            aria-label="Cancel the evidence pack"
            isDisabled={job.stopping}
            onPress={() => cancelJob(job.id)}
          >
            Cancel
          </Button>
        </div>
      ) : null}
      {job.state === 'cancelled' ? (
        <p className={screen.muted}>No pack was written. The log is as it was.</p>
      ) : null}
      {job.state === 'failed' ? (
        <Notice kind="failed">No pack was written; the log is as it was. {job.error?.message}</Notice>
      ) : null}
      {job.state === 'done' && job.result ? <Written report={job.result} into={job.input.into} /> : null}
    </article>
  );
}

function Written({ report, into }: { report: PackReport; into: string }) {
  const pack = { into, folder: nameIn(report.folder), packId: report.packId };
  const [error, setError] = useState<string | null>(null);
  const show = (path: string) => {
    setError(null);
    window.exhibit.showInFolder(into, nameIn(path)).catch((thrown) => setError(errorOf(thrown).message));
  };
  return (
    <>
      <dl className={`${screen.facts} ${styles.facts}`}>
        <dt>Folder</dt>
        <dd>{report.folder}</dd>
        <dt>Zip file</dt>
        <dd>{nameIn(report.zip)}, beside it</dd>
        <dt>Holds</dt>
        <dd>
          {formatCounted(report.events, 'event')} in {formatCounted(report.files, 'file')},{' '}
          {formatBytes(report.bytes)}
        </dd>
        {report.redactionKey === null ? null : (
          <>
            <dt>Key</dt>
            <dd>{nameIn(report.redactionKey)}: opens single names; keep it apart from the pack</dd>
          </>
        )}
        <dt>Pack id</dt>
        <dd>
          <code>{report.packId}</code>
        </dd>
        <dt>Signed</dt>
        <dd>
          {report.signedBy === null ? (
            'no: this pack is not signed'
          ) : (
            <>
              with the key <code>{report.signedBy.slice(0, 16)}…</code>
            </>
          )}
        </dd>
        <dt>Made in</dt>
        <dd>{formatDuration(report.ms)}</dd>
      </dl>
      {report.warnings.length > 0 ? (
        <Notice kind="attention">
          <ul>
            {report.warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </Notice>
      ) : null}
      {error === null ? null : <Notice kind="failed">{error}</Notice>}
      <Checked pack={pack} />
      <div className={styles.ways}>
        <Button
          onPress={() => show(report.folder)}
          aria-label={`Show in folder the pack of ${formatCount(report.events)} events`}
        >
          Show in folder
        </Button>
      </div>
      <SignOffs pack={pack} name={report.packId} />
    </>
  );
}

/** The last part of a path, whatever the system writes between the parts. */
const nameIn = (path: string): string => path.split(/[\\/]/).findLast((part) => part !== '') ?? path;
