// Failed logins and invalid keys, grouped by actor and by address: many against one, or one against many.

import { type Category, type EventQuery, type Outcome, outcomes } from '#core/model.ts';
import { compileQuery } from '#core/query/compile.ts';
import { type FilterKey, filterOfValues } from '#core/query/filter.ts';
import type { FailureGroup } from '#core/review-model.ts';
import { selectUid, toUid, type UidParts } from '#core/store/events.ts';
import type { Store } from '#core/store/open.ts';
import { formatUtc } from '#core/time.ts';
import { isAuthFailure } from './roles.ts';

const mostKeys = 100;

type Row = UidParts & {
  time: number;
  action: string;
  category: Category;
  outcome: number;
  actor: string | null;
  ip: string | null;
};
type Group = {
  count: number;
  first: Row;
  last: Row;
  actions: Map<string, number>;
  categories: Set<Category>;
  outcomes: Set<number>;
  others: Set<string>;
};

/**
 * Groups of the query's failures, first those by actor, then those by address, each the largest first. Call it inside
 * a transaction. Throws AppError('usage').
 */
export function findFailures(store: Store, query: EventQuery): FailureGroup[] {
  const { where, params } = compileQuery(store, query);
  const kinds = store.db.prepare('SELECT id, category, outcome FROM kind').all() as {
    id: number;
    category: Category;
    outcome: number;
  }[];
  const failing = kinds.filter(({ category, outcome }) =>
    isAuthFailure(category, outcomes[outcome] as Outcome),
  );
  const rows = store.db
    .prepare(
      `SELECT ${selectUid}, e.time, k.action, k.category, k.outcome, a.name AS actor, ip.text AS ip FROM event e
       JOIN kind k ON k.id = e.kind_id LEFT JOIN actor a ON a.id = e.actor_id LEFT JOIN term ip ON ip.id = e.ip_id
       WHERE ${where} AND e.kind_id IN (SELECT value FROM json_each(?)) ORDER BY e.time, e.uid_key, e.uid_tail`,
    )
    .iterate(...params, JSON.stringify(failing.map(({ id }) => id))) as IterableIterator<Row>;
  const groups = { actor: new Map<string | null, Group>(), ip: new Map<string | null, Group>() };
  for (const row of rows) {
    add(groups.actor, row.actor, row.ip, row);
    add(groups.ip, row.ip, row.actor, row);
  }
  return (['actor', 'ip'] as const).flatMap((by) =>
    [...groups[by]]
      .map(([key, group]) => describe(by, key, group))
      .sort((a, b) => b.count - a.count || ((a.key ?? '') < (b.key ?? '') ? -1 : 1)),
  );
}

function add(groups: Map<string | null, Group>, key: string | null, other: string | null, row: Row): void {
  let group = groups.get(key);
  if (!group) {
    group = {
      count: 0,
      first: row,
      last: row,
      actions: new Map(),
      categories: new Set(),
      outcomes: new Set(),
      others: new Set(),
    };
    groups.set(key, group);
  }
  group.count += 1;
  group.last = row;
  group.actions.set(row.action, (group.actions.get(row.action) ?? 0) + 1);
  group.categories.add(row.category);
  group.outcomes.add(row.outcome);
  if (other !== null) group.others.add(other);
}

function describe(by: 'actor' | 'ip', key: string | null, group: Group): FailureGroup {
  return {
    by,
    key,
    count: group.count,
    first: formatUtc(group.first.time),
    last: formatUtc(group.last.time),
    firstEvent: toUid(group.first),
    lastEvent: toUid(group.last),
    actions: [...group.actions]
      .map(([action, count]) => ({ action, count }))
      .sort((a, b) => b.count - a.count || (a.action < b.action ? -1 : 1)),
    others: group.others.size,
    otherKeys: [...group.others].sort().slice(0, mostKeys),
    filter: filterOf(by, key, group),
  };
}

/** Actions and outcomes are named where the category alone would find what succeeded, too. */
function filterOf(
  by: 'actor' | 'ip',
  key: string | null,
  { actions, categories, outcomes: found }: Group,
): string {
  const each = (name: FilterKey, values: Iterable<string>) =>
    [...values].map((value): [FilterKey, string] => [name, value]);
  const isPlain = !categories.has('auth.success');
  return filterOfValues([
    [by, key ?? ''],
    ...each('category', categories),
    ...(isPlain ? [] : each('action', actions.keys())),
    ...(isPlain
      ? []
      : each(
          'outcome',
          [...found].map((one) => outcomes[one] as Outcome),
        )),
  ]);
}
