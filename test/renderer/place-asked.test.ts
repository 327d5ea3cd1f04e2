// Going to a row or a date: what was typed, and what has to be counted to know the row.
import { describe, expect, test } from 'vitest';
import { type PlaceAsked, readPlace } from '../../renderer/events/place-asked.ts';
import type { Question } from '../../renderer/events/question.ts';
import { newestFirst } from '../../renderer/events/sorting.ts';

const newest: Question = {
  query: { filter: 'actor:a', from: null, to: null, zone: 'UTC' },
  sort: newestFirst,
};
const oldest: Question = { ...newest, sort: { by: 'time', direction: 'asc' } };
const filterOf = (place: PlaceAsked) => (place.kind === 'count' ? place.query.filter : place);

describe('what somebody asks to go to', () => {
  test.each(['12345', '12,345', '12 345', '12.345', ' 12’345 '])('%s is a row', (text) => {
    expect(readPlace(text, newest, 'UTC')).toEqual({ kind: 'row', row: 12_344 });
  });

  test('a day begins, newest first, behind all events that are later', () => {
    expect(filterOf(readPlace('2026-01-31', newest, 'UTC'))).toBe('actor:a after:2026-02-01T00:00:00.000Z');
    expect(filterOf(readPlace('2026-01-31', newest, 'Asia/Kolkata'))).toBe(
      'actor:a after:2026-01-31T18:30:00.000Z',
    );
  });

  test('and oldest first, behind all that are earlier', () => {
    expect(filterOf(readPlace('2026-01-31', oldest, 'UTC'))).toBe('actor:a before:2026-01-31T00:00:00.000Z');
  });

  test('an instant includes itself', () => {
    expect(filterOf(readPlace('2026-01-31 09:30', newest, 'UTC'))).toBe(
      'actor:a after:2026-01-31T09:30:00.001Z',
    );
  });

  test('what is neither is refused in words', () => {
    expect(readPlace('soon', newest, 'UTC')).toMatchObject({
      kind: 'refused',
      why: expect.stringContaining('not a date'),
    });
    expect(readPlace('0', newest, 'UTC')).toMatchObject({ kind: 'refused' });
    expect(readPlace(' ', newest, 'UTC')).toMatchObject({ kind: 'refused' });
  });

  test('a date needs a list in order of time', () => {
    const byActor: Question = { ...newest, sort: { by: 'actor', direction: 'asc' } };
    expect(readPlace('2026-01-31', byActor, 'UTC')).toMatchObject({
      kind: 'refused',
      why: expect.stringContaining('Sort it by time'),
    });
    expect(readPlace('7', byActor, 'UTC')).toEqual({ kind: 'row', row: 6 });
  });
});
