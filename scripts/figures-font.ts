// Makes renderer/fonts/inter-figures.woff2 of the Inter that is installed: the same font, with figures of equal width
// without being asked for. Chromium does not know `font-feature-settings` in @font-face, and asking for them on an element
// would widen its hyphens, too. Run it when Inter is updated; a test says when that is due.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';

const project = resolve(import.meta.dirname, '..');
/** Where Inter comes from, and where the font of its figures is kept. */
export const interFile = join(
  project,
  'node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
);
export const figuresFile = join(project, 'renderer/fonts/inter-figures.woff2');

// W3C WOFF2: 48 bytes of header, a table directory, one stream of Brotli with all tables.
const headerBytes = 48;
const totalAt = 8;
const tableCountAt = 12;
const compressedAt = 20;
const knownTags = { glyf: 10, loca: 11, GSUB: 28 };

type Woff2 = { head: Buffer; tables: Buffer; gsubAt: number };

/** Header and directory, the tables unpacked, and where GSUB begins in them. Throws where it has none. */
export function readWoff2(file: Buffer): Woff2 {
  let at = headerBytes;
  let gsubAt: number | undefined;
  let offset = 0;
  const readLength = (): number => {
    for (let value = 0; ; ) {
      const byte = file.readUInt8(at++);
      value = value * 128 + (byte & 127);
      if (byte < 128) return value;
    }
  };
  for (let left = file.readUInt16BE(tableCountAt); left > 0; left--) {
    const flags = file.readUInt8(at++);
    const tag = flags & 63;
    if (tag === 63) at += 4;
    const isOutline = tag === knownTags.glyf || tag === knownTags.loca;
    const isTransformed = isOutline ? flags >> 6 === 0 : flags >> 6 !== 0;
    const original = readLength();
    if (tag === knownTags.GSUB) gsubAt = offset;
    offset += isTransformed ? readLength() : original;
  }
  if (gsubAt === undefined) throw new Error('The font has no GSUB table.');
  const packed = file.subarray(at, at + file.readUInt32BE(compressedAt));
  return { head: file.subarray(0, at), tables: brotliDecompressSync(packed), gsubAt };
}

/** The font with its feature `tnum` under the name of one that is always on (`rclt`). Throws where it has no `tnum`. */
export function withEqualFigures(file: Buffer): Buffer {
  const { head, tables, gsubAt } = readWoff2(file);
  const list = gsubAt + tables.readUInt16BE(gsubAt + 6);
  const tagsAt = Array.from({ length: tables.readUInt16BE(list) }, (_, nth) => list + 2 + nth * 6);
  const renamed = tagsAt.filter((at) => tables.toString('latin1', at, at + 4) === 'tnum');
  if (renamed.length === 0) throw new Error('The font has no figures of equal width.');
  for (const at of renamed) tables.write('rclt', at, 'latin1');
  const packed = brotliCompressSync(tables);
  // The file is padded to four bytes.
  const made = Buffer.concat([head, packed, Buffer.alloc(-(head.length + packed.length) & 3)]);
  made.writeUInt32BE(made.length, totalAt);
  made.writeUInt32BE(packed.length, compressedAt);
  // What may stand behind the tables, metadata and private data, is left out.
  made.fill(0, 28, headerBytes);
  return made;
}

if (import.meta.filename === process.argv[1]) {
  mkdirSync(dirname(figuresFile), { recursive: true });
  writeFileSync(figuresFile, withEqualFigures(readFileSync(interFile)));
  console.log(`Written: ${figuresFile}`);
}
