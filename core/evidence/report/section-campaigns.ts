// Section 7: the access reviews of the period: who decided what, how far each is, and what the log shows of the rights
// that were to be taken away.

import { campaignDecisions, proofStates } from '#core/campaign-model.ts';
import type { PackFacts } from '../facts.ts';
import type { CampaignFact } from '../review-facts.ts';
import { formatCount, formatShare, plural } from '../wording.ts';
import { type Canvas, styles } from './canvas.ts';
import { drawReview } from './sections-reviews.ts';
import { drawPairs, fixed, share, type TableCell } from './table.ts';

export function drawCampaigns(canvas: Canvas, facts: PackFacts): void {
  const { campaigns } = facts.reviews;
  if (campaigns.length === 0) return;
  canvas.newPage('landscape');
  canvas.heading(1, '7  User access review');
  canvas.paragraph(
    `${plural(campaigns.length, 'review')} of access froze the rights of an instant in the period. A reviewer never decides on an own right, and a review with pending rows cannot be closed.`,
  );
  for (const campaign of campaigns) drawCampaign(canvas, campaign);
  drawReview(
    canvas,
    facts,
    'R-09',
    [
      share('Subject and right', 1.2),
      share('Target', 1.1),
      fixed('Reviewer', 90),
      fixed('Decision', 56),
      share('Note', 1.2),
      fixed('Decided', 112),
      share('What the log shows', 1.4),
    ],
    (row) => [
      lines(row.subject, row.right),
      lines(row.targetName ?? row.targetId, row.targetType),
      lines(row.reviewer, row.review),
      row.decision === null ? 'pending' : String(row.decision),
      row.note === null ? null : String(row.note),
      lines(row.decidedBy, row.decidedAt),
      lines(row.proof, row.reason),
    ],
  );
}

function drawCampaign(canvas: Canvas, one: CampaignFact): void {
  canvas.heading(2, one.name, 150);
  const done = one.entries - one.pending;
  const pace =
    one.medianSeconds === null
      ? 'fewer than two decisions of one person'
      : `the middle one of all waits is ${one.medianSeconds.toFixed(0)} s; ${plural(one.quick, 'decision')} came within 2 s of the one before, or together with it`;
  drawPairs(canvas, [
    ['Rights as of', `the end of ${one.at}, ${one.zone}${one.filter === '' ? '' : `; filter ${one.filter}`}`],
    ['Frozen', `${one.openedAt} by ${one.person}; ${plural(one.entries, 'row')}`],
    ['SHA-256 of the rows', [{ text: one.entriesHash, style: { ...styles.mono, size: 7, leading: 12 } }]],
    ['Decided', `${formatCount(done)} of ${formatCount(one.entries)} (${formatShare(done, one.entries)})`],
    ['Decisions', campaignDecisions.map((word) => `${word} ${formatCount(one.decisions[word])}`).join(', ')],
    ['Pace', pace],
    ['Closed', one.closedAt === null ? 'not yet' : `${one.closedAt} by ${one.closedBy}`],
    [
      'Revocations',
      one.proofs === null
        ? 'shown by the log once the review is closed'
        : proofStates.map((state) => `${state} ${formatCount(one.proofs?.[state] ?? 0)}`).join(', '),
    ],
  ]);
}

function lines(...texts: (string | number | null | undefined)[]): TableCell {
  return texts.flatMap((text, at) =>
    text == null ? [] : [at === 0 ? { text: String(text) } : { text: String(text), style: styles.small }],
  );
}
