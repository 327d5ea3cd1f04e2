// What reviews of this workspace are measured by: working hours, dormancy, privileged rights, and how long a right may
// outlive its end. Kept in the workspace, so that everybody who opens it sees the same figures.

import { type ReviewSettings, usualSettings } from '#core/review-model.ts';
import { connection, queries, useAnswer } from '../engine/engine.ts';

/** Null until they are known: nothing is judged by settings that may not count. */
export function useSettings(): ReviewSettings | null {
  const answer = useAnswer('review.settings', {});
  // A review file that cannot be read is told where something is written to it; the usual settings are said on screen.
  return answer.data?.settings ?? (answer.error ? usualSettings : null);
}

/** Sets them for this workspace. */
export async function saveSettings(settings: ReviewSettings): Promise<void> {
  const client = await connection.client();
  const kept = await client.command('review.saveSettings', {
    ...settings,
    privileged: [...settings.privileged],
  });
  queries.setQueryData(['review.settings', {}], kept);
}
