// The bytes of a piece are passed on as they are where they are UTF-8 already: the same as decoding them to text,
// wherever the pieces are cut, and with the same errors.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createDecoder, type Decoder } from '#core/ingest/encoding.ts';

const text = fc
  .array(fc.constantFrom('a', 'line\n', 'ü', '–', '😀', '\ufeff', ',', '\0'), { maxLength: 40 })
  .map((parts) => Buffer.from(parts.join('')));
const damaged = fc
  .tuple(text, fc.uint8Array({ maxLength: 2 }), text)
  .map(([before, odd, after]) => Buffer.concat([before, odd, after]));
const windows = fc
  .array(fc.constantFrom('plain ', 'gr\xfcn\n', 'x'), { maxLength: 30 })
  .map((parts) => Buffer.from(parts.join(''), 'latin1'));
const files = fc.tuple(fc.oneof(text, damaged, windows), fc.array(fc.nat(12), { maxLength: 30 }));

function readAll(
  file: Buffer,
  cuts: readonly number[],
  read: (decoder: Decoder, piece: Buffer) => Uint8Array,
) {
  const decoder = createDecoder(file.subarray(0, cuts[0] ?? 4), 'a.csv');
  const done: Buffer[] = [];
  let at = 0;
  try {
    for (const length of cuts) {
      done.push(Buffer.from(read(decoder, file.subarray(at, at + length))));
      at += length;
    }
    done.push(Buffer.from(read(decoder, file.subarray(at))), Buffer.from(decoder.end()));
  } catch (error) {
    return [(error as Error).message, decoder.encoding()];
  }
  return [Buffer.concat(done).toString('hex'), decoder.encoding()];
}

it('passes on bytes, or the error, that decoding to text comes to', () => {
  fc.assert(
    fc.property(files, ([file, cuts]) => {
      const byText = readAll(file, cuts, (decoder, piece) => Buffer.from(decoder.decode(piece)));
      expect(readAll(file, cuts, (decoder, piece) => decoder.decodeBytes(piece))).toEqual(byText);
    }),
    { numRuns: 3000 },
  );
});
