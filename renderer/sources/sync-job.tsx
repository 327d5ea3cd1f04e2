// One sync of this session: how far it is, what it brought, or why it ended.

import type { SyncReport } from '#core/sync-model.ts';
import { useShownZone } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import { Mark } from '../controls/mark.tsx';
import { cancelJob, type Job } from '../engine/jobs.ts';
import { formatCount, formatCounted } from '../words/numbers.ts';
import { progressWords } from '../words/progress.ts';
import { Recorded } from '../words/recorded.tsx';
import { formatMinute } from '../words/time.ts';
import styles from './connections.module.css';
import card from './import-job.module.css';

export function SyncJob({ job }: { job: Job<'imports.sync'> }) {
  if (job.state === 'running') {
    return (
      <article className={card.card} aria-label={`Sync of ${job.about}`}>
        <header className={card.head}>
          <h3>
            <Recorded text={job.about} />
          </h3>
          <Mark kind="working">{job.stopping ? 'stopping' : 'syncing'}</Mark>
        </header>
        <div className={card.running}>
          <p className={`${card.words} ${card.bar}`}>{progressWords(job)}</p>
          <Button
            aria-label={`Cancel the sync of ${job.about}`}
            isDisabled={job.stopping}
            onPress={() => cancelJob(job.id)}
          >
            Cancel
          </Button>
        </div>
      </article>
    );
  }
  if (job.result === null) {
    const isCancelled = job.state === 'cancelled';
    return (
      <article className={card.card} aria-label={`Sync of ${job.about}`}>
        <header className={card.head}>
          <h3>
            <Recorded text={job.about} />
          </h3>
          <Mark kind={isCancelled ? 'skipped' : 'failed'}>{isCancelled ? 'cancelled' : 'not synced'}</Mark>
        </header>
        <p className={card.words}>{isCancelled ? 'What came in before stays.' : job.error?.message}</p>
      </article>
    );
  }
  return job.result.map((report) => <Report key={report.connection} report={report} />);
}

function Report({ report }: { report: SyncReport }) {
  const zone = useShownZone();
  const { connection, imported, duplicates, rejected, error, gaps, warnings, requests, retries } = report;
  const isCancelled = error?.code === 'cancelled';
  const isNoted = gaps.length + warnings.length + rejected > 0;
  return (
    <article className={card.card} aria-label={`Sync of ${connection}`}>
      <header className={card.head}>
        <h3>
          <Recorded text={connection} />
        </h3>
        {error ? (
          <Mark kind={isCancelled ? 'skipped' : 'failed'}>{isCancelled ? 'cancelled' : 'not finished'}</Mark>
        ) : (
          <Mark kind={isNoted ? 'attention' : 'passed'}>
            {isNoted ? 'synced, look at the notes' : 'synced'}
          </Mark>
        )}
      </header>
      {error ? <p role="alert">{error.message}</p> : null}
      {error && report.read === 0 ? null : (
        <p className={card.words}>
          {imported === 0 ? 'Nothing new' : formatCounted(imported, 'new event')}, {formatCount(duplicates)}{' '}
          held before, {formatCount(rejected)} rejected; {formatCounted(requests, 'request')}
          {retries > 0 ? `, ${formatCount(retries)} asked again` : ''}.
          {report.settledUntil ? ` Settled until ${formatMinute(report.settledUntil, zone)}.` : ''}
        </p>
      )}
      {isNoted ? (
        <ul className={styles.state}>
          {gaps.map(({ from, until, why }) => (
            <li key={from}>
              {formatMinute(from, zone)} to {formatMinute(until, zone)}: {why}.
            </li>
          ))}
          {warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      ) : null}
    </article>
  );
}
