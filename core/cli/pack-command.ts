// `exhibit pack`.

import { resolve } from 'node:path';
import { packInto } from '#core/engine/make-pack.ts';
import { requireAuthority } from '#core/engine/time-stamps.ts';
import { AppError } from '#core/errors.ts';
import { groupFingerprint } from '#core/integrity/note.ts';
import { frameworks, type PackRequest } from '#core/model.ts';
import { nextRequest } from '#core/recipe-model.ts';
import { optionalSections, type PackSection } from '#core/section-model.ts';
import { readTable } from '#core/table-file.ts';
import { requireKey } from './key-commands.ts';
import { prepareNetwork } from './network.ts';
import {
  choiceOption,
  numberOption,
  type Options,
  queryOptions,
  readOptions,
  refuseFiles,
  requiredOption,
  textOption,
} from './options.ts';
import { printJson, write } from './output.ts';
import { findRecipe } from './recipe-commands.ts';
import { categoriesOption, samplesOption, samplingOptions } from './sampling-options.ts';
import { stampNew, stampWords } from './time-stamp-command.ts';
import { withContext } from './with-context.ts';

/** Makes a pack in the folder --out. */
export async function runPack(args: readonly string[], signal: AbortSignal): Promise<number> {
  const options = readOptions(args, {
    ...queryOptions,
    ...samplingOptions,
    framework: { type: 'string' },
    out: { type: 'string' },
    organisation: { type: 'string' },
    'prepared-by': { type: 'string' },
    sections: { type: 'string' },
    controls: { type: 'string' },
    conclusions: { type: 'string' },
    redact: { type: 'boolean' },
    'keep-people': { type: 'string' },
    'keep-categories': { type: 'string' },
    'redact-also': { type: 'string' },
    'redaction-key': { type: 'string' },
    leavers: { type: 'string' },
    'sla-days': { type: 'string' },
    key: { type: 'string' },
    tsa: { type: 'string' },
    recipe: { type: 'string' },
    next: { type: 'boolean' },
  });
  refuseFiles(options);
  const into = resolve(requiredOption(options, 'out', 'name the folder that receives the pack'));
  const list = textOption(options, 'leavers');
  const slaDays = numberOption(options, 'sla-days', 0, 10_000);
  if (list === null && slaDays !== null)
    throw new AppError('usage', '--sla-days goes with --leavers: name the list of people who left.');
  const leavers = list === null ? null : { path: list, slaDays };
  return withContext(options, signal, async (context) => {
    const name = textOption(options, 'recipe');
    const found = name === null ? null : findRecipe(name, context);
    const recipe = found && options.values.next === true ? nextRequest(found) : found;
    const request = readRequest(args, options, recipe);
    await requireKey(options, context);
    const tsa = textOption(options, 'tsa');
    if (tsa !== null) {
      prepareNetwork(options);
      requireAuthority(tsa, context);
    }
    const report = await packInto(into, request, context, {
      leavers,
      redactionKey: textOption(options, 'redaction-key'),
    });
    const stamped = tsa === null ? null : await stampNew(report.folder, tsa, context);
    const missing = stamped && 'missing' in stamped ? stamped.missing : null;
    if (missing !== null) report.warnings.unshift(missing);
    const stamp = stamped && 'stamp' in stamped ? stamped.stamp : null;
    if (options.values.json) await printJson(tsa === null ? report : { ...report, timeStamp: stamp });
    else
      await write(
        `Pack ${report.packId}: ${report.events} events, ${report.signedBy ? `signed, key ${groupFingerprint(report.signedBy)}` : 'not signed'}\n  ${report.folder}\n  ${report.zip}\n${report.redactionKey === null ? '' : `  keep apart: ${report.redactionKey}\n`}${stamp ? `  ${stampWords(stamp)}\n` : ''}${report.warnings.map((warning) => `  ! ${warning}\n`).join('')}`,
      );
    return missing === null ? 0 : 3;
  });
}

/** What the options ask for; what they do not say is the recipe's. */
function readRequest(args: readonly string[], options: Options, recipe: PackRequest | null): PackRequest {
  const framework = choiceOption(options, 'framework', frameworks) ?? recipe?.framework;
  if (!framework)
    throw new AppError('usage', `--framework is missing: name one of ${frameworks.join(', ')}.`);
  const text = (name: string) => textOption(options, name);
  const conclusions = text('conclusions');
  const controls = text('controls');
  return {
    framework,
    from: text('from') ?? recipe?.from ?? requiredOption(options, 'from', 'name the first day of the period'),
    to: text('to') ?? recipe?.to ?? requiredOption(options, 'to', 'name the last day of the period'),
    zone: text('zone') ?? recipe?.zone ?? 'UTC',
    filter: text('filter') ?? recipe?.filter ?? '',
    organisation: text('organisation') ?? recipe?.organisation ?? '',
    preparedBy: text('prepared-by') ?? recipe?.preparedBy ?? '',
    leftOut: leftOutOption(options) ?? recipe?.leftOut ?? [],
    samples: samplesOption(args, options, recipe?.samples ?? []),
    controls: controls === null ? (recipe?.controls ?? []) : listOf(controls),
    conclusions: conclusions === null ? (recipe?.conclusions ?? []) : readConclusions(conclusions),
    redaction: redactionOption(options, recipe?.redaction ?? null),
  };
}

const listOf = (text: string | null): string[] =>
  (text ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');

/** The optional sections that --sections does not name; null without it. */
function leftOutOption(options: Options): PackSection[] | null {
  const text = textOption(options, 'sections');
  if (text === null) return null;
  const named = text === 'none' ? [] : text === 'all' ? optionalSections : listOf(text);
  const unknown = named.find((name) => !(optionalSections as readonly string[]).includes(name));
  if (unknown !== undefined)
    throw new AppError(
      'usage',
      `--sections takes all, none, or some of ${optionalSections.join(', ')}, not “${unknown}”. Every other section is always there.`,
    );
  return optionalSections.filter((section) => !(named as readonly string[]).includes(section));
}

/** Who stays named; null without --redact. */
function redactionOption(options: Options, recipe: PackRequest['redaction']): PackRequest['redaction'] {
  const parts = ['keep-people', 'keep-categories', 'redact-also', 'redaction-key'];
  const alone = parts.find((name) => options.values[name] !== undefined);
  if (options.values.redact !== true) {
    if (recipe !== null && (alone === undefined || alone === 'redaction-key')) return recipe;
    if (alone !== undefined)
      throw new AppError('usage', `--${alone} goes with --redact: say that people get pseudonyms.`);
    return null;
  }
  return {
    people: listOf(textOption(options, 'keep-people')),
    categories: categoriesOption(options, 'keep-categories'),
    also: listOf(textOption(options, 'redact-also')),
  };
}

/** A CSV with the columns control and conclusion. */
function readConclusions(path: string | null): PackRequest['conclusions'] {
  if (path === null) return [];
  return readTable(path, {
    control: { names: ['control', 'control id', 'criterion'], needed: true },
    words: { names: ['conclusion', 'words', 'text'], needed: true, called: 'conclusion' },
  }).map(({ control, words }) => ({ control: control as string, words: words as string }));
}
