import { expect, test } from 'vitest';
import { createRestartPlan } from '../../main/restart-plan.ts';

test('each further death within a minute makes the pause longer, and the sixth ends it', () => {
  const plan = createRestartPlan();
  const delays = [0, 1, 2, 3, 4, 5].map((second) => plan.delayAfterDeath(second * 1000));
  expect(delays).toEqual([200, 400, 800, 1600, 3200, undefined]);
});

test('deaths of more than a minute ago are forgotten', () => {
  const plan = createRestartPlan();
  for (let minute = 0; minute < 20; minute++) expect(plan.delayAfterDeath(minute * 60_000)).toBe(200);
});
