// Finding a text on a screen: in pieces as the page has them, over their ends, and never over what stands apart.
import { describe, expect, test } from 'vitest';
import { matchesIn } from '../../renderer/find/matches.ts';

/** What each match covers, pieces joined. */
function found(pieces: (string | null)[], needle: string): string[] {
  return matchesIn(pieces, needle).map(({ from, to }) => {
    if (from.piece === to.piece) return (pieces[from.piece] ?? '').slice(from.offset, to.offset);
    const between = pieces.slice(from.piece + 1, to.piece).join('');
    return `${pieces[from.piece]?.slice(from.offset)}${between}${pieces[to.piece]?.slice(0, to.offset)}`;
  });
}

describe('a text is found', () => {
  test('without case, as often as it stands there', () => {
    expect(found(['Alice granted alice', ' ALICE'], 'alice')).toEqual(['Alice', 'alice', 'ALICE']);
  });

  test('over the ends of pieces, also empty ones', () => {
    expect(found(['2,4', '', '00', ' events'], '2,400 events')).toEqual(['2,400 events']);
    expect(matchesIn(['ab', '', 'cd'], 'ab')).toEqual([
      { from: { piece: 0, offset: 0 }, to: { piece: 0, offset: 2 } },
    ]);
  });

  test('but not over what stands apart', () => {
    expect(found(['press', null, '-07'], 'press-07')).toEqual([]);
  });

  test('whatever the white space between its words', () => {
    expect(found(['audit\u00a0log', 'the\n'], 'Audit log')).toEqual(['audit\u00a0log']);
  });

  test('where a letter has two small ones, at its place', () => {
    expect(found(['İstanbul press-07'], 'press')).toEqual(['press']);
  });
});

test('nothing is found of nothing', () => {
  expect(matchesIn(['a b'], '  ')).toEqual([]);
  expect(matchesIn([], 'a')).toEqual([]);
});
