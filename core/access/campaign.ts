// An access review over the ledger: what is frozen of it, how far it is, and what the log shows of each right that was to
// be taken away.

import type {
  Campaign,
  CampaignDecision,
  CampaignEntry,
  CampaignFilter,
  CampaignProgress,
  FrozenRight,
  ProofState,
} from '#core/campaign-model.ts';
import { campaignDecisions, proofStates } from '#core/campaign-model.ts';
import type { ReviewSettings } from '#core/review-model.ts';
import { isPending, type KeptCampaign, type NewCampaign, openCampaign } from '#core/store/campaigns.ts';
import { readLogState } from '#core/store/imports.ts';
import type { Store } from '#core/store/open.ts';
import { formatUtc, parseBoundary } from '#core/time.ts';
import { readAccess } from './answers.ts';
import { proveRevocations } from './campaign-proof.ts';

export type CampaignRequest = { name: string; at: string; zone: string; filter: string; person: string };

/** Freezes the ledger as of the end of a date into a new campaign, and gives its number. Throws AppError('usage'). */
export function freezeAccess(
  store: Store,
  review: Store,
  { name, at, zone, filter, person }: CampaignRequest,
  settings: ReviewSettings,
): number {
  const frozen = store.db.transaction(() => {
    const { rows } = readAccess(
      store,
      { ...settings, scope: { kind: 'at', at }, zone, filter, leavers: new Map() },
      // Person by person: that is how rights are judged.
      { first: 0, limit: Number.MAX_SAFE_INTEGER, flag: null, order: 'subject' },
    );
    const { size, root } = readLogState(store);
    const head: NewCampaign = {
      name,
      at,
      atTime: formatUtc(parseBoundary(at, zone, 'to')),
      zone,
      filter,
      settings,
      logSize: size,
      logRoot: root,
      person,
    };
    return { head, rights: rows.map(freeze) };
  })();
  return openCampaign(review, frozen.head, frozen.rights);
}

/** Without how it ended: on the day it was frozen it was held, and whatever came later is for the proof to say. */
function freeze(row: ReturnType<typeof readAccess>['rows'][number]): FrozenRight {
  const { to: _to, revokedBy: _by, revokeEvent: _event, endCertainty: _how, endEvent: _end, ...right } = row;
  return right;
}

/** A campaign as it stands: with the proofs where it is closed. */
export function proveCampaign(store: Store, { campaign, entries }: KeptCampaign): KeptCampaign {
  if (campaign.closedAt === null) return { campaign, entries };
  const revoked = entries.filter(({ decided }) => decided?.decision === 'revoke');
  const proofs = proveRevocations(store, campaign, revoked);
  return {
    campaign,
    entries: entries.map((entry) => ({ ...entry, proof: proofs.get(entry.number) ?? null })),
  };
}

/** How far a campaign is. */
export function describeProgress({ campaign, entries }: KeptCampaign): CampaignProgress {
  const count = (is: (entry: CampaignEntry) => boolean) => entries.filter(is).length;
  const reviewers = new Map<string | null, { entries: number; pending: number }>();
  for (const entry of entries) {
    const known = reviewers.get(entry.reviewer) ?? { entries: 0, pending: 0 };
    reviewers.set(entry.reviewer, known);
    known.entries += 1;
    if (isPending(entry)) known.pending += 1;
  }
  return {
    ...(campaign satisfies Campaign),
    pending: count(isPending),
    decisions: Object.fromEntries(
      campaignDecisions.map((one) => [one, count(({ decided }) => decided?.decision === one)]),
    ) as Record<CampaignDecision, number>,
    proofs:
      campaign.closedAt === null
        ? null
        : (Object.fromEntries(
            proofStates.map((state) => [state, count(({ proof }) => proof?.state === state)]),
          ) as Record<ProofState, number>),
    reviewers: [...reviewers]
      .map(([reviewer, figures]) => ({ reviewer, ...figures }))
      .sort((a, b) => ((a.reviewer ?? '') < (b.reviewer ?? '') ? -1 : 1)),
  };
}

/** Whether an entry is one of those that are listed. */
export function isListed(entry: CampaignEntry, only: CampaignFilter | null): boolean {
  if (only === null) return true;
  if (only === 'pending') return isPending(entry);
  return entry.decided?.decision === only || entry.proof?.state === only;
}
