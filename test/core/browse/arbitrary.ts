// Logs, filters, periods and sorts of every shape, for whoever compares an answer with a plain reading of all events.

import fc from 'fast-check';
import { outcomes } from '#core/model.ts';
import type { FilterTerm } from '#core/query/filter.ts';
import { sortKeys } from '#core/query/sort.ts';
import type { PlainEvent } from '../../support/filled-log.ts';

const hour = 3_600_000;
const zones = ['UTC', 'Europe/Berlin', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'America/Sao_Paulo'];
/** Around the days on which Berlin's and Lord Howe's clocks jump. */
const moments = ['2026-03-29T01:00:00Z', '2026-10-25T01:00:00Z', '2026-04-04T15:00:00Z'].map(Date.parse);
const people = ['alice@acme', 'Alice@acme', 'bob', 'Zoë', 'system', '50%_a'];
const names = ['press-01', 'Press-01', 'press-2', '4007'];

const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null, freq: 3 });
const event = (spread: number): fc.Arbitrary<PlainEvent> =>
  fc.record({
    time: fc
      .tuple(fc.constantFrom(...moments), fc.integer({ min: -20, max: 20 }))
      .map(([moment, step]) => moment + step * spread),
    source: fc.constantFrom('Plant A', 'plant b'),
    action: fc.constantFrom('Login', 'login', 'Name', 'node.*'),
    category: fc.constantFrom('access.granted', 'access.owner', 'auth.failure', 'other'),
    actor: orNull(fc.constantFrom(...people)),
    actorType: fc.constantFrom('human', 'service'),
    targetType: orNull(fc.constantFrom('device', 'Node')),
    targetId: orNull(fc.constantFrom('4007', '4008', 'x')),
    targetName: orNull(fc.constantFrom(...names)),
    subject: orNull(fc.constantFrom(...people)),
    field: orNull(fc.constantFrom('Name', 'Role')),
    ip: orNull(fc.constantFrom('10.0.0.1', '10.0.0.12', '::1')),
    outcome: fc.constantFrom(...outcomes),
    text: fc.constantFrom('Seeded 1', 'seeded 2', 'Größe', 'x "y" z', '日本'),
  });

const oneOf = <K extends FilterTerm['key']>(key: K, ...values: string[]) =>
  fc.record({ key: fc.constant(key), value: fc.constantFrom(...values), quoted: fc.boolean() });
const term: fc.Arbitrary<FilterTerm> = fc
  .oneof(
    oneOf('actor', ...people, 'ALICE*', '*o*', 'nobody', ''),
    oneOf('action', 'login', 'node.*', 'n*'),
    oneOf('category', 'access', 'auth.failure', 'billing'),
    oneOf('target', ...names, 'x', 'press*', ''),
    oneOf('type', 'device', 'NODE', ''),
    oneOf('source', 'plant a', '*B', 'none'),
    oneOf('field', 'name', ''),
    oneOf('subject', 'bob', 'a*', ''),
    oneOf('ip', '10.0.0.1*', '::1', ''),
    oneOf('outcome', ...outcomes),
    oneOf('before', '2026-04-01T00:00:00Z', '2026-03-29T01:30:00Z'),
    oneOf('after', '2026-03-20T00:00:00Z', '2026-03-29T00:30:00Z'),
    oneOf(null, 'seeded', 'SEEDED 1', 'größe', '"y"', '日', 'nowhere'),
  )
  .map((one) => ({ ...one, quoted: one.quoted || one.value === '' || /["\s]/.test(one.value) }));

const question = fc.record({
  terms: fc.array(term, { maxLength: 4 }),
  from: fc.constantFrom(null, null, '2026-03-01', '2026-03-29'),
  to: fc.constantFrom(null, null, '2026-03-29', '2026-10-25T00:30:00Z'),
  zone: fc.constantFrom(...zones),
  sort: fc.record({ by: fc.constantFrom(...sortKeys), direction: fc.constantFrom('asc', 'desc') }),
  first: fc.integer({ min: 0, max: 60 }),
  limit: fc.integer({ min: 1, max: 40 }),
  like: fc.constantFrom(null, 'A', 'press', '1'),
  most: fc.integer({ min: 1, max: 4 }),
});
export type Question = typeof question extends fc.Arbitrary<infer Q> ? Q : never;

/** Some imports, with questions to ask after each. */
export const log = fc
  .constantFrom(0, 60_000, hour / 2, 24 * hour, 40 * 24 * hour, 2000 * 24 * hour)
  .chain((spread) =>
    fc.array(
      fc.record({
        events: fc.array(event(spread), { maxLength: 40 }),
        questions: fc.array(question, { minLength: 10, maxLength: 10 }),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  );
