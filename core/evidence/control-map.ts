// Which category is evidence for which control, read from assets/controls/. Ids and our own short labels only: the
// standards' texts belong to their publishers. The map is a proposal; its version and hash go into the recipe.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { assetPath } from '#core/assets.ts';
import type { Category, Framework } from '#core/model.ts';

export type Control = {
  id: string;
  /** Our own words. */
  label: string;
  /** A condition for the control to apply, null when it always does. */
  onlyIf: string | null;
  categories: Category[];
};

export type ControlMap = {
  framework: Framework;
  /** `ISO/IEC 27001`. */
  name: string;
  /** With its edition: `ISO/IEC 27001:2022`. */
  title: string;
  /** What the framework calls one control: `Annex A control`, `criterion` … */
  controlWord: string;
  version: number;
  notes: string[];
  /** In the framework's order. */
  controls: Control[];
  /** Label, reason and control ids of each category. */
  categories: Record<Category, { label: string; why: string; controls: string[] }>;
  /** SHA-256 of the two files this was read from: the map and the category labels. */
  sha256: { map: string; categories: string };
};

type MapFile = {
  name: string;
  title: string;
  controlWord: string;
  version: number;
  notes: string[];
  controls: { id: string; label: string; onlyIf?: string }[];
  categories: Record<Category, string[]>;
};
type CategoryFile = { categories: Record<Category, { label: string; why: string }> };

/** Reads the shipped map of one framework. Throws when an asset is missing or not JSON: an installation fault. */
export function loadControlMap(framework: Framework): ControlMap {
  const mapText = readFileSync(assetPath('controls', `${framework}.json`), 'utf8');
  const categoryText = readFileSync(assetPath('controls', 'categories.json'), 'utf8');
  const map = JSON.parse(mapText) as MapFile;
  const labels = (JSON.parse(categoryText) as CategoryFile).categories;
  const entries = Object.entries(labels) as [Category, { label: string; why: string }][];
  return {
    framework,
    name: map.name,
    title: map.title,
    controlWord: map.controlWord,
    version: map.version,
    notes: map.notes,
    controls: map.controls.map(({ id, label, onlyIf }) => ({
      id,
      label,
      onlyIf: onlyIf ?? null,
      categories: entries.map(([category]) => category).filter((key) => map.categories[key]?.includes(id)),
    })),
    categories: Object.fromEntries(
      entries.map(([key, { label, why }]) => [key, { label, why, controls: map.categories[key] ?? [] }]),
    ) as ControlMap['categories'],
    sha256: { map: sha256(mapText), categories: sha256(categoryText) },
  };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
