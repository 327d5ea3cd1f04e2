// Makes packs from real workspaces for the tests of this folder.

import { createHash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { onTestFinished } from 'vitest';
import { createReviewReader } from '#core/engine/pack-reviews.ts';
import { createPack, type PackOptions } from '#core/evidence/create-pack.ts';
import { logOrigin } from '#core/integrity/checkpoint.ts';
import { createSigner, type Signer } from '#core/integrity/note.ts';
import { proveEvents } from '#core/integrity/prove-events.ts';
import type { PackReport, PackRequest } from '#core/model.ts';
import { usualSettings } from '#core/review-model.ts';
import type { SampleRequest } from '#core/sampling-model.ts';
import { readWorkspaceId } from '#core/store/inventory.ts';
import { openStore, type Store } from '#core/store/open.ts';
import {
  fixture,
  importInto,
  ironflockCsv,
  openTemporaryStore,
  temporaryFile,
  temporaryFolder,
} from '../../support/workspace.ts';

export const fixedTime = new Date('2026-04-02T08:15:30.250Z');

/** A workspace with files imported, open for reading as the engine has it. */
export async function openWorkspace(...files: string[]): Promise<Store> {
  const folder = temporaryFolder();
  const writer = openTemporaryStore(folder);
  for (const file of files) await importInto(writer, file);
  const reader = openStore(folder, { mode: 'read' });
  onTestFinished(() => reader.close());
  return reader;
}

/** The workspace of both seeded exports: 1,500 and 900 events. */
export function openSeeds(): Promise<Store> {
  return openWorkspace(fixture('ironflock-export.csv'), fixture('flowtriq-export.csv'));
}

/** A workspace of 60 events of six kinds: enough where the number does not matter. */
export function openSmall(): Promise<Store> {
  const aspects = [
    'Name',
    'Privilege changes',
    'Remote access',
    'Docker credentials',
    'App state',
    'Project assignment',
  ];
  const rows = Array.from({ length: 60 }, (_, index) => {
    const time = new Date(Date.UTC(2026, 0, 1 + index, 9, index)).toISOString();
    const aspect = aspects[index % aspects.length];
    return `${time},user0${index % 7}@acme.example,device,${4000 + index},press-${index},plant,${aspect},bob,old ${index},new ${index}`;
  });
  return openWorkspace(temporaryFile('small.csv', ironflockCsv(rows)));
}

/** A request's parts; `seed` and `sample` are short for so many rows of each category. */
export type Parts = Partial<PackRequest> & { seed?: string; sample?: number };

/** A sample of the usual kind, with what the test sets. */
export function sampling(parts: Partial<SampleRequest> = {}): SampleRequest {
  return {
    method: 'stratified',
    seed: 'seed',
    size: 3,
    basis: { kind: 'given', words: '' },
    strata: 'category',
    allocation: 'fixed',
    categories: [],
    chosen: [],
    replacements: [],
    attributes: [],
    ...parts,
  };
}

/** A request for the first quarter of 2026 in UTC, with what the test sets. */
export function request({ seed, sample, ...parts }: Parts = {}): PackRequest {
  return {
    framework: 'iso27001',
    from: '2026-01-01',
    to: '2026-03-31',
    zone: 'UTC',
    filter: '',
    organisation: 'Acme GmbH',
    preparedBy: 'Nadia Öztürk',
    leftOut: [],
    samples: seed === undefined ? [] : [sampling({ seed, size: sample ?? 0 })],
    controls: [],
    conclusions: [],
    redaction: null,
    ...parts,
  };
}

/** Creates a pack in a new folder, at a fixed time. */
export function create(
  store: Store,
  parts: Parts = {},
  options: Partial<PackOptions> = {},
): Promise<PackReport> {
  const asked = request(parts);
  return createPack(store, asked, {
    reviews: createReviewReader(asked, {
      settings: usualSettings,
      explanations: [],
      campaigns: [],
      exceptions: [],
      leavers: null,
    }),
    into: temporaryFolder(),
    prove: (uids, log) =>
      proveEvents(store, uids, log, { signal: new AbortController().signal, progress: () => {} }),
    signal: new AbortController().signal,
    progress: () => {},
    now: fixedTime,
    ...options,
  });
}

/** Every file below a folder by its path, as latin1 text. */
export function readAll(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return new Map(
    files
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [relative(folder, path).replaceAll('\\', '/'), readFileSync(path, 'latin1')]),
  );
}

/** A text file of a pack. */
export function readPackText(folder: string, path: string): string {
  return readFileSync(join(folder, path), 'utf8');
}

/** The records of an RFC 4180 text, read by another parser than the one that wrote it; null where nothing stood. */
export function parseCsv(text: string): (string | null)[][] {
  const records: (string | null)[][] = [];
  let record: (string | null)[] = [];
  let at = 0;
  while (at < text.length) {
    let value: string | null;
    if (text[at] === '"') {
      let end = at + 1;
      while (text[end] !== '"' || text[end + 1] === '"') end += text[end] === '"' ? 2 : 1;
      value = text.slice(at + 1, end).replaceAll('""', '"');
      at = end + 1;
    } else {
      const match = /^[^,\r\n]*/.exec(text.slice(at, at + 100_000))?.[0] ?? '';
      value = match === '' ? null : match;
      at += match.length;
    }
    record.push(value);
    if (text.startsWith('\r\n', at)) {
      records.push(record);
      record = [];
      at += 2;
    } else if (text[at] === ',') at += 1;
    else throw new Error(`Not RFC 4180 at ${at}: ${JSON.stringify(text.slice(at, at + 40))}`);
    if (text[at - 1] === ',' && text.startsWith('\r\n', at)) {
      record.push(null);
      records.push(record);
      record = [];
      at += 2;
    }
  }
  return records;
}

/** Lines of an NDJSON text as values. */
export function parseNdjson<T>(text: string): T[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);
}

/** A key for the log of a workspace; the same number is the same key. */
export function signerFor(store: Store, number = 1): Signer {
  const seed = createHash('sha256').update(`key ${number}`).digest();
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  return createSigner(logOrigin(readWorkspaceId(store)), der.toString('base64'));
}

/** A copy of a pack that a test may damage. */
export function copyOf(pack: PackReport): string {
  const folder = join(temporaryFolder(), basename(pack.folder));
  cpSync(pack.folder, folder, { recursive: true });
  return folder;
}

/** Makes manifests and totals fit again after a change, as somebody would who wants to hide it. */
export function reseal(folder: string): void {
  const sha256 = (text: string) => createHash('sha256').update(text, 'latin1').digest('hex');
  const lines = (files: [string, string][]) =>
    files.map(([path, text]) => `${sha256(text)}  ${path}\n`).join('');
  const data = [...readAll(folder)].filter(([path]) => path.startsWith('data/'));
  writeFileSync(join(folder, 'manifest-sha256.txt'), lines(data));
  const info = readFileSync(join(folder, 'bag-info.txt'), 'utf8');
  const oxum = `${data.reduce((sum, [, text]) => sum + text.length, 0)}.${data.length}`;
  writeFileSync(join(folder, 'bag-info.txt'), info.replace(/Payload-Oxum: .*/, `Payload-Oxum: ${oxum}`));
  const tags = [...readAll(folder)].filter(([path]) => !/^data\/|^tagmanifest/.test(path));
  writeFileSync(join(folder, 'tagmanifest-sha256.txt'), lines(tags));
}
