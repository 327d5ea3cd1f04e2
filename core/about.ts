// A page about an actor, a target or an address: what is asked for it. Window and command line ask the same, so that
// they answer the same. The page is named by the filter text that finds its events.

import type { EventQuery } from './model.ts';
import { filterOfValues, parseFilter } from './query/filter.ts';
import type { FacetKey } from './query/summaries.ts';
import type { ReviewSettings } from './review-model.ts';

export const aboutKinds = ['actor', 'target', 'ip', 'person'] as const;
export type AboutKind = (typeof aboutKinds)[number];
/** What a page is about. Source and type tell targets apart; null where any will do. */
export type About = { kind: AboutKind; name: string; source: string | null; type: string | null };

/** What a filter text names; null where it names none of them, or more. */
export function parseAbout(text: string): About | null {
  try {
    const terms = parseFilter(text);
    const found = (key: string) => terms.find((term) => term.key === key)?.value ?? null;
    const kind = aboutKinds.find((one) => found(one) !== null);
    const keys = terms.map(({ key }) => key);
    const may = kind === 'target' ? ['target', 'source', 'type'] : [kind];
    // A pattern names many.
    if (terms.some(({ value, quoted }) => value.includes('*') && !quoted)) return null;
    if (!kind || new Set(keys).size !== keys.length || keys.some((key) => !may.some((one) => one === key)))
      return null;
    return { kind, name: found(kind) ?? '', source: found('source'), type: found('type') };
  } catch {
    return null;
  }
}

/** The filter text that finds the events of what a page is about, and names the page. */
export const filterOfAbout = ({ kind, name, source, type }: About): string =>
  filterOfValues([
    ['source', source],
    ['type', type],
    [kind, name],
  ]);

/** What stands beside each kind: the keys its events are counted by. */
const facetsOf: Record<AboutKind, readonly FacetKey[]> = {
  actor: ['category', 'source', 'target', 'ip'],
  target: ['category', 'actor', 'field', 'ip'],
  ip: ['category', 'source', 'actor', 'target'],
  person: ['category', 'actor', 'target', 'ip'],
};

/** The dates of the window or the command line; null is open. */
export type AskedDates = Pick<EventQuery, 'from' | 'to' | 'zone'>;

/**
 * The inputs of the calls that answer for a page, without their places. `held` are the first and the last day of the log
 * in the zone: what needs two dates takes them where the period is open.
 */
export function aboutQuestions(
  about: About,
  { from, to, zone }: AskedDates,
  held: { first: string; last: string },
  { hours, dormantDays, privileged }: ReviewSettings,
) {
  const filter = filterOfAbout(about);
  // Dates of one form stand in the order of their text.
  const end = to ?? (from !== null && from > held.last ? from : held.last);
  const start = from ?? (end < held.first ? end : held.first);
  // The ledger knows the one whose rights they are as a subject; a person is all their names.
  const rights = about.kind === 'actor' ? filterOfValues([['subject', about.name]]) : filter;
  return {
    /** Over the whole log. */
    always: { filter, from: null, to: null, zone: 'UTC' },
    /** In the period, as everything below. */
    events: { filter, from, to, zone },
    facets: facetsOf[about.kind].map((key) => ({ key, like: null, limit: key === 'category' ? 35 : 8 })),
    changes: {
      filter,
      from: start,
      to: end,
      zone,
      hours,
      baseline: null,
      tickets: null,
      result: null,
      exception: null,
    },
    /** Rights as of the end; an address has none. */
    rights:
      about.kind === 'ip'
        ? null
        : {
            scope: { kind: 'at' as const, at: end },
            zone,
            filter: rights,
            hours,
            dormantDays,
            privileged: [...privileged],
            leavers: null,
            flag: null,
            order: about.kind === 'target' ? ('subject' as const) : ('target' as const),
          },
    sessions: { filter, from, to, zone, kind: null, state: null },
  };
}
