// The options that say how a pack's samples are drawn.

import { parseArgs } from 'node:util';
import { readSizes } from '#core/engine/sample-sizes.ts';
import { AppError } from '#core/errors.ts';
import { areas } from '#core/evidence/areas.ts';
import { type Category, categories } from '#core/model.ts';
import {
  allocations,
  attributeSize,
  mostRows,
  type NamedEvent,
  type SampleRequest,
  type SizeBasis,
  samplingMethods,
  stratumKeys,
} from '#core/sampling-model.ts';
import { readTable } from '#core/table-file.ts';
import { choiceOption, numberOption, type Options, textOption } from './options.ts';

const text = { type: 'string' } as const;
export const samplingOptions = {
  sampling: text,
  seed: text,
  sample: text,
  strata: text,
  allocation: text,
  confidence: text,
  tolerable: text,
  frequency: text,
  'sample-of': text,
  chosen: text,
  replace: text,
  attributes: text,
} as const;

/**
 * The samples that the options of a command ask for: each --sampling begins one, and what stands before the first counts
 * for all. Without options those of a recipe, with a seed alone those of a recipe with that seed. Throws AppError('usage').
 */
export function samplesOption(
  args: readonly string[],
  options: Options,
  recipe: readonly SampleRequest[],
): readonly SampleRequest[] {
  const given = Object.keys(samplingOptions).filter((name) => options.values[name] !== undefined);
  if (given.length === 0) return recipe;
  if (recipe.length > 0 && given.every((name) => name === 'seed' || name === 'replace')) {
    if (recipe.length > 1 && given.includes('replace'))
      throw new AppError(
        'usage',
        'This recipe has several samples, and --replace does not say which one it is for. Name each with --sampling and its options.',
      );
    const seed = textOption(options, 'seed');
    return recipe.map((one) => ({
      ...one,
      seed: one.method === 'judgemental' ? '' : (seed ?? one.seed),
      replacements: given.includes('replace') ? readNamed(options, 'replace') : one.replacements,
    }));
  }
  return splitSamples(args, options).map(readSampling);
}

/** The options of each sample. With --sampling once or never all options are those of one sample. */
function splitSamples(args: readonly string[], options: Options): Options[] {
  const { tokens } = parseArgs({
    args: [...args],
    options: samplingOptions,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const common: Options['values'] = {};
  const groups: Options['values'][] = [];
  for (const token of tokens) {
    if (token.kind !== 'option' || !(token.name in samplingOptions)) continue;
    if (token.name === 'sampling') groups.push({ ...common });
    (groups.at(-1) ?? common)[token.name] = token.value;
  }
  return groups.length < 2 ? [options] : groups.map((values) => ({ values, files: [] }));
}

function readSampling(options: Options): SampleRequest {
  const chosen = readNamed(options, 'chosen');
  const method =
    choiceOption(options, 'sampling', samplingMethods) ?? (chosen.length > 0 ? 'judgemental' : 'stratified');
  const isStratified = method === 'stratified';
  const strata = choiceOption(options, 'strata', stratumKeys);
  const allocation = choiceOption(options, 'allocation', allocations);
  const { size, basis } = method === 'judgemental' ? { size: 0, basis: own } : sizeOption(options);
  return {
    method,
    seed: textOption(options, 'seed') ?? '',
    size,
    basis,
    strata: strata ?? (isStratified ? 'category' : null),
    allocation: allocation ?? (isStratified || strata !== null ? 'fixed' : null),
    categories: categoriesOption(options, 'sample-of', areas),
    chosen,
    replacements: readNamed(options, 'replace'),
    attributes: (textOption(options, 'attributes') ?? '')
      .split(';')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
  };
}

const own: SizeBasis = { kind: 'given', words: '' };

/** A size that is named, or follows from the attribute formula or the table of frequencies. */
function sizeOption(options: Options): { size: number; basis: SizeBasis } {
  const size = numberOption(options, 'sample', 1, mostRows);
  const confidence = numberOption(options, 'confidence', 1, 99);
  const tolerable = numberOption(options, 'tolerable', 1, 99);
  const frequency = textOption(options, 'frequency');
  if ((confidence === null) !== (tolerable === null))
    throw new AppError('usage', 'The attribute formula needs both --confidence and --tolerable.');
  if (confidence !== null && tolerable !== null) {
    const basis: SizeBasis = { kind: 'formula', confidence, tolerable };
    return { size: size ?? attributeSize(confidence, tolerable), basis };
  }
  if (frequency !== null) {
    const rows = readSizes().frequencies;
    const row = rows.find(({ id }) => id === frequency);
    if (!row)
      throw new AppError(
        'usage',
        `--frequency takes ${rows.map(({ id }) => id).join(', ')}, not “${frequency}”.`,
      );
    const { label, least, most } = row;
    return { size: size ?? most, basis: { kind: 'frequency', frequency: label, least, most } };
  }
  return { size: size ?? 0, basis: own };
}

/**
 * The categories that an option names, separated by commas; where areas are given, the id of one stands for all of its
 * categories. Throws AppError('usage') for a name that is none.
 */
export function categoriesOption(
  options: Options,
  option: string,
  of: readonly { id: string; categories: readonly Category[] }[] = [],
): Category[] {
  const names = (textOption(options, option) ?? '').split(',').map((name) => name.trim());
  const found = names
    .filter((name) => name !== '')
    .flatMap((name) => {
      const area = of.find(({ id }) => id === name.toUpperCase());
      if (area) return area.categories;
      const category = categories.find((one) => one === name);
      if (!category)
        throw new AppError(
          'usage',
          `--${option} takes categories such as access.granted${of.length === 0 ? '' : ' and populations such as P-04'}, not “${name}”.`,
        );
      return [category];
    });
  return [...new Set(found)];
}

/** A CSV with the columns uid and reason. */
function readNamed(options: Options, name: string): NamedEvent[] {
  const path = textOption(options, name);
  if (path === null) return [];
  return readTable(path, {
    uid: { names: ['uid', 'event', 'event id'], needed: true },
    reason: { names: ['reason', 'why', 'note'], needed: true },
  }).map(({ uid, reason }) => ({ uid: uid as string, reason: reason as string }));
}
