// Access reviews on the command line: `exhibit campaign new | assign | decide | close | show | list`.

import { campaignBook } from '#core/access/access-book.ts';
import { describeProgress, freezeAccess, proveCampaign } from '#core/access/campaign.ts';
import { assignments, campaignDecisions } from '#core/campaign-model.ts';
import { AppError } from '#core/errors.ts';
import { personOfMachine } from '#core/store/activity.ts';
import {
  assignReviewer,
  closeCampaign,
  decideEntries,
  listCampaigns,
  readCampaign,
} from '#core/store/campaigns.ts';
import { closing, type Store } from '#core/store/open.ts';
import { choiceOption, type Options, readOptions, requiredOption, textOption, wantsJson } from './options.ts';
import { formatTable, printJson, write } from './output.ts';
import { saveIfAsked, saveOptions } from './save-option.ts';
import { readReview, readSettings, settingsOptions } from './settings-commands.ts';
import { type Context, withContext } from './with-context.ts';

const steps = ['new', 'assign', 'decide', 'close', 'show', 'list'] as const;

/** `exhibit campaign STEP [NUMBER]`: every step says how the access review stands then. */
export async function runCampaign(args: readonly string[], signal: AbortSignal): Promise<number> {
  const options = readOptions(args, {
    ...settingsOptions,
    at: { type: 'string' },
    zone: { type: 'string' },
    filter: { type: 'string' },
    name: { type: 'string' },
    person: { type: 'string' },
    reviewer: { type: 'string' },
    by: { type: 'string' },
    value: { type: 'string' },
    entries: { type: 'string' },
    decision: { type: 'string' },
    note: { type: 'string' },
    ...saveOptions,
  });
  const [step, number, ...more] = options.files;
  if (!steps.some((one) => one === step) || more.length > 0)
    throw new AppError('usage', `Name one step of ${steps.join(', ')}, then the number of the review.`);
  return withContext(options, signal, async (context) => {
    context.reader();
    if (step === 'list') {
      const campaigns = readReview(context, listCampaigns);
      if (wantsJson(options)) await printJson({ campaigns });
      else
        await write(
          formatTable(
            campaigns.map(({ id, name, at, entries, closedAt }) => [
              id,
              name,
              at,
              entries,
              closedAt ?? 'open',
            ]),
          ),
        );
      return 0;
    }
    const id = step === 'new' ? open(options, context) : numberOf(number);
    if (step !== 'new' && step !== 'show')
      change(step as 'assign' | 'decide' | 'close', id, options, context);
    if (step === 'show') {
      const make = (store: Store) =>
        campaignBook(
          proveCampaign(
            store,
            readReview(context, (review) => readCampaign(review, id)),
          ),
        );
      if (await saveIfAsked(options, make, context)) return 0;
    }
    await show(id, step === 'show', options, context);
    return 0;
  });
}

const personOf = (options: Options): string => textOption(options, 'person') ?? personOfMachine();

function open(options: Options, context: Context): number {
  const at = requiredOption(options, 'at', 'name the date whose rights are reviewed');
  const settings = readSettings(options, context);
  return closing(context.review(), (review) =>
    freezeAccess(
      context.reader(),
      review,
      {
        name: textOption(options, 'name') ?? `Access at the end of ${at}`,
        at,
        zone: textOption(options, 'zone') ?? 'UTC',
        filter: textOption(options, 'filter') ?? '',
        person: personOf(options),
      },
      settings,
    ),
  );
}

function change(step: 'assign' | 'decide' | 'close', id: number, options: Options, context: Context): void {
  const person = personOf(options);
  closing(context.review(), (review) => {
    if (step === 'close') closeCampaign(review, id, person);
    else if (step === 'assign') {
      const by = choiceOption(options, 'by', assignments) ?? 'all';
      const value = by === 'all' ? null : requiredOption(options, 'value', `name the ${by} to assign`);
      const reviewer = requiredOption(options, 'reviewer', 'name who decides');
      assignReviewer(review, id, { by, value, reviewer }, person);
    } else {
      const decision = choiceOption(options, 'decision', campaignDecisions);
      if (decision === null)
        throw new AppError('usage', `--decision is missing: ${campaignDecisions.join(', ')}.`);
      const entries = numbersOf(requiredOption(options, 'entries', 'name their numbers, such as 1,4-9'));
      decideEntries(review, id, { entries, decision, note: textOption(options, 'note') ?? '', person });
    }
  });
}

async function show(id: number, withEntries: boolean, options: Options, context: Context): Promise<void> {
  const campaign = proveCampaign(
    context.reader(),
    readReview(context, (review) => readCampaign(review, id)),
  );
  const progress = describeProgress(campaign);
  if (wantsJson(options)) {
    await printJson({ campaign: progress, ...(withEntries ? { entries: campaign.entries } : {}) });
    return;
  }
  const { name, entries, pending, closedAt, proofs } = progress;
  await write(
    `${id}: ${name}, ${entries} rights, ${pending} pending, ${closedAt === null ? 'open' : `closed ${closedAt}`}\n`,
  );
  if (proofs)
    await write(
      `  revocations: ${Object.entries(proofs)
        .map(([state, count]) => `${count} ${state}`)
        .join(', ')}\n`,
    );
  if (!withEntries) return;
  const lines = campaign.entries.map((one) => [
    one.number,
    one.subject,
    `${one.targetType ?? ''} ${one.targetName ?? one.targetId ?? ''}`.trim(),
    one.right,
    one.reviewer ?? '(anybody)',
    one.decided?.decision ?? 'pending',
    one.decided?.person ?? '',
    one.proof?.state ?? '',
  ]);
  await write(formatTable(lines));
}

function numberOf(text: string | undefined): number {
  if (text === undefined || !/^[1-9]\d*$/.test(text))
    throw new AppError('usage', 'Name the number of the access review; “campaign list” shows them.');
  return Number(text);
}

function numbersOf(text: string): number[] {
  return text.split(',').flatMap((part) => {
    const match = /^\s*(\d+)(?:\s*-\s*(\d+))?\s*$/.exec(part);
    if (!match) throw new AppError('usage', `“${part}” is no number of an entry. Write them like 1,4-9.`);
    const [first, last] = [Number(match[1]), Number(match[2] ?? match[1])];
    if (last < first || last - first > 100_000)
      throw new AppError('usage', `“${part}” names no entries. Write them like 1,4-9.`);
    return Array.from({ length: last - first + 1 }, (_, at) => first + at);
  });
}
