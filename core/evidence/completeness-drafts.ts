// The tables of completeness, R-06 to R-08: breaks, days, findings, each with what the officer said of it.

import type { CoverageReport, Explanation, ExplanationKind } from '#core/model.ts';
import {
  figure,
  flatMap,
  map,
  type ReviewCell,
  type ReviewDraft,
  target,
  targetOf,
  text,
} from './review-columns.ts';
import type { PackReviews } from './reviews.ts';

/** The tables, each with its rows. */
export function* completenessDrafts(
  { continuity, coverage }: Pick<PackReviews, 'continuity' | 'coverage'>,
  explanations: readonly Explanation[],
): Generator<[ReviewDraft, Iterable<ReviewCell[]>]> {
  yield [
    {
      id: 'R-06',
      file: '06_breaks',
      title: 'Breaks of continuity',
      sheet: 'R-06 Breaks',
      isFiltered: false,
      about:
        'Two neighbouring events of one field, of which the later one’s old value is not the earlier one’s new value: records between them are missing, or were altered. Of the whole log, not of the period alone.',
      columns: [
        ...target,
        text('field', 'Field', 24),
        text('earlierTime', 'Earlier event', 25),
        text('expected', 'Its new value', 36),
        text('laterTime', 'Later event', 25),
        text('found', 'Its old value', 36),
        text('earlier', 'Earlier event’s id', 20),
        text('later', 'Later event’s id', 20),
        text('explanation', 'The officer’s explanation', 60),
      ],
    },
    map(continuity.listed, (one) => [
      ...targetOf(one),
      one.field,
      one.earlierTime,
      one.expected,
      one.laterTime,
      one.found,
      one.earlier,
      one.later,
      explained(explanations, one.source, 'break', `${one.earlier}/${one.later}`, null),
    ]),
  ];
  yield [
    {
      id: 'R-07',
      file: '07_coverage',
      title: 'Coverage by day',
      sheet: 'R-07 Coverage',
      isFiltered: false,
      about:
        'One row for each source and calendar day. covered: an import spans the day and there are events; silent: spanned, without events; gap: no import spans it. Counted over the whole log.',
      columns: [
        text('source', 'Source', 24),
        text('day', 'Day', 12),
        text('status', 'Status', 10),
        figure('events', 'Events', 10),
        text('imports', 'Imports', 16),
        text('unusual', 'Unusually quiet', 14),
      ],
    },
    flatMap(coverage.sources, ({ source, days }) =>
      days.map((one) => [
        source,
        one.day,
        one.status,
        one.events,
        one.imports.join(', ') || null,
        one.unusual ? 'yes' : null,
      ]),
    ),
  ];
  yield [
    {
      id: 'R-08',
      file: '08_completeness-findings',
      title: 'Gaps, silence and absent ids',
      sheet: 'R-08 Findings',
      isFiltered: false,
      about:
        'What the completeness tests found, with what the officer said of it. A finding without an explanation is open; silence is no proof that something is missing.',
      columns: [
        text('source', 'Source', 24),
        text('kind', 'Finding', 12),
        text('from', 'From', 25),
        text('to', 'To', 25),
        figure('size', 'Days or ids', 12),
        text('explanation', 'The officer’s explanation', 70),
        text('by', 'By', 28),
        text('at', 'At', 25),
      ],
    },
    findingsOf(coverage, explanations),
  ];
}

function* findingsOf(
  { sources, zone }: CoverageReport,
  explanations: readonly Explanation[],
): Generator<ReviewCell[]> {
  for (const { source, days, gaps, ids } of sources) {
    const say = (kind: ExplanationKind, key: string, keyZone: string | null): ReviewCell[] => {
      const one = newest(explanations, source, kind, key, keyZone);
      return [one?.note ?? null, one?.person ?? null, one?.at ?? null];
    };
    for (const gap of gaps) {
      yield [source, 'gap', gap.from, gap.to, gap.days, ...say('gap', `${gap.from}/${gap.to}`, zone)];
    }
    for (const { day } of days.filter(({ unusual }) => unusual)) {
      yield [source, 'silence', day, day, 1, ...say('silence', day, zone)];
    }
    for (const gap of ids?.gaps ?? []) {
      const key = `${gap.after}/${gap.before}`;
      yield [source, 'id-gap', gap.earlierTime, gap.laterTime, gap.absent, ...say('id-gap', key, null)];
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

function explained(...asked: Parameters<typeof newest>): string | null {
  return newest(...asked)?.note ?? null;
}
