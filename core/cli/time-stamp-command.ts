// `exhibit time-stamp`: has an authority put its time under a pack.

import { resolve } from 'node:path';
import { timeStampPack } from '#core/engine/time-stamps.ts';
import { AppError } from '#core/errors.ts';
import { requireKey } from './key-commands.ts';
import { prepareNetwork } from './network.ts';
import { readOptions, requiredOption, wantsJson } from './options.ts';
import { printJson, write } from './output.ts';
import { type Context, withContext } from './with-context.ts';

/** Has one pack stamped by the authority that --tsa names. */
export async function runTimeStamp(args: readonly string[], signal: AbortSignal): Promise<number> {
  const options = readOptions(args, {
    tsa: { type: 'string' },
    key: { type: 'string' },
    offline: { type: 'boolean' },
  });
  const [pack, ...more] = options.files;
  if (pack === undefined || more.length > 0) throw new AppError('usage', 'Name one pack: its folder.');
  const address = requiredOption(options, 'tsa', 'name the address of a time-stamping authority');
  prepareNetwork(options);
  return withContext(options, signal, async (context) => {
    await requireKey(options, context);
    const stamp = await timeStampPack(resolve(pack), address, context);
    if (wantsJson(options)) await printJson(stamp);
    else await write(`${stampWords(stamp)}\n`);
    return 0;
  });
}

/** A stamp in words, with what is left to do. */
export const stampWords = ({ number, time, authority }: Stamped): string =>
  `Stamped ${time} by ${authority}. timestamp/README.txt in the pack says how to check stamp ${number} and the authority’s certificate.`;

export type Stamped = Awaited<ReturnType<typeof timeStampPack>>;

/** The stamp of a pack that was just made, or why there is none: the pack itself is done. */
export async function stampNew(
  folder: string,
  address: string,
  context: Context,
): Promise<{ stamp: Stamped } | { missing: string }> {
  try {
    return { stamp: await timeStampPack(folder, address, context) };
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'internal') throw error;
    return {
      missing: `The pack is made, but has no time stamp: ${error.message} “exhibit time-stamp” adds one to it.`,
    };
  }
}
