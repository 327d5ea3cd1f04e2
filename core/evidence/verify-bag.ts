// BagIt (RFC 8493): is every listed file there and unchanged, is nothing there that is not listed, do the totals fit.
// Each file is read once; whoever wants its content beside the hash gets the chunks as they pass.

import { createHash } from 'node:crypto';
import type { Check, VerifyFailure } from '#core/model.ts';
import type { Pace } from '#core/pace.ts';
import type { PackFiles } from './pack-files.ts';
import { signaturePath, tagManifestPath } from './seal.ts';

export type Verdicts = {
  checks: Check[];
  failures: VerifyFailure[];
  /** Adds a check that passed with `passed`, or failed with what differs and where. */
  judge(name: string, differences: { where: string; detail: string }[], passed: string): void;
};

/** An empty list of verdicts. */
export function createVerdicts(): Verdicts {
  const checks: Check[] = [];
  const failures: VerifyFailure[] = [];
  return {
    checks,
    failures,
    judge(name, differences, passed) {
      const [first] = differences;
      const more = differences.length > 1 ? ` (and ${differences.length - 1} more)` : '';
      checks.push({
        name,
        status: first ? 'failed' : 'passed',
        detail: first ? `${first.where}: ${first.detail}${more}` : passed,
      });
      for (const { where, detail } of differences) failures.push({ check: name, where, detail });
    },
  };
}

/** Largest file that is read into memory as a whole: manifests and the small tables. */
const textLimit = 64 * 1024 * 1024;

/** A small file as UTF-8; null when it is missing or too large to be what it should. */
export async function readText(files: PackFiles, path: string): Promise<string | null> {
  return (await readBytes(files, path))?.toString('utf8') ?? null;
}

/** A small file; null when it is missing or larger than `largest` bytes. */
export async function readBytes(files: PackFiles, path: string, largest = textLimit): Promise<Buffer | null> {
  const size = files.sizes.get(path);
  if (size === undefined || size > largest) return null;
  const chunks: Buffer[] = [];
  for await (const chunk of await files.open(path)) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Gets the bytes of one file in order. */
export type Observer = (chunk: Buffer) => void;

/** Checks declaration, manifests, stray files and Payload-Oxum. Returns bag-info.txt by label. */
export async function verifyBag(
  files: PackFiles,
  verdicts: Verdicts,
  observers: Map<string, Observer>,
  pace: Pace,
): Promise<Map<string, string>> {
  const declaration = (await readText(files, 'bagit.txt'))?.split('\n')[0]?.trim() ?? 'missing';
  verdicts.judge(
    'bagit.txt',
    declaration === 'BagIt-Version: 1.0' ? [] : [{ where: 'bagit.txt', detail: declaration }],
    declaration,
  );
  const total = [...files.sizes.values()].reduce((sum, size) => sum + size, 0);
  const progress = { done: 0, total };
  const listed = await verifyManifest(files, 'manifest-sha256.txt', verdicts, observers, pace, progress);
  const tags = await verifyManifest(files, 'tagmanifest-sha256.txt', verdicts, new Map(), pace, progress);
  const known = new Set([...listed.keys(), ...tags.keys(), tagManifestPath, signaturePath]);
  verdicts.judge(
    'No other files',
    [
      ...[...files.sizes.keys()]
        .filter((path) => !known.has(path))
        .map((where) => ({ where, detail: 'not listed in a manifest' })),
      ...files.odd.map((where) => ({ where, detail: 'a link or device, not a file' })),
    ],
    `every file is listed${files.ignored.length > 0 ? ` (ignored: ${files.ignored.join(', ')})` : ''}`,
  );
  const info = readInfo((await readText(files, 'bag-info.txt')) ?? '');
  const payload = [...files.sizes].filter(([path]) => path.startsWith('data/'));
  const oxum = `${payload.reduce((sum, [, size]) => sum + size, 0)}.${payload.length}`;
  const said = info.get('Payload-Oxum') ?? 'missing';
  verdicts.judge(
    'Payload-Oxum',
    said === oxum ? [] : [{ where: 'bag-info.txt', detail: `says ${said}, found ${oxum}` }],
    oxum,
  );
  return info;
}

async function verifyManifest(
  files: PackFiles,
  name: string,
  verdicts: Verdicts,
  observers: Map<string, Observer>,
  pace: Pace,
  progress: { done: number; total: number },
): Promise<Map<string, string>> {
  const text = await readText(files, name);
  const { entries, faults } = parseManifest(text ?? '');
  if (text === null) faults.push({ where: name, detail: 'missing' });
  for (const [path, expected] of entries) {
    if (!files.sizes.has(path)) {
      faults.push({ where: path, detail: 'missing' });
      continue;
    }
    const observer = observers.get(path);
    const hash = createHash('sha256');
    try {
      for await (const chunk of await files.open(path)) {
        hash.update(chunk as Buffer);
        observer?.(chunk as Buffer);
        progress.done += (chunk as Buffer).length;
        pace.report('Checking the files', progress.done, progress.total, 'bytes');
        await pace.turn();
      }
    } catch (error) {
      // A damaged archive ends its entry early; that is a finding about this file. A cancel is not.
      pace.check();
      faults.push({ where: path, detail: `cannot be read: ${(error as Error).message}` });
      continue;
    }
    if (hash.digest('hex') !== expected) faults.push({ where: path, detail: 'changed' });
  }
  verdicts.judge(name, faults, `${entries.size} files, every SHA-256 is right`);
  return entries;
}

/** RFC 8493 §2.1.3: `%`, CR and LF in a path are written %25, %0D and %0A. */
function parseManifest(text: string): {
  entries: Map<string, string>;
  faults: { where: string; detail: string }[];
} {
  const entries = new Map<string, string>();
  const faults: { where: string; detail: string }[] = [];
  for (const line of text.split(/\r?\n/)) {
    if (line === '') continue;
    const match = /^([0-9a-fA-F]{64})\s+\*?(.+)$/.exec(line);
    const path = match?.[2]?.replaceAll('%0A', '\n').replaceAll('%0D', '\r').replaceAll('%25', '%');
    if (!match || path === undefined)
      faults.push({ where: line.slice(0, 100), detail: 'not a line of a manifest' });
    else if (entries.has(path)) faults.push({ where: path, detail: 'listed twice' });
    else if (path.startsWith('/') || path.includes('\\') || path.split('/').includes('..')) {
      faults.push({ where: path, detail: 'leads out of the pack' });
    } else entries.set(path, (match[1] as string).toLowerCase());
  }
  return { entries, faults };
}

function readInfo(text: string): Map<string, string> {
  return new Map(
    text.split(/\r?\n/).flatMap((line) => {
      const at = line.indexOf(':');
      return at > 0 ? [[line.slice(0, at), line.slice(at + 1).trim()] as const] : [];
    }),
  );
}
