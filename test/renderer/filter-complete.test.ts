// What the search box offers while a filter is being written.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseFilter } from '#core/query/filter.ts';
import { offersAt, takeOffer } from '../../renderer/events/filter-complete.ts';

const known = { actor: ['alice@acme', 'bob "the" builder', 'malice'], action: ['Login Failed', 'Name'] };
/** The text with the caret at `|`. */
const offers = (text: string) =>
  offersAt(text.replace('|', ''), text.indexOf('|'), known).map((offer) => offer.text);
const take = (text: string, index = 0) => {
  const plain = text.replace('|', '');
  const offer = offersAt(plain, text.indexOf('|'), known)[index];
  if (!offer) throw new Error('Nothing is offered.');
  const { text: after, caret } = takeOffer(plain, text.indexOf('|'), offer);
  return `${after.slice(0, caret)}|${after.slice(caret)}`;
};

describe('while a filter is written', () => {
  test('the keys that begin with what was typed are offered', () => {
    expect(offers('a|')).toEqual(['actor:', 'action:', 'after:']);
    expect(offers('x tar| y')).toEqual(['target:']);
    expect(take('x tar| y')).toBe('x target:| y');
  });

  test('known values are offered behind their key, those that begin with the text first', () => {
    expect(offers('actor:al|')).toEqual(['alice@acme', 'malice']);
    expect(take('actor:al|')).toBe('actor:alice@acme |');
    expect(take('action:log| x')).toBe('action:"Login Failed"| x');
    expect(offers('category:acc|')).toContain('access.granted');
    expect(offers('outcome:|')).toEqual(['success', 'failure', 'unknown']);
  });

  test('an open quote is part of what is typed', () => {
    expect(offers('action:"Login F|')).toEqual(['Login Failed']);
    expect(take('action:"Login F|')).toBe('action:"Login Failed" |');
  });

  test('to have none is a value, too', () => {
    expect(take('actor:|', 3)).toBe('actor:"" |');
  });

  test('nothing is offered for what is finished, unknown or an ordinary word', () => {
    for (const text of [
      'actor:alice@acme|',
      'action:"Name"|',
      'nokey:x|',
      'press-0|',
      'a | b',
      '"act|"',
      '|',
    ]) {
      expect(offers(text), text).toEqual([]);
    }
  });

  test('any offer that is taken is one term of the language', () => {
    const values = fc.array(fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }), { maxLength: 5 });
    fc.assert(
      fc.property(values, (actors) => {
        for (const offer of offersAt('x actor:', 8, { actor: actors })) {
          const { text } = takeOffer('x actor:', 8, offer);
          expect(parseFilter(text)).toHaveLength(2);
          if (offer.about === '')
            expect(parseFilter(text)[1]).toMatchObject({ key: 'actor', value: offer.text });
        }
      }),
    );
  });
});
