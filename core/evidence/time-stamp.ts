// Has a finished pack time-stamped (RFC 3161): timestamp/<n>.txt is what was stamped, beside it the request and the
// authority's answer. Stamped is a copy of the tag manifest, which names every file of the pack by its hash, data by way
// of manifest-sha256.txt: the manifest itself gets longer with each sign-off, its lines never change.

import { hash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { TimeStamp } from '#core/addition-model.ts';
import { assetPath } from '#core/assets.ts';
import { AppError } from '#core/errors.ts';
import { type AddOptions, addTagFiles, withFinishedPack } from './tag-files.ts';
import { nonceBytes, positive, readTimeStampAnswer, timeStampRequest } from './time-stamp-token.ts';
import { stampNumbers, stampPath, stampReadme } from './verify-time-stamps.ts';

/**
 * Adds a time stamp to the pack in the folder `path`, and writes the ZIP file beside it anew where there is one. The pack
 * is verified first; `ask` brings a request to an authority and gives its answer. Throws AppError('input') for a pack
 * that does not verify, is another workspace's or is signed with a key that is not here, and for an answer that is none,
 * refuses, or belongs to another request; then nothing is changed.
 */
export function timeStamp(
  path: string,
  options: AddOptions & { ask(request: Uint8Array<ArrayBuffer>): Promise<Uint8Array> },
): Promise<TimeStamp> {
  const words = {
    nobody: 'it should not get a time stamp',
    needs: 'a time stamp',
    here: 'Have it stamped there.',
  };
  return withFinishedPack(path, words, options, async (pack) => {
    const number = (stampNumbers(pack.files.sizes.keys()).at(-1) ?? 0) + 1;
    const sha256 = hash('sha256', pack.tags);
    const nonce = positive(randomBytes(nonceBytes));
    const request = timeStampRequest(Buffer.from(sha256, 'hex'), nonce);
    const answer = await options.ask(request);
    const token = readTimeStampAnswer(answer);
    if (token.sha256 !== sha256) throw wrong('it stamped another hash than the one it was sent');
    if (token.nonce !== nonce.toString('hex')) throw wrong('it does not repeat the number of this request');
    const added = new Map<string, string | Uint8Array>([
      [stampPath(number, 'txt'), pack.tags],
      [stampPath(number, 'tsq'), request],
      [stampPath(number, 'tsr'), answer],
    ]);
    if (!pack.files.sizes.has(stampReadme))
      added.set(stampReadme, readFileSync(assetPath('pack', 'time-stamps.txt'), 'utf8'));
    await addTagFiles(pack, added, options);
    return { number, time: token.time, sha256, pack: pack.packId };
  });
}

const wrong = (why: string): AppError =>
  new AppError(
    'input',
    `The answer of the time-stamping authority is not for this pack: ${why}. Nothing was added to the pack; try again, or name another authority.`,
  );
