// The tables of completeness, R-06 to R-08: breaks, days, findings, each with what the officer said of it.

import type { CoverageReport, Explanation, ExplanationKind } from '#core/model.ts';
import { figure, type ReviewDraft, tableOf, target, text } from './review-columns.ts';
import type { PackReviews } from './reviews.ts';

/** The tables, each with its rows. */
export function* completenessDrafts(
  { continuity, coverage }: Pick<PackReviews, 'continuity' | 'coverage'>,
  explanations: readonly Explanation[],
): Generator<ReviewDraft> {
  yield tableOf(continuity.listed, {
    id: 'R-06',
    file: '06_breaks',
    title: 'Breaks of continuity',
    sheet: 'R-06 Breaks',
    isFiltered: false,
    about:
      'Two neighbouring events of one field, of which the later one’s old value is not the earlier one’s new value: records between them are missing, or were altered. Of the whole log, not of the period alone.',
    columns: [
      ...target,
      text('field', 'Field', 24, (one) => one.field),
      text('earlierTime', 'Earlier event', 25, (one) => one.earlierTime),
      text('expected', 'Its new value', 36, (one) => one.expected),
      text('laterTime', 'Later event', 25, (one) => one.laterTime),
      text('found', 'Its old value', 36, (one) => one.found),
      text('earlier', 'Earlier event’s id', 20, (one) => one.earlier),
      text('later', 'Later event’s id', 20, (one) => one.later),
      text('explanation', 'The officer’s explanation', 60, (one) => {
        const key = `${one.earlier}/${one.later}`;
        return newest(explanations, one.source, 'break', key, null)?.note ?? null;
      }),
    ],
  });
  yield tableOf(daysOf(coverage), {
    id: 'R-07',
    file: '07_coverage',
    title: 'Coverage by day',
    sheet: 'R-07 Coverage',
    isFiltered: false,
    about:
      'One row for each source and calendar day. covered: an import spans the day and there are events; silent: spanned, without events; gap: no import spans it. Counted over the whole log.',
    columns: [
      text('source', 'Source', 24, (one) => one.source),
      text('day', 'Day', 12, (one) => one.day),
      text('status', 'Status', 10, (one) => one.status),
      figure('events', 'Events', 10, (one) => one.events),
      text('imports', 'Imports', 16, (one) => one.imports.join(', ') || null),
      text('unusual', 'Unusually quiet', 14, (one) => (one.unusual ? 'yes' : null)),
    ],
  });
  yield tableOf(findingsOf(coverage, explanations), {
    id: 'R-08',
    file: '08_completeness-findings',
    title: 'Gaps, silence and absent ids',
    sheet: 'R-08 Findings',
    isFiltered: false,
    about:
      'What the completeness tests found, with what the officer said of it. A finding without an explanation is open; silence is no proof that something is missing.',
    columns: [
      text('source', 'Source', 24, (one) => one.source),
      text('kind', 'Finding', 12, (one) => one.kind),
      text('from', 'From', 25, (one) => one.from),
      text('to', 'To', 25, (one) => one.to),
      figure('size', 'Days or ids', 12, (one) => one.size),
      text('explanation', 'The officer’s explanation', 70, ({ said }) => said?.note ?? null),
      text('by', 'By', 28, ({ said }) => said?.person ?? null),
      text('at', 'At', 25, ({ said }) => said?.at ?? null),
    ],
  });
}

function* daysOf({ sources }: CoverageReport) {
  for (const { source, days } of sources) for (const day of days) yield { source, ...day };
}

type Finding = {
  source: string;
  kind: ExplanationKind;
  from: string;
  to: string;
  size: number;
  said: Explanation | undefined;
};

function* findingsOf(
  { sources, zone }: CoverageReport,
  explanations: readonly Explanation[],
): Generator<Finding> {
  for (const { source, days, gaps, ids } of sources) {
    const said = (kind: ExplanationKind, key: string, keyZone: string | null) =>
      newest(explanations, source, kind, key, keyZone);
    for (const { from, to, days: size } of gaps)
      yield { source, kind: 'gap', from, to, size, said: said('gap', `${from}/${to}`, zone) };
    for (const { day } of days.filter(({ unusual }) => unusual))
      yield { source, kind: 'silence', from: day, to: day, size: 1, said: said('silence', day, zone) };
    for (const { after, before, earlierTime, laterTime, absent } of ids?.gaps ?? []) {
      const id = said('id-gap', `${after}/${before}`, null);
      yield { source, kind: 'id-gap', from: earlierTime, to: laterTime, size: absent, said: id };
    }
  }
}

/** What was said last of a finding. */
function newest(
  explanations: readonly Explanation[],
  source: string,
  kind: ExplanationKind,
  key: string,
  zone: string | null,
): Explanation | undefined {
  return explanations.find(
    (one) => one.source === source && one.kind === kind && one.key === key && one.zone === zone,
  );
}
