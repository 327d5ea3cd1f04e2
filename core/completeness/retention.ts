// The retention countdown: a vendor forgets, and what it forgot before the next export is a gap for ever. From the
// newest record held and the days the vendor keeps follows the last day on which an export still joins on.

import { loadPresets } from '#core/mapping/preset.ts';
import { listOwnPresets } from '#core/mapping/used-presets.ts';
import type { SourceRetention } from '#core/model.ts';
import { listSources } from '#core/store/imports.ts';
import type { Store } from '#core/store/open.ts';
import { formatUtc } from '#core/time.ts';

const dayMs = 86_400_000;

/** For each source until when it must be exported again, seen from `now` (epoch ms). */
export function readRetention(store: Store, now: number): SourceRetention[] {
  const presets = new Map(loadPresets().map((preset) => [preset.id, preset]));
  const own = new Map(listOwnPresets(store).map(({ source, preset }) => [source, preset]));
  return listSources(store).map(({ name, preset, lastTime }) => {
    const retention = (presets.get(preset) ?? own.get(name))?.retention;
    const days = retention?.days ?? null;
    const base = { source: name, retentionDays: days, retention: retention?.text ?? 'not known', lastTime };
    if (days === null || lastTime === null) return { ...base, exportBy: null, daysLeft: null };
    // The vendor drops the first record we do not hold right after this instant; the day before it is still safe.
    const lost = Date.parse(lastTime) + days * dayMs;
    const exportBy = formatUtc(lost - dayMs).slice(0, 10);
    return { ...base, exportBy, daysLeft: Math.floor((Date.parse(exportBy) + dayMs - now) / dayMs) };
  });
}
