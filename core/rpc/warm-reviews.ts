// What the thread of the reviews does of its own accord when an import has landed: carries its tracks and its ledger on,
// so that the next question does not wait for them.

import { readLedger } from '#core/access/ledger.ts';
import type { CallContext } from '#core/engine.ts';

export function warmReviews({ reader }: CallContext): void {
  const store = reader();
  store.db.transaction(() => readLedger(store))();
}
