// Adds tag files to a finished pack, such as sign-offs, time stamps and a signed report: they are listed in a new tag manifest, which is
// signed again where the pack is signed. Nothing below data/ changes, nor the manifest that speaks of it.

import { hash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { AppError } from '#core/errors.ts';
import { formatNoteKey, type Signer } from '#core/integrity/note.ts';
import type { Progress } from '#core/model.ts';
import { createPace } from '#core/pace.ts';
import { openPackFiles, type PackFiles } from './pack-files.ts';
import type { Recipe } from './recipe.ts';
import { keyOfRecipe, sealText, signaturePath, tagManifestPath } from './seal.ts';
import { readText } from './verify-bag.ts';
import { verifyPack } from './verify-pack.ts';
import { zipPack } from './zip-pack.ts';

export type AddOptions = {
  /** Of the workspace whose log the pack is cut from: another pack is refused. */
  origin: string;
  /** Signs in a signed pack. */
  signer: Signer | null;
  signal: AbortSignal;
  progress(progress: Progress): void;
};

/** A finished pack that files can be added to. */
export type OpenPack = {
  folder: string;
  packId: string;
  recipe: Recipe;
  /** The text of manifest-sha256.txt. */
  manifest: string;
  /** The text of tagmanifest-sha256.txt. */
  tags: string;
  files: PackFiles;
  /** Of a signed pack, with its own key. */
  signer: Signer | null;
};

/** The id in the text of a bag-info.txt, or null. */
export const packIdOf = (bagInfo: string): string | null =>
  /^External-Identifier: (.*)$/m.exec(bagInfo)?.[1]?.trim() ?? null;

/**
 * Opens the pack in the folder `path` for a change that `doing` names, such as `signing off`, verifies it first, and
 * closes it when `work` is done. Throws AppError('input') for a pack that does not verify, is another workspace's, or is
 * signed with a key that is not here.
 */
export async function withFinishedPack<T>(
  path: string,
  { nobody, needs, here }: { nobody: string; needs: string; here: string },
  options: AddOptions,
  work: (pack: OpenPack) => Promise<T>,
): Promise<T> {
  const folder = folderOf(path);
  await requireSound(folder, nobody, options);
  const files = await openPackFiles(folder);
  try {
    const recipe = JSON.parse((await readText(files, 'data/30_query/recipe.json')) as string) as Recipe;
    const manifest = (await readText(files, 'manifest-sha256.txt')) as string;
    const tags = (await readText(files, tagManifestPath)) as string;
    const packId = packIdOf((await readText(files, 'bag-info.txt')) as string) as string;
    if (recipe.log.origin !== options.origin)
      throw new AppError('input', `This pack was cut from the log of another workspace. ${here}`);
    const signer = signerOf(recipe, options.signer, needs);
    return await work({ folder, packId, recipe, manifest, tags, files, signer });
  } finally {
    files.close();
  }
}

/** Adds files, by their path in the pack and in place of earlier ones there, all of them or none; writes the ZIP file beside the pack anew where there is one. */
export async function addTagFiles(
  { folder, packId, tags, signer }: OpenPack,
  added: ReadonlyMap<string, string | Uint8Array>,
  options: AddOptions,
): Promise<void> {
  const own = [...added].map(([path, content]) => `${hash('sha256', content)}  ${path}`);
  const others = tags.split('\n').filter((line) => line !== '' && !added.has(line.slice(66)));
  const lines = [...others, ...own];
  const listed = `${lines.sort((a, b) => (a.slice(66) < b.slice(66) ? -1 : 1)).join('\n')}\n`;
  const renewed: [string, string][] = [[tagManifestPath, listed]];
  if (signer) renewed.push([signaturePath, signer.sign(sealText(packId, listed))]);
  writeTags(folder, [...added, ...renewed]);
  await zipAgain(folder, options);
}

function folderOf(path: string): string {
  const folder = path.endsWith('.zip') ? path.slice(0, -4) : path;
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return folder.replace(/[\\/]+$/, '');
  throw new AppError(
    'input',
    `There is no folder ${folder}. Name the pack’s folder; unpack a ZIP file first.`,
  );
}

async function requireSound(folder: string, nobody: string, options: AddOptions): Promise<void> {
  const { ok, failures } = await verifyPack(folder, options);
  if (ok) return;
  const [first] = failures;
  throw new AppError(
    'input',
    `This pack does not verify (${first?.check}, ${first?.where}: ${first?.detail}), so ${nobody}. Take an unaltered copy.`,
  );
}

function signerOf(recipe: Recipe, signer: Signer | null, needs: string): Signer | null {
  const key = keyOfRecipe(recipe);
  if (!key) return null;
  if (signer && formatNoteKey(signer.key) === formatNoteKey(key)) return signer;
  throw new AppError(
    'input',
    `This pack is signed, and ${needs} needs the same key. Where the workspace’s key is not here, name its file with --key; where it was replaced, make the pack again.`,
  );
}

/** Writes all beside first, so that only renames are left; when one fails, those before it are undone. */
function writeTags(folder: string, entries: readonly [string, string | Uint8Array][]): void {
  const target = (path: string) => join(folder, ...path.split('/'));
  const first = [...new Set(entries.map(([path]) => dirname(target(path))))].filter(
    (each) => !existsSync(each),
  );
  for (const each of first) mkdirSync(each);
  const building = mkdtempSync(join(dirname(folder), '.exhibit-unfinished-'));
  const undo: (() => void)[] = [];
  try {
    for (const [at, [, content]] of entries.entries())
      writeFileSync(join(building, String(at)), content, { flag: 'wx', flush: true });
    for (const [at, [path]] of entries.entries()) {
      const [own, earlier] = [target(path), join(building, `${at}-earlier`)];
      const isThere = existsSync(own);
      if (isThere) copyFileSync(own, earlier);
      renameSync(join(building, String(at)), own);
      undo.unshift(() => (isThere ? renameSync(earlier, own) : rmSync(own)));
    }
  } catch (error) {
    for (const each of undo) each();
    for (const each of first) rmdirSync(each);
    throw error;
  } finally {
    rmSync(building, { recursive: true, force: true });
  }
}

async function zipAgain(folder: string, { signal, progress }: AddOptions): Promise<void> {
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
