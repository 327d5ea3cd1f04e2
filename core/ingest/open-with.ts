// An export that can be opened, wherever its records are; and one opened for a preset that is given, not found.

import { AppError } from '#core/errors.ts';
import { type Preset, recognise, type Variant } from '#core/mapping/preset.ts';
import type { ExportFile } from './containers.ts';
import { type OpenExport, openExport } from './read-export.ts';

/** A file, or what the log has of one. `isRecord` says whether a preset takes an object with these key paths for a record. */
export type Openable = { name: string; open(isRecord: (names: string[]) => boolean): Promise<OpenExport> };

/** A file to be opened. */
export const fileToOpen = (file: ExportFile): Openable => ({
  name: file.name,
  open: (isRecord) => openExport(file, isRecord),
});

/** Opens an export for a preset that was made for it. Throws AppError('input') where it does not fit. */
export async function openWith(
  file: Openable,
  preset: Preset,
): Promise<{ open: OpenExport; variant: Variant }> {
  const open = await file.open((names) => recognise('json', names, [preset]) !== null);
  const { info } = open;
  const found = recognise(info.format === 'csv' ? 'csv' : 'json', info.names, [preset]);
  if (found) return { open, variant: found.variant };
  await open.close();
  throw new AppError(
    'input',
    `${info.name} lacks what this mapping asks for: ${preset.variants[0]?.requires.flat().join(', ')}.`,
  );
}
