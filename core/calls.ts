// What a call is: its kind, its input (parsed by zod in the engine) and its output. The lists of calls are made of these.

import { z } from 'zod';

/** query: reads, on the reader worker · command: a small write, at once · job: long, progress and cancel, own worker. */
export type CallKind = 'query' | 'command' | 'job';
export type Call<K extends CallKind, I, O> = { kind: K; input: z.ZodType<I>; output?: O };

/** Names an output type without a value: the engine is trusted to keep its own types. */
export const gives = <O>() => undefined as O | undefined;
export const query = <I, O>(input: z.ZodType<I>, _output: O | undefined): Call<'query', I, O> => ({
  kind: 'query',
  input,
});
export const command = <I, O>(input: z.ZodType<I>, _output: O | undefined): Call<'command', I, O> => ({
  kind: 'command',
  input,
});
export const job = <I, O>(input: z.ZodType<I>, _output: O | undefined): Call<'job', I, O> => ({
  kind: 'job',
  input,
});

export const nothing = z.strictObject({});
