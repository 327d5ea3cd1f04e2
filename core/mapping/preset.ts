// A preset describes one vendor's export as data: how to recognise it and which field is what. This file is the
// form of that data, its loading, and the recognition. What a preset does to a record is in map.ts.

import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { assetPath } from '../assets.ts';
import { AppError } from '../errors.ts';
import { actorTypes, categories, outcomes } from '../model.ts';

/**
 * Where a value comes from. CSV: a column's name. JSON: a path of keys joined by `/` (`user/username`; `~1` stands
 * for a slash in a key). A list takes the first that has a value. `match` cuts a part out with a regular expression
 * whose first group is the value. `always` is a constant, with `when` only where that field has a value.
 */
const fieldSpec = z.union([
  z.string(),
  z.array(z.string()).min(1),
  z.strictObject({ from: z.union([z.string(), z.array(z.string()).min(1)]), match: z.string() }),
  z.strictObject({ always: z.string(), when: z.union([z.string(), z.array(z.string()).min(1)]).optional() }),
]);
export type FieldSpec = z.infer<typeof fieldSpec>;

const fields = z.strictObject({
  time: fieldSpec,
  action: fieldSpec,
  vendorId: fieldSpec.optional(),
  actor: fieldSpec.optional(),
  targetType: fieldSpec.optional(),
  targetId: fieldSpec.optional(),
  targetName: fieldSpec.optional(),
  scope: fieldSpec.optional(),
  subject: fieldSpec.optional(),
  oldValue: fieldSpec.optional(),
  newValue: fieldSpec.optional(),
  ip: fieldSpec.optional(),
});

const variant = z.strictObject({
  id: z.string(),
  format: z.enum(['csv', 'json']),
  /** Columns or key paths that a file of this shape must have; the more, the surer. */
  requires: z.array(z.string()).min(1),
  /** Further columns or keys that are known, so that only new ones are reported as unknown. */
  knows: z.array(z.string()).default([]),
  fields,
});
export type Variant = z.infer<typeof variant>;

const actionRule = z.strictObject({
  /** One event's names: as displayed, as machine name; case, blanks, `_`, `-` and `.` do not matter. */
  names: z.array(z.string()).min(1),
  category: z.enum(categories),
  /** The event says a new value of an attribute: it carries a field, named like the action. */
  changes: z.boolean().optional(),
  /** `set`: old and new value are the subject's rights before and after. `owner`: ownership passes on. */
  access: z.enum(['set', 'owner']).optional(),
  /** Category when an access event only adds rights. */
  grantCategory: z.enum(categories).optional(),
  outcome: z.enum(outcomes).optional(),
});
export type ActionRule = z.infer<typeof actionRule>;

const presetForm = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  vendor: z.string(),
  name: z.string(),
  version: z.int().positive(),
  /** Days the vendor keeps its log, null where not published, and the same in words. */
  retention: z.strictObject({ days: z.int().positive().nullable(), text: z.string() }),
  assumed: z.array(z.string()),
  blindSpots: z.array(z.string()),
  /** Zone of times that carry none; null when the vendor does not say. */
  zone: z.string().nullable(),
  actorTypes: z.array(z.strictObject({ match: z.string(), type: z.enum(actorTypes) })),
  variants: z.array(variant).min(1),
  actions: z.array(actionRule),
});
/** One vendor's export, described as data. */
export type Preset = z.infer<typeof presetForm>;

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

/** How names are compared everywhere in mapping: without case, blanks, `_`, `-` and `.`. */
export function normaliseName(name: string): string {
  return name.toLowerCase().replace(/[\s_.-]+/g, '');
}

/**
 * The preset and variant whose required columns or keys a file has; the one that requires most wins. Null when none
 * fits. `names` are CSV columns or the key paths of the first records.
 */
export function recognise(
  format: 'csv' | 'json',
  names: readonly string[],
  presets: readonly Preset[],
): { preset: Preset; variant: Variant } | null {
  const present = new Set(names.map(normaliseName));
  let best: { preset: Preset; variant: Variant } | null = null;
  for (const preset of presets) {
    for (const candidate of preset.variants) {
      if (
        candidate.format !== format ||
        !candidate.requires.every((name) => present.has(normaliseName(name)))
      )
        continue;
      if (!best || candidate.requires.length > best.variant.requires.length)
        best = { preset, variant: candidate };
    }
  }
  return best;
}
