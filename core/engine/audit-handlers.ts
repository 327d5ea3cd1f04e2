// The engine's answers about packs opened without their workspace, and about request lists.

import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import type { CallName } from '#core/contract.ts';
import type { CallContext, Handlers } from '#core/engine.ts';
import { AppError } from '#core/errors.ts';
import type { PackFiles } from '#core/evidence/pack-files.ts';
import { readPackRows, readPackText } from '#core/evidence/pack-rows.ts';
import { readPack, withPack } from '#core/evidence/read-pack.ts';
import { verifyPack } from '#core/evidence/verify-pack.ts';
import { type NoteKey, parseNoteKey } from '#core/integrity/note.ts';
import { readRequests } from '#core/requests/keep-list.ts';
import {
  addToRequests,
  type ListPlace,
  noteAnswer,
  packOfWorkspace,
  pathOfList,
  readPackAtHand,
  readRequestList,
  windowSigner,
} from './request-lists.ts';

type Names = Extract<CallName, `audit.${string}` | `requests.${string}`>;

/** UTF-16 units of a cell in a list of rows, and of one that is read alone. */
const cellInList = 300;
const longestCell = 100_000;
/** Bytes of a text file that a window shows. */
const longestText = 200_000;

export const auditHandlers: Pick<Handlers, Names> = {
  'audit.open': ({ pack }, { grant }) => readPack(grant(pack).path),
  'audit.verify': ({ pack, known }, { grant, signal, progress }) =>
    verifyPack(grant(pack).path, { signal, progress, known: known === null ? null : keyOf(known) }),
  'audit.rows': ({ pack, ...wanted }, context) =>
    inPack(context, pack, (files) =>
      readPackRows(files, { ...wanted, longest: cellInList, signal: context.signal }),
    ),
  'audit.row': async ({ pack, file, index }, context) => {
    const wanted = {
      file,
      first: index,
      limit: 1,
      listed: Number.MAX_SAFE_INTEGER,
      longest: longestCell,
      signal: context.signal,
    };
    const { columns, rows } = await inPack(context, pack, (files) => readPackRows(files, wanted));
    return { columns, cells: rows[0]?.cells ?? [] };
  },
  'audit.text': ({ pack, file }, context) =>
    inPack(context, pack, (files) => readPackText(files, file, longestText)),
  'requests.read': async ({ pack, list, earlier }, context) => {
    const path = pathOfNamed(context, list);
    const known = pack === null ? null : await readPackAtHand(context.grant(pack).path);
    const own = known ?? (await packOfWorkspace(context, readRequests(path)?.pack.id ?? ''));
    // Where the earlier copy was moved away there is nothing to compare with.
    const before = earlier && pathOfNamed(context, earlier);
    return readRequestList(path, own, before !== null && existsSync(before) ? before : null);
  },
  'requests.add': async ({ pack, list: place, party, person, said }, context) => {
    const known = pack === null ? null : await readPackAtHand(context.grant(pack).path);
    const path = known ? pathOfList(context, place, known.about.id) : pathOfNamed(context, place);
    const own = known ?? (await packOfWorkspace(context, readRequests(path)?.pack.id ?? ''));
    const { signer, isFleeting } = await windowSigner(context, party, own);
    const list = addToRequests(path, own, { party, person, said }, signer);
    if (party === 'officer') noteAnswer(context, list, said);
    return { name: basename(path), list, isFleeting };
  },
};

function inPack<T>(context: CallContext, pack: string, run: (files: PackFiles) => Promise<T>): Promise<T> {
  return withPack(context.grant(pack).path, run);
}

/** The path of a list that is there. */
function pathOfNamed(context: CallContext, place: ListPlace): string {
  if (place.name === null && context.grant(place.grant).kind === 'folder')
    throw new AppError('usage', 'A request list is opened by its file.');
  return pathOfList(context, place, '');
}

function keyOf(text: string): NoteKey {
  const key = parseNoteKey(text);
  if (key) return key;
  throw new AppError(
    'usage',
    'That is no public key of a pack: it is one line with two plus signs, as in data/40_integrity/pubkey.txt.',
  );
}
