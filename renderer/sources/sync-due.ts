// What a schedule does, as values: which connections are due, and what of a sync that nobody asked for is said.

import type { ConnectionSummary } from '#core/sync-calls.ts';
import type { SyncReport } from '#core/sync-model.ts';
import { formatCounted } from '../words/numbers.ts';

const hour = 3_600_000; // ms

/**
 * Whether `hours` have gone by since the last sync. One that lies ahead was noted before the computer's clock was set back:
 * nobody knows how long ago it was, so the source is due.
 * @param lastSync ISO 8601; null when there was none
 */
export function isDue(lastSync: string | null, hours: number, now: number): boolean {
  if (lastSync === null) return true;
  const since = now - Date.parse(lastSync);
  return since < 0 || since >= hours * hour;
}

/** Now: by the computer's clock, epoch ms, and by performance.now(), which nobody sets. */
export type Now = { day: number; running: number };

/**
 * The connections that were neither synced nor tried for so many hours; those that need no network alone where it is
 * forbidden. One that fails is tried once in that time, too, and holds no other up. `tried` is by performance.now().
 */
export function dueNow(
  { isForbidden, connections }: { isForbidden: boolean; connections: readonly ConnectionSummary[] },
  hours: number,
  tried: ReadonlyMap<string, number>,
  now: Now,
): string[] {
  if (hours <= 0) return [];
  return connections
    .filter(({ kind }) => !isForbidden || kind === 'folder')
    .filter(({ lastSync }) => isDue(lastSync, hours, now.day))
    .filter(({ name }) => now.running - (tried.get(name) ?? Number.NEGATIVE_INFINITY) >= hours * hour)
    .map(({ name }) => name);
}

/** A notification, and the connections that fail by now, so that each failure is said once. */
export type News = { say: { title: string; body: string } | null; failing: ReadonlySet<string> };

/** What to say of a scheduled sync: what newly fails; else what came in; else nothing. */
export function newsOf(reports: readonly SyncReport[], before: ReadonlySet<string>): News {
  const failing = new Set(before);
  const fresh: SyncReport[] = [];
  for (const report of reports) {
    if (report.error?.code === 'cancelled') continue;
    if (report.error === null) failing.delete(report.connection);
    else if (!failing.has(report.connection)) {
      failing.add(report.connection);
      fresh.push(report);
    }
  }
  const [first, ...others] = fresh;
  if (first) {
    const more =
      others.length === 0 ? '' : ` Not synced either: ${others.map((one) => one.connection).join(', ')}.`;
    const body = `${first.error?.message ?? ''}${more}`;
    return { say: { title: `${first.connection} was not synced`, body }, failing };
  }
  const events = reports.reduce((sum, { imported }) => sum + imported, 0);
  if (events === 0) return { say: null, failing };
  return { say: { title: 'Sources synced', body: `${formatCounted(events, 'new event')}.` }, failing };
}
