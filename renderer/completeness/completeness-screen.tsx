// Completeness: for each source, which days of the period its imports span, what is silent or a gap, whether values
// follow one another, until when to export again; and what an officer says of each of these.

import type { CoverageReport } from '#core/model.ts';
import { useAddress } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import { Notice } from '../controls/notice.tsx';
import screen from '../controls/screen.module.css';
import { useAnswer } from '../engine/engine.ts';
import { FirstRun } from '../first-run/first-run.tsx';
import { errorOf } from '../words/errors.ts';
import { formatPeriod } from '../words/period.ts';
import styles from './completeness-screen.module.css';
import { Overview } from './overview.tsx';
import { PeriodForm } from './period-form.tsx';
import { coverageSentence, figuresOf } from './sentences.ts';
import { SourceSection } from './source-section.tsx';

export function CompletenessScreen() {
  const { from, to } = useAddress();
  const summary = useAnswer('workspace.summary', {});
  if (summary.data?.events === 0) return <FirstRun imports={summary.data.imports} />;
  return (
    <div className={screen.scroll}>
      <div className={`${screen.column} ${styles.page}`}>
        {from === null || to === null ? <PeriodForm /> : <Days from={from} to={to} />}
      </div>
    </div>
  );
}

function Days({ from, to }: { from: string; to: string }) {
  const { zone } = useAddress();
  const coverage = useAnswer('completeness.coverage', { from, to, zone });
  const said = coverage.data?.sources.map((one) => `${one.source}: ${coverageSentence(figuresOf(one))}`);
  return (
    <>
      <p role="status" className="unseen">
        {coverage.error ? '' : (said?.join(' ') ?? 'Counting the days…')}
      </p>
      <Counted coverage={coverage} from={from} to={to} />
    </>
  );
}

type CountedProps = { coverage: Answer & { data: CoverageReport | undefined }; from: string; to: string };

function Counted({ coverage, from, to }: CountedProps) {
  const { zone } = useAddress();
  const continuity = useAnswer('completeness.continuity', {});
  const retention = useAnswer('completeness.retention', {});
  const told = useAnswer('completeness.explanations', {});
  if (coverage.error) {
    const { code, message } = errorOf(coverage.error);
    return (
      <div className={styles.failed}>
        <Notice kind="failed" live>
          The days were not counted; nothing was changed. {message}{' '}
          {code === 'usage' ? null : <AskAgain answer={coverage} />}
        </Notice>
        {code === 'usage' ? <PeriodForm /> : null}
      </div>
    );
  }
  if (!coverage.data) return <Skeleton />;
  const { sources } = coverage.data;
  const shared = {
    continuity: continuity.data ?? null,
    retention: retention.data ?? null,
    explanations: told.data ?? null,
  };
  const failed: [string, Answer][] = [
    ['The continuity test could not be made.', continuity],
    ['Until when to export again could not be found out.', retention],
    ['What was explained so far could not be read, so nothing is shown as explained.', told],
  ];
  return (
    <>
      <p className={styles.lead}>
        Whole days in {zone}, {formatPeriod({ from, to }, zone)}. A day is <em>covered</em> when an import
        spans it and there are events, <em>silent</em> when an import spans it and no event was observed in
        the imported logs, and in a <em>gap</em> when no import spans it. An import spans the days from its
        first to its last record.
      </p>
      {failed.map(([what, answer]) =>
        answer.error ? (
          <Notice key={what} kind="failed" live>
            {what} {errorOf(answer.error).message} <AskAgain answer={answer} />
          </Notice>
        ) : null,
      )}
      {sources.length > 1 ? <Overview sources={sources} {...shared} /> : null}
      {sources.map((source) => (
        <SourceSection
          key={source.source}
          coverage={source}
          {...shared}
          continuityFailed={continuity.error !== null}
          retentionFailed={retention.error !== null}
        />
      ))}
    </>
  );
}

type Answer = { error: unknown; isFetching: boolean; refetch(): Promise<unknown> };

function AskAgain({ answer }: { answer: Answer }) {
  return (
    <Button weight="quiet" onPress={() => void answer.refetch()} isDisabled={answer.isFetching}>
      Ask again
    </Button>
  );
}

/** The shape of what is coming, while the days are counted. */
function Skeleton() {
  return (
    <div aria-busy="true" className={styles.skeleton}>
      {[0, 1].map((source) => (
        <div key={source} className={styles.ghost}>
          <span />
          <span />
          <span />
          <span />
        </div>
      ))}
    </div>
  );
}
