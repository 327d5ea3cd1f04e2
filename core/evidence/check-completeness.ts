// The tests of completeness as checks of the pack: what they found, or that they could not look.

import type { Check } from '#core/model.ts';
import type { PackReviews } from './reviews.ts';

const n = (value: number) => value.toLocaleString('en-US');

/** Coverage, ids and continuity, each passed, failed or skipped with its reason. */
export function checkCompleteness({
  coverage,
  continuity,
}: Pick<PackReviews, 'coverage' | 'continuity'>): Check[] {
  return [checkCoverage(coverage), checkIds(coverage), checkContinuity(continuity)];
}

function checkCoverage({ sources }: PackReviews['coverage']): Check {
  const name = 'Coverage of the period by the exports';
  const days = sources.reduce((sum, source) => sum + source.days.length, 0);
  if (days === 0) return { name, status: 'skipped', detail: 'the log has no source' };
  const open = sources.flatMap(({ source, gaps }) => {
    const missing = gaps.reduce((sum, gap) => sum + gap.days, 0);
    return missing === 0 ? [] : [`${source} ${n(missing)}`];
  });
  if (open.length > 0) {
    return {
      name,
      status: 'failed',
      detail: `days that no import spans, by source: ${open.join(', ')}; listed in R-08 with what the officer says`,
    };
  }
  return { name, status: 'passed', detail: `imports span each of ${n(days)} days of sources; R-07 has them` };
}

function checkIds({ sources }: PackReviews['coverage']): Check {
  const name = 'Gaps in the vendor’s own numbering';
  const counted = sources.flatMap(({ source, ids }) => (ids ? [{ source, ids }] : []));
  if (counted.length === 0) {
    return { name, status: 'skipped', detail: 'no source here has ids that are known to count up' };
  }
  const open = counted.filter(({ ids }) => ids.gapCount > 0);
  const detail = (open.length > 0 ? open : counted)
    .map(({ source, ids }) =>
      ids.gapCount > 0
        ? `${source}: ${n(ids.absent)} ids in ${n(ids.gapCount)} gaps`
        : `${source}: ${n(ids.held)} ids, none absent between them`,
    )
    .join('; ');
  return { name, status: open.length > 0 ? 'failed' : 'passed', detail };
}

function checkContinuity({ tested, consistent, breaks, untestable }: PackReviews['continuity']): Check {
  const name = 'Continuity of old and new values';
  if (tested === 0)
    return { name, status: 'skipped', detail: 'no two events of one field tell their values' };
  const rest = untestable === 0 ? '' : `, ${n(untestable)} more do not tell`;
  const whole = `${n(tested)} pairs of neighbours tested, ${n(consistent)} follow on${rest}`;
  if (breaks === 0) return { name, status: 'passed', detail: whole };
  return {
    name,
    status: 'failed',
    detail: `${n(breaks)} ${breaks === 1 ? 'break' : 'breaks'}, in R-06; ${whole}`,
  };
}
