// Adds a sign-off to a finished pack: a tag file, listed in a new tag manifest, which is signed again where the pack is
// signed. Nothing below data/ changes, nor the manifest that speaks of it.

import { hash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { AppError } from '#core/errors.ts';
import { fingerprintOf, formatNoteKey, type Signer } from '#core/integrity/note.ts';
import type { Progress } from '#core/model.ts';
import { createPace } from '#core/pace.ts';
import { isSameName, type NewSignOff, type SignOff } from '#core/signoff-model.ts';
import { formatUtc } from '#core/time.ts';
import { openPackFiles, type PackFiles } from './pack-files.ts';
import type { Recipe } from './recipe.ts';
import { keyOfRecipe, sealText, signaturePath, tagManifestPath } from './seal.ts';
import { formatSignOff, parseSignOff, signOffFolder, signOffPath, signOffPaths } from './sign-off-file.ts';
import { readText } from './verify-bag.ts';
import { verifyPack } from './verify-pack.ts';
import { zipPack } from './zip-pack.ts';

export type SignOffOptions = {
  /** Of the workspace whose log the pack is cut from: another pack is refused. */
  origin: string;
  /** Signs in a signed pack. */
  signer: Signer | null;
  /** Whether two names are one person's. */
  isSamePerson(a: string, b: string): boolean;
  account: string;
  signal: AbortSignal;
  progress(progress: Progress): void;
};

/**
 * The folder of a pack: `path` itself, or its child whose name ends in the pack's id. Throws AppError('input') where neither
 * is a pack, or it is another one.
 */
export async function findPack(path: string, packId: string): Promise<string> {
  const isPack = (folder: string) => existsSync(join(folder, 'bagit.txt'));
  const child = isPack(path)
    ? undefined
    : readdirSync(path, { withFileTypes: true }).find(
        (entry) => entry.isDirectory() && entry.name.endsWith(packId) && isPack(join(path, entry.name)),
      );
  const folder = child ? join(path, child.name) : path;
  if (!isPack(folder))
    throw new AppError(
      'input',
      `${basename(path)} is neither the folder of the pack ${packId} nor holds it. Choose the folder whose name ends in that id; unpack a ZIP file first.`,
    );
  const files = await openPackFiles(folder);
  try {
    const found = packIdOf((await readText(files, 'bag-info.txt')) ?? '');
    if (found === packId) return folder;
    throw new AppError(
      'input',
      `${basename(folder)} is ${found === null ? 'not the pack' : `the pack ${found}, not`} ${packId}. Choose the folder whose name ends in that id.`,
    );
  } finally {
    files.close();
  }
}

const packIdOf = (bagInfo: string): string | null =>
  /^External-Identifier: (.*)$/m.exec(bagInfo)?.[1]?.trim() ?? null;

/** The sign-offs of the pack at `path`, a folder or a ZIP file, in their order; what cannot be read is left out. */
export async function listSignOffs(path: string): Promise<SignOff[]> {
  const files = await openPackFiles(path);
  try {
    return (await readSignOffs(files)).map(({ signOff }) => signOff).filter((one) => one !== null);
  } finally {
    files.close();
  }
}

/**
 * Signs off the pack in the folder `path`, and writes the ZIP file beside it anew where there is one. The pack is
 * verified first. Throws AppError: `usage` for an approval of one's own work without a reason, `input` for a pack that
 * does not verify, is another workspace's, or is signed with a key that is not here.
 */
export async function signOff(path: string, wanted: NewSignOff, options: SignOffOptions): Promise<SignOff> {
  const folder = folderOf(path);
  await requireSound(folder, options);
  const files = await openPackFiles(folder);
  try {
    const recipe = JSON.parse((await readText(files, 'data/30_query/recipe.json')) as string) as Recipe;
    const manifest = (await readText(files, 'manifest-sha256.txt')) as string;
    const tags = (await readText(files, tagManifestPath)) as string;
    const packId = packIdOf((await readText(files, 'bag-info.txt')) as string) as string;
    if (recipe.log.origin !== options.origin)
      throw new AppError('input', 'This pack was cut from the log of another workspace. Sign it off there.');
    const signer = signerOf(recipe, options.signer);
    const before = await readSignOffs(files);
    refuseOwnWork(
      wanted,
      recipe,
      before.flatMap(({ signOff }) => signOff ?? []),
      options,
    );
    const one: SignOff = {
      form: 'exhibit-signoff@v1',
      number: before.length + 1,
      pack: packId,
      ...wanted,
      at: formatUtc(Date.now()),
      account: options.account,
      logSize: recipe.log.size,
      logRoot: recipe.log.root,
      manifestSha256: hash('sha256', manifest),
      previous: before.at(-1)?.sha256 ?? null,
      method: signer ? 'key' : 'statement',
      keyFingerprint: signer ? fingerprintOf(signer.key) : null,
    };
    const text = formatSignOff(one, signer);
    const lines = [...tags.split('\n').filter(Boolean), `${hash('sha256', text)}  ${signOffPath(one)}`];
    const listed = `${lines.sort((a, b) => (a.slice(66) < b.slice(66) ? -1 : 1)).join('\n')}\n`;
    replaceTags(folder, signOffPath(one), {
      [signOffPath(one)]: text,
      [tagManifestPath]: listed,
      ...(signer ? { [signaturePath]: signer.sign(sealText(packId, listed)) } : {}),
    });
    await zipAgain(folder, options);
    return one;
  } finally {
    files.close();
  }
}

function folderOf(path: string): string {
  const folder = path.endsWith('.zip') ? path.slice(0, -4) : path;
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return folder.replace(/[\\/]+$/, '');
  throw new AppError(
    'input',
    `There is no folder ${folder}. Name the pack’s folder; unpack a ZIP file first.`,
  );
}

async function requireSound(folder: string, options: SignOffOptions): Promise<void> {
  const { ok, failures } = await verifyPack(folder, options);
  if (ok) return;
  const [first] = failures;
  throw new AppError(
    'input',
    `This pack does not verify (${first?.check}, ${first?.where}: ${first?.detail}), so nobody should sign it off. Take an unaltered copy.`,
  );
}

function signerOf(recipe: Recipe, signer: Signer | null): Signer | null {
  const key = keyOfRecipe(recipe);
  if (!key) return null;
  if (signer && formatNoteKey(signer.key) === formatNoteKey(key)) return signer;
  throw new AppError(
    'input',
    'This pack is signed, and a sign-off needs the same key. Where the workspace’s key is not here, name its file with --key; where it was replaced, make the pack again.',
  );
}

/** Who prepared it does not approve it, under none of their names, unless a reason is recorded. */
function refuseOwnWork(
  { role, name, override }: NewSignOff,
  { preparedBy }: Recipe,
  before: readonly SignOff[],
  { isSamePerson }: SignOffOptions,
): void {
  const others = (wanted: SignOff['role']) =>
    before.filter((one) => one.role === wanted).map((one) => one.name);
  const stated = others('preparer').length > 0 || preparedBy === '' ? others('preparer') : [preparedBy];
  const against = role === 'approver' ? stated : role === 'preparer' ? others('approver') : [];
  const same = against.find((other) => isSamePerson(other, name));
  if (same === undefined || override !== null) return;
  throw new AppError(
    'usage',
    `${name} is ${isSameName(same, name) ? 'also' : `${same}, who is also`} ${role === 'approver' ? 'the preparer' : 'the approver'} of this pack. Have somebody else sign, or record why one person does both (the override).`,
  );
}

async function readSignOffs(files: PackFiles): Promise<{ signOff: SignOff | null; sha256: string }[]> {
  const texts = await Promise.all(signOffPaths(files.sizes.keys()).map((path) => readText(files, path)));
  return texts.map((text) => ({ signOff: parseSignOff(text ?? ''), sha256: hash('sha256', text ?? '') }));
}

/** Writes all beside first, so that only renames are left; what is new is removed when one fails. */
function replaceTags(folder: string, added: string, contents: Record<string, string>): void {
  const isFirst = !existsSync(join(folder, signOffFolder));
  mkdirSync(join(folder, signOffFolder), { recursive: true });
  const building = mkdtempSync(join(dirname(folder), '.exhibit-unfinished-'));
  try {
    const entries = Object.entries(contents);
    for (const [at, [, text]] of entries.entries())
      writeFileSync(join(building, String(at)), text, { flag: 'wx', flush: true });
    for (const [at, [path]] of entries.entries())
      renameSync(join(building, String(at)), join(folder, ...path.split('/')));
  } catch (error) {
    rmSync(join(folder, ...added.split('/')), { force: true });
    if (isFirst) rmdirSync(join(folder, signOffFolder));
    throw error;
  } finally {
    rmSync(building, { recursive: true, force: true });
  }
}

async function zipAgain(folder: string, { signal, progress }: SignOffOptions): Promise<void> {
  const zip = `${folder}.zip`;
  if (!existsSync(zip)) return;
  const files = await openPackFiles(folder);
  const building = mkdtempSync(join(dirname(folder), '.exhibit-unfinished-'));
  try {
    const written = [...files.sizes].map(([path, bytes]) => ({ path, bytes, sha256: '' }));
    await zipPack(
      folder,
      basename(folder),
      written,
      join(building, 'pack.zip'),
      createPace(signal, progress),
    );
    renameSync(join(building, 'pack.zip'), zip);
  } finally {
    files.close();
    rmSync(building, { recursive: true, force: true });
  }
}
