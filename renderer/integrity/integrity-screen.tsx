// Integrity: whether the log is still what was imported. It shows what the last verification tested and found,
// and never says more than that.

import type { VerifyReport } from '#core/model.ts';
import { useShownZone } from '../address/use-address.ts';
import { Bar } from '../controls/bar.tsx';
import { Button } from '../controls/button.tsx';
import { CopyButton } from '../controls/copy-button.tsx';
import { Notice } from '../controls/notice.tsx';
import screen from '../controls/screen.module.css';
import { useAnswer } from '../engine/engine.ts';
import { cancelJob, isJob, startJob, tookOf, useJobs } from '../engine/jobs.ts';
import { Explained } from '../glossary/help.tsx';
import { formatCounted } from '../words/numbers.ts';
import { checkedWords, progressWords } from '../words/progress.ts';
import { formatDuration, formatInstant } from '../words/time.ts';
import { CheckTable, FailureTable } from './check-tables.tsx';
import styles from './integrity-screen.module.css';
import { SigningKey } from './signing-key.tsx';
import { useEarlierRun } from './use-earlier-run.ts';
import { verifiedState } from './verified.ts';

export function IntegrityScreen() {
  const zone = useShownZone();
  const jobs = useJobs();
  const runs = jobs.filter((job) => isJob(job, 'verify.run'));
  const running = runs.find((job) => job.state === 'running');
  const last = runs.at(-1);
  const done = runs.findLast((job) => job.state === 'done');
  const verified = verifiedState(jobs, zone, useEarlierRun());
  return (
    <div className={screen.scroll}>
      <div className={screen.column}>
        <section className={styles.now} aria-labelledby="verification">
          <div className={styles.words}>
            <Explained word="verification">
              <h2 id="verification" data-kind={verified.kind}>
                {verified.words}
              </h2>
            </Explained>
            <p className={screen.muted}>
              Verifying recomputes every hash from the stored records, up to the root of the log, and names
              each row, import and file that differs. It changes nothing.
            </p>
          </div>
          {running ? (
            <Button isDisabled={running.stopping} onPress={() => cancelJob(running.id)}>
              Cancel
            </Button>
          ) : (
            <Button weight="primary" onPress={() => void startJob('verify.run', {}, '')}>
              Verify now
            </Button>
          )}
          {running ? (
            <div className={styles.progress}>
              <Bar
                name="Verifying the log"
                done={running.progress?.done ?? 0}
                total={running.progress?.total ?? null}
              />
              <p className={screen.muted}>
                {running.progress ? `${running.progress.stage} · ` : ''}
                {progressWords(running)}
              </p>
            </div>
          ) : null}
          {last?.state === 'failed' ? (
            <div className={styles.progress}>
              <Notice kind="failed" live>
                The verification did not run to its end, so it shows nothing. {last.error?.message}
              </Notice>
            </div>
          ) : null}
          {last?.state === 'cancelled' ? (
            <div className={styles.progress}>
              <Notice kind="plain">Cancelled before the end: this run shows nothing.</Notice>
            </div>
          ) : null}
        </section>
        {done?.result ? (
          <Result
            report={done.result}
            when={formatInstant(new Date(done.endedAt ?? 0).toISOString(), zone)}
            took={formatDuration(tookOf(done))}
          />
        ) : null}
        <Log />
        <SigningKey />
      </div>
    </div>
  );
}

function Result({ report, when, took }: { report: VerifyReport; when: string; took: string }) {
  return (
    <section aria-labelledby="result">
      <div className={screen.heading}>
        <h2 id="result">Result</h2>
        <span className={styles.when}>
          {when}, in {took}: {checkedWords(report)}
        </span>
      </div>
      <CheckTable checks={report.checks} label="Result" />
      {report.failures.length > 0 ? (
        <div className={styles.failures}>
          <h3>{formatCounted(report.failures.length, 'failure')}</h3>
          <p className={screen.muted}>
            The log is not what was imported. Keep this workspace as it is, and import the original files into
            a new one to compare.
          </p>
          <FailureTable failures={report.failures} label="Failures" />
        </div>
      ) : null}
    </section>
  );
}

function Log() {
  const summary = useAnswer('workspace.summary', {}).data;
  const zone = useShownZone();
  if (!summary) return null;
  return (
    <section aria-labelledby="log">
      <div className={screen.heading}>
        <h2 id="log">The log</h2>
      </div>
      <dl className={screen.facts}>
        <dt>
          <Explained word="root">Root</Explained>
        </dt>
        <dd className={styles.root}>
          {summary.logRoot === null ? (
            'none yet: nothing was imported'
          ) : (
            <>
              <code>{summary.logRoot}</code> <CopyButton name="Copy root" text={summary.logRoot} />
            </>
          )}
        </dd>
        <dt>Size</dt>
        <dd>
          {formatCounted(summary.events, 'event')}, from {formatCounted(summary.imports, 'import')}
        </dd>
        <dt>First to last event</dt>
        <dd>
          {summary.firstTime === null || summary.lastTime === null
            ? 'none'
            : `${formatInstant(summary.firstTime, zone)} to ${formatInstant(summary.lastTime, zone)}`}
        </dd>
        <dt>Folder</dt>
        <dd>{summary.folder}</dd>
      </dl>
    </section>
  );
}
