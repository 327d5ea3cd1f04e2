// The engine's answers about persons under several names: glue between the contract, the log and the review file.

import type { CallName } from '#core/contract.ts';
import type { CallContext, Handlers } from '#core/engine.ts';
import { proposeIdentities } from '#core/query/persons.ts';
import { listIdentities, saveIdentity } from '#core/store/identities.ts';
import { besideLog, closing } from '#core/store/open.ts';

type Names = Extract<CallName, `identities.${string}`>;

export const identityHandlers: Pick<Handlers, Names> = {
  'identities.list': (_input, context) => listBoth(context),
  'identities.save': (identity, context) => {
    closing(context.review(), (store) => saveIdentity(store, identity));
    return listBoth(context);
  },
};

function listBoth({ reader }: CallContext) {
  const identities = besideLog(reader(), listIdentities) ?? [];
  return { identities, proposals: proposeIdentities(reader(), identities) };
}
