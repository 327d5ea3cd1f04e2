// The texts for people in a pack: how to read and check it, the log's checkpoint and what it is not, the verifier.
// Their words are in assets/pack/; only names and figures are filled in.

import { readFileSync } from 'node:fs';
import { assetPath } from '#core/assets.ts';
import { fingerprintOf, type Signer } from '#core/integrity/note.ts';
import type { PackFacts } from './facts.ts';
import type { Payload } from './payload.ts';
import { writeCheckpoint } from './seal.ts';
import { notStated } from './wording.ts';

/** Writes data/00_README.txt and data/40_integrity/. */
export function writeGuides(payload: Payload, facts: PackFacts, signer: Signer | null): void {
  const { request, recipe, map } = facts;
  payload.write(
    'data/00_README.txt',
    fill(readAsset('README.txt'), {
      packId: facts.packId,
      organisation: oneLine(request.organisation) || `Organisation ${notStated}`,
      framework: map.title,
      from: request.from,
      to: request.to,
      zone: request.zone,
      fromUtc: recipe.period.fromUtc,
      toUtc: recipe.period.toUtc,
      limits: readAsset(signer ? 'limits-signed.txt' : 'limits-unsigned.txt').trimEnd(),
    }),
  );
  writeCheckpoint(payload, facts, signer);
  payload.write(
    'data/40_integrity/checkpoint-note.txt',
    fill(readAsset(signer ? 'checkpoint-signed.txt' : 'checkpoint-unsigned.txt'), {
      fingerprint: signer ? fingerprintOf(signer.key) : '',
    }),
  );
  payload.write('data/40_integrity/verify.py', readAsset('verify.py'));
  payload.write('data/40_integrity/verify.ps1', readAsset('verify.ps1'));
  payload.write('data/40_integrity/verify.html', readAsset('verify.html'));
}

function readAsset(name: string): string {
  return readFileSync(assetPath('pack', name), 'utf8');
}

function fill(text: string, values: Record<string, string>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_match, key: string) => {
    const value = values[key];
    if (value === undefined) throw new Error(`The README asks for “${key}”, which nothing fills.`);
    return value;
  });
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}
