// Where the window is, as text: screen, filter, period, zone and what is selected. Every state a person can
// come back to is in this address, so back, forward and a copied address mean the same to everyone.
//
// Two zones: `zone` says which instants a date means, in the period and in the filter; `shown` is in which times are
// read. Choosing another one to read in never moves a date that is set.

import { parseFilter } from '#core/query/filter.ts';
import type { Sort } from '#core/query/sort.ts';
import { formatSort, parseSort } from '#core/query/view.ts';

export const screens = [
  'overview',
  'events',
  'changes',
  'access',
  'reviews',
  'sessions',
  'about',
  'evidence',
  'audit',
  'sources',
  'completeness',
  'integrity',
  'settings',
  'glossary',
] as const;
export type Screen = (typeof screens)[number];

export type Address = {
  screen: Screen;
  /** Text of the search box. */
  filter: string;
  /** A date (`2026-01-31`, the whole day in `zone`) or an instant; null is open. */
  from: string | null;
  to: string | null;
  /** IANA zone in which dates are meant. */
  zone: string;
  /** IANA zone in which times are shown; null for `zone`. */
  shown: string | null;
  /** Order of the events. */
  sort: Sort;
  /** Uid of the event whose detail is open. */
  event: string | null;
  /** Id of the import whose report is open. */
  import: number | null;
  /** The file whose mapping is open; only for as long as the file is chosen. */
  map: string | null;
  /** Number of the access review that is open. */
  campaign: number | null;
  /** Which rows of a review are listed: those with a result, an exception or a flag; which table of an opened pack. */
  only: string | null;
  /** The row of a review whose detail is open. */
  row: string | null;
  /** The date access is shown as of; null for the end of the period, or for today where that is open. */
  at: string | null;
  /** What the rows of a list are grouped by, or which list it is, where that is not the usual one. */
  by: string | null;
  /** Filter text that names the actor, target or address a page is about; a word of the glossary; what a request is about. */
  about: string | null;
};

export const startAddress: Address = {
  screen: 'overview',
  filter: '',
  from: null,
  to: null,
  zone: 'UTC',
  shown: null,
  sort: { by: 'time', direction: 'desc' },
  event: null,
  import: null,
  map: null,
  campaign: null,
  only: null,
  row: null,
  at: null,
  by: null,
  about: null,
};

/** What belongs to some screens and is dropped when another one is opened, unless it is set by the same step. */
const ofScreens = {
  event: ['events'],
  import: ['sources'],
  map: ['sources'],
  campaign: ['reviews'],
  only: ['changes', 'access', 'reviews', 'sessions', 'audit'],
  row: ['changes', 'access', 'reviews', 'sessions', 'audit', 'evidence'],
  at: ['access'],
  by: ['access', 'reviews', 'sessions', 'evidence', 'audit'],
  about: ['about', 'glossary', 'audit'],
} as const satisfies Partial<Record<keyof Address, readonly Screen[]>>;
type OfScreens = keyof typeof ofScreens;
const isOf = (key: OfScreens, screen: Screen): boolean => ofScreens[key].some((one) => one === screen);

/** The address as a location hash, `#/events?filter=…`; parts at their start value are left out. */
export function formatAddress(address: Address): string {
  const parts = new URLSearchParams();
  if (address.filter !== '') parts.set('filter', address.filter);
  if (address.from !== null) parts.set('from', address.from);
  if (address.to !== null) parts.set('to', address.to);
  if (address.zone !== startAddress.zone) parts.set('zone', address.zone);
  if (address.shown !== null) parts.set('shown', address.shown);
  const sort = formatSort(address.sort);
  if (sort !== formatSort(startAddress.sort)) parts.set('sort', sort);
  for (const key of Object.keys(ofScreens) as OfScreens[]) {
    const value = address[key];
    if (value !== null && isOf(key, address.screen)) parts.set(key, String(value));
  }
  const query = parts.toString();
  return `#/${address.screen}${query === '' ? '' : `?${query}`}`;
}

/** The address a hash names. What is unknown or malformed falls back to its start value, never to an error. */
export function parseAddress(hash: string): Address {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split(/\?(.*)/s);
  const parts = new URLSearchParams(query);
  const screen = screens.find((name) => name === path) ?? startAddress.screen;
  const idOf = (key: 'import' | 'campaign'): number | null => {
    const id = Number(parts.get(key));
    return Number.isInteger(id) && id > 0 ? id : null;
  };
  const address: Address = {
    screen,
    filter: parts.get('filter') ?? '',
    from: parts.get('from'),
    to: parts.get('to'),
    zone: knownZone(parts.get('zone')) ?? startAddress.zone,
    shown: knownZone(parts.get('shown')),
    sort: parseSort(parts.get('sort')) ?? startAddress.sort,
    event: parts.get('event'),
    import: idOf('import'),
    campaign: idOf('campaign'),
    map: parts.get('map'),
    only: parts.get('only'),
    row: parts.get('row'),
    at: parts.get('at'),
    by: parts.get('by'),
    about: parts.get('about'),
  };
  return changeAddress(address, {});
}

/** `address` with `change` applied; opening another screen drops what belongs to the one that is left. */
export function changeAddress(address: Address, change: Partial<Address>): Address {
  const next = { ...address, ...change };
  for (const key of Object.keys(ofScreens) as OfScreens[]) {
    if (!isOf(key, next.screen) || (next.screen !== address.screen && change[key] === undefined))
      next[key] = null;
  }
  if (next.shown !== null && !hasDates(next)) next.zone = next.shown;
  if (next.shown === next.zone) next.shown = null;
  return next;
}

/** The zone in which times are shown. */
export const shownZone = ({ zone, shown }: Pick<Address, 'zone' | 'shown'>): string => shown ?? zone;

/** The change that shows times in `zone`: dates that are set go on meaning what they mean. */
export const showIn = (zone: string): Partial<Address> => ({ shown: zone });

type Dates = Pick<Address, 'filter' | 'from' | 'to'> & { at?: string | null };

/** Whether anything asked for depends on the zone: a period, or a date in the filter. */
export function hasDates({ filter, from, to, at = null }: Dates): boolean {
  if (from !== null || to !== null || at !== null) return true;
  try {
    return parseFilter(filter).some(({ key }) => key === 'before' || key === 'after');
  } catch {
    // Not finished yet: it may be becoming one.
    return true;
  }
}

/** The zone, or null where the runtime knows none of that name. */
export function knownZone(zone: string | null): string | null {
  if (zone === null) return null;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return zone;
  } catch {
    return null;
  }
}
