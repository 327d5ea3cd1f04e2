// What the window and the command line ask about access: the ledger, who held what on a date, what is different
// between two dates. Each answer is one snapshot of the log.

import { AppError } from '#core/errors.ts';
import { besideStamp } from '#core/query/beside.ts';
import { type FilterTerm, parseFilter } from '#core/query/filter.ts';
import { namesOfPersons } from '#core/query/persons.ts';
import type {
  AccessFlag,
  AccessInterval,
  AccessOrder,
  AccessPage,
  AccessPerson,
  AccessScope,
  AccessSettings,
} from '#core/review-model.ts';
import type { Store } from '#core/store/open.ts';
import { parseBoundary } from '#core/time.ts';
import { type Bounds, createDescriber } from './describe.ts';
import { createFlagger } from './flags.ts';
import type { Leavers } from './leavers.ts';
import { type Interval, isHeldAt, type Ledger, readLedger } from './ledger.ts';

/** The filter takes subject: target: type: source: and words in subject, target or right. */
export type AccessRequest = AccessSettings & {
  scope: AccessScope;
  zone: string;
  filter: string;
  leavers: Leavers;
  /** Only rights of these people, in lower case. */
  subjects?: ReadonlySet<string>;
  /**
   * Whom a name belongs to, where persons are read under several names. Left out where the answer has to follow from the
   * log alone.
   */
  personOf?: (name: string) => string;
};

/**
 * `order` says what comes first. `withFlags` false leaves flags empty, which is faster for long answers that do not show them.
 */
export type AccessPaging = {
  first: number;
  limit: number;
  flag: AccessFlag | null;
  order?: AccessOrder | undefined;
  withFlags?: boolean;
};

/**
 * Intervals `first` … `first + limit - 1` of a scope by source, target, subject and right, or by subject first; with
 * `flag` those that have it. Throws AppError('usage') for dates, zones and filters that make no sense.
 */
export function readAccess(
  store: Store,
  request: AccessRequest,
  { first, limit, flag, order = 'target', withFlags = true }: AccessPaging,
): AccessPage {
  return store.db.transaction(() => {
    const { ledger, bounds, picked } = pickIntervals(store, request, order);
    const settings = { ...request, time: bounds.to };
    const rows = flag === null ? picked : keepFlagged(store, ledger, picked, settings, flag, order);
    const page = rows.slice(first, first + limit);
    const flagsOf = withFlags ? createFlagger(store, ledger, page, settings) : null;
    const describe = createDescriber(store, ledger);
    return {
      total: rows.length,
      rows: [...describe(page, flagsOf, bounds)],
      people: bounds.from === null ? [] : comparePeople(picked, bounds.from, bounds.to, request.personOf),
    };
  })();
}

/** Intervals whose uses are looked up together: each look-up of so many is a pass over the log. */
const together = 50_000;

/**
 * All intervals of a scope as readAccess gives them, each described when it is taken. Take them inside one snapshot. Throws
 * AppError('usage') for dates, zones and filters that make no sense.
 */
export function* eachAccess(
  store: Store,
  request: AccessRequest,
  { order = 'target', withFlags = true }: { order?: AccessOrder; withFlags?: boolean } = {},
): Generator<AccessInterval> {
  const { ledger, bounds, picked } = pickIntervals(store, request, order);
  const describe = createDescriber(store, ledger);
  for (let first = 0; first < picked.length; first += together) {
    const some = picked.slice(first, first + together);
    const flagsOf = withFlags ? createFlagger(store, ledger, some, { ...request, time: bounds.to }) : null;
    yield* describe(some, flagsOf, bounds);
  }
}

type Flagged = { key: string; ledger: Ledger; rows: Interval[] };
const flagged = new WeakMap<Store, Flagged>();

/** Those that have a flag. The last answer is kept, so that its pages do not begin anew. */
function keepFlagged(
  store: Store,
  ledger: Ledger,
  picked: readonly Interval[],
  settings: AccessRequest & { time: number },
  flag: AccessFlag,
  order: AccessOrder,
): Interval[] {
  const stamp = besideStamp(store, settings.personOf ? 'person:*' : settings.filter);
  const key = JSON.stringify([settings, [...settings.leavers], flag, order, settings.personOf && 1, stamp]);
  const known = flagged.get(store);
  if (known?.key === key && known.ledger === ledger) return known.rows;
  const flagsOf = createFlagger(store, ledger, picked, settings);
  const grantorOf = createGrantorLookup(store);
  const rows = picked.filter((one) => flagsOf(one, grantorOf(one)).flags.includes(flag));
  flagged.set(store, { key, ledger, rows });
  return rows;
}

type AskedIntervals = Pick<AccessRequest, 'scope' | 'zone' | 'filter' | 'subjects' | 'personOf'>;
const itself = (name: string) => name;

/** The intervals of a scope that pass the filter. Call it inside a transaction. Throws AppError('usage'). */
export function pickIntervals(
  store: Store,
  { scope, zone, filter, subjects, personOf = itself }: AskedIntervals,
  order: AccessOrder = 'target',
): { ledger: Ledger; bounds: Bounds; picked: Interval[] } {
  const ledger = readLedger(store);
  const bounds = boundsOf(store, scope, zone);
  const passes = createFilter(store, ledger, filter);
  const isMeant = ({ subject }: Interval) => !subjects || subjects.has(subject.toLowerCase());
  const picked = ledger.intervals.filter((one) => isInScope(one, bounds) && isMeant(one) && passes(one));
  // The ledger is by target; a stable sort leaves the targets of one name in that order, and the names of one person
  // stand together.
  if (order === 'subject')
    picked.sort((a, b) => compare(personOf(a.subject), personOf(b.subject)) || compare(a.subject, b.subject));
  return { ledger, bounds, picked };
}

function boundsOf(store: Store, scope: AccessScope, zone: string): Bounds {
  if (scope.kind === 'at') return { from: null, to: parseBoundary(scope.at, zone, 'to'), isLedger: false };
  if (scope.kind === 'ledger') {
    const last = store.db.prepare('SELECT max(time) FROM event').pluck().get() as number | null;
    return { from: null, to: (last ?? 0) + 1, isLedger: true };
  }
  const [from, to] = [parseBoundary(scope.from, zone, 'from'), parseBoundary(scope.to, zone, 'to')];
  if (from >= to)
    throw new AppError(
      'usage',
      `The period ends (${scope.to}) before it begins (${scope.from}). Swap the two dates.`,
    );
  return { from, to, isLedger: false };
}

function isInScope(interval: Interval, { from, to, isLedger }: Bounds): boolean {
  if (isLedger) return true;
  if (from === null) return isHeldAt(interval, to);
  return (interval.from === null || interval.from < to) && (interval.to === null || interval.to >= from);
}

/**
 * Everybody whose set of rights is not the same at both ends, or who held some in between alone; by name. A right that
 * passed from one name of a person to another is the same right.
 */
function comparePeople(
  intervals: readonly Interval[],
  from: number,
  to: number,
  personOf = itself,
): AccessPerson[] {
  type Person = { names: Set<string>; before: Set<string>; after: Set<string> };
  const people = new Map<string, Person>();
  for (const interval of intervals) {
    const { subject, sequence, right } = interval;
    const name = personOf(subject);
    const person = people.get(name) ?? { names: new Set(), before: new Set(), after: new Set() };
    people.set(name, person);
    person.names.add(subject);
    if (isHeldAt(interval, from)) person.before.add(`${sequence} ${right}`);
    if (isHeldAt(interval, to)) person.after.add(`${sequence} ${right}`);
  }
  return [...people]
    .flatMap(([subject, { names, before, after }]): AccessPerson[] => {
      const gained = [...after].filter((one) => !before.has(one)).length;
      const lost = [...before].filter((one) => !after.has(one)).length;
      const isMerged = names.size > 1 || !names.has(subject);
      const person = { subject, ...(isMerged ? { names: [...names].sort() } : {}) };
      if (before.size === 0 && after.size === 0) return [{ ...person, kind: 'passing', gained, lost }];
      if (gained === 0 && lost === 0) return [];
      const kind = before.size === 0 ? 'joiner' : after.size === 0 ? 'leaver' : 'mover';
      return [{ ...person, kind, gained, lost }];
    })
    .sort((a, b) => compare(a.subject, b.subject));
}

/** Who granted an interval, where an event says so. */
export function createGrantorLookup({ db }: Store): (interval: Interval) => string | null {
  const name = db
    .prepare('SELECT a.name FROM event e JOIN actor a ON a.id = e.actor_id WHERE e.id = ?')
    .pluck();
  return ({ startCertainty, startEvent }) =>
    startCertainty === 'asserted' ? ((name.get(startEvent) as string | undefined) ?? null) : null;
}

/** The filter's words over intervals: different keys narrow, a repeated key widens. */
function createFilter(store: Store, { index }: Ledger, filter: string): (interval: Interval) => boolean {
  const terms = parseFilter(filter);
  if (terms.length === 0) return () => true;
  const names = store.db
    .prepare('SELECT DISTINCT name FROM target WHERE type IS ? AND target_id IS ?')
    .pluck();
  const known = new Map<number, string[]>();
  const namesOf = (sequence: number) => {
    const found = known.get(sequence);
    if (found) return found;
    const { type, key } = index.placeOfAccess(sequence);
    const all = [key, ...(names.all(type, key) as (string | null)[])].filter((one) => one !== null);
    known.set(sequence, all);
    return all;
  };
  const textsOf = ({ key }: FilterTerm, interval: Interval): readonly string[] => {
    const place = index.placeOfAccess(interval.sequence);
    if (key === 'subject' || key === 'person') return [interval.subject];
    if (key === 'target') return namesOf(interval.sequence);
    if (key === 'type') return [place.type ?? ''];
    if (key === 'source') return [place.source];
    if (key === null) return [interval.subject, interval.right, ...namesOf(interval.sequence)];
    throw new AppError(
      'usage',
      `“${key}:” does not filter access. Use subject: person: target: type: source:, or words.`,
    );
  };
  const groups = new Map<string, FilterTerm[]>();
  for (const [at, term] of terms.entries()) {
    const group = term.key ?? `word ${at}`;
    groups.set(group, [...(groups.get(group) ?? []), term]);
  }
  const patterns = new Map(terms.map((term) => [term, term.key === 'person' ? null : patternOf(term)]));
  const persons = new Set(
    namesOfPersons(
      store,
      terms.filter(({ key }) => key === 'person'),
    ),
  );
  const isMeant = (term: FilterTerm, text: string) => patterns.get(term)?.test(text) ?? persons.has(text);
  return (interval) =>
    [...groups.values()].every((group) =>
      group.some((term) => textsOf(term, interval).some((text) => isMeant(term, text))),
    );
}

/** Whole values without case, `*` for any text; words anywhere. */
function patternOf({ key, value, quoted }: FilterTerm): RegExp {
  const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  if (key === null) return new RegExp(literal(value), 'isu');
  return new RegExp(`^${quoted ? literal(value) : value.split('*').map(literal).join('.*')}$`, 'isu');
}

/** By UTF-16 units: the same everywhere. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
