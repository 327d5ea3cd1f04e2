// What there is to explain about a source, each with the key its explanations are stored under, and which of the
// explanations given so far are about it.

import { anyMapping } from '#core/event-model.ts';
import type { Break, CoverageGap, Explanation, ExplanationKind, SourceCoverage } from '#core/model.ts';

/** Something an officer can explain: its kind and key name it for good. */
export type Finding = { source: string; kind: ExplanationKind; key: string };

export const gapFinding = (source: string, gap: CoverageGap): Finding => ({
  source,
  kind: 'gap',
  key: `${gap.from}/${gap.to}`,
});
export const silenceFinding = (source: string, day: string): Finding => ({
  source,
  kind: 'silence',
  key: day,
});
export const idGapFinding = (source: string, gap: { after: number; before: number }): Finding => ({
  source,
  kind: 'id-gap',
  key: `${gap.after}/${gap.before}`,
});
export const breakFinding = ({ source, earlier, later }: Break): Finding => ({
  source,
  kind: 'break',
  key: `${anyMapping(earlier)}/${anyMapping(later)}`,
});

/**
 * What was said of a finding, newest first. `all` of the finding counts as explained; `part` are explanations of gaps
 * that share some of its days (the period cut the gap elsewhere, or a later import filled a part).
 */
export function explanationsOf(
  finding: Finding,
  explanations: readonly Explanation[],
): { all: Explanation[]; part: Explanation[] } {
  const same = explanations.filter((one) => one.source === finding.source && one.kind === finding.kind);
  if (finding.kind !== 'gap') return { all: same.filter((one) => one.key === finding.key), part: [] };
  const [from, to] = rangeOf(finding.key);
  const covers = (one: Explanation) => {
    const [first, last] = rangeOf(one.key);
    return first <= from && to <= last;
  };
  const touches = (one: Explanation) => {
    const [first, last] = rangeOf(one.key);
    return first <= to && from <= last;
  };
  return {
    all: same.filter(covers),
    part: same.filter((one) => !covers(one) && touches(one)),
  };
}

const rangeOf = (key: string): [string, string] => {
  const [from = '', to = ''] = key.split('/');
  return [from, to];
};

/** Whether the whole of a finding has been explained. */
export const isExplained = (finding: Finding, explanations: readonly Explanation[]): boolean =>
  explanationsOf(finding, explanations).all.length > 0;

/** Everything of a source that asks for an explanation, in the order of the screen. */
export function findingsOf(coverage: SourceCoverage, breaks: readonly Break[]): Finding[] {
  const { source, gaps, days, ids } = coverage;
  return [
    ...gaps.map((gap) => gapFinding(source, gap)),
    ...days.filter((day) => day.unusual && !day.ahead).map(({ day }) => silenceFinding(source, day)),
    ...(ids?.gaps ?? []).map((gap) => idGapFinding(source, gap)),
    ...breaks.filter((one) => one.source === source).map(breakFinding),
  ];
}

/** The name somebody last explained under, to be offered again. */
export const lastPerson = (explanations: readonly Explanation[]): string => explanations[0]?.person ?? '';
