// The inputs of the calls about evidence packs, as zod parses them in the engine.

import { z } from 'zod';
import { uid } from './event-inputs.ts';
import { categories, frameworks } from './model.ts';
import { grant, text } from './review-inputs.ts';
import { allocations, mostRows, samplingMethods, stratumKeys } from './sampling-model.ts';

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
  sampling: sampleRequest.nullable(),
});

/** A pack and the grant of the folder that receives it. */
export const packToCreate = packRequest.extend({ into: grant });
