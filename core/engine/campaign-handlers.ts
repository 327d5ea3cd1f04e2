// The engine's answers about access reviews: glue between the contract, the ledger and review.db.

import { campaignBook } from '#core/access/access-book.ts';
import { describeProgress, freezeAccess, isListed, proveCampaign } from '#core/access/campaign.ts';
import type { CallName } from '#core/contract.ts';
import type { CallContext, Handlers } from '#core/engine.ts';
import {
  assignReviewer,
  closeCampaign,
  decideEntries,
  type KeptCampaign,
  listCampaigns,
  readCampaign,
} from '#core/store/campaigns.ts';
import { closing } from '#core/store/open.ts';
import { readReviewSettings } from '#core/store/review-settings.ts';

import { saveBookInto } from './save-book.ts';

type Names = Extract<CallName, `campaigns.${string}`>;

export const campaignHandlers: Pick<Handlers, Names> = {
  'campaigns.list': (_input, { reviewReader }) => closing(reviewReader(), listCampaigns),
  'campaigns.show': ({ campaign }, context) => describeProgress(campaignOf(campaign, context)),
  'campaigns.entries': ({ campaign, only, reviewer, first, limit }, context) => {
    const { entries } = campaignOf(campaign, context);
    const rows = entries.filter(
      (entry) => isListed(entry, only) && (reviewer === null || (entry.reviewer ?? '') === reviewer),
    );
    return { total: rows.length, rows: rows.slice(first, first + limit) };
  },
  'campaigns.open': (request, { reader, review, progress }) => {
    progress({ stage: 'Freezing the rights', done: 0, total: null, unit: 'rights' });
    return closing(review(), (store) => ({
      campaign: freezeAccess(reader(), store, request, readReviewSettings(store).settings),
    }));
  },
  'campaigns.assign': ({ campaign, person, ...assignment }, { review }) =>
    closing(review(), (store) => {
      assignReviewer(store, campaign, assignment, person);
      return { campaign };
    }),
  'campaigns.decide': ({ campaign, ...decision }, { review }) =>
    closing(review(), (store) => {
      decideEntries(store, campaign, decision);
      return { campaign };
    }),
  'campaigns.book': ({ campaign, into }, context) => {
    const kept = campaignOf(campaign, context);
    const words = `access review ${kept.campaign.name}`;
    return saveBookInto(context.grant(into).path, words, () => campaignBook(kept), context);
  },
  'campaigns.close': ({ campaign, person }, { review }) =>
    closing(review(), (store) => {
      closeCampaign(store, campaign, person);
      return { campaign };
    }),
};

/** A campaign with what the log shows of it by now. */
export function campaignOf(id: number, { reader, reviewReader }: CallContext): KeptCampaign {
  return proveCampaign(
    reader(),
    closing(reviewReader(), (store) => readCampaign(store, id)),
  );
}
