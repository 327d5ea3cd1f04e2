// The options that write an answer to a file instead of showing it.

import { resolve } from 'node:path';
import { type BookFormat, saveBook } from '#core/engine/save-book.ts';
import { AppError } from '#core/errors.ts';
import type { Store } from '#core/store/open.ts';
import type { ReviewBook } from '#core/workbook/ipe.ts';
import { type Options, textOption } from './options.ts';
import { reportBook } from './output.ts';
import type { Context } from './with-context.ts';

export const saveOptions = { csv: { type: 'string' }, xlsx: { type: 'string' } } as const;

/** Writes what `make` makes where --csv or --xlsx names a file, and says so; false where none does. Throws AppError. */
export async function saveIfAsked(
  options: Options,
  make: (store: Store) => ReviewBook,
  context: Context,
): Promise<boolean> {
  const named = (['csv', 'xlsx'] as const).flatMap((format): [BookFormat, string][] => {
    const path = textOption(options, format);
    return path === null ? [] : [[format, resolve(path)]];
  });
  const [one, another] = named;
  if (!one) return false;
  if (another) throw new AppError('usage', 'Name one file: --csv FILE or --xlsx FILE.');
  const [format, path] = one;
  await reportBook(await saveBook(path, make, context, format), options);
  return true;
}
