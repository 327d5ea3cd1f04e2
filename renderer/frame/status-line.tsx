// The bottom line: whether the log was verified, how much it holds, and the work that runs, with its cancel.

import { hrefOf, useAddress, useShownZone } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import { Icon } from '../controls/icon.tsx';
import { useAnswer, useEngineState } from '../engine/engine.ts';
import { cancelJob, isJob, type Job, useJobs } from '../engine/jobs.ts';
import { useEarlierRun } from '../integrity/use-earlier-run.ts';
import { verifiedState } from '../integrity/verified.ts';
import { formatCounted } from '../words/numbers.ts';
import { endWords, isWaiting, jobName, shareDone } from '../words/progress.ts';
import { JobsButton } from './jobs-list.tsx';
import styles from './status-line.module.css';

export function StatusLine() {
  const address = useAddress();
  const summary = useAnswer('workspace.summary', {});
  const jobs = useJobs();
  const running = jobs.filter((job) => job.state === 'running');
  const working = running.filter((job) => !isWaiting(job)).slice(0, 2);
  const others = running.length - working.length;
  const isOnline = useNetworkUse(running);
  const verified = verifiedState(jobs, useShownZone(), useEarlierRun());
  if (useEngineState().state === 'failed')
    return <footer className={styles.line}>No workspace is open</footer>;
  return (
    <footer className={styles.line}>
      <a
        href={hrefOf(address, { screen: 'integrity' })}
        className={styles.verified}
        data-kind={verified.kind}
      >
        <Icon
          name={verified.kind === 'passed' ? 'check' : verified.kind === 'failed' ? 'cross' : 'dash'}
          size={12}
        />
        {verified.words}
      </a>
      <span>
        {summary.data
          ? `${formatCounted(summary.data.events, 'event')} held, from ${formatCounted(summary.data.imports, 'import')}`
          : ''}
      </span>
      <span className={styles.jobs}>
        {isOnline ? (
          <span className={styles.job}>
            <Icon name="sources" size={12} /> Using the network
          </span>
        ) : null}
        {working.map((job) => (
          <RunningJob key={job.id} job={job} />
        ))}
        {others > 0 ? <span>{others} waiting</span> : null}
        <JobsButton />
      </span>
      <span role="status" className="unseen">
        {running.length > 0 ? jobName(running[0] as Job) : endWords(jobs)}
      </span>
    </footer>
  );
}

/** Syncs and time stamps alone use the network, and a watched folder does not either. */
function useNetworkUse(running: readonly Job[]): boolean {
  const syncs = running.filter((job) => isJob(job, 'imports.sync'));
  const known = useAnswer('connections.list', {}, { enabled: syncs.length > 0 }).data?.connections ?? [];
  const isFolder = (name: string) => known.some((one) => one.name === name && one.kind === 'folder');
  return (
    syncs.some(({ input: { names } }) => names.length === 0 || !names.every(isFolder)) ||
    running.some((job) => isJob(job, 'additions.stamp')) ||
    running.some((job) => isJob(job, 'sync.preview') && job.input.kind !== 'folder')
  );
}

function RunningJob({ job }: { job: Job }) {
  const share = shareDone(job.progress);
  return (
    <span className={styles.job}>
      <span className={styles.about}>{jobName(job)}</span>
      {share === null ? '' : ` ${share} %`}
      <Button
        weight="quiet"
        isDisabled={job.stopping}
        onPress={() => cancelJob(job.id)}
        aria-label={`Cancel: ${jobName(job)}`}
      >
        {job.stopping ? 'Stopping…' : 'Cancel'}
      </Button>
    </span>
  );
}
