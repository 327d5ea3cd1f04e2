// Presets that do not come with Exhibit: made on the mapping screen, or handed over as a file. They are somebody
// else's data, so they may neither pass for a bundled one nor keep the engine busy with a costly expression.

import { readFileSync, statSync } from 'node:fs';
import { AppError } from '#core/errors.ts';
import { costOf, longestMatched } from './expression.ts';
import type { OwnPreset } from './own-presets.ts';
import { loadPresets, type Preset, parsePreset } from './preset.ts';

/** The most characters a mapping may have: many times a bundled preset. */
export const largestPreset = 200_000;
const longestPattern = 200;
const mostRepeats = 2;
const mostOptions = 8;
/** Names and most values are shorter than this; an expression must be quick on them. */
const shortestMatched = 200;

/**
 * The preset that `name` means: the id of a bundled one or of one that the workspace's logs were imported with (`own`), the
 * JSON text of one, or the path of a preset file. Throws AppError when there is none, or when it is one that is refused.
 */
export function namePreset(name: string, own: readonly Pick<OwnPreset, 'preset'>[]): Preset {
  if (isPresetText(name)) return parseCustomPreset(name, 'The mapping');
  const all = [...loadPresets(), ...own.map(({ preset }) => preset)];
  const known = all.find((preset) => preset.id === name);
  if (known) return known;
  if (name.toLowerCase().endsWith('.json')) return readPresetFile(name);
  const ids = [...new Set(all.map((preset) => preset.id))];
  throw new AppError(
    'usage',
    `There is no preset “${name}”. Known are ${ids.join(', ')}, or name a preset file.`,
  );
}

/** Whether a preset is given as its JSON text, not by its name. */
export const isPresetText = (name: string): boolean => name.trimStart().startsWith('{');

/** The preset of a file. Throws AppError('input') with what is wrong with it. */
export function readPresetFile(path: string): Preset {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat?.isFile()) throw new AppError('input', `There is no mapping file ${path}.`);
  if (stat.size > largestPreset * 4) throw tooLarge(path);
  return parseCustomPreset(readFileSync(path, 'utf8').replace(/^\ufeff/, ''), path);
}

/** A preset from the JSON text of somebody else. Throws AppError('input') naming `origin` and what is wrong. */
export function parseCustomPreset(text: string, origin: string): Preset {
  if (text.length > largestPreset) throw tooLarge(origin);
  const preset = parsePreset(text, origin);
  if (loadPresets().some(({ id }) => id === preset.id)) {
    throw new AppError(
      'input',
      `${origin} calls itself “${preset.id}”, as a preset that comes with Exhibit does. Give it an id of its own.`,
    );
  }
  const known = new Set(loadPresets().flatMap(patternsOf));
  for (const pattern of patternsOf(preset)) {
    // One that comes with Exhibit was looked at; a changed copy of a bundled preset has them all.
    if (known.has(pattern)) continue;
    const objection = objectionTo(pattern);
    if (objection === null) continue;
    const shown = pattern.length > 60 ? `${pattern.slice(0, 60)}…` : pattern;
    throw new AppError(
      'input',
      `${origin} is refused: its expression “${shown}” ${objection}, so that one record could keep Exhibit busy for hours.`,
    );
  }
  return preset;
}

function tooLarge(origin: string): AppError {
  return new AppError(
    'input',
    `${origin} is longer than ${largestPreset} characters, as no mapping is. Choose another file.`,
  );
}

/** Every regular expression in a preset, wherever it stands. */
function patternsOf(preset: Preset): string[] {
  const found = preset.actions.flatMap(({ target }) => target ?? []);
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, member] of Object.entries(value)) {
      if (typeof member !== 'string') look(member);
      else if (key === 'match' || key === 'matches' || key === 'eachOnly') found.push(member);
    }
  };
  look(preset);
  return found;
}

/**
 * Why an expression could take very long, null where it cannot: it is too long, refers back, repeats what repeats or
 * offers a choice, holds more than two repetitions, or has so many ways to match that only short values could be
 * tried. Simple on purpose: it refuses some that would do.
 */
export function objectionTo(pattern: string): string | null {
  if (pattern.length > longestPattern) return `is longer than ${longestPattern} characters`;
  const { hazard, repeats, options } = costOf(pattern);
  if (hazard !== null) return hazard;
  if (repeats > mostRepeats) return `repeats something more than ${mostRepeats} times over`;
  if (options > mostOptions) return `leaves more than ${mostOptions} things open`;
  return longestMatched(pattern) < shortestMatched ? 'has too many ways to match the same text' : null;
}
