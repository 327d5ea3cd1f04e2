// What the screen of access reviews says, as words and sentences.

import type { Assignment, CampaignDecision, CampaignProgress, ProofState } from '#core/campaign-model.ts';
import type { MarkKind } from '../controls/mark.tsx';
import { formatCount, formatCounted } from '../words/numbers.ts';
import { formatDate, formatMinute } from '../words/time.ts';

export const decisionWords: Record<CampaignDecision, { word: string; key: string; about: string }> = {
  keep: { word: 'keep', key: 'K', about: 'The right is needed and stays.' },
  revoke: {
    word: 'revoke',
    key: 'R',
    about: 'The right is to be taken away; later imports show whether it was.',
  },
  change: { word: 'change', key: 'C', about: 'The right is to become another one; the note says which.' },
  escalate: { word: 'escalate', key: 'E', about: 'Somebody else has to decide; the entry stays pending.' },
};

export const proofWords: Record<ProofState, { word: string; mark: MarkKind; about: string }> = {
  proven: {
    word: 'proven',
    mark: 'passed',
    about: 'An event takes the right in time, and no later use was observed.',
  },
  late: { word: 'late', mark: 'attention', about: 'An event takes the right, but after the time allowed.' },
  contradicted: {
    word: 'contradicted',
    mark: 'failed',
    about:
      'The right was taken, but the person used the target afterwards. Where another right was still held then, judge whether the use was under that one.',
  },
  waiting: {
    word: 'no evidence yet',
    mark: 'skipped',
    about: 'No event of the imported logs takes the right.',
  },
};

export const assignmentWords: Record<Assignment['by'], string> = {
  all: 'every right',
  type: 'targets of the type',
  scope: 'targets in the project',
  subject: 'rights of the person',
  target: 'rights on the target',
};

/** `Spring: 279 rights as they were held at the end of 31 Jan 2026. 12 of them are still to be decided.` */
export function leadSentence(campaign: CampaignProgress): string {
  const { name, entries, at, zone, pending } = campaign;
  const what = `${name}: ${formatCounted(entries, 'right')} as held at the end of ${formatDate(at, zone)}.`;
  if (entries === 0) return `${what} There is nothing to decide.`;
  if (pending === 0) return `${what} All of them are decided.`;
  return `${what} ${formatCount(pending)} ${pending === 1 ? 'is' : 'are'} still to be decided.`;
}

/** What the log shows of the revocations of a closed review. */
export function proofSentence({ proofs, decisions, settings }: CampaignProgress): string | null {
  if (proofs === null) return null;
  const { revoke } = decisions;
  if (revoke === 0) return 'No right was to be taken away.';
  const parts = (Object.keys(proofWords) as ProofState[])
    .filter((state) => proofs[state] > 0)
    .map((state) => `${formatCount(proofs[state])} ${proofWords[state].word}`);
  return `Of ${formatCounted(revoke, 'right')} to be taken away within ${formatCounted(settings.slaDays, 'day')}: ${parts.join(', ')}, as far as the imported logs show. Import later exports to see more.`;
}

export const closedSentence = ({ closedAt, closedBy }: CampaignProgress, zone: string): string | null =>
  closedAt === null
    ? null
    : `Closed on ${formatMinute(closedAt, zone)} by ${closedBy}. Its decisions stay as they are.`;
