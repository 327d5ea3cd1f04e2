// Presets that do not come with Exhibit: made on the mapping screen, or handed over as a file. They are somebody
// else's data, so they may neither pass for a bundled one nor keep the engine busy with a costly expression.

import { readFileSync, statSync } from 'node:fs';
import { AppError } from '#core/errors.ts';
import { loadPresets, type Preset, parsePreset } from './preset.ts';

/** The most characters a mapping may have: many times a bundled preset. */
export const largestPreset = 200_000;
const longestPattern = 200;
const mostRepeats = 2;
const mostOptions = 8;

/**
 * The preset that `name` means: the id of a bundled one, the JSON text of one, or the path of a preset file. Throws
 * AppError when there is none, or when it is one that is refused.
 */
export function namePreset(name: string): Preset {
  if (isPresetText(name)) return parseCustomPreset(name, 'The mapping');
  const known = loadPresets().find((preset) => preset.id === name);
  if (known) return known;
  if (name.toLowerCase().endsWith('.json')) return readPresetFile(name);
  const ids = loadPresets().map((preset) => preset.id);
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
 * offers a choice, or holds more than two repetitions. Simple on purpose: it refuses some that would do.
 */
export function objectionTo(pattern: string): string | null {
  if (pattern.length > longestPattern) return `is longer than ${longestPattern} characters`;
  /** For each open group, whether something in it repeats or offers a choice. */
  const open: boolean[] = [];
  let repeats = 0;
  let options = 0;
  let closed = false; // the group that has just ended, if any, holds a repetition or a choice
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at] as string;
    const wasClosed = closed;
    closed = false;
    if (char === '\\') {
      if (/[1-9k]/.test(pattern[at + 1] ?? '')) return 'refers back to a part of itself';
      at = afterEscape(pattern, at);
    } else if (char === '[') at = endOfClass(pattern, at);
    else if (char === '(') {
      open.push(false);
      // The ? of (?: (?= (?<name> is no repetition.
      if (pattern[at + 1] === '?') at += 1;
    } else if (char === ')') {
      closed = open.pop() ?? false;
      if (closed && open.length > 0) open[open.length - 1] = true;
    } else if (char === '|') {
      if (open.length > 0) open[open.length - 1] = true;
    } else if (char === '*' || char === '+' || char === '{' || char === '?') {
      const [, least = '', most] = /^\{(\d+)(,\d*)?\}/.exec(pattern.slice(at)) ?? [];
      if (Number(most?.slice(1) || least) > 100) return 'repeats something more than a hundred times';
      if (char !== '?' && wasClosed) return 'repeats a group that repeats or chooses itself';
      if (char === '?') options += 1;
      else if (char !== '{' || most !== undefined) repeats += 1;
      if (repeats > mostRepeats) return `repeats something more than ${mostRepeats} times over`;
      if (options > mostOptions) return `leaves more than ${mostOptions} things open`;
      if (open.length > 0) open[open.length - 1] = true;
      if (char === '{') at = pattern.indexOf('}', at);
      // A lazy repetition is one, too.
      if (pattern[at + 1] === '?') at += 1;
    }
  }
  return null;
}

/** Where an escape ends: `\p{…}` and `\u{…}` have braces that repeat nothing. */
function afterEscape(pattern: string, at: number): number {
  const braces = /^\\[pPu]\{[^}]*\}/.exec(pattern.slice(at));
  return at + (braces ? braces[0].length : 2) - 1;
}

function endOfClass(pattern: string, from: number): number {
  for (let at = from + 1; at < pattern.length; at++) {
    if (pattern[at] === '\\') at += 1;
    else if (pattern[at] === ']') return at;
  }
  return pattern.length;
}
