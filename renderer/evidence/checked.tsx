// A pack on the disk, checked as a stranger would, and what came of it.

import { Bar } from '../controls/bar.tsx';
import { Button } from '../controls/button.tsx';
import { Mark } from '../controls/mark.tsx';
import { cancelJob, forgetJobs, isJob, type Job, startJob, useJobs } from '../engine/jobs.ts';
import { CheckTable } from '../integrity/check-tables.tsx';
import { formatCount } from '../words/numbers.ts';
import { checkedWords } from '../words/progress.ts';
import styles from './pack-job.module.css';

/** Which pack, in what a person chose: a child of a folder, or with `folder` null that folder or what it holds. */
export type PackPlace = { into: string; folder: string | null; packId: string };

const isOf =
  (pack: PackPlace) =>
  (job: Job): job is Job<'pack.verify'> & Job =>
    isJob(job, 'pack.verify') &&
    job.input.into === pack.into &&
    job.input.folder === pack.folder &&
    job.input.packId === pack.packId;

/** Takes the results off the screen that were found before something was added to the pack. */
export const forgetChecks = (pack: PackPlace): void => forgetJobs(isOf(pack));

export function Checked({ pack }: { pack: PackPlace }) {
  const run = useJobs().findLast(isOf(pack));
  const report = run?.state === 'done' ? run.result : null;
  const isRunning = run?.state === 'running';
  return (
    <>
      <div className={styles.ways}>
        {/* The same button before, meanwhile and afterwards: whoever pressed it is still on it. */}
        <Button
          isDisabled={isRunning}
          onPress={() => void startJob('pack.verify', pack, pack.folder ?? pack.packId)}
        >
          Verify now
        </Button>
        {report ? <Mark kind={report.ok ? 'passed' : 'failed'}>{checkedWords(report)}</Mark> : null}
        {run?.state === 'failed' ? <Mark kind="failed">{run.error?.message ?? 'not checked'}</Mark> : null}
        {run?.state === 'cancelled' ? <Mark kind="skipped">cancelled: shows nothing</Mark> : null}
        {report?.failures.slice(0, 5).map(({ check, where, detail }) => (
          <p key={`${check} ${where}`}>
            {check}: {where}: {detail}
          </p>
        ))}
      </div>
      {isRunning ? (
        <div className={styles.running}>
          <div className={styles.bar}>
            <Bar
              name="Checking the pack"
              done={run.progress?.done ?? 0}
              total={run.progress?.total ?? null}
            />
          </div>
          <Button isDisabled={run.stopping} onPress={() => cancelJob(run.id)}>
            Cancel
          </Button>
        </div>
      ) : null}
      {report ? (
        <details className={styles.checks}>
          <summary>Every check ({formatCount(report.checks.length)})</summary>
          <CheckTable checks={report.checks} label="Checks of the pack" />
        </details>
      ) : null}
    </>
  );
}
