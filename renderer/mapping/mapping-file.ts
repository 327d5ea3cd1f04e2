// Mappings as files: opened from one a person chooses, saved into a folder they choose.

import type { Preset } from '#core/mapping/form.ts';
import { ask, connection } from '../engine/engine.ts';
import type { ChosenPreset } from '../sources/intake.ts';

/** The mapping in a file the person chooses; null when the dialog was closed. Throws where it is none. */
export async function openMapping(): Promise<{ chosen: ChosenPreset; preset: Preset } | null> {
  const [grant] = await window.exhibit.chooseFiles('mapping');
  if (!grant) return null;
  const { text } = await ask('presets.open', { grant: grant.id });
  const preset = JSON.parse(text) as Preset;
  return { preset, chosen: { text, id: preset.id, name: preset.name, zone: preset.zone } };
}

/** Saves a mapping; the name of the file, with the folder's grant to show it in. */
export async function saveMapping(preset: Preset): Promise<{ file: string; folder: string } | null> {
  const folder = await window.exhibit.chooseFolder('save');
  if (!folder) return null;
  const client = await connection.client();
  const { file } = await client.command('presets.save', { preset: JSON.stringify(preset), into: folder.id });
  return { file, folder: folder.id };
}
