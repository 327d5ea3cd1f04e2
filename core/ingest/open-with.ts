// Opens an export for a preset that is given, not found.

import { AppError } from '#core/errors.ts';
import { type Preset, recognise, type Variant } from '#core/mapping/preset.ts';
import type { ExportFile } from './containers.ts';
import { type OpenExport, openExport } from './read-export.ts';

/** Opens an export for a preset that was made for it. Throws AppError('input') where it does not fit. */
export async function openWith(
  file: ExportFile,
  preset: Preset,
): Promise<{ open: OpenExport; variant: Variant }> {
  const open = await openExport(file, (names) => recognise('json', names, [preset]) !== null);
  const { info } = open;
  const found = recognise(info.format === 'csv' ? 'csv' : 'json', info.names, [preset]);
  if (found) return { open, variant: found.variant };
  await open.close();
  throw new AppError(
    'input',
    `${info.name} lacks what this mapping asks for: ${preset.variants[0]?.requires.flat().join(', ')}.`,
  );
}
