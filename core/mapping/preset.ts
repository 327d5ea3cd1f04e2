// Presets as files: which ones there are, how one is read, and which one an export belongs to. What may stand in one
// is in form.ts, what it does to a record in map.ts.

import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { assetPath } from '#core/assets.ts';
import { AppError } from '#core/errors.ts';
import { type FieldSpec, type Preset, presetForm, type Variant } from './form.ts';
import { namesIn } from './names.ts';
import { normaliseName } from './normal-name.ts';
import { membersOf, variantWithin } from './wrapped.ts';

export type { Preset, Variant } from './form.ts';

let bundled: Preset[] | undefined;

/** The presets that come with Exhibit, by id. */
export function loadPresets(): Preset[] {
  bundled ??= readdirSync(assetPath('presets'))
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => parsePreset(readFileSync(assetPath('presets', file), 'utf8'), file));
  return bundled;
}

/** A preset from its JSON text. Throws AppError('input') naming `origin` and what is wrong with it. */
export function parsePreset(text: string, origin: string): Preset {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new AppError('input', `${origin} is not a preset: ${(error as Error).message}.`);
  }
  const parsed = presetForm.safeParse(value);
  if (!parsed.success)
    throw new AppError('input', `${origin} is not a preset: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

/** The preset called `name`: an id, or the path of a preset file. Throws AppError when there is none. */
export function findPreset(name: string): Preset {
  const known = loadPresets().find((preset) => preset.id === name);
  if (known) return known;
  if (!name.endsWith('.json')) {
    const ids = loadPresets().map((preset) => preset.id);
    throw new AppError(
      'usage',
      `There is no preset “${name}”. Known are ${ids.join(', ')}, or name a preset file.`,
    );
  }
  return parsePreset(readFileSync(name, 'utf8'), name);
}

type Found = { preset: Preset; variant: Variant };

/**
 * The preset and variant whose required columns or keys a file has; the one that requires most wins, and one for
 * unrecognised files only where no other fits. Null when none does. `names` are CSV columns or the key paths of the
 * first records. A preset that has to be named is only found among `presets` when it is the only one. What one member of
 * each record has is recognised, too: the variant then reads it there.
 */
export const recognise = (
  format: 'csv' | 'json',
  names: readonly string[],
  presets: readonly Preset[],
): Found | null =>
  recogniseAlone(format, names, presets) ?? (format === 'json' ? recogniseWrapped(names, presets) : null);

function recogniseWrapped(names: readonly string[], presets: readonly Preset[]): Found | null {
  const telling = presets.filter(({ only }) => only !== 'unrecognised');
  const all = membersOf(names).flatMap(({ member, inside }) => {
    const found = recogniseAlone('json', inside, telling);
    return found ? [{ ...found, member }] : [];
  });
  const [found] = all;
  // Of several, each may be an event: one would be read and the others lost.
  if (!found || all.length > 1) return null;
  const { preset, member } = found;
  const variant = variantWithin(found.variant, member);
  return { preset: { ...preset, variants: [variant] }, variant };
}

function recogniseAlone(
  format: 'csv' | 'json',
  names: readonly string[],
  presets: readonly Preset[],
): Found | null {
  const written = new Set(names);
  const normal = new Set(names.map(normaliseName));
  let best: Found | null = null;
  let most = 0;
  for (const preset of presets) {
    if (preset.only === 'named' && presets.length > 1) continue;
    for (const variant of preset.variants) {
      if (variant.format !== format) continue;
      const has = (name: string) =>
        format === 'csv' || variant.loose ? normal.has(normaliseName(name)) : written.has(name);
      const fits = variant.requires.every((names) =>
        typeof names === 'string' ? has(names) : names.some(has),
      );
      const weight = preset.only === 'unrecognised' ? 0.5 : variant.requires.length;
      if (fits && weight > most) {
        best = { preset, variant };
        most = weight;
      }
    }
  }
  return best?.preset.only === 'unrecognised' ? narrowed(best, names) : best;
}

/** Fields whose several names are guesses at one and the same column. */
const guessed = [
  ...(['action', 'vendorId', 'actor', 'targetType', 'targetId', 'targetName', 'scope', 'field'] as const),
  ...(['oldValue', 'newValue', 'ip'] as const),
];

/**
 * A preset that knows columns by their usual names alone, for a file with these names: of each field's alternatives
 * only as many as lead to the first that the file has. Where “Actor” is empty, the actor is not whoever “User” names.
 */
function narrowed({ preset, variant }: Found, names: readonly string[]): Found {
  const written = new Set(names.map(normaliseName));
  const has = (spec: FieldSpec) => namesIn(spec).some((name) => written.has(normaliseName(name)));
  const fields: Record<string, unknown> = { ...variant.fields };
  // Records of JSON leave keys out that others have: only who did it is held to one name.
  for (const field of variant.format === 'csv' ? guessed : (['actor'] as const)) {
    const spec = variant.fields[field];
    if (!Array.isArray(spec)) continue;
    const first = spec.findIndex(has);
    if (first !== -1) fields[field] = spec.slice(0, first + 1);
  }
  const own = { ...variant, fields: fields as Variant['fields'] };
  return {
    preset: { ...preset, variants: preset.variants.map((one) => (one === variant ? own : one)) },
    variant: own,
  };
}
