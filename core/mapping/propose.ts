// Proposes how to map an export that no preset knows: for each field the column or key that is probably meant, how
// sure that is, and why, in words. Names are compared with the aliases of the generic preset, values with what they
// should look like. Pure: what it cannot tell it leaves open.

import { findPairs, type Pairs, plainName, wordsOf } from './column-names.ts';
import { isAddress, isClock, isDay, isMailAddress, isOutcomeWord, isStructured } from './column-values.ts';
import {
  emptyDraft,
  type MappingField,
  mappingFields,
  namesIn,
  setClock,
  setDates,
  setField,
} from './draft-preset.ts';
import type { SampleRecord } from './field-paths.ts';
import type { OutcomeSpec, Preset } from './form.ts';
import { type TimeEvidence, timeEvidence } from './time-evidence.ts';

export type Confidence = 'sure' | 'likely' | 'unsure' | 'none';
export type FieldProposal = {
  field: MappingField;
  name: string | null;
  confidence: Confidence;
  /** Why, as a sentence. */
  reason: string;
};
export type Proposal = {
  preset: Preset;
  fields: FieldProposal[];
  /** What the values of the columns that hold times say. */
  times: Record<string, TimeEvidence>;
  /** How texts of an outcome are read, for a column that is chosen later. */
  outcomes: OutcomeSpec[];
};

type Aliases = Map<string, number>;
type Fit = { name: string; score: number; confidence: Confidence; reason: string };
type Column = { name: string; plain: string; words: string[]; values: string[] };

/** Aliases of fields the generic preset does not read. */
const further: Partial<Record<MappingField, string[]>> = {
  subject: [
    'subject',
    'grantee',
    'member',
    'member_name',
    'affected_user',
    'target_user',
    'recipient',
    'for_user',
  ],
};

/** Fields that say how it went and what changed: half of a list would be a wrong answer. */
const wholeOnly: readonly MappingField[] = ['action', 'subject', 'field', 'oldValue', 'newValue', 'outcome'];
/** Fields that are somebody or something, and what a name ends with that is neither. */
const isWho: readonly MappingField[] = ['actor', 'subject', 'targetName', 'scope'];
const otherThan = new Set(
  'type kind ip address host hostname agent country city role roles time date count status mechanism method'.split(
    ' ',
  ),
);
/** Whose members describe who did it, or from where: never what it was done to. */
const ofActor = new Set(
  'actor actors user auth authentication identity author initiator initiated created performed principal client session'.split(
    ' ',
  ),
);

/** Whose columns are given out first: a column serves one field. */
const order: MappingField[] = [
  ...(['time', 'action', 'ip', 'outcome', 'vendorId', 'subject', 'actor', 'oldValue', 'newValue'] as const),
  ...(['targetType', 'targetId', 'targetName', 'field', 'scope'] as const),
];

/**
 * A mapping for records with these names. `names` are the file's own (columns, or paths of the first record), which a
 * saved mapping asks for; `samples` are texts by name; `generic` is the preset whose aliases are used.
 */
export function propose(
  format: 'csv' | 'json',
  names: readonly string[],
  samples: readonly SampleRecord[],
  generic: Preset,
): Proposal {
  const columns = names.map((name): Column => {
    const values = samples.flatMap((sample) => (Object.hasOwn(sample, name) ? [sample[name] as string] : []));
    return { name, plain: plainName(name), words: wordsOf(name), values };
  });
  const outcomes = outcomesOf(generic);
  const times: [string, TimeEvidence][] = columns.flatMap((column) => {
    const evidence = timeEvidence(column.values);
    return evidence.times > evidence.others ? [[column.name, evidence] as [string, TimeEvidence]] : [];
  });
  const evidence = new Map(times);
  const pairs = findPairs(names);
  const given = new Set<string>();
  const chosen = new Map<MappingField, Fit>();
  for (const field of order) {
    const aliases = aliasesOf(generic, field);
    const fits = columns
      .filter(({ name }) => !given.has(name))
      .flatMap(
        (column) =>
          judge(field, column, aliases, { evidence, outcomes, pairs, records: samples.length }) ?? [],
      );
    const best = fits.reduce<Fit | null>((a, b) => (a === null || b.score > a.score ? b : a), null);
    if (!best) continue;
    chosen.set(field, best);
    given.add(best.name);
  }
  let preset = emptyDraft(format, names);
  for (const [field, { name }] of chosen) preset = setField(preset, field, name, outcomes);
  const day = columns.find(({ name }) => name === chosen.get('time')?.name);
  const clock = day && columns.find((column) => !given.has(column.name) && isClockOf(day, column));
  if (day && clock) {
    preset = setClock(preset, day.name, clock.name);
    const reason = `“${day.name}” has the day and “${clock.name}” the time of day.`;
    chosen.set('time', { ...(chosen.get('time') as Fit), confidence: 'likely', reason });
  }
  const proven = evidence.get(chosen.get('time')?.name ?? '')?.order;
  if (proven === 'day-first' || proven === 'month-first') preset = setDates(preset, proven);
  const fields = mappingFields.map((field): FieldProposal => {
    const fit = chosen.get(field);
    return fit
      ? { field, name: fit.name, confidence: fit.confidence, reason: fit.reason }
      : { field, name: null, confidence: 'none', reason: 'Nothing in this file looks like it.' };
  });
  return { preset, fields, times: Object.fromEntries(times), outcomes };
}

type Evidence = {
  evidence: Map<string, TimeEvidence>;
  outcomes: OutcomeSpec[];
  pairs: Pairs;
  records: number;
};

/** Whether one column has the time of day of the days in the other. */
const isClockOf = (day: Column, { values }: Column): boolean =>
  values.length > 0 && values.every(isClock) && day.values.every(isDay);

/** How well a column fits a field, null where it does not. */
function judge(field: MappingField, column: Column, aliases: Aliases, known: Evidence): Fit | null {
  const { name, values } = column;
  const pair = known.pairs.get(name);
  if (pair?.field === field)
    return { name, score: 50, confidence: 'unsure', reason: `“${name}” and “${pair.other}” are a pair.` };
  // Of a list only the first element has a name here: what the others say would be missing from the event.
  if (wholeOnly.includes(field) && name.includes('/0/')) return null;
  const named = nameFit(field, column, aliases);
  if (named && named.score <= 0) return null;
  const give = (score: number, confidence: Confidence, reason: string): Fit => ({
    name,
    score,
    confidence,
    reason: `${reason}.`,
  });
  if (field === 'oldValue' || field === 'newValue')
    return named && give(named.score, named.isWhole ? 'likely' : 'unsure', named.words);
  if (values.length === 0)
    return named?.isWhole
      ? give(named.score - 60, 'unsure', `${named.words}, but it is empty in the first records`)
      : null;
  if (values.some(isStructured)) return null;
  const look = looksLike(field, column, known);
  if (look === 'no') return null;
  if (look !== null) {
    if (named)
      return give(named.score + 20, named.isWhole ? 'sure' : 'likely', `${named.words}, and ${look.words}`);
    return look.alone && !name.includes('/0/') ? give(look.alone, 'unsure', capital(look.words)) : null;
  }
  if (!named) return null;
  return give(named.score, named.isWhole ? 'likely' : 'unsure', named.words);
}

/** What the values say: `no` where they cannot be meant, null where they say nothing. */
function looksLike(
  field: MappingField,
  { name, plain, values }: Column,
  { evidence, outcomes, records }: Evidence,
): { words: string; alone: number } | 'no' | null {
  const share = (test: (value: string) => boolean) => values.filter(test).length / values.length;
  const time = evidence.get(name);
  if (field === 'time') {
    if (!time) return 'no';
    const isNumber = values.every((value) => /^\d+$/.test(value));
    const words = time.others === 0 ? 'all its values are times' : 'most of its values are times';
    return { words, alone: isNumber ? 0 : 10 };
  }
  // A column of times is not a name of anything.
  if (time && values.every((value) => !/^\d+$/.test(value))) return 'no';
  if (field === 'ip')
    return share(isAddress) > 0.8 ? { words: 'its values are IP addresses', alone: 30 } : 'no';
  if (field === 'outcome') {
    if (values.every(isOutcomeWord)) return { words: 'its values say success or failure', alone: 12 };
    const texts = new Set(outcomes.flatMap(({ success = [], failure = [] }) => [...success, ...failure]));
    const isFlag = outcomes.some(
      (spec) => spec.present && namesIn(spec.from).map(plainName).includes(plainName(name)),
    );
    if (isFlag) return null;
    return share((value) => texts.has(value.toLowerCase())) > 0.7
      ? { words: 'its values say success or failure', alone: 0 }
      : 'no';
  }
  if (field === 'vendorId') {
    const isOwn = new Set(values).size === values.length && values.length === records;
    return isOwn ? { words: 'it is different in each record', alone: 0 } : 'no';
  }
  if (isWho.includes(field) && values.every((value) => /^(true|false)$/i.test(value))) return 'no';
  if (field === 'actor' && share(isMailAddress) > 0.6)
    return { words: 'its values are e-mail addresses', alone: 8 };
  if (field !== 'action') return null;
  if (values.length < records * 0.5) return 'no';
  // Where nothing is named better: of what is done to things, a column of that name tells their kind.
  return plain === 'type' ? { words: 'its values may be the names of events', alone: 6 } : null;
}

/** How well the name fits: the whole of it is an alias, its last part is, or an alias occurs in it. */
function nameFit(
  field: MappingField,
  column: Column,
  aliases: Aliases,
): { score: number; isWhole: boolean; words: string } | null {
  // Who and where are names to people; an id is taken where there is nothing better.
  const isId = /^(ids?|keys?|uuid)$/.test(column.words.at(-1) ?? '');
  const less = isId && (field === 'actor' || field === 'subject' || field === 'scope') ? 36 : 0;
  const shown = `“${column.name}”`;
  const whole = aliases.get(column.plain);
  if (whole !== undefined)
    return { score: 100 - whole - less, isWhole: true, words: `${shown} is a usual name for it` };
  const parts = column.name.split(/[/.]/);
  const last = parts.at(-1) ?? '';
  const isTarget = field.startsWith('target') || field === 'scope';
  if (isTarget && parts.slice(0, -1).some((part) => wordsOf(part).some((word) => ofActor.has(word))))
    return null;
  if (isWho.includes(field) && (otherThan.has(column.words.at(-1) ?? '') || column.words.includes('type')))
    return null;
  const deep = 3 * (parts.length - 1);
  const lastRank = aliases.get(plainName(last));
  // The id of an object inside is not the record's.
  if (lastRank !== undefined && last !== column.name && field !== 'vendorId')
    return {
      score: Math.max(1, 60 - lastRank - less - deep),
      isWhole: false,
      words: `The last part of ${shown} is a usual name for it`,
    };
  let best: number | null = null;
  // “to” and “next” are words of many names; as a name of its own, each is one of the aliases above.
  const shortest = field === 'oldValue' || field === 'newValue' ? 4 : 2;
  for (const [alias, rank] of aliases)
    if (alias.length > shortest && hasWords(column.words, alias) && (best === null || rank < best))
      best = rank;
  return best === null
    ? null
    : {
        score: Math.max(1, 40 - best - less - deep),
        isWhole: false,
        words: `${shown} contains a usual name for it`,
      };
}

/** Whether neighbouring words, written together, are the alias. */
function hasWords(words: readonly string[], alias: string): boolean {
  for (let from = 0; from < words.length; from++) {
    let text = '';
    for (let at = from; at < words.length && text.length < alias.length; at++) text += words[at];
    if (text === alias) return true;
  }
  return false;
}

function aliasesOf(generic: Preset, field: MappingField): Aliases {
  // Two columns that are one value only together are no names of it.
  const alone = (spec: unknown): unknown =>
    Array.isArray(spec) ? spec.filter((one) => typeof one !== 'object' || !Object.hasOwn(one, 'join')) : spec;
  const names = generic.variants.flatMap(({ fields }) =>
    namesIn(alone(fields[field])).concat(listed(fields[field])),
  );
  const all = [...names, ...(further[field] ?? [])].map(plainName);
  return new Map([...new Set(all)].map((name, rank) => [name, Math.min(rank, 39)]));
}

/** Names inside the entries of a list of outcome specs. */
const listed = (spec: unknown): string[] =>
  Array.isArray(spec) ? spec.flatMap((one) => namesIn((one as { from?: unknown }).from)) : [];

function outcomesOf(generic: Preset): OutcomeSpec[] {
  const spec = generic.variants[0]?.fields.outcome;
  return spec === undefined ? [] : Array.isArray(spec) ? spec : [spec];
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
