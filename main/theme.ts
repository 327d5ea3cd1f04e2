// Light or dark, as the person chose: kept beside the application's own files, because it decides the colours of the
// window before there is a page that could say so.

import { join } from 'node:path';
import { nativeTheme } from 'electron';
import { z } from 'zod';
import { readJson, writeJson } from './json-file.ts';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];
const kept = z.object({ theme: z.enum(themes) });
const file = (userData: string): string => join(userData, 'appearance.json');

/** The theme chosen last; the system's where none was. */
export const keptTheme = (userData: string): Theme => readJson(file(userData), kept)?.theme ?? 'system';

/** Keeps it for the next start. */
export const keepTheme = (userData: string, theme: Theme): void => writeJson(file(userData), { theme });

/** Shows it now, in every page and in the system's own parts of the window. */
export function showTheme(theme: Theme): void {
  nativeTheme.themeSource = theme;
}
