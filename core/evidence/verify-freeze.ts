// A pack against the activity log of the workspace that made it: that its populations were frozen there, with this recipe
// and these counts and roots, before the pack was finished. Only who has the workspace can check it.

import { hash } from 'node:crypto';
import type { NotedFreeze } from '#core/freeze-model.ts';
import type { Verdicts } from './verify-bag.ts';
import type { ListedPopulation } from './verify-content.ts';

/** Judges it by the freezes that a workspace noted, oldest first. */
export function judgeFreeze(
  verdicts: Verdicts,
  {
    packId,
    recipeText,
    populations,
  }: { packId: string; recipeText: string; populations: readonly ListedPopulation[] },
  noted: readonly NotedFreeze[],
): void {
  const recipeSha256 = hash('sha256', recipeText);
  const own = noted.filter((one) => one.packId === packId);
  const isSame = (one: NotedFreeze) =>
    one.recipeSha256 === recipeSha256 &&
    one.populations.length === populations.length &&
    one.populations.every(
      ({ id, rows, root }, at) =>
        populations[at]?.id === id && populations[at].rows === rows && populations[at].root === root,
    );
  const found = own.find(isSame);
  const detail =
    own.length === 0
      ? 'the activity log of this workspace has no freeze of this pack'
      : 'the activity log froze another recipe or other populations under this pack id';
  verdicts.judge(
    'Freeze',
    found ? [] : [{ where: packId, detail }],
    `entry ${found?.id} of the activity log, ${found?.at}: this recipe and ${populations.length} populations with these counts and roots`,
  );
}
