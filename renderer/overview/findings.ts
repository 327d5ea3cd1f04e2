// What of the log's completeness and its imports asks for somebody's attention, as figures with the way to their rows.

import type { ImportSummary } from '#core/contract.ts';
import type { ContinuityReport, Explanation, ExplanationKind, SourceCoverage } from '#core/model.ts';
import type { Address } from '../address/address.ts';
import { type Finding, findingsOf, isExplained } from '../completeness/findings.ts';

/** `open` of `count` are neither explained nor looked after; what cannot be explained is open as long as it is there. */
export type FoundFigure = {
  kind: ExplanationKind | 'conflict' | 'rejected';
  count: number;
  open: number;
  /** What leads to the rows. */
  to: Partial<Address>;
};

type Asked = {
  coverage: readonly SourceCoverage[];
  continuity: Pick<ContinuityReport, 'breaks' | 'sources'>;
  explanations: readonly Explanation[];
  imports: readonly Pick<ImportSummary, 'conflicts' | 'rejected' | 'replacedBy'>[];
  /** Days of the coverage. */
  days: { from: string; to: string };
};

/** All figures, those with something unexplained first; in the order of the screen among equals. */
export function foundFigures({ coverage, continuity, explanations, imports, days }: Asked): FoundFigure[] {
  const found = coverage.flatMap((source) => findingsOf(source, continuity.breaks));
  const openOf = (some: readonly Finding[]) => some.filter((one) => !isExplained(one, explanations)).length;
  const counted = (kind: ExplanationKind, unlisted = 0): FoundFigure => {
    const some = found.filter((one) => one.kind === kind);
    return {
      kind,
      count: some.length + unlisted,
      open: openOf(some) + unlisted,
      to: { screen: 'completeness', ...days },
    };
  };
  const all = (kind: 'conflicts' | 'rejected') =>
    imports.reduce((sum, one) => sum + (one.replacedBy === null ? one[kind] : 0), 0);
  // Of very many breaks and gaps in ids only the first are listed: nobody can have explained the others.
  const breaks =
    continuity.sources.reduce((sum, source) => sum + source.breaks, 0) - continuity.breaks.length;
  const ids = coverage.reduce((sum, { ids }) => sum + (ids ? ids.gapCount - ids.gaps.length : 0), 0);
  const figures = [
    counted('break', breaks),
    counted('gap'),
    counted('id-gap', ids),
    counted('silence'),
    {
      kind: 'conflict' as const,
      count: all('conflicts'),
      open: all('conflicts'),
      to: { screen: 'sources' as const },
    },
    {
      kind: 'rejected' as const,
      count: all('rejected'),
      open: all('rejected'),
      to: { screen: 'sources' as const },
    },
  ];
  const rank = ({ count, open }: FoundFigure) => (open > 0 ? 0 : count > 0 ? 1 : 2);
  return figures
    .map((figure, at) => ({ figure, at }))
    .sort((a, b) => rank(a.figure) - rank(b.figure) || a.at - b.at)
    .map(({ figure }) => figure);
}
