// All work of this session: how far, how long still, and what came of it, with what to copy where it failed.

import { Dialog, DialogTrigger } from 'react-aria-components/Dialog';
import { Popover } from 'react-aria-components/Popover';
import { Bar } from '../controls/bar.tsx';
import { Button } from '../controls/button.tsx';
import { CopyButton } from '../controls/copy-button.tsx';
import { Mark, type MarkKind } from '../controls/mark.tsx';
import overlay from '../controls/overlay.module.css';
import { cancelJob, forgetJobs, type Job, tookOf, useJobs } from '../engine/jobs.ts';
import { formatCounted } from '../words/numbers.ts';
import { isWaiting, jobName, progressWords } from '../words/progress.ts';
import { formatDuration } from '../words/time.ts';
import styles from './jobs-list.module.css';

const marks: Record<Job['state'], [MarkKind, string]> = {
  running: ['working', 'running'],
  done: ['passed', 'done'],
  failed: ['failed', 'failed'],
  cancelled: ['skipped', 'cancelled'],
};

/** A button that says how much work there is, and opens the list of it. Nothing while there was none. */
export function JobsButton() {
  const jobs = useJobs();
  if (jobs.length === 0) return null;
  const running = jobs.filter(({ state }) => state === 'running').length;
  return (
    <DialogTrigger>
      <Button weight="quiet">
        {running > 0 ? `${formatCounted(running, 'job')} running` : 'Work of this session'}
      </Button>
      <Popover className={overlay.popover} placement="top end" offset={6}>
        <Dialog aria-label="Work of this session" className={styles.dialog as string}>
          <ul className={styles.list}>
            {jobs.toReversed().map((job) => (
              <Line key={job.id} job={job} />
            ))}
          </ul>
          {jobs.length > running ? (
            <div className={styles.below}>
              <Button weight="quiet" onPress={() => forgetJobs(() => true)}>
                Clear what has ended
              </Button>
            </div>
          ) : null}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

function Line({ job }: { job: Job }) {
  const [kind, word] = marks[job.state];
  return (
    <li className={styles.line}>
      <div className={styles.head}>
        <strong>{jobName(job)}</strong>
        <Mark kind={kind}>{job.stopping && job.state === 'running' ? 'stopping' : word}</Mark>
      </div>
      {job.state === 'running' ? (
        <>
          <Bar name={jobName(job)} done={job.progress?.done ?? 0} total={job.progress?.total ?? null} />
          <div className={styles.head}>
            <span className={styles.words}>
              {isWaiting(job) ? 'Waits for other work.' : progressWords(job)}
            </span>
            <Button
              weight="quiet"
              isDisabled={job.stopping}
              aria-label={`Cancel: ${jobName(job)}`}
              onPress={() => cancelJob(job.id)}
            >
              Cancel
            </Button>
          </div>
        </>
      ) : (
        <p className={styles.words}>
          {job.state === 'failed' ? `${job.error?.message ?? ''} The log is as it was. ` : ''}
          {job.endedAt === null ? '' : `Took ${formatDuration(tookOf(job))}.`}
          {job.state === 'failed' ? (
            <>
              {' '}
              <CopyButton name="Copy the details" text={detailsOf(job)} />
            </>
          ) : null}
        </p>
      )}
    </li>
  );
}

/** What somebody who helps needs to know: no names of people, no contents. */
function detailsOf(job: Job): string {
  return JSON.stringify(
    {
      job: job.name,
      startedAt: new Date(job.startedAt).toISOString(),
      endedAt: job.endedAt === null ? null : new Date(job.endedAt).toISOString(),
      progress: job.progress,
      error: job.error,
      window: navigator.userAgent,
    },
    null,
    2,
  );
}
