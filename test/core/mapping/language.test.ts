// The language of presets: paths, fields, cells and lists of events, each by what it makes of a record.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FieldSpec } from '#core/mapping/form.ts';
import { type Mapped, mostParts } from '#core/mapping/map.ts';
import { at, eventsOf, mapCsv, mapJson, type Parts } from './small-preset.ts';

/** The value a field spec gives for a record. */
const fieldOf = (spec: FieldSpec, record: object) =>
  (eventsOf(mapJson({ ...at, ...record }, { fields: { actor: spec } }))[0] as { actor: string | null }).actor;

describe('a path', () => {
  it('goes through keys, dots in keys, slashes in keys and list indexes', () => {
    expect(fieldOf('a/b', { a: { b: 1 } })).toBe('1');
    expect(fieldOf('addr.remote', { 'addr.remote': 'x' })).toBe('x');
    expect(fieldOf('a~1b', { 'a/b': 'x' })).toBe('x');
    expect(fieldOf('resources/1/ARN', { resources: [{}, { ARN: 'x' }] })).toBe('x');
    expect(fieldOf('a/b/c', { a: 'text' })).toBe(null);
    expect(fieldOf('constructor/name', {})).toBe(null);
  });

  it('takes the key that another member of the same object names', () => {
    expect(fieldOf('entity/{type}/name', { entity: { type: 'user', user: { name: 'x' } } })).toBe('x');
    expect(fieldOf('entity/{type}/name', { entity: { type: 'file', user: { name: 'x' } } })).toBe(null);
    expect(fieldOf('entity/{type}/name', { entity: { user: { name: 'x' } } })).toBe(null);
  });

  it('compares keys without case and separators only where the variant is loose', () => {
    const record = { T: at.t, A: 'x', 'Actor-Name': { Id: 'me' } };
    const fields = { actor: 'actor_name/id' };
    expect(eventsOf(mapJson(record, { fields }))).toEqual(['it has no event name']);
    expect(eventsOf(mapJson(record, { fields, variant: { loose: true } }))).toMatchObject([{ actor: 'me' }]);
  });
});

describe('a field', () => {
  it('is the first of a list that has a value', () => {
    expect(fieldOf(['n', 'e', 'u', 'v'], { n: null, e: '', v: 'x' })).toBe('x');
  });

  it('is cut, decoded or replaced', () => {
    expect(fieldOf({ from: 'v', match: '^(.*):\\d+$' }, { v: '10.0.0.1:22' })).toBe('10.0.0.1');
    expect(fieldOf({ from: 'v', match: '^(.*):\\d+$' }, { v: 'none' })).toBe(null);
    expect(fieldOf({ from: 'v', decode: 'json' }, { v: '"Global Reader"' })).toBe('Global Reader');
    expect(fieldOf({ from: 'v', decode: 'json' }, { v: '["b", "a"]' })).toBe('["b","a"]');
    expect(fieldOf({ from: 'v', decode: 'json' }, { v: 'plain' })).toBe('plain');
    expect(fieldOf({ from: 'v', values: { '0': 'regular' } }, { v: 0 })).toBe('regular');
    expect(fieldOf({ from: 'v', values: { a: 'b' } }, { v: 'c' })).toBe('c');
  });

  it('is joined only when each part is there', () => {
    const spec: FieldSpec = { join: [{ always: 'add' }, 'v'], by: ' ' };
    expect(fieldOf(spec, { v: 'access' })).toBe('add access');
    expect(fieldOf(spec, {})).toBe(null);
  });

  it('depends on another one, or on its text', () => {
    expect(fieldOf({ always: 'node', when: 'v' }, { v: 'x' })).toBe('node');
    expect(fieldOf({ always: 'node', when: 'v' }, { v: '' })).toBe(null);
    const byText: FieldSpec = [{ from: 'team', when: 'a', matches: '^x' }, 'repo'];
    expect(fieldOf(byText, { team: 't', repo: 'r' })).toBe('t');
    expect(fieldOf(byText, { a: 'y', team: 't', repo: 'r' })).toBe('r');
  });

  it('is found in a list of named values, by the order of the names wanted', () => {
    const spec: FieldSpec = { in: 'p', where: { name: ['B', 'A'] }, take: ['value', 'flag'] };
    const a = { name: 'A', value: '1' };
    expect(fieldOf(spec, { p: [a, { name: 'B', flag: false }] })).toBe('false');
    expect(fieldOf(spec, { p: [a, { name: 'B', value: '' }] })).toBe('1');
    expect(fieldOf(spec, { p: a })).toBe('1');
    expect(fieldOf(spec, { p: [null, 'A', ['A'], { name: 'C', value: '1' }] })).toBe(null);
  });
});

describe('CSV cells', () => {
  it('that hold JSON are looked into, and are no value where they hold something else', () => {
    const parts = { variant: { parse: ['Data'] }, fields: { actor: 'Data/user/name' } };
    expect(eventsOf(mapCsv({ ...at, Data: '{"user":{"name":"x"}}' }, parts))).toMatchObject([{ actor: 'x' }]);
    for (const Data of ['', '{', '[]', 'null', `${'['.repeat(5000)}${']'.repeat(5000)}`])
      expect(eventsOf(mapCsv({ ...at, Data }, parts))).toMatchObject([{ actor: null }]);
  });

  it('in numbered columns are a list, without the places that are empty', () => {
    const parts = {
      variant: {
        lists: { targets: { members: { type: 'target#.type', name: 'target#.name' }, first: 0, last: 2 } },
        each: 'targets',
      },
      fields: { targetName: '@/name', subject: { in: 'targets', where: { type: 'User' }, take: 'name' } },
    };
    const cells = {
      'target0.type': 'Group',
      'target0.name': 'g',
      'target1.type': '',
      'target1.name': '',
      'target2.type': 'User',
      'target2.name': 'u',
    };
    expect(eventsOf(mapCsv({ ...at, ...cells }, parts))).toMatchObject([
      { targetName: 'g', subject: 'u' },
      { targetName: 'u', subject: 'u' },
    ]);
  });

  it('may have a slash in the column, which is then no path', () => {
    expect(
      eventsOf(mapCsv({ ...at, 'Node / Resource': 'n1' }, { fields: { targetName: 'Node / Resource' } })),
    ).toMatchObject([{ targetName: 'n1' }]);
  });
});

describe('a record with a list of events', () => {
  const parts = {
    variant: { each: 'events' },
    fields: { action: ['@/name', 'a'], vendorId: 'id' },
  };
  const shape = (mapped: Mapped[]) =>
    mapped.map((one) => [
      one.part,
      'event' in one ? one.event.action : one.reason,
      'event' in one && one.vendorId,
    ]);

  it('becomes one event for each element, numbered from 1', () => {
    expect(shape(mapJson({ ...at, id: 'i', events: [{ name: 'p' }, { name: 'q' }] }, parts))).toEqual([
      [1, 'p', 'i#1'],
      [2, 'q', 'i#2'],
    ]);
  });

  it('is one event without a number where the list has one element, is empty or is missing', () => {
    expect(shape(mapJson({ ...at, id: 'i', events: [{ name: 'p' }] }, parts))).toEqual([[0, 'p', 'i']]);
    expect(shape(mapJson({ ...at, id: 'i', events: { name: 'p' } }, parts))).toEqual([[0, 'p', 'i']]);
    for (const events of [[], null, 'text', undefined])
      expect(shape(mapJson({ ...at, id: 'i', events }, parts))).toEqual([[0, 'x', 'i']]);
  });

  it('is split for certain event names only, where the preset says so', () => {
    const some = { variant: { each: 'list', eachOnly: '^update' }, fields: { field: '@/name' } };
    const list = [{ name: 'p' }, { name: 'q' }];
    const fieldsOf = (record: object) =>
      eventsOf(mapJson({ ...at, ...record }, some)).map((event) => typeof event !== 'string' && event.field);
    expect(fieldsOf({ a: 'Update user', list })).toEqual(['p', 'q']);
    expect(fieldsOf({ a: 'Add user', list })).toEqual([null]);
    expect(fieldsOf({ a: 'Add user', list: [{ name: 'p' }] })).toEqual(['p']);
  });

  it('gives the reason for each element that is no event', () => {
    const events = [{ name: 'p' }, { name: ' ' }, { name: 'q' }];
    expect(shape(mapJson({ t: at.t, events }, parts))).toEqual([
      [1, 'p', null],
      [2, 'it has no event name', false],
      [3, 'q', null],
    ]);
  });

  it('is refused where it lists more events than may be stored with the whole record each', () => {
    const events = Array.from({ length: mostParts + 1 }, () => ({ name: 'p' }));
    expect(shape(mapJson({ ...at, events }, parts))).toEqual([
      [0, 'it lists 1001 events, more than 1000', false],
    ]);
  });
});

describe('mapping', () => {
  it('never throws, whatever stands in the place of a field', () => {
    const parts: Parts = {
      variant: { each: 'list' },
      fields: {
        time: [{ from: 't', dates: 'day-first' }, '@/t'],
        action: ['a', '@/a'],
        actor: ['who/{type}/name', { join: ['who/a', 'who/b'], by: ' ' }],
        subject: { in: 'who', where: { type: ['a', 'b'], name: 'c' }, take: ['value', 'name'] },
        oldValue: { from: 'v', decode: 'json' },
        newValue: { from: 'v', match: '(.)', values: { a: 'b' } },
        outcome: { from: 'r', present: 'failure' },
      },
      actions: [{ match: '.', category: 'access.changed', grantCategory: 'access.granted', access: 'set' }],
    };
    const name = fc.constantFrom('t', 'a', 'list', 'who', 'type', 'name', 'v', 'r', 'value', '__proto__');
    const { node } = fc.letrec((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom('2026-01-05', '1/2/2026', '[1', 'a', null, 1767607200, 'system', '\ud800'),
        fc.string(),
        fc.double(),
        fc.boolean(),
        fc.array(tie('node')),
        fc.dictionary(name, tie('node')),
      ),
    }));
    fc.assert(
      fc.property(fc.dictionary(name, node), (record) => {
        const parsed = JSON.parse(JSON.stringify(record)) as object;
        for (const one of mapJson(parsed, parts)) expect('event' in one || one.reason.length > 0).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
