// The smallest preset, for tests of what the language of presets means.

import { createMapper, type Mapped, type RecordValue } from '#core/mapping/map.ts';
import { type Preset, parsePreset } from '#core/mapping/preset.ts';

/** What a test sets of a preset with one variant. */
export type Parts = { variant?: object; fields?: object; actions?: object[]; preset?: object };

/** A preset that reads its time from `t` and its event name from `a`, with what the test sets. */
export function presetOf(
  { variant = {}, fields = {}, actions = [], preset = {} }: Parts,
  format: 'csv' | 'json',
): Preset {
  return parsePreset(
    JSON.stringify({
      id: 'test',
      vendor: 'Test',
      name: 'Test',
      version: 1,
      retention: { days: null, text: 'not published' },
      assumed: [],
      blindSpots: [],
      zone: null,
      actorTypes: [],
      variants: [
        { id: 'v', format, requires: ['t'], fields: { time: 't', action: 'a', ...fields }, ...variant },
      ],
      actions,
      ...preset,
    }),
    'test',
  );
}

/** What it makes of a JSON record. */
export function mapJson(record: object, parts: Parts = {}, zone: string | null = null): Mapped[] {
  const preset = presetOf(parts, 'json');
  return createMapper(preset, preset.variants[0] as Preset['variants'][0], [], zone)(record as RecordValue);
}

/** What it makes of a CSV row, by its columns. */
export function mapCsv(record: Record<string, string>, parts: Parts = {}): Mapped[] {
  const preset = presetOf(parts, 'csv');
  const variant = preset.variants[0] as Preset['variants'][0];
  return createMapper(preset, variant, Object.keys(record), null)(Object.values(record));
}

/** The events, or the reasons where there is none. */
export const eventsOf = (mapped: Mapped[]) => mapped.map((one) => ('event' in one ? one.event : one.reason));
/** A time and a name. */
export const at = { t: '2026-01-05T10:00:00Z', a: 'x' };
