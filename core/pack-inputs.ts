// The inputs of the calls about evidence packs, as zod parses them in the engine.

import { z } from 'zod';
import { uid } from './event-inputs.ts';
import { categories, frameworks } from './model.ts';
import { exceptionStatuses, mostRowsNamed, severities } from './register-model.ts';
import { grant, text } from './review-inputs.ts';
import { allocations, mostRows, mostSamples, samplingMethods, stratumKeys } from './sampling-model.ts';
import { optionalSections } from './section-model.ts';

const percent = z.int().min(1).max(99);
const named = z.array(z.strictObject({ uid, reason: z.string().max(2000) })).max(mostRows);

/** How a sample is drawn; what goes together is checkSampling's to say. */
export const sampleRequest = z.strictObject({
  method: z.enum(samplingMethods),
  seed: z.string().max(200),
  size: z.int().min(0).max(mostRows),
  basis: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('given'), words: z.string().max(500) }),
    z.strictObject({ kind: z.literal('formula'), confidence: percent, tolerable: percent }),
    z.strictObject({
      kind: z.literal('frequency'),
      frequency: z.string().max(100),
      least: z.int().min(1).max(mostRows),
      most: z.int().min(1).max(mostRows),
    }),
  ]),
  strata: z.enum(stratumKeys).nullable(),
  allocation: z.enum(allocations).nullable(),
  categories: z.array(z.enum(categories)).max(categories.length),
  chosen: named,
  replacements: named,
  attributes: z.array(z.string().min(1).max(200)).max(26),
});

/** What a pack is about. */
export const packRequest = z.strictObject({
  framework: z.enum(frameworks),
  from: z.string().min(1).max(40),
  to: z.string().min(1).max(40),
  zone: z.string().min(1).max(60),
  filter: text,
  organisation: z.string().max(200),
  preparedBy: z.string().max(200),
  leftOut: z.array(z.enum(optionalSections)).max(optionalSections.length),
  samples: z.array(sampleRequest).max(mostSamples),
  controls: z.array(z.string().min(1).max(40)).max(500),
  conclusions: z
    .array(z.strictObject({ control: z.string().min(1).max(40), words: z.string().trim().min(1).max(5000) }))
    .max(500),
  redaction: z
    .strictObject({
      people: z.array(z.string().min(1).max(500)).max(10_000),
      categories: z.array(z.enum(categories)).max(categories.length),
      also: z.array(z.string().min(2).max(500)).max(10_000),
    })
    .nullable(),
});

/** A pack and the grants it needs: of the folder that receives it, of a list of leavers. */
export const packToCreate = packRequest.extend({
  into: grant,
  /** Grant of a CSV of people who left, and the days in which their rights have to be gone. */
  leavers: grant.nullable(),
  slaDays: z.int().min(0).max(10_000).nullable(),
  /** Grant of the redaction key of an earlier pack, for the same pseudonyms. */
  redactionKey: grant.nullable(),
});

/** A version of an exception; `id` null begins a new one. */
export const exceptionToSave = z.strictObject({
  id: z.int().min(1).nullable(),
  finding: z.string().trim().min(1).max(2000),
  control: z.string().trim().max(500),
  rows: z.array(uid).max(mostRowsNamed),
  rowCount: z.int().min(0),
  severity: z.enum(severities),
  rootCause: z.string().trim().max(5000),
  compensating: z.string().trim().max(5000),
  owner: z.string().trim().max(200),
  due: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .nullable(),
  status: z.enum(exceptionStatuses),
  response: z.string().trim().max(5000),
  person: z.string().trim().min(1).max(200),
});
export const oneException = z.strictObject({ id: z.int().min(1) });
export const exceptionDrafts = packToCreate.pick({
  framework: true,
  from: true,
  to: true,
  zone: true,
  leavers: true,
  slaDays: true,
});
export const recipeToSave = z.strictObject({
  name: z.string().trim().min(1).max(200),
  request: packRequest.nullable(),
});
export const oneFramework = z.strictObject({ framework: z.enum(frameworks) });
/** A name alone: nothing that leads elsewhere. */
const childName = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[^/\\]+$/)
  .refine((name) => name !== '.' && name !== '..');
/**
 * A pack by the child of a granted folder; without `folder` the granted folder is the pack, or holds it. `packId` says which
 * pack is meant: another one is refused.
 */
export const onePack = z.strictObject({
  into: grant,
  folder: childName.nullable(),
  packId: z.string().min(1).max(40),
});
/** The grant of the file with a person's certificate and key. */
const certificate = grant;
export const oneCertificate = z.strictObject({ certificate });
export const reportToSign = onePack.extend({ certificate });
export const packToStamp = onePack.extend({ authority: z.string().trim().min(1).max(2000) });
