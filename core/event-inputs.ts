// The inputs of the calls about single events, as zod parses them in the engine.

import { z } from 'zod';
import { neighbourKeys } from './event-model.ts';
import { facetKeys } from './query/summaries.ts';
import { eventQuery } from './review-inputs.ts';

export const uid = z.string().min(1).max(40);
/** The event itself. */
export const oneEvent = z.strictObject({ uid });
/** What shares one of some things with an event, so many minutes before and after; `limit` is for each side. */
export const neighbourQuery = z.strictObject({
  uid,
  same: z.array(z.enum(neighbourKeys)).min(1).max(neighbourKeys.length),
  minutes: z.int().min(1).max(10_080),
  limit: z.int().min(1).max(200),
});
/** Some of the keys that values are counted by; with `like` those that hold this text. */
export const facetQuery = eventQuery.extend({
  facets: z
    .array(
      z.strictObject({
        key: z.enum(facetKeys),
        like: z.string().max(200).nullable(),
        limit: z.int().min(1).max(100),
      }),
    )
    .min(1)
    .max(facetKeys.length),
});
/** One line. */
const tag = z
  .string()
  .trim()
  .regex(/^[^\p{Cc}]{1,50}$/u);
export const annotation = z.strictObject({
  event: uid,
  note: z.string().trim().max(10_000),
  tags: z.array(tag).max(20),
  person: z.string().trim().min(1).max(200),
});

const personName = z.string().trim().min(1).max(200);
export const identity = z.strictObject({
  name: personName,
  /** Two at least; none takes it apart. */
  members: z.array(z.string().min(1).max(1000)).max(200),
  person: personName,
});
