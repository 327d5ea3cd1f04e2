// Adds a sign-off to a finished pack: a tag file, listed in a new tag manifest, which is signed again where the pack is
// signed. Nothing below data/ changes, nor the manifest that speaks of it.

import { hash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { AppError } from '#core/errors.ts';
import { fingerprintOf } from '#core/integrity/note.ts';
import { isSameName, type NewSignOff, type SignOff } from '#core/signoff-model.ts';
import { formatUtc } from '#core/time.ts';
import { openPackFiles, type PackFiles } from './pack-files.ts';
import type { Recipe } from './recipe.ts';
import { formatSignOff, parseSignOff, signOffPath, signOffPaths } from './sign-off-file.ts';
import { type AddOptions, addTagFiles, packIdOf, withFinishedPack } from './tag-files.ts';
import { readText } from './verify-bag.ts';

export type SignOffOptions = AddOptions & {
  /** Whether two names are one person's. */
  isSamePerson(a: string, b: string): boolean;
  account: string;
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
export function signOff(path: string, wanted: NewSignOff, options: SignOffOptions): Promise<SignOff> {
  const words = {
    nobody: 'nobody should sign it off',
    needs: 'a sign-off',
    here: 'Sign it off there.',
  };
  return withFinishedPack(path, words, options, async (pack) => {
    const { recipe, signer } = pack;
    const before = await readSignOffs(pack.files);
    refuseOwnWork(
      wanted,
      recipe,
      before.flatMap(({ signOff }) => signOff ?? []),
      options,
    );
    const one: SignOff = {
      form: 'exhibit-signoff@v1',
      number: before.length + 1,
      pack: pack.packId,
      ...wanted,
      at: formatUtc(Date.now()),
      account: options.account,
      logSize: recipe.log.size,
      logRoot: recipe.log.root,
      manifestSha256: hash('sha256', pack.manifest),
      previous: before.at(-1)?.sha256 ?? null,
      method: signer ? 'key' : 'statement',
      keyFingerprint: signer ? fingerprintOf(signer.key) : null,
    };
    await addTagFiles(pack, new Map([[signOffPath(one), formatSignOff(one, signer)]]), options);
    return one;
  });
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
