// What the window says became of a value: never a difference that is not there, never one left out.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareValues } from '../../renderer/words/comparison.ts';
import { type DiffPiece, differenceOf } from '../../renderer/words/difference.ts';
import { foundIn } from '../../renderer/words/found.ts';
import { elementsOf, membersOf } from '../../renderer/words/json-members.ts';

const side = (pieces: DiffPiece[], of: 'old' | 'new'): string =>
  pieces
    .filter(({ kind }) => kind === 'same' || kind === of)
    .map(({ text }) => text)
    .join('');
const marked = (pieces: DiffPiece[]): string =>
  pieces.map(({ kind, text }) => ({ same: text, old: `[-${text}-]`, new: `[+${text}+]` })[kind]).join('');

describe('two texts', () => {
  test('are told apart by whole words', () => {
    expect(marked(differenceOf('press-7', 'press-07'))).toBe('press-[-7-][+07+]');
    expect(marked(differenceOf('keep this old line here', 'keep this new line there'))).toBe(
      'keep this [-old-][+new+] line [-here-][+there+]',
    );
    expect(marked(differenceOf('a b c', 'x y z'))).toBe('[-a b c-][+x y z+]');
    expect(marked(differenceOf('one two', 'one two'))).toBe('one two');
    expect(marked(differenceOf('', 'new'))).toBe('[+new+]');
    expect(marked(differenceOf('🚀 up', '🚁 up'))).toBe('[-🚀-][+🚁+] up');
  });

  test('can both be read off the difference, whatever they hold', () => {
    const words = fc.array(fc.constantFrom('a', 'b', ' ', '  ', '-', 'é', '🚀', '\n', 'word'), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(words, words, (a, b) => {
        const pieces = differenceOf(a.join(''), b.join(''));
        expect(side(pieces, 'old')).toBe(a.join(''));
        expect(side(pieces, 'new')).toBe(b.join(''));
      }),
    );
  });

  test('of any length are answered at once', () => {
    const long = (word: string) => Array.from({ length: 20_000 }, (_, at) => `${word}${at}`).join(' ');
    const start = performance.now();
    const pieces = differenceOf(`begin ${long('a')} end`, `begin ${long('b')} end`);
    expect(performance.now() - start).toBeLessThan(1000);
    expect(pieces.map(({ kind }) => kind)).toEqual(['same', 'old', 'new', 'same']);
  });
});

describe('two sets of rights', () => {
  const rights = (before: string | null, after: string | null) => compareValues(before, after, true);
  test('say what was given and taken, in every form that vendors write', () => {
    const expected = { kind: 'set', added: ['DEVELOP'], removed: ['MAINTAIN'], kept: ['READ'] };
    expect(rights('["READ","MAINTAIN"]', '["DEVELOP","READ"]')).toEqual(expected);
    expect(rights('READ, MAINTAIN', 'READ;DEVELOP')).toEqual(expected);
    expect(rights('{"READ":true,"MAINTAIN":true,"DEVELOP":false}', '{"READ":true,"DEVELOP":true}')).toEqual(
      expected,
    );
  });
  test('begin with nothing where there was no value', () => {
    expect(rights(null, '["READ"]')).toEqual({ kind: 'set', added: ['READ'], removed: [], kept: [] });
  });
});

describe('two objects', () => {
  const keys = (before: unknown, after: unknown) =>
    compareValues(JSON.stringify(before), JSON.stringify(after), false);
  test('are compared key by key, also inside each other', () => {
    expect(
      keys({ a: 1, b: { c: 'x', d: 2 }, gone: true }, { b: { d: 2, c: 'y' }, a: 1, came: null }),
    ).toEqual({
      kind: 'keys',
      keys: [
        { key: 'b › c', old: '"x"', new: '"y"' },
        { key: 'gone', old: 'true', new: null },
        { key: 'came', old: null, new: 'null' },
      ],
      same: 2,
    });
  });
  test('with numbers of many digits are not taken for equal', () => {
    expect(compareValues('{"n":12345678901234567890}', '{"n":12345678901234567891}', false)).toMatchObject({
      keys: [{ key: 'n', old: '12345678901234567890', new: '12345678901234567891' }],
    });
  });
  test('that say a key twice, and lists that repeat, are compared as texts', () => {
    expect(compareValues('{"a":1,"a":2}', '{"a":1}', false)?.kind).toBe('text');
    expect(compareValues('["a","a"]', '["a"]', false)?.kind).toBe('text');
    expect(compareValues('["a","b"]', '["b","a"]', false)).toEqual({
      kind: 'set',
      added: [],
      removed: [],
      kept: ['b', 'a'],
    });
  });
  test('are cut at their own commas and brackets only', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (object) => {
        const members = membersOf(JSON.stringify(object));
        expect(
          Object.fromEntries([...(members ?? [])].map(([key, text]) => [key, JSON.parse(text)])),
        ).toEqual(JSON.parse(JSON.stringify(object)));
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), (list) => {
        const text = JSON.stringify(list);
        expect((elementsOf(text) ?? []).map((one) => JSON.parse(one))).toEqual(JSON.parse(text));
      }),
    );
  });
});

test('the words of a search are found without case, and nothing else is', () => {
  const parts = (filter: string, text: string) => text.split(foundIn(filter) ?? /(?!)/);
  expect(parts('actor:alice press', 'Press-7 of press')).toEqual(['', 'Press', '-7 of ', 'press', '']);
  expect(parts('"a.b (c)"', 'xa.b (c) axb')).toEqual(['x', 'a.b (c)', ' axb']);
  expect(parts('ab abc', 'abcd')).toEqual(['', 'abc', 'd']);
  expect(foundIn('actor:alice category:access')).toBeNull();
  expect(foundIn('"open')).toBeNull();
});
