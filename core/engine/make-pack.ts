// Makes an evidence pack for the window and the command line: what people keep beside the log is read first, the pack is
// written, and the activity log notes it.

import type { CallContext } from '#core/engine.ts';
import type { Prover } from '#core/evidence/proofs.ts';
import type { Freeze } from '#core/freeze-model.ts';
import { proveEvents } from '#core/integrity/prove-events.ts';
import type { PackReport, PackRequest } from '#core/model.ts';
import { listActivity, recordActivity } from '#core/store/activity.ts';
import { recordFreeze } from '#core/store/freezes.ts';
import { readSigningKey } from '#core/store/signing-keys.ts';
import { createReviewReader, readKept, readLeaversList } from './pack-reviews.ts';
import { keyIsAway, openSigner, readSeal } from './signing.ts';

/**
 * Makes an evidence pack in the folder `into`, with what was done in the application so far, and notes that. `given` are
 * the files that a person hands over for it; days that are not said are those of the workspace's settings.
 */
export async function packInto(
  into: string,
  request: PackRequest,
  context: CallContext,
  given: { leavers: { path: string; slaDays: number | null } | null; redactionKey: string | null },
): Promise<PackReport> {
  const { signal, progress } = context;
  // PDF and workbook writers take a third of a second to load: only a pack waits for them.
  const { createPack } = await import('#core/evidence/create-pack.ts');
  const review = context.review();
  try {
    const activity = listActivity(review);
    const kept = readKept(review);
    const leavers =
      given.leavers &&
      readLeaversList(given.leavers.path, request.zone, given.leavers.slaDays ?? kept.settings.slaDays);
    const reviews = createReviewReader(request, { ...kept, leavers });
    const { readSecret } = await import('#core/evidence/redaction.ts');
    const redactionSecret = readSecret(given.redactionKey);
    const signer = await openSigner(context);
    const prove: Prover = (uids, log) => proveEvents(context.reader(), uids, log, context);
    const freeze = (what: Freeze) => recordFreeze(review, what);
    const own = { into, signal, progress, activity, reviews, signer, prove, redactionSecret, freeze };
    const report = await createPack(context.reader(), request, own);
    const { packId, folder, events, sampled, root, categories, freeze: noted } = report;
    const figures = { folder, events, sampled, root, categories, freeze: noted };
    recordActivity(review, 'pack', { packId, ...request, ...figures, ...readSeal(report) });
    if (!signer && readSigningKey(review)) report.warnings.unshift(keyIsAway);
    return report;
  } finally {
    review.close();
  }
}
