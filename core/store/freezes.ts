// Freezes of packs in review.db: activities that are written when the populations of a pack are fixed and no seed was used
// yet. The chain of hashes then shows that a population came first.

import type { Freeze, NotedFreeze } from '#core/freeze-model.ts';
import { canonicalJson } from '#core/integrity/canonical.ts';
import { formatUtc } from '#core/time.ts';
import { recordActivity } from './activity.ts';
import type { Store } from './open.ts';

/** Notes a freeze in a review file opened for writing; `earlier` is the first one with the same populations. */
export function recordFreeze(review: Store, freeze: Freeze): NotedFreeze & { earlier: NotedFreeze | null } {
  const { packId, recipeSha256, populations } = freeze;
  const { id } = recordActivity(review, 'freeze', { packId, recipeSha256, populations });
  const all = listFreezes(review);
  const own = all.find((one) => one.id === id) as NotedFreeze;
  const wanted = canonicalJson(populations);
  const first = all.find((one) => canonicalJson(one.populations) === wanted) as NotedFreeze;
  return { ...own, earlier: first.id === id ? null : first };
}

/** All freezes of a workspace, oldest first. */
export function listFreezes({ db }: Store): NotedFreeze[] {
  const rows = db
    .prepare(`SELECT id, at, detail, hash FROM activity WHERE action = 'freeze' ORDER BY id`)
    .all() as { id: number; at: number; detail: string; hash: string }[];
  return rows.map(({ id, at, detail, hash }) => {
    const { packId, recipeSha256, populations } = JSON.parse(detail) as Freeze;
    return { id, at: formatUtc(at), hash, packId, recipeSha256, populations };
  });
}
