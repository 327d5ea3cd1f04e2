// One source: the sentence, the days, what else was seen, and what there is to explain.

import type { ReactNode } from 'react';
import type { ContinuityReport, Explanation, SourceCoverage } from '#core/model.ts';
import type { SourceRetention } from '#core/retention-model.ts';
import { useAddress } from '../address/use-address.ts';
import { Icon } from '../controls/icon.tsx';
import screen from '../controls/screen.module.css';
import { Explained } from '../glossary/help.tsx';
import { formatCount, formatCounted } from '../words/numbers.ts';
import { Recorded } from '../words/recorded.tsx';
import { Breaks } from './breaks.tsx';
import { Calendar } from './calendar.tsx';
import { gapFinding, isExplained } from './findings.ts';
import { Gaps, IdGaps, QuietDays } from './gaps.tsx';
import { headingId } from './overview.tsx';
import {
  continuitySentence,
  coverageSentence,
  figuresOf,
  holdingSentence,
  retentionSentence,
} from './sentences.ts';
import styles from './source-section.module.css';

type Props = {
  coverage: SourceCoverage;
  /** Null while not known. */
  continuity: ContinuityReport | null;
  retention: SourceRetention[] | null;
  explanations: Explanation[] | null;
  continuityFailed: boolean;
  retentionFailed: boolean;
};

export function SourceSection(props: Props) {
  const { coverage, continuity, retention, explanations, continuityFailed, retentionFailed } = props;
  const { source, gaps, warnings } = coverage;
  const { zone } = useAddress();
  const figures = figuresOf(coverage);
  const breaks = continuity?.breaks.filter((one) => one.source === source) ?? [];
  const kept = retention?.find((one) => one.source === source);
  const tested = continuity?.sources.find((one) => one.source === source);
  const explained = gaps.filter((gap) => isExplained(gapFinding(source, gap), explanations ?? []));
  const said = (code: string) => warnings.filter((warning) => warning.code === code);
  return (
    <section className={styles.source} aria-labelledby={headingId(source)}>
      <div>
        <h2 id={headingId(source)} tabIndex={-1}>
          <Recorded text={source} />
        </h2>
        <p className={styles.sentence}>
          {coverageSentence(figures)}{' '}
          <span className={screen.muted}>{formatCounted(figures.events, 'event')}.</span>
        </p>
      </div>
      <Calendar coverage={coverage} explained={explained} />
      <dl className={screen.facts}>
        <dt>
          <Explained word="retention">Next export</Explained>
        </dt>
        <dd>{kept ? <Countdown kept={kept} /> : retentionFailed ? 'could not be found out' : '…'}</dd>
        <dt>Overlap</dt>
        <dd>
          {said('overlap').length === 0
            ? 'No day is spanned by more than one import.'
            : said('overlap').map(({ message }) => <p key={message}>{message}</p>)}
        </dd>
        {coverage.times ? (
          <>
            <dt>Order and times</dt>
            <dd>
              <Warned warnings={[...said('out-of-order'), ...said('future-times')]}>
                In the order of their files, and none later than its import.
              </Warned>
            </dd>
          </>
        ) : null}
        {coverage.ids ? (
          <>
            <dt>Record ids</dt>
            <dd>
              <Warned warnings={said('id-gap')}>
                {coverage.ids.held === 0
                  ? 'No record of the period has an id that counts up.'
                  : `${formatCount(coverage.ids.held)} in the period, each following the one before.`}
              </Warned>
            </dd>
          </>
        ) : null}
        <dt>
          <Explained word="continuity">Continuity</Explained>
        </dt>
        <dd>
          {continuity ? (
            <p>
              {continuitySentence(tested)}{' '}
              <span className={screen.muted}>Over the whole log, not the period alone.</span>
            </p>
          ) : continuityFailed ? (
            'could not be tested'
          ) : (
            'Testing…'
          )}
        </dd>
      </dl>
      <Gaps coverage={coverage} zone={zone} explanations={explanations} />
      <QuietDays coverage={coverage} zone={zone} explanations={explanations} />
      <IdGaps coverage={coverage} explanations={explanations} />
      <Breaks breaks={breaks} total={tested?.breaks ?? 0} explanations={explanations} />
    </section>
  );
}

function Countdown({ kept }: { kept: SourceRetention }) {
  const { kind, words } = retentionSentence(kept);
  const holding = holdingSentence(kept);
  return (
    <>
      <p className={kind === 'failed' ? styles.passed : kind === 'attention' ? styles.soon : undefined}>
        {kind === 'plain' ? null : <Icon name={kind === 'failed' ? 'cross' : 'clock'} size={12} />}
        {words}
      </p>
      <p className={screen.muted}>Kept by the vendor: {kept.retention}</p>
      {holding === null ? null : <p className={screen.muted}>{holding}</p>}
    </>
  );
}

function Warned({ warnings, children }: { warnings: { message: string }[]; children: ReactNode }) {
  if (warnings.length === 0) return <p>{children}</p>;
  return warnings.map(({ message }) => (
    <p key={message} className={styles.soon}>
      <Icon name="warning" size={12} />
      {message}
    </p>
  ));
}
