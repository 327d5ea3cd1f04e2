// Reads the options of a command line: node's own parser, with its complaints turned into sentences.

import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { AppError } from '#core/errors.ts';
import type { EventQuery } from '#core/model.ts';
import { assertZone } from '#core/time.ts';

const shared = {
  workspace: { type: 'string', short: 'w' },
  json: { type: 'boolean' },
  'secret-fd': { type: 'string' },
} as const;

export const queryOptions = {
  filter: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  zone: { type: 'string' },
} as const;

export type Options = { values: Record<string, string | boolean | undefined>; files: string[] };

/** Options and operands of a command. Throws AppError('usage') for anything it does not know. */
export function readOptions(args: readonly string[], config: ParseArgsOptionsConfig): Options {
  const options = parse(args, config);
  // Also where no date is read in it: a zone that nobody knows never passes for one that was used.
  const zone = textOption(options, 'zone');
  if (zone !== null) assertZone(zone);
  return options;
}

function parse(args: readonly string[], config: ParseArgsOptionsConfig): Options {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { ...shared, ...config },
      allowPositionals: true,
    });
    return { values: values as Options['values'], files: positionals };
  } catch (error) {
    throw new AppError('usage', `${(error as Error).message} Run “exhibit help” for the options.`);
  }
}

/** A text option, or null. */
export function textOption({ values }: Options, name: string): string | null {
  return (values[name] as string | undefined) ?? null;
}

/** A text option that must be given. */
export function requiredOption(options: Options, name: string, hint: string): string {
  const value = textOption(options, name);
  if (value === null || value === '') throw new AppError('usage', `--${name} is missing: ${hint}.`);
  return value;
}

/** A whole number option between bounds, or null. */
export function numberOption(options: Options, name: string, least: number, most: number): number | null {
  const text = textOption(options, name);
  if (text === null) return null;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most) {
    throw new AppError('usage', `--${name} takes a whole number from ${least} to ${most}, not “${text}”.`);
  }
  return value;
}

/** One of a few words, or null. */
export function choiceOption<T extends string>(
  options: Options,
  name: string,
  choices: readonly T[],
): T | null {
  const text = textOption(options, name);
  if (text === null) return null;
  const found = choices.find((choice) => choice === text);
  if (!found) throw new AppError('usage', `--${name} takes ${choices.join(', ')}, not “${text}”.`);
  return found;
}

/** Whether an answer is printed as JSON: when asked for, and whenever a program reads it instead of a person. */
export function wantsJson({ values }: Options): boolean {
  return values.json === true || !process.stdout.isTTY;
}

/** The folder of the workspace. */
export function workspaceOption(options: Options): string {
  return requiredOption(options, 'workspace', 'name the folder that holds the log, -w DIR');
}

/** The query that the filter options name. */
export function queryOption(options: Options): EventQuery {
  return {
    filter: textOption(options, 'filter') ?? '',
    from: textOption(options, 'from'),
    to: textOption(options, 'to'),
    zone: textOption(options, 'zone') ?? 'UTC',
  };
}

/** Throws unless a command that takes no files got none. */
export function refuseFiles({ files }: Options): void {
  if (files.length > 0)
    throw new AppError('usage', `“${files[0]}” is not expected here. Run “exhibit help”.`);
}
