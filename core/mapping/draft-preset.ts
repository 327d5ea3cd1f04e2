// A preset while a person makes it: which column or key each field is read from, the zone and the order of dates.
// Pure and small, because the page edits with it and the engine proposes with it.

import { noCategory } from './event-rules.ts';
import type { FieldSpec, OutcomeSpec, Preset, TimeSpec, Variant } from './form.ts';

/** The fields of an event that a person maps, in the order in which they are asked. */
export const mappingFields = [
  'time',
  'action',
  'actor',
  'targetType',
  'targetId',
  'targetName',
  'scope',
  'subject',
  'field',
  'oldValue',
  'newValue',
  'ip',
  'outcome',
  'vendorId',
] as const;
export type MappingField = (typeof mappingFields)[number];

/** Which number of dates like 03/04/2026 is the day. */
export const dateOrders = ['day-first', 'month-first'] as const;
export type DateOrder = (typeof dateOrders)[number];

/** How a field is read: not at all, from one column or key, or by a rule of several. */
export type FieldReading =
  | { kind: 'none' }
  | { kind: 'name'; name: string }
  | { kind: 'rule'; names: string[] };

/** Stands in every mapping that was made from nothing, not from a bundled preset. */
const madeHere = 'What each column means: as a person mapped it.';

/** A new preset for exports of this shape that reads nothing yet. */
export function emptyDraft(format: 'csv' | 'json', names: readonly string[]): Preset {
  return {
    id: 'own-mapping',
    vendor: 'Unknown system',
    name: 'Own mapping',
    version: 1,
    retention: { days: null, text: 'not known' },
    assumed: [madeHere],
    blindSpots: [
      'Nothing is known about what this log leaves out and whether an export is cut off.',
      noCategory,
    ],
    zone: null,
    actorTypes: [],
    variants: [
      {
        id: format,
        format,
        requires: [],
        knows: format === 'csv' ? [...names] : [...new Set(names.map((name) => name.split('/')[0] ?? name))],
        // Filled before it is used: without a time and an event name there is no event.
        fields: { time: '', action: '' },
      },
    ],
    actions: [],
  };
}

/** The preset of a bundled one, as a person's own that may be changed: its rules, for the one shape of this file. */
export function ownDraft(preset: Preset, variant: Variant): Preset {
  const { only: _only, ...rest } = preset;
  const own = { ...rest, variants: [variant] };
  return preset.id.startsWith('own-')
    ? own
    : { ...own, id: `own-${preset.id}`, name: `${preset.name}, changed` };
}

/** With the name of its vendor, from which its id is made. Ids of bundled presets never begin with `own-`. */
export function nameDraft(preset: Preset, vendor: string): Preset {
  const slug = vendor
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60);
  // A name in other letters has no slug; its code points keep two of them apart.
  const letters = [...vendor].map((char) => (char.codePointAt(0) ?? 0).toString(36)).join('');
  return {
    ...preset,
    vendor,
    name: `${vendor}, own mapping`,
    id: `own-${slug || letters.slice(0, 60) || 'mapping'}`,
  };
}

/** Reads a field from one column or key, or not at all. */
export function setField(
  preset: Preset,
  field: MappingField,
  name: string | null,
  outcomes: readonly OutcomeSpec[],
): Preset {
  const variant = variantOf(preset);
  const fields: Record<string, unknown> = { ...variant.fields };
  if (name === null) {
    if (field === 'time' || field === 'action') fields[field] = '';
    else delete fields[field];
  } else fields[field] = field === 'outcome' ? outcomeFrom(name, outcomes) : name;
  return withVariant(preset, { ...variant, fields: fields as Variant['fields'] });
}

/** Reads the time from two columns: the day, and the time of day. */
export function setClock(preset: Preset, day: string, clock: string): Preset {
  const variant = variantOf(preset);
  const time: FieldSpec = { join: [day, clock], by: ' ' };
  return withVariant(preset, { ...variant, fields: { ...variant.fields, time } });
}

/** With the order of dates like 03/04/2026, where a person or the values say it. */
export function setDates(preset: Preset, dates: DateOrder | null): Preset {
  const variant = variantOf(preset);
  const { time } = variant.fields;
  const [first] = Array.isArray(time) ? time : [time];
  const from = isTimeSpec(first) ? first.from : (first as FieldSpec);
  const zone = isTimeSpec(first) && first.zone !== undefined ? { zone: first.zone } : {};
  const spec = dates === null && !('zone' in zone) ? from : { from, ...zone, ...(dates ? { dates } : {}) };
  return withVariant(preset, { ...variant, fields: { ...variant.fields, time: spec as TimeSpec } });
}

/** The order of dates the preset says; null where it says none. */
export function datesOf(preset: Preset): DateOrder | null {
  const { time } = variantOf(preset).fields;
  const [first] = Array.isArray(time) ? time : [time];
  return isTimeSpec(first) ? (first.dates ?? null) : null;
}

/** With how many days the vendor keeps its log; null where nobody knows. */
export const setRetention = (preset: Preset, days: number | null): Preset => ({
  ...preset,
  retention: { days, text: days === null ? 'not known' : `${days} days, as the person who mapped it says` },
});

export const setZone = (preset: Preset, zone: string | null): Preset => ({ ...preset, zone });

/** How a field is read at present. */
export function readingOf(preset: Preset, field: MappingField): FieldReading {
  const spec: unknown = variantOf(preset).fields[field];
  if (spec === undefined || spec === '') return { kind: 'none' };
  const names = [...new Set(namesIn(spec))];
  const plain = typeof spec === 'object' && spec !== null && 'from' in spec ? spec.from : spec;
  if (typeof plain === 'string') return { kind: 'name', name: plain };
  return { kind: 'rule', names };
}

/**
 * The preset with what a file must have to be read with it: the columns in use; of JSON, whose keys may be left out of
 * a record, only those of time and event name. `names` are the file's own.
 */
export function finishDraft(preset: Preset, names: readonly string[]): Preset {
  const variant = variantOf(preset);
  // One made from a bundled preset keeps what that asks of a file.
  if (variant.requires.length > 0 && !preset.assumed.includes(madeHere)) return preset;
  const has = new Set(names);
  const fields = variant.format === 'csv' ? mappingFields : (['time', 'action'] as const);
  const used = fields.flatMap((field) => {
    const reading = readingOf(preset, field);
    if (reading.kind === 'name') return nearest(reading.name, has);
    // The time of a file with a column for the day and one for the time of day.
    return reading.kind === 'rule' && field === 'time' ? reading.names.filter((name) => has.has(name)) : [];
  });
  const requires = used.length > 0 ? [...new Set(used)] : variant.requires;
  return withVariant(preset, { ...variant, requires: requires.length > 0 ? requires : names.slice(0, 1) });
}

/** The path itself or, where it leads into a list, what is above it. */
function nearest(path: string, has: ReadonlySet<string>): string[] {
  if (has.has(path)) return [path];
  const above = path.lastIndexOf('/');
  return above === -1 ? [] : nearest(path.slice(0, above), has);
}

function outcomeFrom(name: string, outcomes: readonly OutcomeSpec[]): OutcomeSpec {
  const plain = (text: string) => text.toLowerCase().replace(/[\s_./-]+/g, '');
  const fits = outcomes.find(({ from }) => namesIn(from).some((known) => plain(known) === plain(name)));
  return { ...(fits ?? outcomes[0]), from: name };
}

function variantOf(preset: Preset): Variant {
  return preset.variants[0] as Variant;
}

function withVariant(preset: Preset, variant: Variant): Preset {
  return { ...preset, variants: [variant] };
}

function isTimeSpec(spec: unknown): spec is TimeSpec {
  return typeof spec === 'object' && spec !== null && ('zone' in spec || 'dates' in spec);
}

/** The columns or paths a spec reads. */
export function namesIn(spec: unknown): string[] {
  if (typeof spec === 'string') return [spec];
  if (Array.isArray(spec)) return spec.flatMap(namesIn);
  if (typeof spec !== 'object' || spec === null) return [];
  const { from, join, in: list } = spec as { from?: unknown; join?: unknown; in?: unknown };
  return [from, join, list].flatMap(namesIn);
}
