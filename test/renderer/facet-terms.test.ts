// The panel of values writes into the filter's text what its language can say, and takes back exactly that.
import { describe, expect, test } from 'vitest';
import { canChoose, toggleValue, withoutKey, withoutTerm } from '../../renderer/events/facet-terms.ts';

const plain = (value: string | null, label: string | null = null) => ({ value, label });

describe('a value in the filter', () => {
  test('is added whole, and taken back with every spelling of it', () => {
    expect(toggleValue('press-07', 'actor', plain('a "b" *'))).toBe('press-07 actor:"a \\"b\\" *"');
    expect(toggleValue('x ACTOR:Alice actor:"alice" actor:bob', 'actor', plain('alice'))).toBe('x actor:bob');
    expect(toggleValue('', 'ip', plain(null))).toBe('ip:""');
    expect(toggleValue('ip:""', 'ip', plain(null))).toBe('');
  });

  test('is a target by its id or its name', () => {
    expect(toggleValue('target:press-07', 'target', plain('4007', 'press-07'))).toBe('');
    expect(toggleValue('target:4007', 'target', plain('4007', 'press-07'))).toBe('');
  });

  test('is not a pattern, which is taken back by itself', () => {
    expect(toggleValue('actor:ali*', 'actor', plain('alice'))).toBe('actor:ali* actor:"alice"');
    const term = { key: 'actor' as const, value: 'ali*', quoted: false };
    expect(withoutTerm('actor:ali* actor:"ali*" x', term)).toBe('actor:"ali*" x');
  });

  test('is not written into a text with a mistake', () => {
    expect(toggleValue('nonsense:1', 'actor', plain('alice'))).toBe('nonsense:1');
    expect(withoutKey('nonsense:1 actor:x', 'actor')).toBe('nonsense:1 actor:x');
  });
});

test('the other values of a key are counted without its own terms', () => {
  expect(withoutKey('actor:alice "two words" actor:b* source:x', 'actor')).toBe('"two words" source:x');
});

test('only what the filter language has a word for can be chosen', () => {
  expect(canChoose('actor', { value: null, type: null })).toBe(true);
  expect(canChoose('target', { value: null, type: 'device' })).toBe(false);
  expect(canChoose('source', { value: null, type: null })).toBe(false);
});
