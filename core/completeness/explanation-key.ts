// What an explanation is about, as text: one form for each kind. The text is stored for good, so what does not have
// its form is refused.

import { AppError } from '#core/errors.ts';
import { parseUid } from '#core/integrity/identity.ts';
import type { Explanation, ExplanationKind } from '#core/model.ts';
import type { Store } from '#core/store/open.ts';

const day = /^\d{4}-\d{2}-\d{2}$/;
const id = /^\d{1,15}$/;
const isUid = (text: string) => parseUid(text) !== null;

const forms: Record<ExplanationKind, { parts: number; is(part: string): boolean }> = {
  gap: { parts: 2, is: (part) => day.test(part) },
  silence: { parts: 1, is: (part) => day.test(part) },
  'id-gap': { parts: 2, is: (part) => id.test(part) },
  break: { parts: 2, is: isUid },
};

/** Throws AppError when the source is not of this log, or the key names nothing of its kind. */
export function checkExplanation(
  store: Store,
  { source, kind, key }: Pick<Explanation, 'source' | 'kind' | 'key'>,
): void {
  const { parts, is } = forms[kind];
  const written = key.split('/');
  if (written.length !== parts || !written.every(is))
    throw new AppError('usage', `“${key}” does not name a ${kind} that could be explained.`);
  const known = store.db.prepare('SELECT count(*) FROM source WHERE name = ?').pluck().get(source) as number;
  if (known === 0)
    throw new AppError('not-found', `This log has no source “${source}”. Open the screen again.`);
}
