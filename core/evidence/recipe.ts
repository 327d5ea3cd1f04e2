// The recipe: everything that decides what the pack's data files hold, frozen before the first row is read. Its
// canonical JSON is a file of the pack, its hash names the pack: the same recipe on the same log is the same pack.

import { createHash } from 'node:crypto';
import { AppError } from '#core/errors.ts';
import { canonicalJson } from '#core/integrity/canonical.ts';
import { hashRecord } from '#core/integrity/identity.ts';
import type { EventQuery, FileFormat, Framework, PackRequest } from '#core/model.ts';
import type { ReviewSettings } from '#core/review-model.ts';
import { checkSamples, type SampleRequest } from '#core/sampling-model.ts';
import { optionalSections, type PackSection } from '#core/section-model.ts';
import type { Inventory } from '#core/store/inventory.ts';
import { formatUtc, parseBoundary } from '#core/time.ts';
import type { ControlMap } from './control-map.ts';
import type { FrozenRedaction } from './redaction.ts';
import type { ReviewReader } from './reviews.ts';

/** Raise when a data file changes its form; packs of different templates are different packs. */
export const templateVersion = 4;

export type Recipe = {
  form: 'exhibit-pack-recipe';
  template: number;
  framework: Framework;
  controlMap: { version: number; sha256: string; categoriesSha256: string };
  organisation: string;
  preparedBy: string;
  /** The period as asked, and the instants it means: [fromUtc, toUtc). */
  period: { from: string; to: string; zone: string; fromUtc: string; toUtc: string };
  filter: { text: string; words: string };
  /** Optional sections with their tables: those that are there, and those that the officer left out. */
  sections: { included: readonly PackSection[]; leftOut: readonly PackSection[] };
  /** S-01, S-02 …; a seed is used only after the populations' roots are known. */
  samples: readonly SampleRequest[];
  /** What the answers in depend on beside the log. */
  reviews: {
    settings: Omit<ReviewSettings, 'slaDays'>;
    explanationsSha256: string;
    campaignsSha256: string;
    exceptionsSha256: string;
  };
  /** Ids of the chosen controls, all of the map when empty, and what the officer concludes of them. */
  controls: readonly string[];
  conclusions: readonly { control: string; words: string }[];
  /** Who stays named; null where everybody does. */
  redaction: FrozenRedaction | null;
  /** The list of people who left or moved, where one was handed over. */
  leavers: { file: string; sha256: string; people: number; moved: number; slaDays: number } | null;
  /** Name, RFC 6962 size and root of the whole log the pack is cut from. */
  log: { origin: string; size: number; root: string | null };
  /** The public key that signs the pack, as notes write it; null for a pack that is not signed. */
  signing: string | null;
  sources: {
    name: string;
    preset: string;
    zone: string | null;
    imports: {
      id: number;
      file: string;
      sha256: string;
      bytes: number;
      format: FileFormat;
      mapping: { version: number; sha256: string };
      read: number;
      imported: number;
      duplicates: number;
      rejected: number;
      root: string;
    }[];
  }[];
};

/** The period of a request in epoch milliseconds. Throws AppError('usage') when it is empty or not a period. */
export function readPeriod(request: PackRequest): { from: number; to: number } {
  const from = parseBoundary(request.from, request.zone, 'from');
  const to = parseBoundary(request.to, request.zone, 'to');
  if (from >= to) {
    throw new AppError(
      'usage',
      `The period ends (${request.to}) before it begins (${request.from}). Swap the two dates.`,
    );
  }
  return { from, to };
}

/** The query whose events the pack holds. */
export function queryOf(request: PackRequest): EventQuery {
  return { filter: request.filter, from: request.from, to: request.to, zone: request.zone };
}

/** Freezes a request on what the log holds now. Throws AppError('usage') for a sample that lacks something. */
export function freezeRecipe(
  request: PackRequest,
  inventory: Inventory,
  map: ControlMap,
  filterWords: string,
  reviews: Omit<ReviewReader, 'read'>,
  { signing, redaction }: { signing: string | null; redaction: FrozenRedaction | null },
): Recipe {
  checkSamples(request.samples);
  checkControls(request, map);
  const period = readPeriod(request);
  const { leavers } = reviews;
  return {
    form: 'exhibit-pack-recipe',
    template: templateVersion,
    framework: request.framework,
    controlMap: { version: map.version, sha256: map.sha256.map, categoriesSha256: map.sha256.categories },
    organisation: request.organisation,
    preparedBy: request.preparedBy,
    period: {
      from: request.from,
      to: request.to,
      zone: request.zone,
      fromUtc: formatUtc(period.from),
      toUtc: formatUtc(period.to),
    },
    filter: { text: request.filter, words: filterWords },
    sections: {
      included: optionalSections.filter((section) => !request.leftOut.includes(section)),
      leftOut: optionalSections.filter((section) => request.leftOut.includes(section)),
    },
    samples: request.samples,
    reviews: {
      settings: {
        hours: reviews.settings.hours,
        dormantDays: reviews.settings.dormantDays,
        privileged: reviews.settings.privileged,
      },
      explanationsSha256: hashRecord(canonicalJson(reviews.explanations)),
      campaignsSha256: hashRecord(canonicalJson(reviews.campaigns)),
      exceptionsSha256: hashRecord(canonicalJson(reviews.exceptions)),
    },
    controls: request.controls,
    conclusions: request.conclusions,
    redaction,
    leavers: leavers && {
      file: leavers.file,
      sha256: leavers.sha256,
      people: leavers.people.size,
      moved: leavers.moved.size,
      slaDays: leavers.slaDays,
    },
    log: inventory.log,
    signing,
    sources: inventory.sources.map((source) => ({
      name: source.name,
      preset: source.preset,
      zone: source.zone,
      imports: inventory.imports
        .filter((one) => one.source === source.name)
        .map((one) => ({
          id: one.id,
          file: one.file,
          sha256: one.sha256,
          bytes: one.bytes,
          format: one.format,
          mapping: { version: one.mapping.version, sha256: one.mapping.sha256 },
          read: one.read,
          imported: one.imported,
          duplicates: one.duplicates,
          rejected: one.rejected,
          root: one.root,
        })),
    })),
  };
}

/** Throws AppError('usage') for a control that the framework's map does not name. */
function checkControls({ controls, conclusions }: PackRequest, map: ControlMap): void {
  const unknown = [...controls, ...conclusions.map(({ control }) => control)].find(
    (id) => !map.controls.some((control) => control.id === id),
  );
  if (unknown !== undefined)
    throw new AppError('usage', `${map.title} has no control “${unknown}” in Exhibit’s map. Choose others.`);
}

/**
 * The recipe as the bytes of recipe.json, their SHA-256, and the pack's id: `EX-` and the first 80 bits of that hash
 * in RFC 4648 base 32, in groups of four for reading aloud.
 */
export function sealRecipe(recipe: Recipe): { json: string; sha256: string; packId: string } {
  const json = canonicalJson(recipe);
  const digest = createHash('sha256').update(json).digest();
  return { json, sha256: digest.toString('hex'), packId: packIdOf(digest) };
}

/** The pack id that belongs to the SHA-256 of a recipe. */
export function packIdOf(digest: Uint8Array): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  let bits = 0n;
  for (const byte of digest.subarray(0, 10)) bits = (bits << 8n) | BigInt(byte);
  let text = '';
  for (let shift = 75n; shift >= 0n; shift -= 5n) text += alphabet[Number((bits >> shift) & 31n)];
  return `EX-${text.match(/.{4}/g)?.join('-')}`;
}
