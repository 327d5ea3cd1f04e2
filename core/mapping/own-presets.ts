// Recognising exports also by what persons mapped before: a bundled preset first, then a mapping a source was last
// imported with, and only then the names of the columns alone.

import type { Preset, Variant } from './form.ts';
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
  if (bundled && bundled.preset.only !== 'unrecognised') return { ...bundled, own: null };
  for (const used of own) {
    const found = recognise(format, names, [used.preset]);
    if (found) return { ...found, own: used };
  }
  return bundled && { ...bundled, own: null };
}
