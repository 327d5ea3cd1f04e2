// Reads the text back out of a PDF, for tests: content streams, and the glyph-to-character maps of the fonts the file
// carries. Knows only what the report's writer produces, and throws on anything else.

import { inflateSync } from 'node:zlib';

export type PdfFacts = {
  /** Text of each page, lines in drawing order, separated by line feeds. */
  pages: string[];
  /** Base names of the fonts; every one has its file inside. */
  fonts: string[];
  /** Uses of glyph 0, the box that stands for a missing one. */
  missingGlyphs: number;
  catalog: string;
  outlineTitles: number;
  structureTypes: Map<string, number>;
};

/** Parses the bytes of a PDF. */
export function readPdf(bytes: Buffer): PdfFacts {
  const objects = readObjects(bytes);
  const fonts = new Map<number, Map<number, string>>();
  const names: string[] = [];
  for (const [id, { dictionary }] of objects) {
    if (!dictionary.includes('/Subtype /Type0')) continue;
    names.push(/\/BaseFont \/[A-Z]{6}\+(\S+)/.exec(dictionary)?.[1] ?? '?');
    fonts.set(id, readToUnicode(streamOf(objects, refOf(dictionary, 'ToUnicode'))));
    const descendant = objects.get(refOf(dictionary, 'DescendantFonts')) ?? fail('a font without descendant');
    const descriptor =
      objects.get(refOf(descendant.dictionary, 'FontDescriptor')) ?? fail('a font without descriptor');
    if (!/\/FontFile2 \d+ 0 R/.test(descriptor.dictionary)) fail('a font that is not in the file');
  }
  let missingGlyphs = 0;
  const pages = [...objects.values()]
    .filter(({ dictionary }) => /\/Type \/Page\b(?!s)/.test(dictionary))
    .map(({ dictionary }) => {
      const resources = objects.get(refOf(dictionary, 'Resources'))?.dictionary ?? '';
      const content = streamOf(objects, refOf(dictionary, 'Contents')).toString('latin1');
      let glyphs = new Map<number, string>();
      let text = '';
      for (const [, font, show] of content.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
        if (font) glyphs = fonts.get(refOf(resources, font)) ?? fail(`no font ${font}`);
        else {
          for (const [, hex = ''] of (show ?? '').matchAll(/<([0-9a-f]*)>/g)) {
            for (const code of hex.match(/.{4}/g) ?? []) {
              const glyph = Number.parseInt(code, 16);
              if (glyph === 0) missingGlyphs += 1;
              text += glyphs.get(glyph) ?? '';
            }
          }
          text += '\n';
        }
      }
      return text;
    });
  const all = [...objects.values()].map(({ dictionary }) => dictionary);
  const structureTypes = new Map<string, number>();
  for (const dictionary of all) {
    const type = /^<<\s*\/S \/(\w+)/.exec(dictionary)?.[1];
    if (type) structureTypes.set(type, (structureTypes.get(type) ?? 0) + 1);
  }
  return {
    pages,
    fonts: names,
    missingGlyphs,
    catalog: all.find((dictionary) => dictionary.includes('/Type /Catalog')) ?? '',
    outlineTitles: all.filter((dictionary) => /\/Title /.test(dictionary) && /\/Dest /.test(dictionary))
      .length,
    structureTypes,
  };
}

type PdfObject = { dictionary: string; stream: Buffer | null };

function readObjects(bytes: Buffer): Map<number, PdfObject> {
  const text = bytes.toString('latin1');
  const objects = new Map<number, PdfObject>();
  for (const match of text.matchAll(/(?:^|\n)(\d+) 0 obj\n/g)) {
    const start = match.index + match[0].length;
    const end = text.indexOf('endobj', start);
    const streamAt = text.indexOf('stream\n', start);
    if (streamAt === -1 || streamAt > end) {
      objects.set(Number(match[1]), { dictionary: text.slice(start, end), stream: null });
      continue;
    }
    const dictionary = text.slice(start, streamAt);
    const length = Number(/\/Length (\d+)/.exec(dictionary)?.[1]);
    const raw = bytes.subarray(streamAt + 7, streamAt + 7 + length);
    objects.set(Number(match[1]), {
      dictionary,
      stream: dictionary.includes('/FlateDecode') ? inflateSync(raw) : raw,
    });
  }
  return objects;
}

function refOf(dictionary: string, key: string): number {
  const match = new RegExp(`/${key} \\[?(\\d+) 0 R`).exec(dictionary);
  return match ? Number(match[1]) : fail(`no ${key}`);
}

function streamOf(objects: Map<number, PdfObject>, id: number): Buffer {
  return objects.get(id)?.stream ?? fail(`no stream in ${id}`);
}

/** `<first> <last> [<text> …]` ranges of a CMap. */
function readToUnicode(cmap: Buffer): Map<number, string> {
  const glyphs = new Map<number, string>();
  for (const [, first = '', list = ''] of cmap
    .toString('latin1')
    .matchAll(/<([0-9a-f]+)> <[0-9a-f]+> \[([^\]]*)\]/g)) {
    for (const [index, entry] of [...list.matchAll(/<([0-9a-f ]*)>/g)].entries()) {
      const units = (entry[1] ?? '').replaceAll(' ', '').match(/.{4}/g) ?? [];
      glyphs.set(
        Number.parseInt(first, 16) + index,
        String.fromCharCode(...units.map((unit) => Number.parseInt(unit, 16))),
      );
    }
  }
  return glyphs;
}

function fail(what: string): never {
  throw new Error(`This PDF is not as expected: ${what}.`);
}
