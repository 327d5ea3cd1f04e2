// Puts intervals of the ledger into words: what their events say is read some thousand at a time.

import type { AccessChange, AccessInterval } from '#core/review-model.ts';
import { selectUid, toUid, type UidParts } from '#core/store/events.ts';
import { createEventsLookup, eventsTogether } from '#core/store/many-events.ts';
import type { Store } from '#core/store/open.ts';
import { formatUtc } from '#core/time.ts';
import type { createFlagger, Flags } from './flags.ts';
import { type Interval, isHeldAt, type Ledger } from './ledger.ts';

/** Both ends of a scope, epoch ms. `from` is null but between two dates; the ledger's end is that of the log. */
export type Bounds = { from: number | null; to: number; isLedger: boolean };

type Named = UidParts & {
  source: string;
  targetType: string | null;
  targetId: string | null;
  targetName: string | null;
  scope: string | null;
  actor: string | null;
};

const named = {
  columns: `${selectUid}, s.name AS source, t.type AS targetType, t.target_id AS targetId, t.name AS targetName,
    t.scope, a.name AS actor`,
  joins: `JOIN source s ON s.id = e.source_id LEFT JOIN target t ON t.id = e.target_id
    LEFT JOIN actor a ON a.id = e.actor_id`,
};

const noFlags: Flags = { flags: [], reasons: {}, useEvent: null };

/** Describes intervals, with flags where there is somebody to set them: names are those of the target's last access event. */
export function createDescriber({ db }: Store, { index }: Ledger) {
  const read = createEventsLookup<Named>(db, named);
  const { starts, ids } = index.access;
  const lastEventOf = ({ sequence }: Interval) => ids[(starts[sequence + 1] as number) - 1] as number;
  const step = Math.ceil(eventsTogether / 3);
  return function* describe(
    intervals: readonly Interval[],
    flagsOf: ReturnType<typeof createFlagger> | null,
    bounds: Bounds,
  ): Generator<AccessInterval> {
    for (let first = 0; first < intervals.length; first += step) {
      const some = intervals.slice(first, first + step);
      const events = read(
        some.flatMap((one) => [lastEventOf(one), one.startEvent, one.endEvent ?? one.startEvent]),
      );
      const eventOf = (id: number) => events.get(id) as Named;
      const rows = some.map((interval) => {
        const row = inWords(interval, eventOf, eventOf(lastEventOf(interval)));
        return { row, ...(flagsOf?.(interval, row.grantedBy) ?? noFlags) };
      });
      const uses = read(rows.flatMap(({ useEvent }) => useEvent ?? []));
      for (const [at, { row, flags, reasons, useEvent }] of rows.entries()) {
        const use = useEvent === null ? {} : { useEvent: toUid(uses.get(useEvent) as Named) };
        const change =
          bounds.from === null ? {} : { change: changeOf(some[at] as Interval, bounds.from, bounds.to) };
        yield { ...row, flags, reasons, ...use, ...change };
      }
    }
  };
}

function inWords(
  interval: Interval,
  eventOf: (id: number) => Named,
  last: Named,
): Omit<AccessInterval, 'flags' | 'reasons'> {
  const start = eventOf(interval.startEvent);
  const end = interval.endEvent === null ? null : eventOf(interval.endEvent);
  const isGranted = interval.startCertainty === 'asserted';
  const isRevoked = interval.endCertainty === 'asserted';
  return {
    source: last.source,
    subject: interval.subject,
    targetType: last.targetType,
    targetId: last.targetId,
    targetName: last.targetName,
    scope: last.scope,
    right: interval.right,
    from: interval.from === null ? null : formatUtc(interval.from),
    to: interval.to === null ? null : formatUtc(interval.to),
    grantedBy: isGranted ? start.actor : null,
    grantEvent: isGranted ? toUid(start) : null,
    revokedBy: isRevoked && end ? end.actor : null,
    revokeEvent: isRevoked && end ? toUid(end) : null,
    startCertainty: interval.startCertainty,
    endCertainty: interval.endCertainty,
    startEvent: toUid(start),
    endEvent: end && toUid(end),
  };
}

function changeOf(interval: Interval, from: number, to: number): AccessChange {
  const [was, is] = [isHeldAt(interval, from), isHeldAt(interval, to)];
  if (was) return is ? 'kept' : 'lost';
  return is ? 'gained' : 'passing';
}
