import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { smallPng } from '#scripts/runtime/small-png.ts';

const white = [255, 255, 255];
const red = [174, 38, 28];
const ink = [22, 25, 29];

/** As a browser writes it: three bytes a pixel; the second line is told by what it adds to the one above. */
function picture(): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const made = Buffer.alloc(data.length + 12);
    made.writeUInt32BE(data.length, 0);
    made.write(type, 4, 'latin1');
    data.copy(made, 8);
    return made;
  };
  const head = Buffer.from([0, 0, 0, 3, 0, 0, 0, 2, 8, 2, 0, 0, 0]);
  const added = red.map((value, at) => (value - (white[at] as number)) & 255);
  const lines = Buffer.from([0, ...white, ...white, ...ink, 2, ...added, 0, 0, 0, 0, 0, 0]);
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', deflateSync(lines))]);
}

test('a picture of few colours keeps each of them, in a palette by how often they are there', () => {
  const made = smallPng(picture());
  expect([made.readUInt32BE(16), made.readUInt32BE(20), made[24], made[25]]).toEqual([3, 2, 8, 3]);
  const palette = made.subarray(made.indexOf('PLTE') + 4);
  expect([...palette.subarray(0, 9)]).toEqual([...white, ...ink, ...red]);
});

test('what is no picture of a browser is refused', () => {
  expect(() => smallPng(smallPng(picture()))).toThrow('Not a PNG as a browser takes it.');
});
