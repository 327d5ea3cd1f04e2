// What the log shows of rights that a closed access review revoked: the event that takes each, whether it came in time,
// and whether the person used the target or got the right again afterwards.

import type { Campaign, CampaignEntry, Proof } from '#core/campaign-model.ts';
import { selectUid, toUid, type UidParts } from '#core/store/events.ts';
import type { Store } from '#core/store/open.ts';
import { formatInZone, formatUtc } from '#core/time.ts';
import { type Interval, isHeldAt, readLedger, rightsHeldAt } from './ledger.ts';
import { createUseLookup } from './uses.ts';

const day = 86_400_000;

/** The proof of each entry by its number. Imports after the closing count: it is asked of the log as it is now. */
export function proveRevocations(
  store: Store,
  campaign: Campaign,
  entries: readonly CampaignEntry[],
): Map<number, Proof> {
  return store.db.transaction(() => {
    const ledger = readLedger(store);
    const { index } = ledger;
    const wanted = new Set(entries.map(keyOf));
    const found = new Map<string, Interval[]>();
    for (const interval of ledger.intervals) {
      const { source, type, key } = index.placeOfAccess(interval.sequence);
      const text = JSON.stringify([source, type, key, interval.subject, interval.right]);
      if (wanted.has(text)) found.set(text, [...(found.get(text) ?? []), interval]);
    }
    const usesOf = createUseLookup(store, index, [...found.values()].flat(), Number.MAX_SAFE_INTEGER);
    const uid = store.db.prepare(`SELECT ${selectUid} FROM event e WHERE e.id = ?`);
    const uidOf = (id: number) => toUid(uid.get(id) as UidParts);
    const findUse = createUseFinder(store);
    const judged = { at: Date.parse(campaign.atTime), closed: Date.parse(campaign.closedAt as string) };
    const deadline = judged.closed + campaign.settings.slaDays * day;
    const when = (time: number) => formatInZone(time, campaign.zone);

    const prove = (entry: CampaignEntry): Proof => {
      const all = found.get(keyOf(entry)) ?? [];
      const held = all.find((interval) => isHeldAt(interval, judged.at));
      const base = { revokeEvent: null, revokedAt: null, laterEvent: null, deadline: formatUtc(deadline) };
      const waiting = (reason: string): Proof => ({ ...base, state: 'waiting', reason });
      if (!held)
        return waiting('The log as it is now does not show the right as held on the day of the review.');
      if (held.to === null || held.endEvent === null)
        return waiting(
          `No event of the imported logs takes the right; it has to be gone by ${when(deadline)}.`,
        );
      if (held.endCertainty !== 'asserted')
        return waiting(
          `An event of ${when(held.to)} no longer shows the right, but none takes it: that proves no revocation.`,
        );
      const ended = held.to;
      const revoked = { ...base, revokeEvent: uidOf(held.endEvent), revokedAt: formatUtc(ended) };
      const later = all
        .filter(({ from }) => from !== null && from >= ended)
        .sort((a, b) => (a.from as number) - (b.from as number));
      const shown = later.find(({ startCertainty }) => startCertainty !== 'asserted');
      if (shown)
        return {
          ...revoked,
          state: 'contradicted',
          reason: `Taken on ${when(ended)}, but an event of ${when(shown.from as number)} shows it as held again, and none grants it.`,
          laterEvent: uidOf(shown.startEvent),
        };
      const used = findUseWithout(held, later);
      if (used !== null) {
        const others = rightsHeldAt(ledger, held, used.time);
        const still =
          others.length > 0
            ? `while still holding ${others.join(', ')}`
            : 'while the log shows no right of theirs on it';
        return {
          ...revoked,
          state: 'contradicted',
          reason: `Taken on ${when(ended)}, but an event by ${held.subject} on this target on ${when(used.time)} came after it, ${still}.`,
          laterEvent: uidOf(used.id),
          heldThen: others,
        };
      }
      const isLate = ended > deadline;
      const taken = isLate ? `Taken on ${when(ended)}, after ${when(deadline)}` : `Taken on ${when(ended)}`;
      const again = later[0];
      if (again)
        return {
          ...revoked,
          state: isLate ? 'late' : 'proven',
          reason: `${taken}, and not used before it was granted again on ${when(again.from as number)}: that is a right of its own.`,
          laterEvent: uidOf(again.startEvent),
        };
      return isLate
        ? { ...revoked, state: 'late', reason: `${taken}.` }
        : { ...revoked, state: 'proven', reason: `${taken}, and not used since.` };
    };
    /** The first use after a right was taken for which no later grant of the same right stands. */
    function findUseWithout(held: Interval, later: readonly Interval[]) {
      const { last } = usesOf(held.subject, held.sequence);
      let after = held.to as number;
      const place = index.placeOfAccess(held.sequence);
      for (const again of [...later, null]) {
        if (last === null || last <= after) return null;
        const used = findUse(place, held.subject, after);
        if (used === null || again === null || used.time <= (again.from as number)) return used;
        if (again.to === null) return null;
        after = Math.max(after, again.to);
      }
      return null;
    }
    return new Map(entries.map((entry) => [entry.number, prove(entry)]));
  })();
}

/** The first event by somebody on a target after an instant. Relies on the index event_target. */
function createUseFinder({ db }: Store) {
  const find = db.prepare(
    `SELECT e.id, e.time FROM event e JOIN actor a ON a.id = e.actor_id
     WHERE e.target_id IN (SELECT id FROM target WHERE type IS @type AND coalesce(target_id, name) IS @key)
       AND e.source_id = @sourceId AND a.name = @subject AND e.time > @after
     ORDER BY e.time, e.id LIMIT 1`,
  );
  return (
    { sourceId, type, key }: { sourceId: number; type: string | null; key: string | null },
    subject: string,
    after: number,
  ) =>
    (find.get({ sourceId, type, key, subject, after }) as { id: number; time: number } | undefined) ?? null;
}

const keyOf = ({ source, targetType, targetId, targetName, subject, right }: CampaignEntry): string =>
  JSON.stringify([source, targetType, targetId ?? targetName, subject, right]);
