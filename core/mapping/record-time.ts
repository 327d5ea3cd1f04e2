// When a record says it happened, and how sure that is. Of several times the first that can be read counts; a date
// that can mean two days is refused, with what to do about it.

import type { TimeBasis } from '#core/model.ts';
import { instantNamed, instantOf, readEpoch, readTime } from '#core/time.ts';
import { readUtc } from '#core/utc.ts';
import { readLocalDate, splitZoneName } from '#core/written-dates.ts';
import { type FieldCompiler, type RecordValue, valueText } from './fields.ts';
import type { FieldSpec, TimeSpec, Variant } from './form.ts';

/** A wall clock shown twice or never by a clock change, or a day without a time of day. */
export type DoubtfulTime = 'twice' | 'never' | 'day';
export type RecordTime =
  | { ms: number; text: string; basis: TimeBasis; doubtful: DoubtfulTime | null }
  | { reason: string };

/** Reads the time of a variant's records; `zone` is for times that carry none, null where nobody named one. */
export function createTimeReader(
  variant: Variant,
  compiler: FieldCompiler,
  zone: string | null,
): (record: RecordValue) => RecordTime {
  const { time } = variant.fields;
  const specs: (FieldSpec | TimeSpec)[] = Array.isArray(time) ? time : [time];
  const readers = specs.map((spec) => {
    const own = isTimeSpec(spec) ? spec : null;
    const get = compiler.compile(own ? own.from : (spec as FieldSpec));
    return { get, zone: own?.zone ?? zone, dates: own?.dates ?? null };
  });
  return (record) => {
    let refused: RecordTime | null = null;
    for (const reader of readers) {
      const value = reader.get(record);
      if (value === null || value === undefined) continue;
      const read = readValue(value, reader.zone, reader.dates);
      if (read === null) continue;
      if (!('reason' in read)) return read;
      refused ??= read;
    }
    return refused ?? { reason: 'it has no time' };
  };
}

/** Whether a time is given with more than where it stands. */
export function isTimeSpec(spec: FieldSpec | TimeSpec): spec is TimeSpec {
  return typeof spec === 'object' && !Array.isArray(spec) && ('zone' in spec || 'dates' in spec);
}

function readValue(value: unknown, zone: string | null, dates: TimeSpec['dates'] | null): RecordTime | null {
  const utc = typeof value === 'string' ? readUtc(value) : null;
  if (utc !== null) return { ms: utc, text: value as string, basis: 'explicit', doubtful: null };
  const text = valueText(value);
  if (text === null || text.trim() === '') return null;
  if (typeof value === 'number' || /^\d{9,19}(\.\d+)?$/.test(text)) {
    const ms = readEpoch(Number(text));
    if (ms === null) return { reason: `its time “${clip(text)}” is no epoch between 1990 and 2100` };
    return { ms, text, basis: 'explicit', doubtful: null };
  }
  const readPlain = (plain: string) => readTime(plain) ?? readLocalDate(plain, dates ?? null);
  const whole = readPlain(text);
  const named = whole === null ? splitZoneName(text) : null;
  const read = named ? readPlain(named.text) : whole;
  if (read === 'ambiguous') {
    return {
      reason: `its time “${clip(text)}” does not say which number is the day: say it on the mapping screen, or with --dates`,
    };
  }
  if (!read) return { reason: unreadable(text) };
  if (named) {
    if (read.explicit) return { reason: unreadable(text) };
    const ms = zone === null ? null : instantNamed(read.wall, zone, named.zone);
    return ms === null
      ? { reason: unnamed(text, named.zone, zone) }
      : { ms, text, basis: 'declared', doubtful: null };
  }
  if (read.explicit) return { ms: read.ms, text, basis: 'explicit', doubtful: null };
  const { ms, doubtful } = instantOf(read.wall, zone ?? 'UTC');
  const isDay = !text.includes(':');
  return { ms, text, basis: zone === null ? 'assumed' : 'declared', doubtful: isDay ? 'day' : doubtful };
}

/** Why a time is not read that is in order but for the short name of its zone. */
function unnamed(text: string, name: string, zone: string | null): string {
  const said = `its time “${clip(text)}” cannot be read`;
  return zone === null
    ? `${said}: “${name}” can be several zones; name the one that it is, on the mapping screen or with --zone`
    : `${said}: clocks in ${zone} were not called “${name}” then; name the zone that it is of`;
}

/** Why a time is not read. */
function unreadable(text: string): string {
  const said = `its time “${clip(text)}” is not a date and time that can be read`;
  if (/^\s*\d{5}([.,]\d+)?\s*$/.test(text))
    return `${said}: it looks like a day’s number in a spreadsheet; show the column as date and time there, and save it again`;
  if (/^\s*\d{1,2}([/.-])\d{1,2}\1\d{2}(?!\d)/.test(text))
    return `${said}: its year has two digits; export it with four`;
  return said;
}

function clip(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
