// The coverage calendar: for each source and day of a period, whether an import spans it and how many events there
// are. A day without events is silent, not missing; a day that no import spans is a gap.

import { AppError } from '#core/errors.ts';
import type { CoverageGap, CoverageReport, CoveredDay, SourceCoverage } from '#core/model.ts';
import type { Store } from '#core/store/open.ts';
import { calendarKey, parseBoundary } from '#core/time.ts';
import { idsCountUp, readIdSequence } from './id-gaps.ts';
import { describeFindings, describeIds } from './sentences.ts';
import { readTimeFindings } from './time-order.ts';

const dayMs = 86_400_000;
/** Every zone's offset is a multiple of a quarter of an hour, so quarters can be summed to its days. */
const quarter = 900_000;
const mostDays = 4000;
/** A day is unusually quiet below a tenth of its weekday's median, where the median says anything. */
const quietShare = 0.1;
const leastMedian = 5;

type Span = { id: number; first: number; last: number };

/**
 * The calendar of every source over [from, to), dates being whole days of `zone`. With `now` (epoch ms), days that
 * have not begun are marked and in no gap. Throws AppError('usage').
 */
export function readCoverage(
  store: Store,
  asked: { from: string; to: string; zone: string; now?: number },
): CoverageReport {
  const { zone } = asked;
  const from = parseBoundary(asked.from, zone, 'from');
  const to = parseBoundary(asked.to, zone, 'to');
  if (from >= to)
    throw new AppError(
      'usage',
      `The period ends (${asked.to}) before it begins (${asked.from}). Swap the two dates.`,
    );
  const days = daysBetween(from, to, zone);
  const today = asked.now === undefined ? null : calendarKey(asked.now, zone, 'day');
  const sources = store.db.prepare('SELECT id, name FROM source ORDER BY name').all() as {
    id: number;
    name: string;
  }[];
  return {
    from: asked.from,
    to: asked.to,
    zone,
    sources: sources.map((source) => {
      const counts = countDays(store, source.id, zone);
      const spans = readSpans(store, source.id);
      const coverage = describeSource(source.name, { days, today, zone }, counts, spans);
      const times = readTimeFindings(store, source.id, { from, to });
      coverage.times = times;
      coverage.warnings.push(...describeFindings(source.name, times));
      if (idsCountUp(store, source.id)) {
        coverage.ids = readIdSequence(store, source, { from, to });
        coverage.warnings.push(...describeIds(source.name, coverage.ids));
      }
      return coverage;
    }),
  };
}

function describeSource(
  source: string,
  { days, today, zone }: { days: readonly string[]; today: string | null; zone: string },
  counts: ReadonlyMap<string, number>,
  spans: readonly Span[],
): SourceCoverage {
  const spanDays = spans.map((span) => ({
    ...span,
    firstDay: calendarKey(span.first, zone, 'day'),
    lastDay: calendarKey(span.last, zone, 'day'),
  }));
  const medians = weekdayMedians(counts, spanDays);
  const calendar = days.map((day): CoveredDay => {
    const imports = spanDays
      .filter((span) => span.firstDay <= day && day <= span.lastDay)
      .map((span) => span.id);
    const events = counts.get(day) ?? 0;
    const median = medians[weekdayOf(day)] ?? 0;
    const status = events > 0 ? 'covered' : imports.length === 0 ? 'gap' : 'silent';
    const unusual = imports.length > 0 && median >= leastMedian && events < median * quietShare;
    const ahead = today !== null && day > today && status === 'gap';
    return { day, events, status, imports, unusual, ...(ahead ? { ahead } : {}) };
  });
  const gaps = findGaps(calendar);
  return { source, days: calendar, gaps, warnings: findWarnings(source, calendar, gaps) };
}

function findWarnings(
  source: string,
  days: readonly CoveredDay[],
  gaps: readonly CoverageGap[],
): SourceCoverage['warnings'] {
  const warnings: SourceCoverage['warnings'] = [];
  for (const gap of gaps) {
    const when = gap.from === gap.to ? gap.from : `${gap.from} to ${gap.to}`;
    warnings.push({
      code: 'gap',
      message: `No import of ${source} spans ${when} (${gap.days} ${gap.days === 1 ? 'day' : 'days'}). Export that period and import it, or explain the gap.`,
    });
  }
  const quiet = days.filter((day) => day.unusual);
  if (quiet.length > 0) {
    const shown = quiet
      .slice(0, 10)
      .map((day) => day.day)
      .join(', ');
    const more = quiet.length > 10 ? ` and ${quiet.length - 10} more` : '';
    warnings.push({
      code: 'unusual-silence',
      message: `${source} was unusually quiet for the weekday on ${shown}${more}.`,
    });
  }
  const overlap = days.filter((day) => day.imports.length > 1).length;
  if (overlap > 0) {
    warnings.push({
      code: 'overlap',
      message: `${overlap} ${overlap === 1 ? 'day is' : 'days are'} spanned by more than one import of ${source}; equal records are stored once.`,
    });
  }
  return warnings;
}

function findGaps(days: readonly CoveredDay[]): CoverageGap[] {
  const gaps: CoverageGap[] = [];
  let open: CoverageGap | undefined;
  for (const { day, status, ahead } of days) {
    if (status !== 'gap' || ahead) open = undefined;
    else if (open) Object.assign(open, { to: day, days: open.days + 1 });
    else {
      open = { from: day, to: day, days: 1 };
      gaps.push(open);
    }
  }
  return gaps;
}

/** Median of events for each weekday (0 is Sunday) over the days that imports span, silent days included. */
function weekdayMedians(
  counts: ReadonlyMap<string, number>,
  spans: readonly { firstDay: string; lastDay: string }[],
): number[] {
  const byWeekday: number[][] = [[], [], [], [], [], [], []];
  const seen = new Set<string>();
  for (const { firstDay, lastDay } of spans) {
    for (let day = firstDay; day <= lastDay; day = nextDay(day)) {
      if (seen.has(day)) continue;
      seen.add(day);
      (byWeekday[weekdayOf(day)] as number[]).push(counts.get(day) ?? 0);
    }
  }
  return byWeekday.map((events) => {
    const sorted = events.sort((a, b) => a - b);
    const middle = sorted.length / 2;
    if (sorted.length === 0) return 0;
    if (sorted.length % 2 === 1) return sorted[Math.floor(middle)] as number;
    return ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
  });
}

/** Events of a source by day of the zone. */
function countDays(store: Store, sourceId: number, zone: string): Map<string, number> {
  const rows = store.db
    .prepare(
      `SELECT (time - ((time % ${quarter}) + ${quarter}) % ${quarter}) AS start, count(*) AS events
       FROM event WHERE source_id = ? GROUP BY start`,
    )
    .all(sourceId) as { start: number; events: number }[];
  const counts = new Map<string, number>();
  for (const { start, events } of rows) {
    const day = calendarKey(start, zone, 'day');
    counts.set(day, (counts.get(day) ?? 0) + events);
  }
  return counts;
}

/**
 * What each import of a source spans: from its first to its last record, duplicates included. Records later than the
 * import itself come from a wrong clock and say nothing about the days before them, so they do not count here.
 */
function readSpans(store: Store, sourceId: number): Span[] {
  const spans = store.db
    .prepare(
      `SELECT id, first_time AS first, last_time AS last, started_at AS madeAt FROM import
       WHERE source_id = ? AND first_time IS NOT NULL ORDER BY id`,
    )
    .all(sourceId) as (Span & { madeAt: number })[];
  const lastBelievable = store.db
    .prepare(
      `SELECT max(time) FROM event WHERE time <= @madeAt
       AND (import_id = @id OR id IN (SELECT event_id FROM duplicate WHERE import_id = @id))`,
    )
    .pluck();
  return spans.flatMap((span) => {
    const last = span.last <= span.madeAt ? span.last : (lastBelievable.get(span) as number | null);
    return last === null ? [] : [{ id: span.id, first: span.first, last }];
  });
}

function daysBetween(from: number, to: number, zone: string): string[] {
  const last = calendarKey(to - 1, zone, 'day');
  const days: string[] = [];
  for (let day = calendarKey(from, zone, 'day'); day <= last; day = nextDay(day)) {
    days.push(day);
    if (days.length > mostDays)
      throw new AppError('usage', `The period has more than ${mostDays} days. Choose a shorter one.`);
  }
  return days;
}

function nextDay(day: string): string {
  return new Date(Date.parse(day) + dayMs).toISOString().slice(0, 10);
}

function weekdayOf(day: string): number {
  return new Date(day).getUTCDay();
}
