// Tables of access as files: glue between the contract and the room that knows access.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { leaversBook, matrixBook, reconciledBook } from '#core/access/access-tables.ts';
import { readLeavers } from '#core/access/leavers.ts';
import { readSnapshot } from '#core/access/reconcile.ts';
import type { Handlers } from '#core/engine.ts';
import { createNamesLookup, createPersonLookup } from '#core/query/persons.ts';
import { saveBookInto } from './save-book.ts';

type Names = 'access.saveMatrix' | 'access.saveReconciled' | 'access.saveLeavers';

export const accessFileHandlers: Pick<Handlers, Names> = {
  'access.saveMatrix': ({ into, format, ...asked }, context) => {
    const date = Object.values(asked.scope).slice(1).join(' to ');
    const folder = context.grant(into).path;
    return saveBookInto(
      folder,
      `access matrix ${date}`,
      (store) => matrixBook(store, asked, date),
      context,
      format,
    );
  },
  'access.saveReconciled': ({ into, format, snapshot, ...asked }, context) => {
    const { path } = context.grant(snapshot);
    return saveBookInto(
      context.grant(into).path,
      `access against snapshot ${asked.at}`,
      (store) =>
        reconciledBook(
          store,
          readSnapshot(path),
          { ...asked, personOf: createPersonLookup(store) },
          describeFile(path),
        ),
      context,
      format,
    );
  },
  'access.saveLeavers': ({ into, format, leavers, state, ...asked }, context) => {
    const { path } = context.grant(leavers);
    return saveBookInto(
      context.grant(into).path,
      `leavers ${asked.at}`,
      (store) =>
        leaversBook(
          store,
          { ...asked, leavers: readLeavers(path, asked.zone), namesOf: createNamesLookup(store) },
          state,
          describeFile(path),
        ),
      context,
      format,
    );
  },
};

/** What a card says of a file that was handed over. */
export function describeFile(path: string): { name: string; sha256: string } {
  return { name: basename(path), sha256: createHash('sha256').update(readFileSync(path)).digest('hex') };
}
