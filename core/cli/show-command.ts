// The command that says everything about an actor, a target or an address: what its page in the window shows.

import { type About, type AboutKind, aboutKinds, aboutQuestions } from '#core/about.ts';
import { handlers } from '#core/engine.ts';
import { AppError } from '#core/errors.ts';
import { usualSettings } from '#core/review-model.ts';
import { besideLog } from '#core/store/open.ts';
import { readReviewSettings } from '#core/store/review-settings.ts';
import { calendarKey } from '#core/time.ts';
import { numberOption, queryOptions, readOptions, textOption, wantsJson } from './options.ts';
import { formatTable, printJson, write } from './output.ts';
import { type Context, withContext } from './with-context.ts';

/** `exhibit show actor NAME`: first and last seen, counts, changes, rights, sessions. */
export async function runShow(args: readonly string[], signal: AbortSignal): Promise<number> {
  const { from, to, zone } = queryOptions;
  const text = { type: 'string' } as const;
  const options = readOptions(args, { from, to, zone, type: text, source: text, limit: text });
  const [kind, name, ...more] = options.files;
  if (!isKind(kind) || name === undefined || more.length > 0)
    throw new AppError('usage', `Say what to show: exhibit show ${aboutKinds.join('|')} NAME.`);
  const [type, source] = [textOption(options, 'type'), textOption(options, 'source')];
  if (kind !== 'target' && (type !== null || source !== null))
    throw new AppError('usage', '--type and --source tell targets apart; leave them out here.');
  const about = { kind, name, source, type };
  const asked = {
    from: textOption(options, 'from'),
    to: textOption(options, 'to'),
    zone: textOption(options, 'zone') ?? 'UTC',
  };
  const limit = numberOption(options, 'limit', 1, 1_000_000) ?? 100;
  return withContext(options, signal, async (context) => {
    const shown = await readAbout(context, about, asked, limit);
    if (wantsJson(options)) await printJson(shown);
    else await write(describe(shown));
    return 0;
  });
}

const isKind = (word: string | undefined): word is AboutKind => aboutKinds.some((one) => one === word);

async function readAbout(
  context: Context,
  about: About,
  asked: { from: string | null; to: string | null; zone: string },
  limit: number,
) {
  const log = await handlers['workspace.summary']({}, context);
  const dayOf = (time: string | null) => calendarKey(Date.parse(time ?? '1970-01-01'), asked.zone, 'day');
  const held = { first: dayOf(log.firstTime), last: dayOf(log.lastTime) };
  const settings = besideLog(context.reader(), readReviewSettings)?.settings ?? usualSettings;
  const ask = aboutQuestions(about, asked, held, settings);
  const edge = async (direction: 'asc' | 'desc') => {
    const sort = { by: 'time' as const, direction };
    const { rows } = await handlers['events.window']({ ...ask.always, first: 0, limit: 1, sort }, context);
    return rows[0] ? { time: rows[0].time, event: rows[0].uid } : null;
  };
  const page = { first: 0, limit };
  const { total, facets } = await handlers['events.facets']({ ...ask.events, facets: ask.facets }, context);
  return {
    about,
    ...asked,
    all: (await handlers['events.total'](ask.always, context)).total,
    first: await edge('asc'),
    last: await edge('desc'),
    events: total,
    facets,
    timeline: await handlers['events.histogram'](ask.events, context),
    changes: await handlers['changes.tracks']({ ...ask.changes, ...page }, context),
    rights: ask.rights && (await handlers['access.intervals']({ ...ask.rights, ...page }, context)),
    sessions: await handlers['sessions.list']({ ...ask.sessions, ...page }, context),
  };
}

function describe(shown: Awaited<ReturnType<typeof readAbout>>): string {
  const { about, all, events, first, last, facets, changes, rights, sessions } = shown;
  const facts = [
    [`${about.kind} ${about.name}`, ''],
    ['first seen', first?.time ?? 'never'],
    ['last seen', last?.time ?? 'never'],
    ['events over the whole log', all],
    ['events in the period', events],
    ['fields changed in the period', changes.total],
    ...(rights ? [['rights at its end', rights.total]] : []),
    ['sessions', sessions.total],
  ] as (string | number)[][];
  const counts = facets.flatMap(({ key, values, more }) => [
    [`by ${key}`, ''],
    ...values.map(({ value, label, count }) => [`  ${label ?? value ?? '(none)'}`, count]),
    ...(more > 0 ? [[`  … and ${more} more`, '']] : []),
  ]);
  return formatTable([...facts, ...counts]);
}
