// Request lists and the packs they belong to: glue between the room that keeps the lists and the one that reads packs,
// for the window and the command line. Nothing is ever written into a pack.

import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { packTitle } from '#core/audit-model.ts';
import type { CallContext } from '#core/engine.ts';
import { AppError } from '#core/errors.ts';
import { readPack } from '#core/evidence/read-pack.ts';
import { createSigner, type NoteKey, parseNoteKey, type Signer } from '#core/integrity/note.ts';
import type { Party, RequestEntry, RequestedPack, RequestList, Said } from '#core/request-model.ts';
import { keepRequests, readRequests, requestFileName } from '#core/requests/keep-list.ts';
import { addEntry, lostSince, packIds, type RequestFile } from '#core/requests/request-file.ts';
import { readList } from '#core/requests/request-list.ts';
import { recordActivity } from '#core/store/activity.ts';
import { closing } from '#core/store/open.ts';
import { listPacks } from '#core/store/recipes.ts';
import { makeKey, openSigner } from './signing.ts';

/** The name under which the key of whoever asks is kept on this computer, and that its signatures bear. */
export const requestSecret = 'requests:own';
const requestKeyName = 'exhibit/requests';

/** A pack that is at hand. */
export type PackAtHand = {
  path: string;
  about: RequestedPack;
  key: NoteKey | null;
  /** Its files and controls, which a request can be about. */
  has: ReadonlySet<string>;
};

/** What a list needs to know of the pack at `path`. */
export async function readPackAtHand(path: string): Promise<PackAtHand> {
  const pack = await readPack(path);
  const { packId: id, manifestSha256, tagManifestSha256 } = pack;
  // It becomes a file's name and a line of what is signed, and a stranger wrote it.
  if (!packIds.test(id))
    throw new AppError(
      'input',
      'The pack’s bag-info.txt names no id that Exhibit gives, so nothing can be asked about it. Get the pack again.',
    );
  return {
    path,
    about: { id, title: packTitle(pack).slice(0, 1000), manifestSha256, tagManifestSha256 },
    key: parseNoteKey(pack.key?.text ?? ''),
    has: new Set([...pack.files.map((file) => file.path), ...pack.controls.map((control) => control.id)]),
  };
}

/** A key pair for whoever asks. */
export const makeRequestKey = () => makeKey(requestKeyName);

/** Signs with a private key: under the pack's name where it is the pack's, else under that of whoever asks. */
export function requestSigner(secret: string, packKey: NoteKey | null): Signer {
  const signer = createSigner(requestKeyName, secret);
  return packKey?.publicKey.equals(signer.key.publicKey) ? createSigner(packKey.name, secret) : signer;
}

/**
 * Reads the list in a file, checks it, and that it belongs to the pack; with `earlier`, that it goes on from an earlier
 * copy. `pack` null leaves the pack unchecked, and says so. Throws AppError('input') for what does not fit, 'not-found'
 * where there is no such file.
 */
export function readRequestList(
  path: string,
  pack: PackAtHand | null,
  earlier: string | null = null,
): RequestList {
  const file = need(path);
  const notes = pack ? fitNotes(file, pack, basename(path)) : [];
  const list = readList(file, pack?.key ?? null);
  const lost = earlier === null ? null : lostSince(need(earlier), file);
  const about = pack
    ? []
    : [
        `The pack ${file.pack.id} is not at hand: it was not made in this workspace, or its folder is not where it was. Whether this list belongs to it was not checked.`,
      ];
  return { ...list, notes: [...(lost === null ? [] : [lost]), ...about, ...notes, ...list.notes] };
}

/** Adds one entry to the list in a file, which is begun where there is none, and gives all of it. */
export function addToRequests(
  path: string,
  pack: PackAtHand | null,
  what: { party: Party; person: string; said: Said },
  signer: Signer,
): RequestList {
  const before = readRequests(path);
  if (before === null && pack === null)
    throw new AppError('not-found', 'The request list is not there any more. Open it again.');
  if (before && pack) fitNotes(before, pack, basename(path));
  if (pack) refuseInside(path, pack.path);
  if (what.said.kind === 'request' && pack) requireKnown(what.said, pack);
  const list = addEntry(before, (pack?.about ?? before?.pack) as RequestedPack, what, signer, Date.now());
  keepRequests(path, list);
  return readRequestList(path, pack);
}

function need(path: string): RequestFile {
  const file = readRequests(path);
  if (file) return file;
  throw new AppError('not-found', `There is no request list ${basename(path)}. Open it again.`);
}

/** What to note of a list beside its pack. Throws where it is another pack's. */
function fitNotes({ pack: named }: RequestFile, { about }: PackAtHand, name: string): string[] {
  if (named.id !== about.id)
    throw new AppError(
      'input',
      `${name} is about the pack ${named.id} (${named.title}), not about ${about.id}. Open the pack it belongs to.`,
    );
  if (named.manifestSha256 !== about.manifestSha256)
    throw new AppError(
      'input',
      `${name} was begun on a pack ${named.id} with other data: the manifests differ. One of the two packs was altered, or made again.`,
    );
  if (named.tagManifestSha256 === about.tagManifestSha256) return [];
  return [
    'Since this list was begun the pack was signed off or its tag files changed; its data are the same.',
  ];
}

function requireKnown(
  { control, file }: Extract<Said, { kind: 'request' }>,
  { has, about }: PackAtHand,
): void {
  for (const [what, name] of [
    ['control', control],
    ['file', file],
  ] as const)
    if (name !== null && !has.has(name))
      throw new AppError(
        'usage',
        `The pack ${about.id} has no ${what} ${name}. “exhibit audit” lists what it has.`,
      );
}

/** A list inside a pack would be a change to it. */
function refuseInside(path: string, pack: string): void {
  const folder = realpathSync(dirname(resolve(path)));
  const inside = realpathSync(pack);
  if (folder === inside || folder.startsWith(`${inside}${sep}`))
    throw new AppError(
      'usage',
      'That is inside the pack, in which nothing is written. Keep the request list in another folder.',
    );
}

/** Where the window keeps a list: a file that was chosen, or one in a chosen folder. */
export type ListPlace = { grant: string; name: string | null };

/** The path of a list; without a name in a folder it is the usual one, which must be free for a list that begins. */
export function pathOfList(context: CallContext, place: ListPlace, packId: string): string {
  const { path, kind } = context.grant(place.grant);
  if (kind === 'file') return path;
  if (place.name !== null) return join(path, place.name);
  const usual = join(path, requestFileName(packId));
  if (!existsSync(usual)) return usual;
  throw new AppError(
    'input',
    `There is a request list for this pack in that folder already, ${basename(usual)}. Open it, or choose another folder.`,
  );
}

/** The officer's pack of a list: one that was made in this workspace and is where it was; else null. */
export async function packOfWorkspace(context: CallContext, packId: string): Promise<PackAtHand | null> {
  const made = closing(context.reviewReader(), listPacks).filter((pack) => pack.packId === packId);
  for (const { folder } of made) {
    const path = [folder, `${folder}.zip`].find((one) => folder !== null && existsSync(one as string));
    if (!path) continue;
    const pack = await readPackAtHand(path);
    if (pack.about.id === packId) return pack;
  }
  return null;
}

/**
 * The key of whoever speaks: the officer's is the workspace's where it is here; else the one of this computer's person,
 * made when it is first needed. `isFleeting`: it was made now, and lasts only until Exhibit ends.
 */
export async function windowSigner(
  context: CallContext,
  party: RequestEntry['party'],
  pack: PackAtHand | null,
): Promise<{ signer: Signer; isFleeting: boolean }> {
  if (party === 'officer') {
    const signer = await openSigner(context).catch(() => null);
    if (signer) return { signer, isFleeting: false };
  }
  const kept = await context.secrets.get(requestSecret);
  if (kept !== null) return { signer: requestSigner(kept, pack?.key ?? null), isFleeting: false };
  const { secret } = makeRequestKey();
  const keeping = await context.secrets.keep(requestSecret, secret);
  return { signer: requestSigner(secret, pack?.key ?? null), isFleeting: keeping !== 'system' };
}

/** Notes in the officer's workspace what was answered. */
export function noteAnswer(context: CallContext, list: RequestList, said: Said): void {
  const { id } = list.pack;
  closing(context.review(), (review) =>
    recordActivity(review, 'request', { packId: id, entry: list.entries, ...said }),
  );
}
