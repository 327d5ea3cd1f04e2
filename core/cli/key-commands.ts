// The key of a workspace on the command line: made into a file that the person names and keeps, and shown.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { makeKey, openSigner, refuseReplacing } from '#core/engine/signing.ts';
import { AppError } from '#core/errors.ts';
import { logOrigin } from '#core/integrity/checkpoint.ts';
import { groupFingerprint, type NoteKey, parseNoteKey } from '#core/integrity/note.ts';
import { personOfMachine } from '#core/store/activity.ts';
import { readWorkspaceId } from '#core/store/inventory.ts';
import { closing } from '#core/store/open.ts';
import { listSigningKeys, type RecordedKey, recordSigningKey } from '#core/store/signing-keys.ts';
import { type Options, readOptions, requiredOption, textOption, wantsJson } from './options.ts';
import { printJson, write } from './output.ts';
import { type Context, withContext } from './with-context.ts';

/** `exhibit key new|show`. */
export async function runKey(args: readonly string[], signal: AbortSignal): Promise<number> {
  const options = readOptions(args, {
    out: { type: 'string' },
    person: { type: 'string' },
    replace: { type: 'boolean' },
  });
  const [what, ...more] = options.files;
  if ((what !== 'new' && what !== 'show') || more.length > 0)
    throw new AppError('usage', 'Say “exhibit key new --out FILE” or “exhibit key show”.');
  return withContext(options, signal, (context) =>
    what === 'new' ? makeKeyFile(context, options) : showKeys(context, options),
  );
}

async function makeKeyFile(context: Context, options: Options): Promise<number> {
  const file = resolve(requiredOption(options, 'out', 'name the file that receives the private key'));
  const made = makeKey(logOrigin(readWorkspaceId(context.reader())));
  const key = closing(context.review(), (review) => {
    refuseReplacing(review, options.values.replace === true);
    writeSecretFile(file, made.pem);
    const person = textOption(options, 'person')?.trim() || personOfMachine();
    return recordSigningKey(review, { key: made.key, fingerprint: made.fingerprint, kept: 'file', person });
  });
  if (wantsJson(options)) await printJson({ key, file });
  else
    await write(
      `${describe(key)}The private key is in ${file}. Keep it where others cannot read it, and not in the workspace: Exhibit has no copy.\n`,
    );
  return 0;
}

/** Writes a private key to a new file: never over another, which may be the only copy of another key. */
export function writeSecretFile(file: string, text: string): void {
  try {
    writeFileSync(file, text, { mode: 0o600, flag: 'wx', flush: true });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
    throw new AppError('input', `${file} is there already. Name a new file for the key.`, { cause });
  }
}

async function showKeys(context: Context, options: Options): Promise<number> {
  const keys = closing(context.reviewReader(), listSigningKeys);
  const key = keys.at(-1) ?? null;
  if (wantsJson(options)) await printJson({ key, earlier: keys.slice(0, -1).reverse() });
  else if (key)
    await write(`${describe(key)}${keys.length > 1 ? `It replaced ${keys.length - 1} earlier.\n` : ''}`);
  else await write('This workspace has no key: its packs are not signed. “exhibit key new” makes one.\n');
  return 0;
}

function describe({ key, fingerprint, at, person }: RecordedKey): string {
  return `${key}\nFingerprint ${groupFingerprint(fingerprint)}\nRecorded ${at.slice(0, 10)} by ${person || 'nobody named'}\n`;
}

/** Throws AppError where a key was named and the workspace knows of none: the pack would silently not be signed. */
export async function requireKey(options: Options, context: Context): Promise<void> {
  if (textOption(options, 'key') === null || (await openSigner(context)) !== null) return;
  throw new AppError(
    'usage',
    'This workspace has no key of its own. “exhibit key new” makes and records one.',
  );
}

/** The key of --pubkey, as notes write it or in a file such as a pack's pubkey.txt; null where none was named. */
export function knownKey(options: Options): NoteKey | null {
  const named = textOption(options, 'pubkey');
  if (named === null) return null;
  const key = parseNoteKey(existsSync(named) ? readFileSync(named, 'utf8') : named);
  if (key) return key;
  throw new AppError(
    'usage',
    `--pubkey takes a public key such as “exhibit key show” prints, or a file with it.`,
  );
}
