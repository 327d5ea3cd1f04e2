// The sentences and number forms that report, workbook and README share. They keep the product's wording rules: what
// the logs hold and what they do not, never what did or did not happen, and no conclusion of our own.

import type { Check } from '#core/model.ts';
import { describeSection } from '#core/section-model.ts';
import { formatInZone, formatUtc } from '#core/time.ts';
import type { ControlFact, PackFacts } from './facts.ts';

/** `1,408`. The pack is in English, whatever the machine's language. */
export function formatCount(value: number): string {
  return value.toLocaleString('en-US');
}

/** `1 event`, `1,408 events`. */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${formatCount(value)} ${value === 1 ? one : many}`;
}

/** `12.4 %` of a whole; nothing of nothing is 0. */
export function formatShare(part: number, whole: number): string {
  return `${whole === 0 ? '0.0' : ((part / whole) * 100).toFixed(1)} %`;
}

export const conclusionOpen = 'For the officer';
/** What may be said of an empty table: it speaks of the imported logs, this period and this filter, of nothing else. */
export function noEvent(facts: PackFacts): string {
  const words = 'no event observed in the imported logs in this period';
  return facts.recipe.filter.text === '' ? words : `${words} that matches the filter`;
}

export function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Procedure carried out for a control: the pack lists, it does not judge. */
export function procedureOf(facts: PackFacts, control: ControlFact): string {
  if (control.rows === 0) return upperFirst(noEvent(facts));
  return control.sampled > 0 ? 'Events listed, sampled' : 'Events listed';
}

export const notStated = 'not stated';

/** The period as asked and as instants, in the zone and in UTC. */
export function periodLines(facts: PackFacts): { asked: string; zoned: string; utc: string } {
  const { from, to, zone } = facts.period;
  const { request } = facts;
  return {
    asked: `${request.from} to ${request.to}`,
    zoned: `[${formatInZone(from, zone)}, ${formatInZone(to, zone)})`,
    utc: `[${formatUtc(from)}, ${formatUtc(to)})`,
  };
}

/** What a check's status is called where a person reads it. */
export const statusWords: Record<Check['status'], string> = {
  passed: 'passed',
  failed: 'FAILED',
  skipped: 'skipped',
};

/** What this pack says and does not say, for the first page and the first sheet. */
export const disclaimer = [
  'This pack lists events of imported audit logs. It draws no conclusion on any control.',
  'Where a table is empty, no event was observed in the imported logs for this period and filter; that does not say that nothing happened.',
  'One event can be evidence for several controls, so the figures by control do not add up to the total.',
];

/** Which sections the recipe left out, for the cover, section 1 and the workbook; null where none. */
export function leftOutWords({ recipe }: Pick<PackFacts, 'recipe'>): string | null {
  const { leftOut } = recipe.sections;
  return leftOut.length === 0 ? null : leftOut.map(describeSection).join('; ');
}

/** Where the freeze of the populations was noted, for a pair of the report or the workbook. */
export function freezeWords({ freeze }: Pick<PackFacts, 'freeze'>): string {
  return freeze === null
    ? 'not noted: this pack was made without an activity log'
    : `entry ${freeze.id} of the activity log, ${freeze.at}, hash ${freeze.hash}`;
}

/** Sections of the full form of the report that this pack does not have, with their numbers. */
export function sectionsNotIncluded(facts: PackFacts): string {
  const missing = facts.recipe.sections.leftOut.map(
    (section) => `${describeSection(section)} (left out by the recipe)`,
  );
  if (!facts.reviews.leavers) missing.push('8 test of leavers (no list of people who left was given)');
  if (facts.reviews.campaigns.length === 0 && !facts.recipe.sections.leftOut.includes('reviews'))
    missing.push('7 user access review (none was frozen in the period)');
  if (facts.samples.length === 0) missing.push('6 sampling (no sample was asked for)');
  if (!facts.activity) missing.push('12 activity of the application');
  return missing.sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10)).join(', ');
}
