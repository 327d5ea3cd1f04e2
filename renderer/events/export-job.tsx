// The newest export of this session, above the list: how far it is, then where the file is and what it holds.

import { type ReactNode, useState } from 'react';
import type { ExportReport } from '#core/export-model.ts';
import { Bar } from '../controls/bar.tsx';
import { Button } from '../controls/button.tsx';
import { Icon } from '../controls/icon.tsx';
import { Mark } from '../controls/mark.tsx';
import { cancelJob, forgetJobs, isJob, type Job, useJobs } from '../engine/jobs.ts';
import { errorOf } from '../words/errors.ts';
import { formatBytes, formatCounted } from '../words/numbers.ts';
import { progressWords } from '../words/progress.ts';
import styles from './export-job.module.css';

export function ExportJob() {
  const job = useJobs().findLast((one) => isJob(one, 'events.export')) as Job<'events.export'> | undefined;
  if (!job) return null;
  return (
    <section className={styles.strip} aria-label="Export">
      {job.state === 'running' ? <Running job={job} /> : <Ended job={job} />}
    </section>
  );
}

function Running({ job }: { job: Job<'events.export'> }) {
  return (
    <>
      <Mark kind="working">{job.stopping ? 'stopping' : 'exporting'}</Mark>
      <div className={styles.progress}>
        <Bar name="Export" done={job.progress?.done ?? 0} total={job.progress?.total ?? null} />
        <span className={styles.muted}>
          {job.progress ? `${job.progress.stage} · ` : ''}
          {progressWords(job)}
        </span>
      </div>
      <Button aria-label="Cancel the export" isDisabled={job.stopping} onPress={() => cancelJob(job.id)}>
        Cancel
      </Button>
    </>
  );
}

function Ended({ job }: { job: Job<'events.export'> }) {
  const [failed, setFailed] = useState<string | null>(null);
  const show = (file: string) => {
    setFailed(null);
    window.exhibit.showInFolder(job.input.into, file).catch((thrown) => setFailed(errorOf(thrown).message));
  };
  return (
    <>
      {job.state === 'done' && job.result ? (
        <>
          <Mark kind={job.result.notes.length > 0 ? 'attention' : 'passed'}>exported</Mark>
          <Written report={job.result} />
          <Button
            aria-label={`Show in folder: ${job.result.file}`}
            onPress={() => show((job.result as ExportReport).file)}
          >
            Show in folder
          </Button>
        </>
      ) : job.state === 'cancelled' ? (
        <>
          <Mark kind="skipped">cancelled</Mark>
          <Words>No file was written.</Words>
        </>
      ) : (
        <>
          <Mark kind="failed">not exported</Mark>
          <Words>{job.error?.message} The log is as it was.</Words>
        </>
      )}
      <Button
        weight="quiet"
        aria-label="Close the export’s line"
        onPress={() => forgetJobs((one) => isJob(one, 'events.export'))}
      >
        <Icon name="close" size={12} />
      </Button>
      {failed === null ? null : (
        <span role="alert" className={styles.failed}>
          {failed}
        </span>
      )}
    </>
  );
}

function Written({ report }: { report: ExportReport }) {
  const { file, card, events, bytes, sha256, notes } = report;
  return (
    <Words>
      {formatCounted(events, 'event')} in <b>{file}</b> ({formatBytes(bytes)}), with the IPE card{' '}
      <b>{card}</b>.
      <span className={styles.hash}>
        SHA-256 <code>{sha256}</code>
      </span>
      {notes.map((note) => (
        <span key={note} className={styles.note}>
          {note}
        </span>
      ))}
    </Words>
  );
}

function Words({ children }: { children: ReactNode }) {
  return <div className={styles.words}>{children}</div>;
}
