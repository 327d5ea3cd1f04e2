// Where the window is, as text: screen, filter, period, zone and what is selected. Every state a person can
// come back to is in this address, so back, forward and a copied address mean the same to everyone.

export const screens = ['events', 'evidence', 'sources', 'completeness', 'integrity'] as const;
export type Screen = (typeof screens)[number];

export type Address = {
  screen: Screen;
  /** Text of the search box. */
  filter: string;
  /** A date (`2026-01-31`, the whole day in `zone`) or an instant; null is open. */
  from: string | null;
  to: string | null;
  /** IANA zone. */
  zone: string;
  /** Uid of the event whose detail is open. */
  event: string | null;
  /** Id of the import whose report is open. */
  import: number | null;
  /** The file whose mapping is open; only for as long as the file is chosen. */
  map: string | null;
};

export const startAddress: Address = {
  screen: 'events',
  filter: '',
  from: null,
  to: null,
  zone: 'UTC',
  event: null,
  import: null,
  map: null,
};

/** What belongs to one screen only and is dropped when another is opened. */
const ofScreen: Record<'event' | 'import' | 'map', Screen> = {
  event: 'events',
  import: 'sources',
  map: 'sources',
};

/** The address as a location hash, `#/events?filter=…`; parts at their start value are left out. */
export function formatAddress(address: Address): string {
  const parts = new URLSearchParams();
  if (address.filter !== '') parts.set('filter', address.filter);
  if (address.from !== null) parts.set('from', address.from);
  if (address.to !== null) parts.set('to', address.to);
  if (address.zone !== startAddress.zone) parts.set('zone', address.zone);
  if (address.event !== null && address.screen === ofScreen.event) parts.set('event', address.event);
  if (address.import !== null && address.screen === ofScreen.import)
    parts.set('import', String(address.import));
  if (address.map !== null && address.screen === ofScreen.map) parts.set('map', address.map);
  const query = parts.toString();
  return `#/${address.screen}${query === '' ? '' : `?${query}`}`;
}

/** The address a hash names. What is unknown or malformed falls back to its start value, never to an error. */
export function parseAddress(hash: string): Address {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split(/\?(.*)/s);
  const parts = new URLSearchParams(query);
  const screen = screens.find((name) => name === path) ?? startAddress.screen;
  const importId = Number(parts.get('import'));
  return {
    screen,
    filter: parts.get('filter') ?? '',
    from: parts.get('from'),
    to: parts.get('to'),
    zone: knownZone(parts.get('zone')),
    event: screen === ofScreen.event ? parts.get('event') : null,
    import: screen === ofScreen.import && Number.isInteger(importId) && importId > 0 ? importId : null,
    map: screen === ofScreen.map ? parts.get('map') : null,
  };
}

/** `address` with `change` applied; opening another screen drops what belongs to the one that is left. */
export function changeAddress(address: Address, change: Partial<Address>): Address {
  const next = { ...address, ...change };
  for (const key of ['event', 'import', 'map'] as const) {
    if (next.screen !== ofScreen[key]) next[key] = null;
  }
  return next;
}

function knownZone(zone: string | null): string {
  if (zone === null) return startAddress.zone;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return zone;
  } catch {
    return startAddress.zone;
  }
}
