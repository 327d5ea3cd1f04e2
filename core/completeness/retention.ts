// The retention countdown: a vendor forgets, and what it forgot before the next export is a gap for ever. From the
// newest record held, or from where a sync has settled, and the days the vendor keeps follows the last day on which an
// export still joins on.

import { loadPresets } from '#core/mapping/preset.ts';
import { listOwnPresets } from '#core/mapping/used-presets.ts';
import type { SourceRetention } from '#core/retention-model.ts';
import { listSources } from '#core/store/imports.ts';
import type { Store } from '#core/store/open.ts';
import { listFeeds } from '#core/store/syncs.ts';
import { formatUtc } from '#core/time.ts';

const dayMs = 86_400_000;

/** For each source until when it must be exported again, seen from `now` (epoch ms). */
export function readRetention(store: Store, now: number): SourceRetention[] {
  const presets = new Map(loadPresets().map((preset) => [preset.id, preset]));
  const own = new Map(listOwnPresets(store).map(({ source, preset }) => [source, preset]));
  const settled = settledBySource(store);
  return listSources(store).map(({ name, preset, firstTime, lastTime }) => {
    const retention = (presets.get(preset) ?? own.get(name))?.retention;
    const days = retention?.days ?? null;
    const synced = settled.get(name) ?? null;
    const vendorFrom = days === null ? null : now - days * dayMs;
    const base = {
      source: name,
      retentionDays: days,
      retention: retention?.text ?? 'not known',
      firstTime,
      lastTime,
      settledUntil: synced === null ? null : formatUtc(synced),
      vendorFrom: vendorFrom === null ? null : formatUtc(vendorFrom),
    };
    const heldUntil = synced ?? (lastTime === null ? null : Date.parse(lastTime));
    if (days === null || vendorFrom === null || heldUntil === null)
      return { ...base, lost: null, exportBy: null, daysLeft: null };
    // The vendor drops the first record we do not hold right after this instant; the day before it is still safe.
    const exportBy = formatUtc(heldUntil + days * dayMs - dayMs).slice(0, 10);
    const daysLeft = Math.floor((Date.parse(exportBy) + dayMs - now) / dayMs);
    const isLost = heldUntil < vendorFrom;
    const lost = isLost ? { from: formatUtc(heldUntil), until: formatUtc(vendorFrom) } : null;
    return { ...base, lost, exportBy, daysLeft };
  });
}

/** Until when each synced source is settled: the earliest of its feeds, since each may hold other events. */
function settledBySource({ db }: Store): Map<string, number> {
  const settled = new Map<string, number>();
  for (const { source, settledUntil } of listFeeds(db)) {
    if (settledUntil === null) continue;
    settled.set(source, Math.min(settled.get(source) ?? settledUntil, settledUntil));
  }
  return settled;
}
