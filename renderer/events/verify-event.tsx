// Computes one event again on request: what was tested, each with its outcome in words. A large log takes a while,
// since the proof reads every event from its import on.

import type { EventVerification } from '#core/event-model.ts';
import { useShownZone } from '../address/use-address.ts';
import { Bar } from '../controls/bar.tsx';
import { Button } from '../controls/button.tsx';
import { Mark } from '../controls/mark.tsx';
import { Notice } from '../controls/notice.tsx';
import { cancelJob, isJob, startJob, useJobs } from '../engine/jobs.ts';
import { progressWords } from '../words/progress.ts';
import { formatMinute } from '../words/time.ts';
import styles from './verify-event.module.css';

export function VerifyEvent({ uid }: { uid: string }) {
  const zone = useShownZone();
  const job = useJobs().findLast((one) => isJob(one, 'verify.event') && one.input.uid === uid);
  const isRunning = job?.state === 'running';
  const result = job?.state === 'done' ? (job.result as EventVerification) : null;
  return (
    <section className={styles.verify} aria-label="Verification of this event">
      {isRunning ? (
        <>
          <Bar
            name="Verifying this event"
            done={job.progress?.done ?? 0}
            total={job.progress?.total ?? null}
          />
          <p>{progressWords(job)}</p>
          <Button isDisabled={job.stopping} onPress={() => cancelJob(job.id)}>
            {job.stopping ? 'Stopping…' : 'Cancel'}
          </Button>
        </>
      ) : (
        <Button onPress={() => void startJob('verify.event', { uid }, '')}>
          {result === null ? 'Verify this event' : 'Verify again'}
        </Button>
      )}
      <div role="status">
        {job?.state === 'cancelled' ? <p>Cancelled, so nothing was verified.</p> : null}
        {result === null ? null : (
          <>
            <p className={styles.whole}>
              <Mark kind={result.ok ? 'passed' : 'failed'}>
                {result.ok ? 'This event passed' : 'This event failed'}
              </Mark>{' '}
              {job?.endedAt ? `at ${formatMinute(new Date(job.endedAt).toISOString(), zone)}` : ''}
            </p>
            <ul>
              {result.checks.map(({ name, status, detail }) => (
                <li key={name}>
                  <Mark kind={status}>{status}</Mark>
                  <span>{detail}</span>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
      {job?.state === 'failed' ? (
        <Notice kind="failed" live>
          This event was not verified. {job.error?.message}
        </Notice>
      ) : null}
    </section>
  );
}
