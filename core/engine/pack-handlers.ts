// The engine's answers about evidence packs and the register of exceptions.

import { join } from 'node:path';
import type { CallName, Output } from '#core/contract.ts';
import type { CallContext, Handlers } from '#core/engine.ts';
import { areas } from '#core/evidence/areas.ts';
import { loadControlMap } from '#core/evidence/control-map.ts';
import type { Framework } from '#core/model.ts';
import {
  listExceptions,
  listExceptionVersions,
  type NewException,
  saveException,
} from '#core/store/exceptions.ts';
import { listFreezes } from '#core/store/freezes.ts';
import { closing } from '#core/store/open.ts';
import { listPacks, listRecipes, saveRecipe } from '#core/store/recipes.ts';
import { draftExceptions } from './exception-drafts.ts';
import { packInto } from './make-pack.ts';
import { createReviewReader, readKept, readLeaversList } from './pack-reviews.ts';
import { readSizes } from './sample-sizes.ts';

type Names = Extract<
  CallName,
  `pack.${string}` | `packs.${string}` | `recipes.${string}` | `exceptions.${string}`
>;

export const packHandlers: Pick<Handlers, Names> = {
  'pack.create': ({ into, leavers, slaDays, redactionKey, ...request }, context) =>
    packInto(context.grant(into).path, request, context, {
      redactionKey: redactionKey === null ? null : context.grant(redactionKey).path,
      leavers: leavers === null ? null : { path: context.grant(leavers).path, slaDays },
    }),
  'pack.verify': async ({ into, name }, { grant, signal, progress, reviewReader }) => {
    const { verifyPack } = await import('#core/evidence/verify-pack.ts');
    const freezes = closing(reviewReader(), listFreezes);
    return verifyPack(join(grant(into).path, name), { signal, progress, freezes });
  },
  'pack.controls': ({ framework }) => ({
    controls: loadControlMap(framework).controls.map(({ id, label, categories }) => ({
      id,
      label,
      categories,
    })),
    areas: areas.map(({ id, title, categories }) => ({ id, title, categories })),
    sizes: readSizes(),
  }),
  'packs.list': (_input, { reviewReader }) => closing(reviewReader(), listPacks),
  'recipes.list': (_input, { reviewReader }) => closing(reviewReader(), listRecipes),
  'recipes.save': ({ name, request }, { review }) =>
    closing(review(), (store) => saveRecipe(store, name, request)),
  'exceptions.list': (_input, { reviewReader }) => closing(reviewReader(), listExceptions),
  'exceptions.history': ({ id }, { reviewReader }) =>
    closing(reviewReader(), (review) => listExceptionVersions(review, id)),
  'exceptions.drafts': ({ leavers, slaDays, ...period }, context) =>
    proposeExceptions(period, context, {
      leavers: leavers === null ? null : { path: context.grant(leavers).path, slaDays },
    }),
  'exceptions.save': (version, { review }) =>
    closing(review(), (store) => {
      saveException(store, version satisfies NewException);
      return listExceptions(store);
    }),
};

/** What was found in a period and stands in no exception yet. */
export function proposeExceptions(
  { framework, from, to, zone }: { framework: Framework; from: string; to: string; zone: string },
  context: CallContext,
  { leavers }: { leavers: { path: string; slaDays: number | null } | null },
): Output<'exceptions.drafts'> {
  const asked = { from, to, zone, filter: '' };
  const { kept, register } = closing(context.reviewReader(), (review) => ({
    kept: readKept(review),
    register: listExceptions(review),
  }));
  const list = leavers && readLeaversList(leavers.path, zone, leavers.slaDays ?? kept.settings.slaDays);
  const store = context.reader();
  const answers = createReviewReader(asked, { ...kept, leavers: list }).read(store);
  const { categories } = loadControlMap(framework);
  return draftExceptions(answers, register, (category) => categories[category].controls);
}
