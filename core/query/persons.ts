// Persons under several names: which names a term `person:` stands for, and which names look like one person's.

import type { Identity, IdentityProposal } from '#core/event-model.ts';
import { listIdentities, namesOfPerson } from '#core/store/identities.ts';
import { besideLog, type Store } from '#core/store/open.ts';
import type { FilterTerm } from './filter.ts';
import { wholeText } from './text.ts';

type Wanted = Pick<FilterTerm, 'value' | 'quoted'>;

/**
 * The names that terms stand for: all of a person's, where the person or one of the names is meant; and whatever else
 * has such a name. Values compare without case, `*` stands for any text where it is not quoted.
 */
export function namesOfPersons(store: Store, terms: readonly Wanted[]): string[] {
  if (terms.length === 0) return [];
  const identities = besideLog(store, listIdentities) ?? [];
  const names = new Set<string>();
  for (const { value, quoted } of terms) {
    const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    const wanted = new RegExp(
      `^${quoted ? literal(value) : value.split('*').map(literal).join('.*')}$`,
      'isu',
    );
    for (const { name, members } of identities)
      if ([name, ...members].some((one) => wanted.test(one))) for (const member of members) names.add(member);
    const { test, pattern } = wholeText({ value, quoted });
    const found = store.db.prepare(
      `SELECT name FROM actor WHERE name ${test} UNION SELECT text FROM term WHERE kind = 'subject' AND text ${test}`,
    );
    for (const name of found.pluck().all(pattern, pattern) as string[]) names.add(name);
  }
  return [...names].sort();
}

/** Whom a recorded name belongs to: the person it was merged into, else the name itself. */
export function createPersonLookup(store: Store): (name: string) => string {
  const identities = besideLog(store, listIdentities) ?? [];
  const persons = new Map(
    identities.flatMap(({ name, members }) => members.map((one) => [one, name] as const)),
  );
  return (name) => persons.get(name) ?? name;
}

/** Every name of whoever goes by a name that somebody wrote: in lower case, itself included. */
export function createNamesLookup(store: Store): (name: string) => ReadonlySet<string> {
  const identities = besideLog(store, listIdentities) ?? [];
  return (name) => namesOfPerson(identities, name);
}

const mostProposals = 500;

/** Names that nobody has merged and that may be one person's, by name. Systems and services are no persons. */
export function proposeIdentities(store: Store, identities: readonly Identity[]): IdentityProposal[] {
  const merged = new Set(identities.flatMap(({ members }) => members));
  const names = store.db
    .prepare(
      `SELECT name FROM actor WHERE type NOT IN ('system', 'service')
       UNION SELECT text FROM term WHERE kind = 'subject' AND text NOT IN
         (SELECT name FROM actor WHERE type IN ('system', 'service'))
       ORDER BY 1`,
    )
    .pluck()
    .all() as string[];
  const groups = new Map<string, string[]>();
  for (const name of names) {
    if (merged.has(name)) continue;
    const key = loginOf(name);
    if (key === '') continue;
    groups.set(key, [...(groups.get(key) ?? []), name]);
  }
  return [...groups.values()]
    .filter((members) => members.length > 1)
    .slice(0, mostProposals)
    .map((members) => ({
      reason:
        new Set(members.map((name) => name.trim().toLowerCase())).size === 1 ? 'same-address' : 'same-name',
      members,
    }));
}

/**
 * What a name is without the place it is valid in: before its @, and in an ARN of AWS the user, or the session of a role,
 * which single sign-on names after the person. In lower case.
 */
function loginOf(name: string): string {
  const trimmed = name.trim().toLowerCase();
  const inArn = /^arn:aws[\w-]*:(?:iam::\d*:user|sts::\d*:assumed-role)\/(?:.*\/)?([^/]+)$/.exec(
    trimmed,
  )?.[1];
  return (inArn ?? trimmed).split('@')[0] as string;
}
