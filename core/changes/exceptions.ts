// What of a review deserves a look, and why: changes outside working hours, outside the target's maintenance windows,
// or by somebody who was never seen before. What cannot be looked for is said, never shown as passed.

import type { ExceptionKind, WorkingHours } from '#core/review-model.ts';
import type { Store } from '#core/store/open.ts';
import type { TrackIndex } from '#core/store/tracks.ts';
import { formatInZone } from '#core/time.ts';
import { createHoursTest, hoursInWords } from '#core/working-hours.ts';
import { readMaintenance } from './maintenance.ts';
import { readTargetNames } from './target-names.ts';
import {
  type AskedTickets,
  createTicketMatcher,
  type TicketMatch,
  type TicketMatcher,
} from './ticket-matching.ts';

export type ExceptionTests = {
  /** The tickets of changes; null without a list. */
  tickets: TicketMatcher | null;
  /** Why a kind could not be looked for; null where it was. */
  skipped: Record<ExceptionKind, string | null>;
  /** Which kinds the events of a track from `first` to before `end` have. */
  kindsOf(track: number, first: number, end: number): ExceptionKind[];
  /** The places of the events that have a kind. */
  placesOf(kind: ExceptionKind, track: number, first: number, end: number): number[];
  /** A sentence for a kind. */
  reasonOf(kind: ExceptionKind): string;
};

/** The tests of one review. */
export function createExceptionTests(
  store: Store,
  index: TrackIndex,
  asked: {
    from: number;
    to: number;
    zone: string;
    hours: WorkingHours | null;
    tickets?: AskedTickets | null;
  },
): ExceptionTests {
  const { times, actors } = index.tracks;
  const { zone, hours } = asked;
  const isInHours = hours && createHoursTest(hours, zone);
  const isInWindow = readMaintenance(store);
  const namesOf = isInWindow || asked.tickets ? readTargetNames(store, index) : undefined;
  const tickets = asked.tickets && namesOf ? createTicketMatcher(store, index, asked.tickets, namesOf) : null;
  const newActors = readNewActors(store, asked.from);
  type Test = (place: number, names: readonly string[], track: number) => boolean;
  const tests = new Map<ExceptionKind, Test>();
  if (isInHours) tests.set('outside-hours', (place) => !isInHours(times[place] as number));
  if (isInWindow)
    tests.set('outside-maintenance', (place, names) => isInWindow(names, times[place] as number) === false);
  if (newActors) tests.set('new-actor', (place) => newActors.has(actors[place] as number));
  const hasBucket =
    (bucket: TicketMatch['bucket']): Test =>
    (place, _names, track) =>
      tickets?.at(place, track).bucket === bucket;
  if (tickets) {
    tests.set('self-approved', hasBucket('self-approved'));
    tests.set('no-ticket', hasBucket('no-ticket'));
  }
  const noTickets = tickets ? null : 'No ticket list was given.';
  return {
    tickets,
    skipped: {
      'outside-hours': hours ? null : 'No working hours are set.',
      'outside-maintenance': isInWindow ? null : 'The log holds no maintenance windows.',
      'new-actor': newActors ? null : 'The log holds nothing before the period.',
      'self-approved': noTickets,
      'no-ticket': noTickets,
    },
    kindsOf(track, first, end) {
      const names = namesOf?.(track) ?? [];
      const found: ExceptionKind[] = [];
      for (const [kind, has] of tests) {
        for (let place = first; place < end; place++) {
          if (!has(place, names, track)) continue;
          found.push(kind);
          break;
        }
      }
      return found;
    },
    placesOf(kind, track, first, end) {
      const has = tests.get(kind);
      if (!has) return [];
      const names = namesOf?.(track) ?? [];
      return Array.from({ length: end - first }, (_, at) => first + at).filter((place) =>
        has(place, names, track),
      );
    },
    reasonOf(kind) {
      if (kind === 'outside-hours')
        return `Outside working hours (${hours ? hoursInWords({ ...hours, zone: hours.zone ?? zone }) : ''}).`;
      if (kind === 'outside-maintenance')
        return 'Outside every maintenance window the log has of this target.';
      if (kind === 'self-approved')
        return 'The ticket was approved by who made the change, or by who opened it.';
      if (kind === 'no-ticket') return 'The record names no ticket of the list, and nobody confirmed one.';
      return `By somebody the log does not show before ${formatInZone(asked.from, zone)}.`;
    },
  };
}

/** Actors whose first event is not before an instant; undefined where the log has nothing before it. */
function readNewActors({ db }: Store, from: number): Set<number> | undefined {
  if (db.prepare('SELECT 1 FROM event WHERE time < ? LIMIT 1').get(from) === undefined) return undefined;
  const seenBefore = db.prepare('SELECT 1 FROM event WHERE actor_id = ? AND time < ? LIMIT 1');
  const actors = db.prepare('SELECT id, name FROM actor').raw().all() as [number, string][];
  // One name may stand there as several types.
  const before = new Set(actors.flatMap(([id, name]) => (seenBefore.get(id, from) ? [name] : [])));
  return new Set(actors.flatMap(([id, name]) => (before.has(name) ? [] : [id])));
}
