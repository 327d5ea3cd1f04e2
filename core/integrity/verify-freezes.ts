// The freezes of packs in the activity log: each pack that was made since Exhibit notes them follows one, with the same
// population.

import type { Check } from '#core/model.ts';
import { listFreezes } from '#core/store/freezes.ts';
import type { Store } from '#core/store/open.ts';

/** Tells `fail` of each pack that does not follow its freeze; skipped where no pack names one. */
export function judgeFreezes(review: Store | null, fail: (where: string, detail: string) => void): Check {
  const name = 'freezes';
  const packs = review ? listFrozenPacks(review) : [];
  if (!review || packs.length === 0)
    return { name, status: 'skipped', detail: 'no pack was made here whose freeze was noted' };
  const noted = new Map(listFreezes(review).map((freeze) => [freeze.id, freeze]));
  let faults = 0;
  for (const { id, packId, root, freeze } of packs) {
    const found = noted.get(freeze);
    const isBefore = found !== undefined && found.id < id && found.packId === packId;
    if (isBefore && found.populations[0]?.root === root) continue;
    faults += 1;
    fail(
      `pack ${packId}`,
      isBefore
        ? `entry ${freeze} of the activity log froze another population than the pack holds`
        : `entry ${freeze} of the activity log is no freeze of this pack before it was made`,
    );
  }
  return {
    name,
    status: faults === 0 ? 'passed' : 'failed',
    detail:
      faults === 0
        ? `${packs.length} ${packs.length === 1 ? 'pack was' : 'packs were'} made from populations that were frozen first`
        : `${faults} differ`,
  };
}

function listFrozenPacks({ db }: Store) {
  const rows = db.prepare(`SELECT id, detail FROM activity WHERE action = 'pack' ORDER BY id`).all() as {
    id: number;
    detail: string;
  }[];
  return rows.flatMap(({ id, detail }) => {
    const { packId, root, freeze } = JSON.parse(detail) as { packId: string; root?: string; freeze?: number };
    return freeze === undefined ? [] : [{ id, packId, root, freeze }];
  });
}
