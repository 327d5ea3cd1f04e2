// The BagIt 1.0 tag files (RFC 8493): what makes a folder of evidence checkable with `sha256sum -c` alone.

import type { Signer } from '#core/integrity/note.ts';
import type { PackFacts } from './facts.ts';
import type { Payload, WrittenFile } from './payload.ts';
import { tagManifestPath, writeSeal } from './seal.ts';

const declaration = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n';

/** Writes bagit.txt, bag-info.txt, the two manifests and, signed, the note over the last. Call last: nothing may be added afterwards. */
export function writeBagFiles(payload: Payload, facts: PackFacts, signer: Signer | null): void {
  const data = payload.files.filter(({ path }) => path.startsWith('data/'));
  payload.write('manifest-sha256.txt', manifest(data));
  payload.write('bagit.txt', declaration);
  payload.write('bag-info.txt', bagInfo(facts, data));
  const tags = manifest(payload.files.filter(({ path }) => !path.startsWith('data/')));
  payload.write(tagManifestPath, tags);
  if (signer) writeSeal(payload, facts.packId, tags, signer);
}

/** Lines as sha256sum writes and reads them, in byte order of the paths. */
function manifest(files: readonly WrittenFile[]): string {
  return files
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
    .map(({ path, sha256 }) => `${sha256}  ${path}\n`)
    .join('');
}

function bagInfo(facts: PackFacts, data: readonly WrittenFile[]): string {
  const { request, recipe, application } = facts;
  const bytes = data.reduce((sum, file) => sum + file.bytes, 0);
  const lines: [string, string][] = [
    ['Source-Organization', request.organisation || 'not stated'],
    ['Contact-Name', request.preparedBy || 'not stated'],
    ['Bagging-Date', new Date(facts.generatedAt).toISOString().slice(0, 10)],
    ['Bag-Size', sizeInWords(bytes)],
    ['Payload-Oxum', `${bytes}.${data.length}`],
    ['External-Identifier', facts.packId],
    ['External-Description', `${facts.map.title} evidence pack`],
    ['Internal-Sender-Identifier', `recipe sha256 ${facts.recipeSha256}`],
    ['X-Period-Start', recipe.period.fromUtc],
    ['X-Period-End', recipe.period.toUtc],
    ['X-Period-TZ', recipe.period.zone],
    ['X-Log-Size', String(facts.log.size)],
    ['X-Log-Root', facts.log.root ?? 'empty log'],
    ['Bag-Software-Agent', `${application.name} ${application.version}`],
  ];
  return lines.map(([label, value]) => `${label}: ${oneLine(value)}\n`).join('');
}

/** A value of bag-info must not begin a line of its own. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}

/** `1.4 GB`: decimal units, as RFC 8493 §2.2.2 shows them. */
export function sizeInWords(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}
