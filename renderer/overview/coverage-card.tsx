// Each source's days as a strip, with what of them is covered, silent or in a gap, and until when to export again.

import type { SourceCoverage } from '#core/model.ts';
import type { SourceRetention } from '#core/retention-model.ts';
import { hrefOf, useAddress } from '../address/use-address.ts';
import { gapFinding, isExplained } from '../completeness/findings.ts';
import { figuresOf, retentionSentence } from '../completeness/sentences.ts';
import { Icon } from '../controls/icon.tsx';
import { useAnswer } from '../engine/engine.ts';
import { formatCount } from '../words/numbers.ts';
import { formatPeriod } from '../words/period.ts';
import { Recorded } from '../words/recorded.tsx';
import { formatDate } from '../words/time.ts';
import { Card } from './card.tsx';
import { type Days, useCoverage } from './days.ts';
import styles from './overview.module.css';
import { runsOf } from './strip.ts';

export function CoverageCard({ days }: { days: Days }) {
  const address = useAddress();
  const coverage = useCoverage(days);
  const retention = useAnswer('completeness.retention', {});
  const explained = useAnswer('completeness.explanations', {});
  const to = hrefOf(address, { screen: 'completeness', from: days.from, to: days.to });
  return (
    <Card
      area="coverage"
      title="Coverage"
      word="coverage"
      about={formatPeriod(days, address.zone)}
      answers={[coverage, retention, explained]}
      way={<a href={to}>Completeness</a>}
    >
      {() => (
        <>
          <ul className={styles.strips}>
            {coverage.data?.sources.map((source) => (
              <Strip
                key={source.source}
                coverage={source}
                explained={source.gaps.filter((gap) =>
                  isExplained(gapFinding(source.source, gap), explained.data ?? []),
                )}
                kept={retention.data?.find((one) => one.source === source.source)}
                href={to}
              />
            ))}
          </ul>
          <p className={styles.keys} aria-hidden="true">
            {(['covered', 'silent', 'gap', 'explained'] as const).map((look) => (
              <span key={look}>
                <i className={styles.run} data-look={look} />
                {{ covered: 'covered', silent: 'silent', gap: 'gap', explained: 'gap, explained' }[look]}
              </span>
            ))}
          </p>
        </>
      )}
    </Card>
  );
}

type StripProps = {
  coverage: SourceCoverage;
  explained: SourceCoverage['gaps'];
  kept: SourceRetention | undefined;
  href: string;
};

function Strip({ coverage, explained, kept, href }: StripProps) {
  const { covered, silent, inGaps, days } = figuresOf(coverage);
  const countdown = kept === undefined ? null : retentionSentence(kept);
  return (
    <li className={styles.strip}>
      <a href={href} className={styles.source}>
        <strong>
          <Recorded text={coverage.source} />
        </strong>
        <span className={styles.days}>
          {formatCount(covered)} of {formatCount(days)} days covered, {formatCount(silent)} silent,{' '}
          {formatCount(inGaps)} in gaps
        </span>
      </a>
      <div className={styles.runs} aria-hidden="true">
        {runsOf(coverage.days, explained).map(({ day, look, length }) => (
          <i key={day} className={styles.run} data-look={look} style={{ flexGrow: length }} />
        ))}
      </div>
      {kept === undefined || countdown === null ? null : (
        <span className={styles.countdown} data-kind={countdown.kind} title={countdown.words}>
          {countdown.kind === 'plain' ? null : (
            <Icon name={countdown.kind === 'failed' ? 'cross' : 'warning'} size={12} />
          )}
          {kept.exportBy === null || kept.daysLeft === null
            ? 'How long the vendor keeps its log is not published: export often'
            : kept.daysLeft < 0
              ? `Last safe day to export again was ${formatDate(kept.exportBy, 'UTC')}`
              : `Export again by ${formatDate(kept.exportBy, 'UTC')}, ${formatCount(kept.daysLeft)} days left`}
        </span>
      )}
    </li>
  );
}
