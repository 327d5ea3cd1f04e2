// The register of exceptions, in review.db. Nothing is overwritten: each version is an activity, whose hash covers it, and
// the newest of a number counts.

import { AppError } from '#core/errors.ts';
import type { ExceptionWords, RegisteredException } from '#core/register-model.ts';
import { formatUtc } from '#core/time.ts';
import { recordActivity } from './activity.ts';
import type { Store } from './open.ts';

/** A version to be kept; `id` null begins a new exception. */
export type NewException = ExceptionWords & { id: number | null; person: string };

type Kept = ExceptionWords & { id: number; person: string };

/**
 * Keeps a version in a review file opened for writing and gives its number. Throws AppError('not-found') for a number
 * that no exception has.
 */
export function saveException(review: Store, { id, ...words }: NewException): number {
  const save = review.db.transaction(() => {
    const known = readVersions(review);
    const last = Math.max(0, ...known.map((one) => one.id));
    if (id !== null && !known.some((one) => one.id === id))
      throw new AppError('not-found', `There is no exception ${id}. The last one is ${last}.`);
    const number = id ?? last + 1;
    recordActivity(review, 'exception', { id: number, ...words });
    return number;
  });
  return save.immediate();
}

/** The newest version of each exception, by number. */
export function listExceptions(review: Store): RegisteredException[] {
  const newest = new Map<number, RegisteredException>();
  for (const version of readVersions(review)) {
    newest.set(version.id, { ...version, versions: (newest.get(version.id)?.versions ?? 0) + 1 });
  }
  return [...newest.values()].sort((a, b) => a.id - b.id);
}

/** Every version of one exception, oldest first. */
export function listExceptionVersions(review: Store, id: number): RegisteredException[] {
  return readVersions(review)
    .filter((version) => version.id === id)
    .map((version, at) => ({ ...version, versions: at + 1 }));
}

function readVersions({ db }: Store): RegisteredException[] {
  const rows = db
    .prepare(`SELECT at, person, detail FROM activity WHERE action = 'exception' ORDER BY id`)
    .all() as { at: number; person: string; detail: string }[];
  return rows.map(({ at, person: account, detail }) => ({
    ...(JSON.parse(detail) as Kept),
    at: formatUtc(at),
    account,
    versions: 1,
  }));
}
