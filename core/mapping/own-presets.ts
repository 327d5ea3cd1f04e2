// Recognising exports also by what persons mapped before: a bundled preset first (but what a person corrected for its
// source counts before it), then a mapping a source was last imported with, and only then the names of the columns alone.

import type { FieldSpec, Preset, TimeSpec, Variant } from './form.ts';
import { loadPresets, recognise } from './preset.ts';

/** A preset of a person's own, with the source it was last used for. */
export type OwnPreset = { source: string; preset: Preset };
export type Recognised = { preset: Preset; variant: Variant; own: OwnPreset | null };

/** The preset that knows a file, or the bundled one for unrecognised files; null where neither fits. */
export function recogniseWithOwn(
  format: 'csv' | 'json',
  names: readonly string[],
  own: readonly OwnPreset[],
): Recognised | null {
  const bundled = recognise(format, names, loadPresets());
  if (bundled && bundled.preset.only !== 'unrecognised') {
    const corrected = own.find(({ source }) => source === bundled.preset.vendor);
    const found = corrected && recognise(format, names, [corrected.preset]);
    return found ? { ...found, own: corrected } : { ...bundled, own: null };
  }
  for (const used of own) {
    const found = recognise(format, names, [used.preset]);
    if (found) return { ...found, own: used };
  }
  return bundled && { ...bundled, own: null };
}

/** The preset without orders of dates that were told of one file alone: the next one has to tell its own. */
export function forgetFileOrders(preset: Preset): Preset {
  const forget = (spec: FieldSpec | TimeSpec): FieldSpec | TimeSpec => {
    if (typeof spec !== 'object' || !('datesBy' in spec)) return spec;
    const { dates: _dates, datesBy: _datesBy, ...rest } = spec;
    return rest.zone === undefined ? rest.from : rest;
  };
  const variants = preset.variants.map((variant) => {
    const { time } = variant.fields;
    const plain = Array.isArray(time) ? time.map(forget) : forget(time);
    return { ...variant, fields: { ...variant.fields, time: plain as Variant['fields']['time'] } };
  });
  return { ...preset, variants };
}
