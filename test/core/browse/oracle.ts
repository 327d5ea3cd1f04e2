// What filters, sorting, facets and pages mean, the slow way: all events in memory, one by one, without SQL and
// without columns.

import type { FilterTerm } from '#core/query/filter.ts';
import type { Sort } from '#core/query/sort.ts';
import type { FacetKey, FacetValue } from '#core/query/summaries.ts';
import type { PlainEvent } from '../../support/filled-log.ts';

/** An event with its uid; lists of them are in the order of the log. */
export type Known = PlainEvent & { uid: string };

/** `before` and `after` terms are instants already. */
export function matches(event: Known, terms: readonly FilterTerm[]): boolean {
  const one = (term: FilterTerm): boolean => {
    const { value } = term;
    switch (term.key) {
      case null:
        return event.text.toLowerCase().includes(value.toLowerCase()) || 'text'.includes(value.toLowerCase());
      case 'before':
        return event.time < Date.parse(value);
      case 'after':
        return event.time >= Date.parse(value);
      case 'category':
        return event.category === value || event.category.startsWith(`${value}.`);
      case 'outcome':
        return event.outcome === value;
      case 'type':
        return same(event.targetType, term);
      case 'target':
        if (value === '') return !event.targetType && !event.targetId && !event.targetName;
        return same(event.targetId, term) || same(event.targetName, term);
      case 'person':
      case 'tag':
      case 'note':
        throw new Error('What people add beside the log has tests of its own.');
      default:
        return same(event[term.key], term);
    }
  };
  const keys = new Set(terms.map(({ key }) => key));
  return [...keys].every((key) => {
    const group = terms.filter((term) => term.key === key);
    const narrows = key === null || key === 'before' || key === 'after';
    return narrows ? group.every(one) : group.some(one);
  });
}

function same(value: string | null, { value: wanted, quoted }: FilterTerm): boolean {
  if (value === null || wanted === '') return value === null && wanted === '';
  const parts = quoted ? [wanted] : wanted.split('*');
  const pattern = parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('[^]*');
  return new RegExp(`^${pattern}$`, 'i').test(value);
}

/** Newest first where equal; without a text last, whatever the direction. */
export function sorted(events: readonly Known[], { by, direction }: Sort): Known[] {
  const byTime = events.map((event, at) => ({ event, at }));
  byTime.sort((a, b) => a.event.time - b.event.time || a.at - b.at);
  const oldest = byTime.map(({ event }) => event);
  if (by === 'time') return direction === 'asc' ? oldest : oldest.reverse();
  const textOf = (event: Known) => (by === 'target' ? (event.targetName ?? event.targetId) : event[by]);
  const sign = direction === 'asc' ? 1 : -1;
  return oldest.reverse().sort((a, b) => {
    const [left, right] = [textOf(a), textOf(b)];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    const [plainLeft, plainRight] = [left.toLowerCase(), right.toLowerCase()];
    if (plainLeft !== plainRight) return plainLeft < plainRight ? -sign : sign;
    return left === right ? 0 : left < right ? -sign : sign;
  });
}

/** Every value of a facet, the most frequent first. `everything` says which type an actor was first seen with. */
export function facet(
  events: readonly Known[],
  everything: readonly Known[],
  key: FacetKey,
  like: string | null,
): FacetValue[] {
  const values = new Map<string, FacetValue>();
  const labels = new Map<string, string>();
  const keyOf = (event: Known) => {
    const { targetType, targetId, targetName } = event;
    return key === 'target'
      ? JSON.stringify([targetType, targetId ?? targetName])
      : JSON.stringify(plain(event));
  };
  const plain = (event: Known) => (key === 'type' ? event.targetType : key === 'target' ? null : event[key]);
  for (const event of everything) {
    const name = event.targetName;
    if (name !== null && (labels.get(keyOf(event)) ?? '') < name) labels.set(keyOf(event), name);
  }
  for (const event of events) {
    const id = keyOf(event);
    const value = key === 'target' ? (event.targetId ?? event.targetName) : plain(event);
    const label = key === 'target' ? (labels.get(id) ?? null) : null;
    const seen = everything.find((one) => one.actor !== null && one.actor === event.actor)?.actorType ?? null;
    const type = key === 'target' ? event.targetType : key === 'actor' ? seen : null;
    const known = values.get(id);
    if (known) known.count += 1;
    else values.set(id, { value, label: label === value ? null : label, type, count: 1 });
  }
  const wanted = (like ?? '').toLowerCase();
  const shown = ({ value, label }: FacetValue) => label ?? value ?? '￿';
  return [...values.values()]
    .filter(
      ({ value, label }) => wanted === '' || `${value ?? ''}\n${label ?? ''}`.toLowerCase().includes(wanted),
    )
    .sort(
      (a, b) =>
        b.count - a.count ||
        order(shown(a), shown(b)) ||
        order(a.value ?? '￿', b.value ?? '￿') ||
        order(a.type ?? '￿', b.type ?? '￿'),
    );
}

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
