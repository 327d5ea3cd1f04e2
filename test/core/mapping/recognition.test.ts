import { describe, expect, it } from 'vitest';
import { loadPresets, recognise } from '#core/mapping/preset.ts';
import { keyPaths, namesOf, readSamples, type Sample, shapeOf } from './samples.ts';

const presets = loadPresets();
const samples = readSamples();
const recognised = samples.filter(({ preset }) => preset !== 'memfault');
const named = (sample: Sample) => [`${sample.preset}, ${sample.variant}`, sample] as const;
const find = (sample: Sample, names = namesOf(sample)) => {
  const found = recognise(sample.format, names, presets);
  return found && [found.preset.id, found.variant.id];
};

describe('an export', () => {
  it.each(recognised.map(named))('is recognised as what it is, among all presets: %s', (_, sample) => {
    expect(find(sample)).toEqual([sample.preset, sample.variant]);
  });

  it.each(recognised.filter(({ preset }) => preset !== 'generic').map(named))(
    'fits the preset of no other vendor: %s',
    (_, sample) => {
      const others = presets.filter((one) => one.id !== sample.preset && one.only === undefined);
      expect(
        others.filter((one) => recognise(sample.format, namesOf(sample), [one])).map(({ id }) => id),
      ).toEqual([]);
    },
  );

  it.each(recognised.map(named))('is recognised with further names, and in any order: %s', (_, sample) => {
    const names = [...namesOf(sample), 'new_column', 'another/one', 'zz top'].reverse();
    expect(find(sample, names)).toEqual([sample.preset, sample.variant]);
  });

  it.each(recognised.map(named))('is recognised by what it must have alone: %s', (_, sample) => {
    const names = namesOf(sample);
    const needed = shapeOf(sample).variant.requires.flat();
    const has = (name: string) =>
      needed.some(
        (one) => one.toLowerCase().replace(/[\s_.-]+/g, '') === name.toLowerCase().replace(/[\s_.-]+/g, ''),
      );
    expect(find(sample, names.filter(has))).toEqual([sample.preset, sample.variant]);
  });

  it.each(recognised.filter(({ format }) => format === 'csv').map(named))(
    'is recognised with its columns in another case, with blanks for underscores: %s',
    (_, sample) => {
      const upper = namesOf(sample).map((name) => name.toUpperCase().replaceAll('_', ' '));
      expect(find(sample, upper)).toEqual([sample.preset, sample.variant]);
    },
  );

  it.each(recognised.filter(({ format }) => format === 'json').map(named))(
    'is recognised by any of its records: %s',
    (_, sample) => {
      for (const { record } of sample.pairs)
        expect(find(sample, keyPaths(record))).toEqual([sample.preset, sample.variant]);
    },
  );

  it('is unrecognised without a time or without an event name', () => {
    expect(recognise('csv', ['timestamp', 'user', 'ip'], presets)).toBe(null);
    expect(recognise('csv', ['action', 'user', 'ip'], presets)).toBe(null);
    expect(recognise('json', ['records', 'total', 'offset'], presets)).toBe(null);
  });

  it('is only taken by its names’ spelling where a person named the preset', () => {
    const names = ['created_date', 'action', 'actor', 'actor/email'];
    expect(recognise('json', names, presets)?.preset.id).toBe('generic');
    const memfault = presets.filter(({ id }) => id === 'memfault');
    expect(recognise('json', names, memfault)?.preset.id).toBe('memfault');
  });
});
