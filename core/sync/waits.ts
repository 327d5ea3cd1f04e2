// How long to wait before asking again: what the server says, else longer each time, never exactly as long as others.

/** The longest time, in ms, that a sync waits because a server asks it to; for longer it ends and says so. */
export const longestWait = 15 * 60_000;
const longestBackoff = 60_000;

/** Ms that a Retry-After header (RFC 9110: seconds or an HTTP date) asks for, seen from `now`; null without one. */
export function readRetryAfter(header: string | null, now: number): number | null {
  if (header === null) return null;
  const said = header.trim();
  if (/^\d+(\.\d+)?$/.test(said)) return Number(said) * 1000;
  const until = Date.parse(said);
  return Number.isNaN(until) ? null : Math.max(0, until - now);
}

/**
 * Ms until more requests are allowed, by headers such as X-RateLimit-Remaining and -Reset; null where some are left or
 * the headers are not there.
 */
export function readLimits(
  headers: { get(name: string): string | null },
  limits: { remaining: string; reset: string; resetIs: 'epoch-seconds' | 'seconds' } | null,
  now: number,
): number | null {
  if (!limits || headers.get(limits.remaining)?.trim() !== '0') return null;
  const reset = headers.get(limits.reset)?.trim() ?? '';
  if (!/^\d+(\.\d+)?$/.test(reset)) return null;
  const seconds = Number(reset);
  return Math.max(0, limits.resetIs === 'seconds' ? seconds * 1000 : seconds * 1000 - now);
}

/** Ms to wait before the try after `failed` ones: doubled each time, between half and all of it by chance. */
export function backoff(failed: number, first: number): number {
  const most = Math.min(longestBackoff, first * 2 ** (failed - 1));
  return most / 2 + Math.random() * (most / 2);
}

/** Resolves after `ms`, or rejects as soon as the signal is aborted. */
export function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal.addEventListener('abort', stop, { once: true });
  });
}

/** Ms that the clock behind a Date header is ahead of ours. Such a header is on average half a second old: less than two say nothing. */
export function skewOf(date: number, now: number): number {
  const skew = Math.round(date + 500 - now);
  return Math.abs(skew) < 2000 ? 0 : skew;
}
