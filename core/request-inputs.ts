// What can be said in a request list, as zod reads it: from the page, and from a file that somebody else wrote.

import { z } from 'zod';
import { tickResults, verdicts } from './request-model.ts';

const words = z.string().min(1).max(10_000);
const number = z.int().min(1).max(100_000);
const named = z.string().min(1).max(500).nullable();

/** A date that there is. */
const day = z.iso.date();

/** One thing that was said. */
export const said = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('request'),
    question: words,
    control: named,
    file: named,
    row: named,
    due: day.nullable(),
  }),
  z.strictObject({ kind: z.literal('comment'), request: number, text: words }),
  z.strictObject({ kind: z.literal('answer'), request: number, text: words }),
  z.strictObject({
    kind: z.literal('status'),
    request: number,
    status: z.enum(verdicts),
    text: z.string().max(10_000),
  }),
  z.strictObject({
    kind: z.literal('tick'),
    sample: z.string().regex(/^S-\d{2,4}$/),
    row: z.string().min(1).max(500),
    results: z
      .record(z.string().regex(/^[A-Z]{1,2}$/), z.enum(tickResults))
      .refine((results) => Object.keys(results).length <= 26),
    text: z.string().max(10_000),
  }),
]);
