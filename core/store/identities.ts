// Who is the same person under several names, in review.db. Nothing is overwritten: each version is an activity, whose
// hash covers it, and the newest of a name counts. Merging is for reading: the log stays as it is.

import { AppError } from '#core/errors.ts';
import type { Identity } from '#core/event-model.ts';
import { formatUtc } from '#core/time.ts';
import { recordActivity } from './activity.ts';
import type { Store } from './open.ts';

export type NewIdentity = Pick<Identity, 'name' | 'members' | 'person'>;

/**
 * Merges names into one person, or takes them apart where there are no members, in a review file opened for writing.
 * Throws AppError('usage') for one name alone, and for one that is another person's already.
 */
export function saveIdentity(review: Store, { name, members, person }: NewIdentity): void {
  const given = [...new Set(members)];
  if (given.length === 1)
    throw new AppError(
      'usage',
      'A person is merged of two names at least. Add another name, or take it apart.',
    );
  const taken = listIdentities(review).filter((one) => one.name !== name);
  for (const member of given) {
    const other = taken.find((one) => one.members.includes(member));
    if (other)
      throw new AppError('usage', `“${member}” belongs to “${other.name}” already. Take it out there first.`);
  }
  recordActivity(review, 'identity', { name, members: given, person });
}

/** The persons that are merged now, by name. */
export function listIdentities({ db }: Store): Identity[] {
  const rows = db
    .prepare(`SELECT at, person, detail FROM activity WHERE action = 'identity' ORDER BY id`)
    .all() as { at: number; person: string; detail: string }[];
  const newest = new Map<string, Identity>();
  for (const { at, person: account, detail } of rows) {
    const version = JSON.parse(detail) as NewIdentity;
    newest.set(version.name, { ...version, at: formatUtc(at), account });
  }
  return [...newest.values()]
    .filter(({ members }) => members.length > 0)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

const fold = (name: string): string => name.trim().toLowerCase();

/**
 * Every name of whoever goes by this one, compared without case: of all persons that are called so or have it among
 * their names. In lower case, itself included.
 */
export function namesOfPerson(identities: readonly Identity[], name: string): Set<string> {
  const wanted = fold(name);
  const theirs = identities
    .map(({ name: person, members }) => [person, ...members].map(fold))
    .filter((names) => names.includes(wanted));
  return new Set([wanted, ...theirs.flat()]);
}
