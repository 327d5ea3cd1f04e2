// The options that say how a pack's sample is drawn.

import { readSizes } from '#core/engine/sample-sizes.ts';
import { AppError } from '#core/errors.ts';
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
 * The sample that the options ask for; that of a recipe where there are none, or but a seed and replacements for it; null
 * without any. Throws AppError('usage').
 */
export function samplingOption(options: Options, recipe: SampleRequest | null): SampleRequest | null {
  const given = Object.keys(samplingOptions).filter((name) => options.values[name] !== undefined);
  if (given.length === 0) return recipe;
  if (recipe && given.every((name) => name === 'seed' || name === 'replace')) {
    const replacements = given.includes('replace') ? readNamed(options, 'replace') : recipe.replacements;
    return { ...recipe, seed: textOption(options, 'seed') ?? recipe.seed, replacements };
  }
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
    categories: categoriesOption(options, 'sample-of'),
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

/** The categories that an option names, separated by commas. Throws AppError('usage') for one that is none. */
export function categoriesOption(options: Options, option: string): Category[] {
  const names = (textOption(options, option) ?? '').split(',').map((name) => name.trim());
  return names
    .filter((name) => name !== '')
    .map((name) => {
      const found = categories.find((category) => category === name);
      if (!found)
        throw new AppError('usage', `--${option} takes categories such as access.granted, not “${name}”.`);
      return found;
    });
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
