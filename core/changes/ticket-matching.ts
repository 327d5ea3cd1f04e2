// Which tickets a change has: those its record names, and those that fit by target and time where a person said that
// they belong to it. What merely fits is a candidate and counts for nothing.

import { selectUid, toUid, type UidParts } from '#core/store/events.ts';
import type { Store } from '#core/store/open.ts';
import type { TrackIndex } from '#core/store/tracks.ts';
import type { Ticket, TicketBucket, TicketDecision, TicketLink } from '#core/ticket-model.ts';
import { createMentions } from './ticket-mentions.ts';
import type { TicketList } from './tickets.ts';

/** A list with what persons said of it; `key` is another one whenever either changes. */
export type AskedTickets = { list: TicketList; decisions: readonly TicketDecision[]; key: string };

/** A list with the verdicts about it. */
export function askTickets(
  list: TicketList,
  { decisions, last }: { decisions: readonly TicketDecision[]; last: number },
): AskedTickets {
  return { list, decisions, key: `${list.sha256} ${list.zone} ${last}` };
}

export type TicketMatch = { bucket: Exclude<TicketBucket, 'no-change'>; links: TicketLink[] };

export type TicketMatcher = {
  list: TicketList;
  /** The tickets of the change at a place of a track in the index. */
  at(place: number, track: number): TicketMatch;
};

const none: TicketMatch = { bucket: 'no-ticket', links: [] };
/** How long after its last step an open ticket still stands for a change. */
const openFor = 30 * 86_400_000;

/** `namesOf` says the ids and names of a track's target. Use it inside one transaction. */
export function createTicketMatcher(
  store: Store,
  index: TrackIndex,
  { list, decisions }: AskedTickets,
  namesOf: (track: number) => readonly string[],
): TicketMatcher {
  const { times, ids, actors } = index.tracks;
  const records = store.db.prepare('SELECT raw FROM record WHERE event_id = ?').pluck();
  const uids = store.db.prepare(`SELECT ${selectUid} FROM event e WHERE e.id = ?`);
  const names = store.db.prepare('SELECT name FROM actor WHERE id = ?').pluck();
  const mentionedIn = createMentions(list.tickets);
  const byTarget = groupByTarget(list.tickets);
  const said = new Map(decisions.map(({ ticket, event, verdict }) => [keyOf(ticket, event), verdict]));
  const uidOf = (place: number) => toUid(uids.get(ids[place]) as UidParts);
  // Most changes of most logs have no ticket: of those a bit is enough.
  const looked = new Uint8Array(ids.length);
  const matches = new Map<number, TicketMatch>();

  function linksOf(place: number, track: number): TicketLink[] {
    const mentioned = mentionedIn(records.get(ids[place]) as string);
    const time = times[place] as number;
    const fitting = new Set(namesOf(track).flatMap((name) => byTarget.get(name.toLowerCase()) ?? []));
    if (mentioned.size === 0 && fitting.size === 0) return [];
    const uid = uidOf(place);
    const links: TicketLink[] = [];
    for (const ticket of new Set([...mentioned, ...fitting])) {
      const verdict = said.get(keyOf(ticket.id, uid));
      if (verdict === 'other') continue;
      if (mentioned.has(ticket)) links.push({ ticket, by: 'id' });
      else if (verdict === 'belongs') links.push({ ticket, by: 'confirmed' });
      else if (fits(ticket, time)) links.push({ ticket, by: 'candidate' });
    }
    return links;
  }

  function find(place: number, track: number): TicketMatch {
    const links = linksOf(place, track);
    if (links.length === 0) return none;
    const actor = (names.get(actors[place]) as string | undefined) ?? null;
    const buckets = links
      .filter(({ by }) => by !== 'candidate')
      .map(({ ticket }) => bucketOf(ticket, times[place] as number, actor));
    const bucket = order.find((one) => buckets.includes(one)) ?? 'no-ticket';
    return { bucket, links };
  }

  return {
    list,
    at(place, track) {
      if (looked[place]) return matches.get(place) ?? none;
      looked[place] = 1;
      const match = find(place, track);
      if (match !== none) matches.set(place, match);
      return match;
    },
  };
}

/** Of a change with several tickets the first of these counts. */
const order = ['approved-before', 'self-approved', 'approved-after', 'not-approved'] as const;

/** Names are compared without case: what stands for the same person otherwise, nobody can know. */
function bucketOf(ticket: Ticket, time: number, actor: string | null): (typeof order)[number] {
  const { approved, approvedBy, openedBy } = ticket;
  const isSame = (name: string | null) =>
    name !== null && approvedBy !== null && name.trim().toLowerCase() === approvedBy.trim().toLowerCase();
  if (approved === null) return 'not-approved';
  if (isSame(actor) || isSame(openedBy)) return 'self-approved';
  return Date.parse(approved) <= time ? 'approved-before' : 'approved-after';
}

/** From when until when (exclusive) a ticket may stand for a change, epoch ms; null where it says no time. */
export function spanOf({ opened, approved, closed }: Ticket): { from: number; to: number } | null {
  const steps = [opened, approved].flatMap((time) => (time === null ? [] : [Date.parse(time)]));
  const end = closed === null ? null : Date.parse(closed);
  if (steps.length === 0) return end === null ? null : { from: end - openFor, to: end };
  return { from: Math.min(...steps), to: end ?? Math.max(...steps) + openFor };
}

function fits(ticket: Ticket, time: number): boolean {
  const span = spanOf(ticket);
  return span !== null && span.from <= time && time < span.to;
}

function groupByTarget(tickets: readonly Ticket[]): Map<string, Ticket[]> {
  const groups = new Map<string, Ticket[]>();
  for (const ticket of tickets) {
    // A component list of Jira, or several machines in one cell.
    for (const name of new Set((ticket.target ?? '').split(/[;,]/).map((one) => one.trim().toLowerCase())))
      if (name !== '') groups.set(name, [...(groups.get(name) ?? []), ticket]);
  }
  return groups;
}

const keyOf = (ticket: string, event: string) => JSON.stringify([ticket.toLowerCase(), event]);
