// The mappings of persons that a log was imported with: they recognise the next export, are listed beside the presets
// that come with Exhibit, and say how long their vendors keep a log.

import { listMappings } from '#core/store/imports.ts';
import type { Store } from '#core/store/open.ts';
import { parseCustomPreset } from './custom-preset.ts';
import { forgetFileOrders, type OwnPreset } from './own-presets.ts';
import { loadPresets } from './preset.ts';

/** What persons mapped before, newest source first, each as its source was last imported with it. */
export function listOwnPresets(store: Store): OwnPreset[] {
  const bundled = new Set(loadPresets().map(({ id }) => id));
  return listMappings(store).flatMap(({ source, preset, json }) => {
    if (bundled.has(preset)) return [];
    try {
      return [{ source, preset: forgetFileOrders(parseCustomPreset(json, source)) }];
    } catch {
      // Of a preset that is no longer bundled, or that today's rules refuse: its events stay, new files are mapped.
      return [];
    }
  });
}

/** The same by preset, as last used, with all its sources. */
export function groupOwnPresets(
  own: readonly OwnPreset[],
): (Pick<OwnPreset, 'preset'> & { sources: string[] })[] {
  const groups = new Map<string, Pick<OwnPreset, 'preset'> & { sources: string[] }>();
  for (const { source, preset } of own) {
    const group = groups.get(preset.id);
    if (group) group.sources.push(source);
    else groups.set(preset.id, { preset, sources: [source] });
  }
  return [...groups.values()];
}
