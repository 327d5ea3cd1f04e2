// The settings of reviews on the command line: what a command measures by, and the command that shows and sets them.

import { AppError } from '#core/errors.ts';
import type { ReviewSettings, WorkingHours } from '#core/review-model.ts';
import { closing, type Store } from '#core/store/open.ts';
import { type KeptSettings, readReviewSettings, saveReviewSettings } from '#core/store/review-settings.ts';
import { hoursInWords, parseWorkingHours } from '#core/working-hours.ts';
import { numberOption, type Options, readOptions, refuseFiles, textOption, wantsJson } from './options.ts';
import { formatTable, printJson, write } from './output.ts';
import { type Context, withContext } from './with-context.ts';

/** The options that say otherwise than the workspace's settings. */
export const settingsOptions = {
  hours: { type: 'string' },
  days: { type: 'string' },
  'hours-zone': { type: 'string' },
  'no-hours': { type: 'boolean' },
  'dormant-days': { type: 'string' },
  privileged: { type: 'string' },
  'sla-days': { type: 'string' },
} as const;

/** What a command measures by: the workspace's settings, but for those that its options name. */
export function readSettings(options: Options, context: Context): ReviewSettings {
  return overrule(options, readReview(context, readReviewSettings).settings);
}

/** Reads the review file; one that is from an older Exhibit, or not there yet, is brought up to date first. */
export function readReview<T>(context: Context, read: (review: Store) => T): T {
  // Says so where there is no workspace at all.
  context.reader();
  try {
    return closing(context.reviewReader(), read);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'input') throw error;
    return closing(context.review(), read);
  }
}

function overrule(options: Options, kept: ReviewSettings): ReviewSettings {
  const privileged = textOption(options, 'privileged');
  return {
    hours: hoursOption(options, kept.hours),
    dormantDays: numberOption(options, 'dormant-days', 1, 10_000) ?? kept.dormantDays,
    privileged: privileged === null ? kept.privileged : listOf(privileged),
    slaDays: numberOption(options, 'sla-days', 0, 10_000) ?? kept.slaDays,
  };
}

function hoursOption(options: Options, kept: WorkingHours | null): WorkingHours | null {
  if (options.values['no-hours'] === true) return null;
  const [hours, days, zone] = ['hours', 'days', 'hours-zone'].map((name) => textOption(options, name));
  if (hours == null && days == null && zone == null) return kept;
  return parseWorkingHours(hours ?? '00:00-24:00', days ?? '1-5', zone ?? null);
}

const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');

/** `exhibit settings`: shows what reviews of the workspace are measured by, and sets what its options name. */
export async function runSettings(args: readonly string[], signal: AbortSignal): Promise<number> {
  const options = readOptions(args, settingsOptions);
  refuseFiles(options);
  return withContext(options, signal, async (context) => {
    const kept = readReview(context, readReviewSettings);
    const isSet = Object.keys(settingsOptions).some((name) => options.values[name] !== undefined);
    const now = isSet
      ? closing(context.review(), (review) => saveReviewSettings(review, overrule(options, kept.settings)))
      : kept;
    if (wantsJson(options)) await printJson({ ...now.settings, since: now.since, account: now.account });
    else await write(formatTable(inWords(now)));
    return 0;
  });
}

function inWords({ settings, since, account }: KeptSettings): string[][] {
  const { hours, dormantDays, privileged, slaDays } = settings;
  return [
    ['working hours', hours === null ? 'not set' : hoursInWords(hours)],
    ['dormant after', `${dormantDays} days`],
    ['privileged rights', privileged.join(', ') || 'none'],
    ['time to take a right away', `${slaDays} days`],
    ['set', since === null ? 'never: these are the usual ones' : `${since} by ${account}`],
  ];
}
