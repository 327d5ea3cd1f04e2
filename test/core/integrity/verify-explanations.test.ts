import { expect, it, onTestFinished } from 'vitest';
import { verifyLog } from '#core/integrity/verify-log.ts';
import { addExplanation } from '#core/store/explanations.ts';
import { openReview } from '#core/store/open.ts';
import { openTemporaryStore } from '../../support/workspace.ts';

it('finds an explanation that was changed afterwards', async () => {
  const store = openTemporaryStore();
  const review = openReview(store.folder, { mode: 'write' });
  onTestFinished(() => review.close());
  addExplanation(review, {
    source: 'Flowtriq',
    kind: 'gap',
    key: '2026-01-11/2026-01-31',
    zone: 'UTC',
    person: 'Maria Fernandez',
    note: 'Not known.',
  });
  const verify = () => verifyLog(store, review, { signal: new AbortController().signal, progress: () => {} });
  expect((await verify()).checks.find(({ name }) => name === 'activity')?.status).toBe('passed');

  review.db.exec("DROP TRIGGER explanation_no_update; UPDATE explanation SET note = 'The plant was closed.'");
  const { ok, failures } = await verify();
  expect(ok).toBe(false);
  expect(failures).toMatchObject([{ check: 'activity', where: 'explanation 1' }]);
});
