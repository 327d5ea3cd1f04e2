// What may be said about the log's verification: never more than the last run of this session showed, and that it
// is older than the last import where it is.

import type { VerifyReport } from '#core/model.ts';
import type { Job } from '../engine/jobs.ts';
import { formatCounted } from '../words/numbers.ts';
import { formatMinute, inZone } from '../words/time.ts';

export type Verified = { kind: 'none' | 'passed' | 'failed'; words: string };

/** What the activity log has of a verification before this session. */
export type EarlierRun = { at: string; ok: boolean };

/** What may be said; `earlier` counts where none ran to its end in this session. */
export function verifiedState(jobs: readonly Job[], zone: string, earlier?: EarlierRun): Verified {
  const last = jobs.findLast((job) => job.name === 'verify.run' && job.state === 'done');
  if (!last || last.endedAt === null) {
    if (!earlier) return { kind: 'none', words: 'Log not verified yet' };
    const words = `Log last verified ${formatMinute(earlier.at, zone)}`;
    return earlier.ok ? { kind: 'none', words } : { kind: 'failed', words: `${words}, with failures` };
  }
  const { ok, checks, failures } = last.result as VerifyReport;
  const at = inZone(new Date(last.endedAt).toISOString(), zone);
  const when = at === null ? '' : ` ${at.clock.slice(0, 5)} ${at.offset}`;
  const grew = jobs.some(
    (job) => job.name.startsWith('imports.') && job.state === 'done' && (job.ended ?? 0) > last.began,
  );
  if (!ok)
    return {
      kind: 'failed',
      words: `Verification at${when}: ${formatCounted(failures.length, 'failure')}`,
    };
  const skipped = checks.filter((check) => check.status === 'skipped').length;
  if (skipped > 0)
    return { kind: 'none', words: `Log verified${when}, ${formatCounted(skipped, 'check')} skipped` };
  return grew
    ? { kind: 'none', words: `Log verified${when}, before the last import` }
    : { kind: 'passed', words: `Log verified${when}` };
}
