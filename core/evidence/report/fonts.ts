// The fonts of the report: DejaVu, embedded, because the fonts every PDF reader has can only show Western European
// letters and print wrong ones for all others. Read from the package that carries them.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

export const fontNames = ['sans', 'bold', 'condensed', 'condensedBold', 'mono'] as const;
export type FontName = (typeof fontNames)[number];

const files: Record<FontName, string> = {
  sans: 'DejaVuSans.ttf',
  bold: 'DejaVuSans-Bold.ttf',
  condensed: 'DejaVuSansCondensed.ttf',
  condensedBold: 'DejaVuSansCondensed-Bold.ttf',
  mono: 'DejaVuSansMono.ttf',
};

let loaded: Record<FontName, Buffer> | undefined;

/** The font files, read once. */
export function loadFonts(): Record<FontName, Buffer> {
  if (!loaded) {
    const { resolve } = createRequire(import.meta.url);
    const read = (name: FontName) => readFileSync(resolve(`dejavu-fonts-ttf/ttf/${files[name]}`));
    loaded = Object.fromEntries(fontNames.map((name) => [name, read(name)])) as Record<FontName, Buffer>;
  }
  return loaded;
}
