// Makes an evidence pack for the window and the command line: what people keep beside the log is read first, the pack is
// written, and the activity log notes it.

import type { CallContext } from '#core/engine.ts';
import type { PackReport, PackRequest } from '#core/model.ts';
import { listActivity, recordActivity } from '#core/store/activity.ts';
import { createReviewReader, readKept } from './pack-reviews.ts';

/** Makes an evidence pack in the folder `into`, with what was done in the application so far, and notes that. */
export async function packInto(
  into: string,
  request: PackRequest,
  context: CallContext,
): Promise<PackReport> {
  const { signal, progress } = context;
  // PDF and workbook writers take a third of a second to load: only a pack waits for them.
  const { createPack } = await import('#core/evidence/create-pack.ts');
  const review = context.review();
  try {
    const activity = listActivity(review);
    const reviews = createReviewReader(request, readKept(review));
    const report = await createPack(context.reader(), request, { into, signal, progress, activity, reviews });
    recordActivity(review, 'pack', { packId: report.packId, ...request });
    return report;
  } finally {
    review.close();
  }
}
