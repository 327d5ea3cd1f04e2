// The inputs of the calls about imports and mappings, as zod parses them in the engine.

import { z } from 'zod';
import { grant } from './review-inputs.ts';

/** The id of a bundled preset, or the JSON text of one; never a path. */
export const preset = z.string().min(1).max(200_000);
const zone = z.string().min(1).max(60).nullable();
const importId = z.int().positive();
/** An export behind a grant: `file` is one in a folder or archive. */
const exported = { grant, file: z.string().max(10_000).nullable() };

export const oneImport = z.strictObject({ import: importId });
export const rejectionsWanted = oneImport.extend({ limit: z.int().min(1).max(10_000) });
export const rejectionsToSave = oneImport.extend({ into: grant });
export const fileToPreview = z.strictObject({ ...exported, preset, zone });
export const fileToName = z.strictObject({ ...exported, preset });
export const importToPreview = oneImport.extend({ preset, zone });
export const importToName = oneImport.extend({ preset });

export const filesToImport = z.strictObject({
  grants: z.array(grant).min(1).max(10_000),
  source: z.string().min(1).max(200).nullable(),
  preset: preset.nullable(),
  zone,
});
/** `preset` null keeps the mapping, `zone` null the zone that an import was read with. */
export const importsToRemap = z.strictObject({
  imports: z.array(importId).min(1).max(10_000),
  preset: preset.nullable(),
  zone,
});
