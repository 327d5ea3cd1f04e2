// Expressions of presets that somebody else wrote: none takes long, whatever the values are.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { objectionTo, parseCustomPreset } from '#core/mapping/custom-preset.ts';
import { emptyDraft } from '#core/mapping/draft-preset.ts';
import { compileExpression, costOf, longestMatched } from '#core/mapping/expression.ts';
import type { Preset, Variant } from '#core/mapping/form.ts';
import { createMapper } from '#core/mapping/map.ts';
import { loadPresets } from '#core/mapping/preset.ts';

/** Milliseconds that some work takes. */
function timed(work: () => void): number {
  const from = performance.now();
  work();
  return performance.now() - from;
}

describe('the cost of an expression', () => {
  it.each([
    ['login', 0, 1],
    ['^user:(.+)$', 1, 1],
    ['user:(.+)$', 2, 1],
    ['^(create|update|delete)d?$', 0, 6],
    ['^a.*|b.*', 2, 2],
    ['^(?:a*|b)c*', 2, 2],
    ['^[(*]\\*{1,3}', 0, 4],
  ] as const)('of %s grows with the length to the power of %d, times %d', (pattern, degree, ways) =>
    expect(costOf(pattern)).toMatchObject({ degree, ways, hazard: null }),
  );

  it('leaves values of any length to expressions that go through them once', () => {
    for (const pattern of ['^([^\\[{][^]*)$', '@', '^(?:alice|bob)$', '^user:(.+)$'])
      expect(longestMatched(pattern), pattern).toBe(Number.POSITIVE_INFINITY);
    expect(longestMatched('^(.*)=(.*)$')).toBe(3162);
  });

  it('lets the expressions that come with Exhibit see names of any usual length', () => {
    const patterns = loadPresets().flatMap(({ actions }) =>
      actions.flatMap(({ match, target }) => [match ?? [], target ?? []].flat()),
    );
    expect(patterns.length).toBeGreaterThan(100);
    for (const pattern of patterns) expect(longestMatched(pattern), pattern).toBeGreaterThan(100);
  });
});

describe('a value that is too long for an expression', () => {
  it('does not match, and one that is short enough does', () => {
    const expression = compileExpression('^(.*)=(.*)$', 'u');
    expect(expression.exec(`${'k'.repeat(3000)}=v`)?.[2]).toBe('v');
    expect(expression.test(`${'k'.repeat(4000)}=v`)).toBe(false);
  });
});

describe('an expression of somebody else', () => {
  it('is refused where it tries the same text in too many ways', () => {
    expect(objectionTo('(a|a)'.repeat(30))).toBe('has too many ways to match the same text');
    expect(objectionTo('(?:x|x|x)'.repeat(20))).toBe('has too many ways to match the same text');
  });

  it('takes no time worth mentioning where it is taken, on the worst values', () => {
    const piece = fc.constantFrom(
      'a',
      'a*',
      'a+?',
      'a?',
      '(a|a)',
      '(?:a|aa)',
      '.*',
      '|',
      '(a*)',
      'a{2,9}',
      '[ab]+',
    );
    const pattern = fc
      .tuple(fc.constantFrom('^', ''), fc.array(piece, { minLength: 1, maxLength: 12 }))
      .map(([from, pieces]) => `${from}${pieces.join('')}c`);
    fc.assert(
      fc.property(pattern, fc.constantFrom('a', 'ab', 'aA'), (pattern, unit) => {
        fc.pre(objectionTo(pattern) === null);
        const expression = compileExpression(pattern, 'iu');
        const longest = Math.min(longestMatched(pattern), 100_000);
        const text = unit.repeat(longest).slice(0, longest);
        expect(
          timed(() => expression.test(text)),
          pattern,
        ).toBeLessThan(2000);
      }),
      { numRuns: 150 },
    );
  });

  it('cannot keep an import busy, wherever it stands, with values made for it', () => {
    const costly = '^.*a.*b$';
    const variant: Variant = {
      id: 'v',
      format: 'json',
      requires: ['t'],
      knows: [],
      each: 'list',
      eachOnly: costly,
      fields: {
        time: 't',
        action: { from: 'long', match: '(.*)' },
        actor: 'long',
        targetType: 'long',
        ip: { from: 'long', match: '^(.*)x(.*)y' },
        scope: { from: 'long', when: 'long', matches: costly },
      },
    };
    const hostile: Preset = {
      ...emptyDraft('json', []),
      id: 'own-hostile',
      actorTypes: [{ match: costly, type: 'human' }],
      variants: [variant],
      actions: [
        { names: ['x'], target: costly, category: 'other' },
        { match: costly, category: 'billing' },
      ],
    };
    const preset = parseCustomPreset(JSON.stringify(hostile), 'hostile.json');
    const map = createMapper(preset, { ...variant, fields: { ...variant.fields, action: 'long' } }, [], null);
    const record = { t: '2026-01-05T10:00:00Z', long: 'a'.repeat(5_000_000), list: [{}, {}] };
    let mapped: ReturnType<typeof map> = [];
    expect(
      timed(() => {
        mapped = map(record);
      }),
    ).toBeLessThan(2000);
    expect(mapped).toMatchObject([{ event: { category: 'other', ip: null, scope: null } }]);
  });

  it('that slipped into a log some other way cannot keep its verification busy', () => {
    const expression = compileExpression('^(a+)+$', 'u');
    expect(timed(() => expression.test(`${'a'.repeat(60)}!`))).toBeLessThan(1000);
    expect(expression.test('aaaa')).toBe(true);
  });
});
