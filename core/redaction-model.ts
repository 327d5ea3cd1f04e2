// Who stays named in a pack.

import type { Category } from './model.ts';

/** Who stays named in a pack; everybody else gets a pseudonym. */
export type RedactionRequest = {
  /** Names as the log has them, compared without case. */
  people: readonly string[];
  /** Whoever acts in an event of these categories, or is its subject, stays named, too. */
  categories: readonly Category[];
  /** Further names to redact: display names and the like, which no event is recorded under. */
  also: readonly string[];
};
