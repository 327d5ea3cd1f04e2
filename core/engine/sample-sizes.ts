// The table of usual sizes of samples, which an installation may change: assets/sampling/sizes.json.

import { readFileSync } from 'node:fs';
import { assetPath } from '#core/assets.ts';
import type { ControlChoices } from '#core/pack-calls.ts';

/** Reads it. Throws when the asset is missing or not JSON: an installation fault. */
export function readSizes(): ControlChoices['sizes'] {
  return JSON.parse(readFileSync(assetPath('sampling', 'sizes.json'), 'utf8'));
}
