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

/** Saves a mapping into a granted folder; the name of the file. */
export async function saveMapping(preset: Preset, into: string): Promise<string> {
  const client = await connection.client();
  return (await client.command('presets.save', { preset: JSON.stringify(preset), into })).file;
}
