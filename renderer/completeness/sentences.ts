// What the completeness screen says, as sentences. "Silent" and "gap" are what was seen; nothing here says that a
// log is whole, since no test can show that.

import type { ContinuityReport, SourceCoverage } from '#core/model.ts';
import type { SourceRetention } from '#core/retention-model.ts';
import { formatCount, formatCounted } from '../words/numbers.ts';
import { formatDate } from '../words/time.ts';

export type CoverageFigures = {
  /** Days of the period that have begun. */
  days: number;
  covered: number;
  silent: number;
  inGaps: number;
  gaps: number;
  quiet: number;
  ahead: number;
  events: number;
};

export function figuresOf({ days, gaps }: Pick<SourceCoverage, 'days' | 'gaps'>): CoverageFigures {
  const begun = days.filter((day) => !day.ahead);
  const count = (status: string) => begun.filter((day) => day.status === status).length;
  return {
    days: begun.length,
    covered: count('covered'),
    silent: count('silent'),
    inGaps: count('gap'),
    gaps: gaps.length,
    quiet: begun.filter((day) => day.unusual).length,
    ahead: days.length - begun.length,
    events: days.reduce((sum, day) => sum + day.events, 0),
  };
}

/** `74 of 90 days covered, 10 silent, 6 in 1 gap.` */
export function coverageSentence(figures: CoverageFigures): string {
  const { days, covered, silent, inGaps, gaps, ahead } = figures;
  const parts = [
    `${formatCount(covered)} of ${formatCounted(days, 'day')} covered`,
    silent === 0 ? 'none silent' : `${formatCount(silent)} silent`,
    gaps === 0 ? 'no gap' : `${formatCount(inGaps)} in ${formatCounted(gaps, 'gap')}`,
  ];
  const rest =
    ahead === 0
      ? ''
      : ` ${formatCounted(ahead, 'day')} of the period ${ahead === 1 ? 'has' : 'have'} not begun yet.`;
  return `${parts.join(', ')}.${rest}`;
}

export type Countdown = { kind: 'plain' | 'attention' | 'failed'; words: string };

const soon = 14;

/** Until when to export again, in words; `failed` only when that day has passed. */
export function retentionSentence(retention: SourceRetention): Countdown {
  const { source, exportBy, daysLeft, lastTime } = retention;
  if (exportBy === null || daysLeft === null) {
    if (lastTime === null) return { kind: 'plain', words: 'Nothing was imported of it yet.' };
    return {
      kind: 'plain',
      words: `Not known: the vendor does not say how long it keeps the log of ${source}. Export often.`,
    };
  }
  const day = formatDate(exportBy, 'UTC');
  if (daysLeft < 0) {
    return {
      kind: 'failed',
      words: `The last safe day to export ${source} again was ${day}, ${formatCounted(-daysLeft, 'day')} ago. What the vendor has dropped since will be a gap; export now to keep it small.`,
    };
  }
  const left = daysLeft === 0 ? 'today is the last safe day' : `${formatCounted(daysLeft, 'day')} left`;
  return {
    kind: daysLeft <= soon ? 'attention' : 'plain',
    words: `Export ${source} again by ${day}: ${left}.`,
  };
}

/** What the vendor still holds, what the log holds, and what would be lost; null where nothing is known of it. */
export function holdingSentence(retention: SourceRetention): string | null {
  const { vendorFrom, firstTime, lastTime, settledUntil, lost } = retention;
  if (lastTime === null || firstTime === null) return null;
  const day = (time: string) => formatDate(time.slice(0, 10), 'UTC');
  const held = `Held here: ${day(firstTime)} to ${day(lastTime)}${settledUntil === null ? '' : `, by sync without a gap until ${day(settledUntil)}`}.`;
  if (vendorFrom === null) return held;
  const atRisk = lost
    ? `What was logged from ${day(lost.from)} to ${day(lost.until)} may be lost.`
    : `What was logged since ${day(settledUntil ?? lastTime)} would be lost.`;
  return `The vendor still holds its log since ${day(vendorFrom)}. ${held} ${atRisk}`;
}

export type ContinuityFigures = Omit<ContinuityReport['sources'][number], 'source'>;

/** What the continuity test saw of one source; undefined where it has no values that follow one another. */
export function continuitySentence(figures: ContinuityFigures | undefined): string {
  if (!figures || figures.tested + figures.untestable === 0)
    return 'Nothing to test: no value in its log follows another one of the same field.';
  const { tested, consistent, breaks, untestable } = figures;
  const rest =
    untestable === 0 ? '' : ` ${formatCount(untestable)} untestable: one side does not say its value.`;
  if (tested === 0) return `None tested.${rest}`;
  return `${formatCount(tested)} tested, ${formatCount(consistent)} consistent, ${breaks === 0 ? 'no break' : formatCounted(breaks, 'break')}.${rest}`;
}

/** `11 Jan 2026 – 31 Jan 2026`, or the one day. */
export function daysWords(from: string, to: string): string {
  return from === to ? formatDate(from, 'UTC') : `${formatDate(from, 'UTC')} – ${formatDate(to, 'UTC')}`;
}
