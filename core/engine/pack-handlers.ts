// The engine's answers about evidence packs and the register of exceptions.

import { join } from 'node:path';
import { passwordOf } from '#core/addition-model.ts';
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
import { type CertificateFile, describeCertificate, signPackPdf } from './pdf-signatures.ts';
import { readSizes } from './sample-sizes.ts';
import { packIn } from './sign-off-handlers.ts';
import { timeStampPack } from './time-stamps.ts';

type Names = Extract<
  CallName,
  `pack.${string}` | `additions.${string}` | `packs.${string}` | `recipes.${string}` | `exceptions.${string}`
>;

export const packHandlers: Pick<Handlers, Names> = {
  'pack.create': ({ into, leavers, slaDays, redactionKey, ...request }, context) =>
    packInto(context.grant(into).path, request, context, {
      redactionKey: redactionKey === null ? null : context.grant(redactionKey).path,
      leavers: leavers === null ? null : { path: context.grant(leavers).path, slaDays },
    }),
  'pack.verify': async ({ into, folder, packId }, context) => {
    const { verifyPack } = await import('#core/evidence/verify-pack.ts');
    const { signal, progress, reviewReader } = context;
    const freezes = closing(reviewReader(), listFreezes);
    // A pack whose id was changed fails its verification; it is not looked for.
    const own = folder === null ? await packIn(context, into, null, packId) : null;
    return verifyPack(own ?? join(context.grant(into).path, folder ?? ''), { signal, progress, freezes });
  },
  'additions.list': async ({ into, folder, packId }, context) => {
    const { listAdditions } = await import('#core/evidence/additions.ts');
    return listAdditions(await packIn(context, into, folder, packId));
  },
  'additions.readCertificate': ({ certificate }, context) =>
    describeCertificate(certificateFile(certificate, context), context),
  'additions.signReport': async ({ into, folder, packId, certificate }, context) =>
    signPackPdf(await packIn(context, into, folder, packId), certificateFile(certificate, context), context),
  'additions.stamp': async ({ into, folder, packId, authority }, context) =>
    timeStampPack(await packIn(context, into, folder, packId), authority, context),
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

const certificateFile = (certificate: string, context: CallContext): CertificateFile => ({
  path: context.grant(certificate).path,
  secret: passwordOf(certificate),
  remedy: 'Type the one that was set when it was exported.',
});

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
