// What the verification of the opened pack came to, worst status first: a mark beside its title, and the whole result.

import { type FormEvent, useState } from 'react';
import type { CheckStatus, VerifyReport } from '#core/model.ts';
import type { Grant } from '#preload/desktop-api.ts';
import { Bar } from '../controls/bar.tsx';
import { Button } from '../controls/button.tsx';
import { Mark, type MarkKind } from '../controls/mark.tsx';
import { Notice } from '../controls/notice.tsx';
import screen from '../controls/screen.module.css';
import { TextLine } from '../controls/text-line.tsx';
import { cancelJob, isJob, useJobs } from '../engine/jobs.ts';
import { CheckTable, FailureTable } from '../integrity/check-tables.tsx';
import { formatCount, formatCounted } from '../words/numbers.ts';
import { progressWords } from '../words/progress.ts';
import { Recorded } from '../words/recorded.tsx';
import styles from './audit.module.css';
import { verifyOpened } from './open-pack.ts';

function useRun(grant: Grant) {
  return useJobs()
    .filter((job) => isJob(job, 'audit.verify'))
    .findLast((job) => job.input.pack === grant.id);
}

const count = ({ checks }: VerifyReport, status: CheckStatus): number =>
  checks.filter((check) => check.status === status).length;

/** The worst status wins, and skipped is not passed. */
function verdictOf(report: VerifyReport): { kind: MarkKind; words: string } {
  const [failed, skipped] = [count(report, 'failed'), count(report, 'skipped')];
  const passed = `${formatCount(count(report, 'passed'))} passed`;
  if (!report.ok)
    return {
      kind: 'failed',
      words: `${formatCounted(failed, 'check')} failed, ${passed}, ${formatCount(skipped)} skipped`,
    };
  if (skipped > 0)
    return { kind: 'skipped', words: `none failed, ${formatCount(skipped)} skipped, ${passed}` };
  return { kind: 'passed', words: `all ${passed}` };
}

export function VerdictMark({ grant }: { grant: Grant }) {
  const run = useRun(grant);
  if (run?.state === 'running') return <Mark kind="working">being verified</Mark>;
  if (!run?.result) return <Mark kind="attention">not verified</Mark>;
  const { kind, words } = verdictOf(run.result);
  return <Mark kind={kind}>{words}</Mark>;
}

/** The result with every check, and the way to check against a key that the auditor has from elsewhere. */
export function Verdict({ grant, isSigned }: { grant: Grant; isSigned: boolean }) {
  const run = useRun(grant);
  const known = run?.input.known ?? '';
  const [key, setKey] = useState(known);
  if (run?.state === 'running')
    return (
      <div className={styles.running}>
        <div className={styles.bar}>
          <Bar name="Checking the pack" done={run.progress?.done ?? 0} total={run.progress?.total ?? null} />
          <p className={screen.muted}>
            {run.progress ? `${run.progress.stage} · ` : ''}
            {progressWords(run)}
          </p>
        </div>
        <Button isDisabled={run.stopping} onPress={() => cancelJob(run.id)}>
          Cancel
        </Button>
      </div>
    );
  return (
    <>
      {run?.state === 'failed' ? (
        <Notice kind="failed" live>
          <Recorded
            text={`The verification did not run to its end, so it shows nothing. ${run.error?.message ?? ''}`}
          />
        </Notice>
      ) : null}
      {run?.state === 'cancelled' ? (
        <Notice kind="plain">Cancelled before the end: this run shows nothing.</Notice>
      ) : null}
      {run?.result ? <Checks report={run.result} /> : null}
      <form
        className={styles.known}
        aria-label="Check again"
        onSubmit={(submitted: FormEvent) => {
          submitted.preventDefault();
          verifyOpened(grant, key.trim() === '' ? null : key.trim());
        }}
      >
        {isSigned ? (
          <TextLine
            label="Public key that you have from elsewhere (optional)"
            value={key}
            onChange={setKey}
            maxLength={500}
            hint="The line that the maker of the pack gave you on another way: it shows that the key is theirs."
          />
        ) : null}
        <Button type="submit">{run ? 'Verify again' : 'Verify now'}</Button>
      </form>
    </>
  );
}

/** What was found wrong with a pack that cannot be opened; nothing where nothing was. */
export function Differences({ grant }: { grant: Grant }) {
  const run = useRun(grant);
  return run?.result ? <Checks report={run.result} /> : null;
}

const order: CheckStatus[] = ['failed', 'skipped', 'passed'];

function Checks({ report }: { report: VerifyReport }) {
  const sorted = order.flatMap((status) => report.checks.filter((check) => check.status === status));
  return (
    <>
      {report.ok ? null : (
        <Notice kind="failed" live>
          This is not the pack that was made. Do not rely on it before you know why: ask for another copy, and
          keep this one as it is.
        </Notice>
      )}
      <FailureTable failures={report.failures} label="What differs" />
      {sorted.some(({ status }) => status === 'skipped') ? (
        <ul className={styles.skipped} aria-label="Skipped checks">
          {sorted
            .filter(({ status }) => status === 'skipped')
            .map(({ name, detail }) => (
              <li key={name}>
                <Mark kind="skipped">skipped</Mark>
                <span>
                  {name}: <Recorded text={detail} />
                </span>
              </li>
            ))}
        </ul>
      ) : null}
      <details className={styles.checks} open={!report.ok || undefined}>
        <summary>Every check ({formatCount(report.checks.length)})</summary>
        <CheckTable checks={sorted} label="Checks" />
      </details>
    </>
  );
}
