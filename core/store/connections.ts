// The connections of a workspace, kept in review.db: each version is an activity, the newest of a name counts, and a
// removal is one too. What connections hold is for core/sync to say; a token is never among it.

import { formatUtc } from '#core/time.ts';
import { recordActivity } from './activity.ts';
import type { Store } from './open.ts';

/** A connection as it was set, with when and by whom; `settings` is a JSON object with the name. */
export type KeptConnection = { name: string; settings: unknown; since: string; account: string };

/** All connections that were not removed, in the order in which they were first made. */
export function listConnections({ db }: Store): KeptConnection[] {
  const rows = db
    .prepare(`SELECT at, person, detail FROM activity WHERE action = 'connection' ORDER BY id`)
    .all() as { at: number; person: string; detail: string }[];
  const kept = new Map<string, KeptConnection>();
  for (const { at, person, detail } of rows) {
    const { name, settings } = JSON.parse(detail) as { name: string; settings: unknown };
    if (settings === null) kept.delete(name);
    else kept.set(name, { name, settings, since: formatUtc(at), account: person });
  }
  return [...kept.values()];
}

/** Sets a connection, or removes it where `settings` is null, in a review file opened for writing. */
export function saveConnection(review: Store, name: string, settings: unknown): void {
  recordActivity(review, 'connection', { name, settings });
}

/** Sets a connection in place of the one that was called `before`, in one step. */
export function replaceConnection(review: Store, before: string, name: string, settings: unknown): void {
  const replace = review.db.transaction(() => {
    if (before !== name) saveConnection(review, before, null);
    saveConnection(review, name, settings);
  });
  replace();
}

/** Whether somebody forbade every use of the network in this workspace. */
export function isNetworkForbidden({ db }: Store): boolean {
  const detail = db
    .prepare(`SELECT detail FROM activity WHERE action = 'network' ORDER BY id DESC LIMIT 1`)
    .pluck()
    .get() as string | undefined;
  return detail !== undefined && (JSON.parse(detail) as { isForbidden: boolean }).isForbidden;
}

/** Forbids the network in this workspace, or allows it again. */
export function forbidNetwork(review: Store, isForbidden: boolean): void {
  recordActivity(review, 'network', { isForbidden });
}
