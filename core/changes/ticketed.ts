// Changes of a review by what their tickets say, and tickets that no change was found for.

import type { Store } from '#core/store/open.ts';
import {
  type Ticket,
  type TicketBucket,
  type TicketedChange,
  type TicketFigures,
  ticketBuckets,
} from '#core/ticket-model.ts';
import { formatUtc } from '#core/time.ts';
import { createEventNames } from './describe.ts';
import type { FoundReview } from './review.ts';
import { spanOf, type TicketMatcher } from './ticket-matching.ts';

/** Places of changes by bucket, each in order of time, and the tickets without one. */
type Place = { place: number; track: number };
type Sorted = {
  places: Record<Exclude<TicketBucket, 'no-change'>, Place[]>;
  without: Ticket[];
  candidates: number;
};
const kept = new WeakMap<TicketMatcher, Sorted>();

/** How many there are of each; null without a list. */
export function countTickets(review: FoundReview): TicketFigures | null {
  const matcher = review.tests.tickets;
  if (matcher === null) return null;
  const { places, without, candidates } = sort(review, matcher);
  const buckets = Object.fromEntries(
    ticketBuckets.map((bucket) => [bucket, bucket === 'no-change' ? without.length : places[bucket].length]),
  ) as TicketFigures['buckets'];
  return { list: matcher.list.facts, buckets, candidates };
}

/** Those of one bucket in order of time, or of all; nothing without a list. */
export function listTicketed(
  store: Store,
  review: FoundReview,
  { first, limit, bucket }: { first: number; limit: number; bucket: TicketBucket | null },
): { total: number; rows: TicketedChange[] } {
  const matcher = review.tests.tickets;
  if (matcher === null) return { total: 0, rows: [] };
  const { places, without } = sort(review, matcher);
  const wanted = bucket === null ? ticketBuckets : [bucket];
  const all = wanted.flatMap((one): (Ticket | Place)[] => (one === 'no-change' ? without : places[one]));
  const describe = createDescriber(store, review, matcher);
  const rows = all
    .slice(first, first + limit)
    .map((one) => ('place' in one ? describe(one) : describeTicket(one)));
  return { total: all.length, rows };
}

function sort(review: FoundReview, matcher: TicketMatcher): Sorted {
  const known = kept.get(matcher);
  if (known) return known;
  const { times } = review.index.tracks;
  const places: Sorted['places'] = {
    'approved-before': [],
    'approved-after': [],
    'self-approved': [],
    'not-approved': [],
    'no-ticket': [],
  };
  const used = new Set<Ticket>();
  let candidates = 0;
  for (const { track, first, end } of review.rows) {
    for (let place = first; place < end; place++) {
      const { bucket, links } = matcher.at(place, track);
      places[bucket].push({ place, track });
      if (bucket === 'no-ticket' && links.length > 0) candidates += 1;
      for (const { ticket, by } of links) if (by !== 'candidate') used.add(ticket);
    }
  }
  for (const bucket of Object.values(places))
    bucket.sort((a, b) => (times[a.place] as number) - (times[b.place] as number) || a.place - b.place);
  const { from, to } = review.period;
  const without = matcher.list.tickets.filter((ticket) => {
    const span = spanOf(ticket);
    return !used.has(ticket) && (span === null || (span.from < to && span.to > from));
  });
  const sorted = { places, without, candidates };
  kept.set(matcher, sorted);
  return sorted;
}

const describeTicket = (ticket: Ticket): TicketedChange => ({
  bucket: 'no-change',
  event: null,
  time: null,
  actor: null,
  target: null,
  field: null,
  oldValue: null,
  newValue: null,
  links: [{ ticket, by: 'candidate' }],
});

function createDescriber(store: Store, { index }: FoundReview, matcher: TicketMatcher) {
  const { nameOf, actorOf } = createEventNames(store);
  const values = store.db.prepare('SELECT old_value, new_value FROM record WHERE event_id = ?').raw();
  const { ids, actors } = index.tracks;
  return ({ place, track }: Place): TicketedChange => {
    const { uid, time, field, source, targetType, targetId, targetName } = nameOf(ids[place] as number);
    const [oldValue, newValue] = values.get(ids[place]) as [string | null, string | null];
    return {
      ...matcher.at(place, track),
      event: uid,
      time: formatUtc(time),
      actor: actorOf(actors[place] as number),
      target: { source, targetType, targetId, targetName },
      field,
      oldValue,
      newValue,
    };
  };
}
