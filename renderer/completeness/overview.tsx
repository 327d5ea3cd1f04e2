// All sources at a glance, in figures, with the way to each of them.

import type { ContinuityReport, Explanation, SourceCoverage } from '#core/model.ts';
import type { SourceRetention } from '#core/retention-model.ts';
import screen from '../controls/screen.module.css';
import { formatCount } from '../words/numbers.ts';
import { Recorded } from '../words/recorded.tsx';
import { formatDate } from '../words/time.ts';
import { findingsOf, isExplained } from './findings.ts';
import { figuresOf } from './sentences.ts';
import styles from './source-section.module.css';

type Props = {
  sources: SourceCoverage[];
  continuity: ContinuityReport | null;
  retention: SourceRetention[] | null;
  explanations: Explanation[] | null;
};

export const headingId = (source: string): string => `source-${encodeURIComponent(source)}`;

export function Overview({ sources, continuity, retention, explanations }: Props) {
  return (
    <section aria-labelledby="all-sources">
      <div className={screen.heading}>
        <h2 id="all-sources">All sources</h2>
      </div>
      <table className={`${screen.table} ${styles.overview}`} aria-labelledby="all-sources">
        <thead>
          <tr>
            <th>Source</th>
            <th className={screen.number}>Days covered</th>
            <th className={screen.number}>Silent</th>
            <th className={screen.number}>In gaps</th>
            <th className={screen.number}>Unusually quiet</th>
            <th className={screen.number}>Breaks</th>
            <th className={screen.number}>Not explained</th>
            <th>Export again by</th>
          </tr>
        </thead>
        <tbody>
          {sources.map((coverage) => {
            const { source } = coverage;
            const figures = figuresOf(coverage);
            const breaks = continuity?.breaks.filter((one) => one.source === source);
            const allBreaks = continuity?.sources.find((one) => one.source === source)?.breaks ?? 0;
            const open =
              explanations && breaks
                ? findingsOf(coverage, breaks).filter((finding) => !isExplained(finding, explanations))
                    .length + unlisted(coverage, allBreaks - breaks.length)
                : null;
            const kept = retention?.find((one) => one.source === source);
            return (
              <tr key={source}>
                <td>
                  <button type="button" className={styles.jump} onClick={() => showSource(source)}>
                    <Recorded text={source} />
                  </button>
                </td>
                <td className={screen.number}>
                  {formatCount(figures.covered)} of {formatCount(figures.days)}
                </td>
                <td className={screen.number}>{formatCount(figures.silent)}</td>
                <td className={screen.number}>{formatCount(figures.inGaps)}</td>
                <td className={screen.number}>{formatCount(figures.quiet)}</td>
                <td className={screen.number}>{breaks ? formatCount(allBreaks) : '…'}</td>
                <td className={screen.number}>{open === null ? '…' : formatCount(open)}</td>
                <td>
                  {kept === undefined ? (
                    '…'
                  ) : kept.exportBy === null ? (
                    <span className={screen.muted}>not known</span>
                  ) : (
                    <span className={kept.daysLeft !== null && kept.daysLeft < 0 ? styles.passed : undefined}>
                      {formatDate(kept.exportBy, 'UTC')}
                      {kept.daysLeft !== null && kept.daysLeft < 0 ? ', passed' : ''}
                    </span>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

/** Findings that are counted and not listed: nobody can have explained them. */
const unlisted = ({ ids }: SourceCoverage, breaks: number): number =>
  breaks + (ids ? ids.gapCount - ids.gaps.length : 0);

/** Brings a source's section into view and reads on from there. */
function showSource(source: string): void {
  const heading = document.getElementById(headingId(source));
  heading?.scrollIntoView({ block: 'start' });
  heading?.focus({ preventScroll: true });
}
