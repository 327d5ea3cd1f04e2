// Presets from somebody else: what is taken, and what is refused and why.

import { describe, expect, it } from 'vitest';
import {
  largestPreset,
  namePreset,
  objectionTo,
  parseCustomPreset,
  readPresetFile,
} from '#core/mapping/custom-preset.ts';
import { emptyDraft, finishDraft, nameDraft, ownDraft, setField } from '#core/mapping/draft-preset.ts';
import type { Preset } from '#core/mapping/form.ts';
import { loadPresets } from '#core/mapping/preset.ts';
import { temporaryFile } from '../../support/workspace.ts';

const draft = setField(emptyDraft('csv', ['when', 'what']), 'time', 'when', []);
const own: Preset = {
  ...draft,
  id: 'own-door',
  variants: [{ ...(draft.variants[0] as Preset['variants'][0]), requires: ['when'] }],
};

describe('a preset of somebody else', () => {
  it('is read from its text, with or without a byte order mark in its file', () => {
    expect(namePreset(JSON.stringify(own), [])).toEqual(own);
    const file = temporaryFile('door.json', `\ufeff${JSON.stringify(own)}`);
    expect(readPresetFile(file)).toEqual(own);
    expect(namePreset(file, [])).toEqual(own);
  });

  it('may be a changed copy of any bundled one, whatever the shape of the file', () => {
    for (const preset of loadPresets())
      for (const variant of preset.variants) {
        const draft = finishDraft(nameDraft(ownDraft(preset, variant), preset.vendor), ['a']);
        const taken = parseCustomPreset(JSON.stringify(draft), preset.id);
        expect(taken.id).toMatch(/^own-/);
        expect(taken.variants[0]?.requires.length).toBeGreaterThan(0);
      }
  });

  it('may not call itself like a bundled one', () => {
    for (const { id } of loadPresets())
      expect(() => parseCustomPreset(JSON.stringify({ ...own, id }), 'door.json')).toThrow(
        `door.json calls itself “${id}”`,
      );
  });

  it('is refused when it is too long, not JSON, or no preset', () => {
    const long = JSON.stringify({ ...own, name: 'x'.repeat(largestPreset) });
    expect(() => parseCustomPreset(long, 'long.json')).toThrow('long.json is longer than 200000 characters');
    expect(() => parseCustomPreset('{', 'bad.json')).toThrow('bad.json is not a preset');
    expect(() => parseCustomPreset('{"id":"x"}', 'bad.json')).toThrow('bad.json is not a preset');
  });

  it('is refused with a costly expression, wherever it stands', () => {
    const costly = '^(a+)+$';
    const places: Preset[] = [
      { ...own, actorTypes: [{ match: costly, type: 'human' }] },
      { ...own, actions: [{ match: costly, category: 'other' }] },
      { ...own, actions: [{ names: ['a'], target: costly, category: 'other' }] },
      { ...own, variants: [{ ...(own.variants[0] as Preset['variants'][0]), eachOnly: costly }] },
    ];
    for (const place of places)
      expect(() => parseCustomPreset(JSON.stringify(place), 'x.json')).toThrow('repeats a group');
  });
});

describe('an expression', () => {
  it.each([
    '^user:(.+)$',
    '^(?:alice|bob)$',
    '^[^@]+@acme\\.example$',
    '^([^\\[{][^]*)$',
    '\\p{Lu}{2,8}',
    '(?<year>\\d{4})-\\d\\d',
    'a?b?c?',
    '^[+*{(]$',
  ])('that is quick is taken: %s', (pattern) => expect(objectionTo(pattern)).toBeNull());

  it.each([
    '^(a+)+$',
    '(a|aa)*',
    '((a{2,5})b)*',
    '(?:.*,)+x',
    '(x+?)*y',
    '(.)\\1',
    '.*.*.*=',
    '(a?){1,60}b',
    'a{1,500}',
    'a{0,90}a{0,90}a{0,90}b',
    'a?'.repeat(30),
    'x'.repeat(201),
  ])('that could take very long is refused: %s', (pattern) => expect(objectionTo(pattern)).not.toBeNull());

  it('of each bundled preset is no measure: those are ours, and stay as they are', () => {
    for (const preset of loadPresets()) expect(namePreset(preset.id, [])).toBe(preset);
  });
});
