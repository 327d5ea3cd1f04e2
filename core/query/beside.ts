// The words of the filter that are about what people added beside the log: notes, tags and who is the same person. They are looked up in the
// review file each time, since it changes under a log that does not.

import { AppError } from '#core/errors.ts';
import { type Annotation, anyMapping } from '#core/event-model.ts';
import { parseUid } from '#core/integrity/identity.ts';
import { listAnnotations } from '#core/store/annotations.ts';
import { selectUid, toUid, type UidParts } from '#core/store/events.ts';
import { besideLog, type Store } from '#core/store/open.ts';
import type { CodeTest } from './compile.ts';
import { type FilterKey, type FilterTerm, parseFilter } from './filter.ts';
import { namesOfPersons } from './persons.ts';

export const besideKeys = ['person', 'tag', 'note'] as const satisfies readonly FilterKey[];
export type BesideKey = (typeof besideKeys)[number];
export type BesideTerm = Pick<FilterTerm, 'value' | 'quoted'> & { key: BesideKey };

export const isBesideKey = (key: FilterKey | null): key is BesideKey => besideKeys.some((one) => one === key);

/** Throws AppError('usage') for a term that can have no meaning. */
export function checkBesideTerm({ key, value }: BesideTerm): void {
  if (value !== '') return;
  if (key === 'person')
    throw new AppError(
      'usage',
      '“person:” needs a name. Write person:alice, or actor:"" for events without an actor.',
    );
  throw new AppError('usage', `“${key}:” needs a value. Write ${key}:* for every event that has a ${key}.`);
}

/** What an event's actor must be where persons are asked for. */
export function personTest(store: Store, terms: readonly BesideTerm[]): CodeTest {
  const names = JSON.stringify(namesOfPersons(store, terms));
  const sql = 'SELECT id FROM actor WHERE name IN (SELECT value FROM json_each(?))';
  return { column: 'actor', ids: { sql, params: [names] }, orNone: false };
}

/** The ids of the events of which one of the terms is true, ascending. */
export function besideIds(store: Store, terms: readonly BesideTerm[]): number[] {
  const tests = terms.map(createTest);
  const found = (besideLog(store, listAnnotations) ?? []).filter((one) => tests.some((test) => test(one)));
  const select = store.db.prepare(`SELECT e.id, ${selectUid} FROM event e WHERE e.uid_key = ?`);
  return found
    .flatMap(({ event }) => {
      const rows = select.all(parseUid(event)?.key ?? null) as (UidParts & { id: number })[];
      return rows.filter((row) => anyMapping(toUid(row)) === event).map(({ id }) => id);
    })
    .sort((a, b) => a - b);
}

/** Whole values without case, `*` for any text where it is not quoted. */
function createTest({ key, value, quoted }: BesideTerm): (one: Annotation) => boolean {
  const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const pattern = new RegExp(
    `^${quoted ? literal(value) : value.split('*').map(literal).join('.*')}$`,
    'isu',
  );
  return ({ note, tags }) =>
    key === 'tag' ? tags.some((tag) => pattern.test(tag)) : note !== '' && pattern.test(note);
}

/**
 * A text that becomes another one when an answer to this filter may have changed though the log has not: for the keys
 * under which answers are kept. Empty where the filter asks the log alone.
 */
export function besideStamp(store: Store, filter: string): string {
  if (!asksBeside(filter)) return '';
  const last = besideLog(store, ({ db }) => db.prepare('SELECT max(id) FROM activity').pluck().get());
  return `beside ${last ?? 0}`;
}

/** Whether a filter asks for more than the log. Throws AppError('usage') for one with a mistake. */
export const asksBeside = (filter: string): boolean =>
  parseFilter(filter).some(({ key }) => isBesideKey(key));

/** Refuses such a filter where the answer has to follow from the log alone. Throws AppError('usage'). */
export function refuseBeside(filter: string, what: string): void {
  const term = parseFilter(filter).find(({ key }) => isBesideKey(key));
  if (!term) return;
  throw new AppError(
    'usage',
    `${what} is made from the log alone, so that anybody can make it again: “${term.key}:” asks for what was added beside it. Take it out of the filter.`,
  );
}
