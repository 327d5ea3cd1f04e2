// Pick lists and the search box are two ways to write one text.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseFilter } from '#core/query/filter.ts';
import { pick, pickedIn } from '../../renderer/events/filter-text.ts';

describe('picking a value', () => {
  test('adds it to what was typed', () => {
    expect(pick('press-07', 'actor', ['alice@acme'])).toBe('press-07 actor:alice@acme');
  });

  test('quotes what would otherwise mean something else', () => {
    expect(pick('', 'action', ['PCAP Downloaded'])).toBe('action:"PCAP Downloaded"');
    expect(pick('', 'target', ['all*'])).toBe('target:"all*"');
    expect(pick('', 'actor', ['a "b" \\ c'])).toBe('actor:"a \\"b\\" \\\\ c"');
  });

  test('keeps other values, other keys and patterns where they are', () => {
    const filter = 'actor:bob* field:Name actor:alice "two words"';
    expect(pick(filter, 'actor', ['alice', 'carol'])).toBe(`${filter} actor:carol`);
  });

  test('and taking it back leaves the rest', () => {
    expect(pick('x actor:alice actor:bob', 'actor', ['bob'])).toBe('x actor:bob');
    expect(pick('actor:alice', 'actor', [])).toBe('');
  });

  test('in a text with a mistake only adds, so that nothing typed is lost', () => {
    expect(pick('nonsense:1 "open', 'source', ['IronFlock'])).toBe('nonsense:1 "open source:IronFlock');
    expect(pickedIn('nonsense:1 actor:alice', 'actor')).toEqual([]);
  });

  test('of any text is read back as exactly that value', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ unit: 'binary', minLength: 1 }), { maxLength: 4 }), (values) => {
        const filter = pick('words action:Name', 'actor', values);
        expect(pickedIn(filter, 'actor')).toEqual(values);
        expect(parseFilter(filter).slice(0, 2)).toEqual(parseFilter('words action:Name'));
      }),
    );
  });
});
