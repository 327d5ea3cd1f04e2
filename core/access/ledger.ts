// The ledger: who held which right on what, from when until when, and which events say so. Made from the access events
// of each source and target in their order. When the log has grown, only targets that got access events are read again.

import { rightsSet } from '#core/mapping/rights.ts';
import type { EndCertainty, StartCertainty } from '#core/review-model.ts';
import type { Store } from '#core/store/open.ts';
import { type AccessEvent, readTracks, type TrackIndex } from '#core/store/tracks.ts';

/** An interval in numbers: times in epoch ms, events by id. `sequence` is that of the index's access events. */
export type Interval = {
  sequence: number;
  subject: string;
  right: string;
  from: number | null;
  to: number | null;
  startCertainty: StartCertainty;
  endCertainty: EndCertainty | null;
  startEvent: number;
  endEvent: number | null;
};

/** `bySequence` has the same intervals by the sequence of access events that they are of. */
export type Ledger = { index: TrackIndex; intervals: Interval[]; bySequence: readonly Interval[][] };

/** The right that an owner change takes and gives. */
export const ownerRight = 'OWNER';

/** As of a growth of the index; `words` has one copy of each text, however many have it. */
type Kept = Ledger & { growth: number; words: Map<string, string> };
const kept = new WeakMap<Store, Kept>();

/** All intervals, by source, target, subject, right and start. Call it inside a transaction. */
export function readLedger(store: Store): Ledger {
  const index = readTracks(store);
  const known = kept.get(store);
  if (known?.index === index) return known;
  const ledger = carryOn(known?.index.lineage === index.lineage ? known : undefined, index);
  kept.set(store, ledger);
  return ledger;
}

/** Held as of an instant (exclusive). */
export function isHeldAt({ from, to }: Interval, time: number): boolean {
  return (from === null || from < time) && (to === null || to >= time);
}

/** What a subject held on the target of an interval at an instant, by name. */
export function rightsHeldAt(
  { bySequence }: Ledger,
  { sequence, subject }: Interval,
  time: number,
): string[] {
  const held = (bySequence[sequence] as Interval[]).filter(
    (one) => one.subject === subject && isHeldAt(one, time),
  );
  return [...new Set(held.map(({ right }) => right))];
}

function carryOn(known: Kept | undefined, index: TrackIndex): Kept {
  const { access, accessOrder, accessEventAt } = index;
  const words = known?.words ?? new Map<string, string>();
  const same = (word: string) => {
    const held = words.get(word);
    if (held !== undefined) return held;
    words.set(word, word);
    return word;
  };
  const bySequence = known?.bySequence.slice() ?? [];
  const intervals: Interval[] = [];
  for (const sequence of accessOrder) {
    if (!known || (access.changedIn[sequence] as number) > known.growth) {
      const book = createBook(sequence, same);
      for (let at = access.starts[sequence] as number; at < (access.starts[sequence + 1] as number); at++) {
        const event = accessEventAt(at);
        if (event.way === 'owner') book.passOn(event);
        else if (event.subject !== null) book.change(event.subject, event);
      }
      bySequence[sequence] = book.close();
    }
    for (const interval of bySequence[sequence] as Interval[]) intervals.push(interval);
  }
  return { index, intervals, growth: access.growth, bySequence, words };
}

/** What is held on one target, event by event. */
function createBook(sequence: number, same: (word: string) => string) {
  const closed: Interval[] = [];
  // Ownership passes by events of its own, which lists of rights do not show: the two are kept apart.
  const held = new Map<string, Map<string, Interval>>();
  const owned = new Map<string, Map<string, Interval>>();

  const of = (book: typeof held, subject: string) => {
    const known = book.get(subject);
    if (known) return { rights: known, isFirst: false };
    const rights = new Map<string, Interval>();
    book.set(same(subject), rights);
    return { rights, isFirst: true };
  };
  const start = (
    rights: Map<string, Interval>,
    subject: string,
    right: string,
    event: AccessEvent,
    startCertainty: StartCertainty,
  ) => {
    rights.set(right, {
      sequence,
      subject: same(subject),
      right: same(right),
      from: startCertainty === 'inferred' ? null : event.time,
      to: null,
      startCertainty,
      endCertainty: null,
      startEvent: event.id,
      endEvent: null,
    });
  };
  const end = (
    rights: Map<string, Interval>,
    right: string,
    event: AccessEvent,
    endCertainty: EndCertainty,
  ) => {
    const interval = rights.get(right) as Interval;
    closed.push({ ...interval, to: event.time, endCertainty, endEvent: event.id });
    rights.delete(right);
  };
  /** Takes what an event shows as held before it for true. */
  const correct = (
    { rights, isFirst }: ReturnType<typeof of>,
    subject: string,
    before: ReadonlySet<string>,
    event: AccessEvent,
  ) => {
    for (const right of before)
      if (!rights.has(right)) start(rights, subject, right, event, isFirst ? 'inferred' : 'unlogged');
  };

  return {
    /** Rights of a subject: as they are after the event, or added, or taken away, one or all. */
    change(subject: string, event: AccessEvent): void {
      const leaves = event.way === 'leave';
      if (event.before === null && event.after === null && !leaves) return;
      // A log with one column for the right names what is taken away there, too.
      const takesAfter = event.way === 'remove' && event.before === null;
      const before = rightsSet(takesAfter ? event.after : event.before);
      const after = rightsSet(takesAfter ? null : event.after);
      const book = of(held, subject);
      const { rights } = book;
      // Who leaves loses what the ledger holds, by whatever name; the event's own word counts where it holds nothing.
      if (!leaves || rights.size === 0) correct(book, subject, before, event);
      if (leaves) for (const right of [...rights.keys()]) end(rights, right, event, 'asserted');
      else if (event.way === 'set') {
        // An event that does not say what was held before it contradicts nothing.
        if (event.before !== null)
          for (const right of [...rights.keys()])
            if (!before.has(right)) end(rights, right, event, 'unlogged');
        for (const right of [...rights.keys()]) if (!after.has(right)) end(rights, right, event, 'asserted');
      } else for (const right of before) end(rights, right, event, 'asserted');
      if (!leaves)
        for (const right of after) if (!rights.has(right)) start(rights, subject, right, event, 'asserted');
    },
    /** Ownership goes from the old owner, whoever the ledger held for it, to the new one. */
    passOn(event: AccessEvent): void {
      const before = nameIn(event.before);
      const after = nameIn(event.after) ?? event.subject;
      if (before === null && after === null) return;
      if (before !== null) correct(of(owned, before), before, new Set([ownerRight]), event);
      for (const [subject, rights] of owned) {
        if (subject === before || !rights.has(ownerRight)) continue;
        if (before !== null || subject !== after) end(rights, ownerRight, event, 'unlogged');
      }
      if (before !== null && before !== after) end(of(owned, before).rights, ownerRight, event, 'asserted');
      if (after !== null) {
        const { rights } = of(owned, after);
        if (!rights.has(ownerRight)) start(rights, after, ownerRight, event, 'asserted');
      }
    },
    /** Every interval of the target, by subject, right and start. */
    close(): Interval[] {
      const open = [held, owned].flatMap((book) =>
        [...book.values()].flatMap((rights) => [...rights.values()]),
      );
      return [...closed, ...open].sort(
        (a, b) =>
          compare(a.subject, b.subject) ||
          compare(a.right, b.right) ||
          (a.from ?? Number.NEGATIVE_INFINITY) - (b.from ?? Number.NEGATIVE_INFINITY),
      );
    },
  };
}

function nameIn(text: string | null): string | null {
  return text === null || text.trim() === '' ? null : text;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
