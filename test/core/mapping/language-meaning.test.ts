// What a preset makes of the fields it found: time, outcome, category, kind of actor, rights.

import { describe, expect, it } from 'vitest';
import { rightsSet } from '#core/mapping/rights.ts';
import { at, eventsOf, mapJson, presetOf } from './small-preset.ts';

describe('a time', () => {
  const timeOf = (time: object, record: object, zone: string | null = null) => {
    const [event] = eventsOf(mapJson({ ...at, ...record }, { fields: { time } }, zone));
    return typeof event === 'string'
      ? event
      : [new Date(event?.time ?? 0).toISOString(), event?.timeText, event?.timeBasis];
  };

  it('is the first that can be read, in the zone its own field has', () => {
    const spec = [{ from: 'sure', zone: 'UTC' }, 'loose'];
    expect(timeOf(spec, { sure: '2026-01-05T10:00:00', loose: 'x' }, 'Europe/Berlin')).toEqual([
      '2026-01-05T10:00:00.000Z',
      '2026-01-05T10:00:00',
      'declared',
    ]);
    expect(timeOf(spec, { sure: 'soon', loose: '2026-01-05T10:00:00' }, 'Europe/Berlin')).toEqual([
      '2026-01-05T09:00:00.000Z',
      '2026-01-05T10:00:00',
      'declared',
    ]);
    expect(timeOf(spec, { sure: 'soon', loose: 'later' })).toBe(
      'its time “soon” is not a date and time that can be read',
    );
    expect(timeOf(spec, {})).toBe('it has no time');
  });

  it('with day and month as numbers is read where one of them proves the order, or the preset says it', () => {
    expect(timeOf(['v'], { v: '9/20/2023 4:05:03 AM' })).toEqual([
      '2023-09-20T04:05:03.000Z',
      '9/20/2023 4:05:03 AM',
      'assumed',
    ]);
    expect(timeOf(['v'], { v: '9/10/2023 4:05:03 AM' })).toBe(
      'its time “9/10/2023 4:05:03 AM” does not say which number is the day: say it on the mapping screen, or with --dates',
    );
    const monthFirst = { from: 'v', zone: 'UTC', dates: 'month-first' };
    expect(timeOf(monthFirst, { v: '9/10/2023 4:05:03 PM' })[0]).toBe('2023-09-10T16:05:03.000Z');
    expect(timeOf({ ...monthFirst, dates: 'day-first' }, { v: '9/10/2023' })[0]).toBe(
      '2023-10-09T00:00:00.000Z',
    );
  });
});

describe('an outcome', () => {
  const outcome = [
    { from: 'result', success: ['OK'], failure: ['Denied'] },
    { from: 'error', present: 'failure', absent: 'success' },
  ];
  const of = (record: object, actions: object[] = []) =>
    (eventsOf(mapJson({ ...at, ...record }, { fields: { outcome }, actions }))[0] as { outcome: string })
      .outcome;

  it('is what the first field that knows says, by its texts or by being there', () => {
    expect(of({ result: 'ok' })).toBe('success');
    expect(of({ result: 'DENIED' })).toBe('failure');
    expect(of({ result: 'other', error: 'E1' })).toBe('failure');
    expect(of({})).toBe('success');
  });

  it('of the record wins over the one of the rule', () => {
    const rules = [{ names: ['x'], category: 'auth.success', outcome: 'success' }];
    expect(of({ result: 'denied' }, rules)).toBe('failure');
    const none = eventsOf(mapJson(at, { actions: rules }));
    expect(none).toMatchObject([{ outcome: 'success', category: 'auth.success' }]);
  });
});

describe('a rule', () => {
  const actions = [
    { match: '^iam', category: 'access.changed' },
    { names: ['iam.login', 'IAM Login'], category: 'auth.success', failureCategory: 'auth.failure' },
    { events: ['iam.a', 'iam.b'], category: 'credential' },
  ];
  const categoryOf = (a: string, record: object = {}) => {
    const fields = { outcome: { from: 'r', failure: ['no'] } };
    return (eventsOf(mapJson({ ...at, a, ...record }, { actions, fields }))[0] as { category: string })
      .category;
  };

  it('by name goes before one by expression, and no rule is other', () => {
    expect(categoryOf('Iam_Login')).toBe('auth.success');
    expect(categoryOf('iam.b')).toBe('credential');
    expect(categoryOf('IAM.other')).toBe('access.changed');
    expect(categoryOf('other')).toBe('other');
  });

  it('gives a failure another category where it has one', () => {
    expect(categoryOf('iam.login', { r: 'no' })).toBe('auth.failure');
    expect(categoryOf('iam.a', { r: 'no' })).toBe('credential');
  });

  it('needs a name, and an expression that is one', () => {
    expect(() => presetOf({ actions: [{ category: 'other' }] }, 'json')).toThrow(
      'needs names, events or match',
    );
    expect(() => presetOf({ actions: [{ match: '(', category: 'other' }] }, 'json')).toThrow(
      'is not a regular expression',
    );
  });
});

describe('the kind of actor', () => {
  it('is what the record says, else what the name says, and unknown where there is no actor', () => {
    const parts = {
      fields: { actor: 'who', actorType: { from: 'kind', human: ['User'], system: ['0'] } },
      preset: { actorTypes: [{ match: '\\[bot\\]$', type: 'service' }] },
    };
    const of = (record: object) =>
      (eventsOf(mapJson({ ...at, ...record }, parts))[0] as { actorType: string }).actorType;
    expect(of({ who: 'a', kind: 'user' })).toBe('human');
    expect(of({ who: 'a', kind: 0 })).toBe('system');
    expect(of({ who: 'renovate[bot]', kind: 'x' })).toBe('service');
    expect(of({ who: 'system' })).toBe('system');
    expect(of({ who: 'a' })).toBe('unknown');
    expect(of({ kind: 'user' })).toBe('unknown');
  });
});

describe('rights', () => {
  it('are read from lists, objects of booleans and separated text', () => {
    for (const text of ['["a","b"]', '{"a":true,"b":true,"c":false}', 'a, b', 'a;b'])
      expect(rightsSet(text)).toEqual(new Set(['a', 'b']));
    expect(rightsSet('Global Reader')).toEqual(new Set(['Global Reader']));
    expect(rightsSet(' ')).toEqual(new Set());
  });
});
