// The engine's answers about sign-offs: the pack is in a folder that a person granted, and the activity log notes each.

import { join } from 'node:path';
import type { CallName } from '#core/contract.ts';
import type { CallContext, Handlers } from '#core/engine.ts';
import { logOrigin } from '#core/integrity/checkpoint.ts';
import type { NewSignOff, SignOff } from '#core/signoff-model.ts';
import { personOfMachine, recordActivity } from '#core/store/activity.ts';
import { listIdentities, namesOfPerson } from '#core/store/identities.ts';
import { readWorkspaceId } from '#core/store/inventory.ts';
import { closing } from '#core/store/open.ts';
import { openSigner } from './signing.ts';

type Names = Extract<CallName, `signoffs.${string}`>;

export const signOffHandlers: Pick<Handlers, Names> = {
  'signoffs.list': async ({ into, folder, packId }, context) => {
    const { listSignOffs } = await import('#core/evidence/sign-off.ts');
    return listSignOffs(await packIn(context, into, folder, packId));
  },
  'signoffs.add': async ({ into, folder, packId, ...wanted }, context) => {
    const { listSignOffs } = await import('#core/evidence/sign-off.ts');
    const path = await packIn(context, into, folder, packId);
    await signOffPack(path, wanted, context);
    return listSignOffs(path);
  },
};

/** Signs off the pack at `path` and notes it. */
export async function signOffPack(path: string, wanted: NewSignOff, context: CallContext): Promise<SignOff> {
  const { signOff } = await import('#core/evidence/sign-off.ts');
  const identities = closing(context.reviewReader(), listIdentities);
  const done = await signOff(path, wanted, {
    origin: logOrigin(readWorkspaceId(context.reader())),
    signer: await openSigner(context),
    isSamePerson: (a, b) => namesOfPerson(identities, a).has(b.trim().toLowerCase()),
    account: personOfMachine(),
    signal: context.signal,
    progress: context.progress,
  });
  closing(context.review(), (review) => recordActivity(review, 'sign-off', { ...done }));
  return done;
}

/** The folder of the pack that is meant: a child of a granted one by its name alone, or what a person chose for it. */
export async function packIn(
  context: CallContext,
  into: string,
  folder: string | null,
  packId: string,
): Promise<string> {
  const { path } = context.grant(into);
  const { findPack } = await import('#core/evidence/sign-off.ts');
  return findPack(folder === null ? path : join(path, folder), packId);
}
