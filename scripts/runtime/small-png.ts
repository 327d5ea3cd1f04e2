// Makes a screenshot small enough to be kept: at most 256 colours, the most frequent ones, each pixel the nearest of them.
// What is drawn of few flat colours and grey letters, as a window is, loses nothing that an eye would find.
import { crc32, deflateSync, inflateSync } from 'node:zlib';

const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
const mostColours = 256;
/** Between two colours of a palette, squared. */
const leastDistance = 100;
/** The most frequent ones are areas, and stay as they are. */
const flatColours = 32;

/** The same picture with a palette. Takes what Chromium writes: 8 bits a channel, not interlaced; throws for others. */
export function smallPng(file: Buffer): Buffer {
  const { width, height, pixels } = readPng(file);
  const counts = new Map<number, number>();
  for (const colour of pixels) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const palette = paletteOf([...counts].sort(([, a], [, b]) => b - a).map(([colour]) => colour));
  const places = new Map([...counts.keys()].map((colour) => [colour, nearest(colour, palette)]));
  // Each line begins with its filter: none.
  const lines = Buffer.alloc((width + 1) * height);
  for (let at = 0; at < pixels.length; at++)
    lines[at + Math.floor(at / width) + 1] = places.get(pixels[at] as number) as number;
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3], 8);
  const colours = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('PLTE', colours),
    chunk('IDAT', deflateSync(lines, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Its pixels as 0xRRGGBB, line by line. */
export function readPng(file: Buffer): { width: number; height: number; pixels: Uint32Array } {
  const [width, height] = [file.readUInt32BE(16), file.readUInt32BE(20)];
  const channels = { 2: 3, 6: 4 }[file.readUInt8(25)];
  if (!file.subarray(0, 8).equals(signature) || file[24] !== 8 || channels === undefined || file[28] !== 0)
    throw new Error('Not a PNG as a browser takes it.');
  const packed: Buffer[] = [];
  for (let at = 8; at < file.length; at += 12 + file.readUInt32BE(at))
    if (file.toString('latin1', at + 4, at + 8) === 'IDAT')
      packed.push(file.subarray(at + 8, at + 8 + file.readUInt32BE(at)));
  const data = inflateSync(Buffer.concat(packed));
  const line = width * channels;
  const bytes = Buffer.alloc(line * height);
  for (let y = 0; y < height; y++) {
    const filter = data[y * (line + 1)] as number;
    for (let x = 0; x < line; x++) {
      const left = x < channels ? 0 : (bytes[y * line + x - channels] as number);
      const up = y === 0 ? 0 : (bytes[(y - 1) * line + x] as number);
      const corner = x < channels || y === 0 ? 0 : (bytes[(y - 1) * line + x - channels] as number);
      const guess = [0, left, up, (left + up) >> 1, filter === 4 ? paeth(left, up, corner) : 0][filter] ?? 0;
      bytes[y * line + x] = (data[y * (line + 1) + 1 + x] as number) + guess;
    }
  }
  const pixels = new Uint32Array(width * height);
  for (let at = 0; at < pixels.length; at++) pixels[at] = bytes.readUIntBE(at * channels, 3);
  return { width, height, pixels };
}

/** As the PNG specification predicts a byte from three around it. */
function paeth(left: number, up: number, corner: number): number {
  const [a, b, c] = [up - corner, left - corner, left + up - 2 * corner].map(Math.abs) as [
    number,
    number,
    number,
  ];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

/** The most frequent colours, without those that are hardly another one: a few red letters need a place, too. */
function paletteOf(colours: readonly number[]): number[] {
  const palette: number[] = [];
  for (const colour of colours) {
    if (palette.length === mostColours) break;
    if (palette.length < flatColours || palette.every((other) => distance(colour, other) >= leastDistance))
      palette.push(colour);
  }
  return palette;
}

function nearest(colour: number, palette: readonly number[]): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const [place, other] of palette.entries()) {
    const far = distance(colour, other);
    if (far < least) [best, least] = [place, far];
    if (far === 0) break;
  }
  return best;
}

/** Squared, over the three channels. */
function distance(one: number, other: number): number {
  let sum = 0;
  for (const bits of [16, 8, 0]) sum += (((one >> bits) & 255) - ((other >> bits) & 255)) ** 2;
  return sum;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const made = Buffer.alloc(body.length + 8);
  made.writeUInt32BE(data.length, 0);
  body.copy(made, 4);
  made.writeUInt32BE(crc32(body), body.length + 4);
  return made;
}
