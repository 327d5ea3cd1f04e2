// The status line claims no more than the last verification of the session showed.
import { describe, expect, test } from 'vitest';
import type { VerifyReport } from '#core/model.ts';
import type { Job } from '../../renderer/engine/jobs.ts';
import { verifiedState } from '../../renderer/integrity/verified.ts';

const at = Date.UTC(2026, 10, 21, 10, 42);

function job(name: Job['name'], change: Partial<Job>): Job {
  const done = {
    id: 1,
    name,
    about: '',
    state: 'done',
    stopping: false,
    progress: null,
    rate: null,
    error: null,
  };
  return { ...done, startedAt: at - 1000, endedAt: at, began: 4000, ended: 5000, ...change } as Job;
}
const verified = (report: Partial<VerifyReport>, change: Partial<Job> = {}): Job =>
  job('verify.run', { result: { ok: true, checks: [], failures: [], ...report }, ...change });

describe('the log', () => {
  test('was verified in an earlier session where none of this one ran to its end', () => {
    const earlier = { at: '2026-11-20T10:42:00.000Z', ok: true };
    expect(verifiedState([], 'UTC', earlier)).toEqual({
      kind: 'none',
      words: 'Log last verified 2026-11-20 10:42 UTC',
    });
    expect(verifiedState([], 'UTC', { ...earlier, ok: false }).kind).toBe('failed');
    expect(verifiedState([verified({})], 'UTC', earlier).kind).toBe('passed');
  });

  test('is not verified before a verification ran to its end', () => {
    expect(verifiedState([], 'UTC')).toEqual({ kind: 'none', words: 'Log not verified yet' });
    expect(verifiedState([verified({}, { state: 'cancelled', result: null })], 'UTC').kind).toBe('none');
  });

  test('is verified as of a time in the chosen zone', () => {
    expect(verifiedState([verified({})], 'UTC')).toEqual({ kind: 'passed', words: 'Log verified 10:42 UTC' });
    expect(verifiedState([verified({})], 'Europe/Berlin').words).toBe('Log verified 11:42 +01:00');
  });

  test('with failures is not verified, and they are counted', () => {
    const failures = [{ check: 'records', where: 'import 1, line 3', detail: 'differs' }];
    expect(verifiedState([verified({ ok: false, failures })], 'UTC')).toEqual({
      kind: 'failed',
      words: 'Verification at 10:42 UTC: 1 failure',
    });
  });

  test('with a check skipped is not called verified without saying so', () => {
    const checks = [{ name: 'signature', status: 'skipped' as const, detail: '' }];
    expect(verifiedState([verified({ checks })], 'UTC')).toEqual({
      kind: 'none',
      words: 'Log verified 10:42 UTC, 1 check skipped',
    });
  });

  test('that grew since is said to be older than the last import', () => {
    const jobs = [verified({}), job('imports.run', { endedAt: at - 3_600_000, ended: 9000 })];
    expect(verifiedState(jobs, 'UTC')).toEqual({
      kind: 'none',
      words: 'Log verified 10:42 UTC, before the last import',
    });
  });
});
