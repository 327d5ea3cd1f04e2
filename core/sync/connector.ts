// What is known of a vendor's API, as data: where its audit log is, how it is asked for a period, how it pages, what it
// says when something is wrong. A connector is a file in assets/connectors/, or one that a person wrote.

import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { assetPath } from '#core/assets.ts';
import { AppError } from '#core/errors.ts';

const text = z.string().min(1);
const texts = z.record(text, z.string());
/** Members of the answer, joined by `/`; an empty text is the answer itself. */
const path = z.string();

/**
 * How one page leads to the next.
 *
 * * `offset`: the query's `offset` counts records, `limit` says how many are wanted. Each page is asked for so that it
 *   begins with the last record of the one before: that shows whether the list moved meanwhile.
 * * `page`: the query's `page` counts pages, from `first`.
 * * `cursor`: the answer's member `from` holds what the query's `cursor` is for the next page.
 * * `next`: the answer's member `from` holds the address of the next page; `link`: the header Link does (rel="next").
 * * `none`: one answer holds all of it.
 */
const paging = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('offset'), offset: text, limit: text, size: z.int().min(2).max(100_000) }),
  z.strictObject({
    kind: z.literal('page'),
    page: text,
    first: z.int().min(0).default(1),
    limit: text.optional(),
    size: z.int().min(1).max(100_000).optional(),
  }),
  z.strictObject({ kind: z.literal('cursor'), cursor: text, from: path }),
  z.strictObject({ kind: z.literal('next'), from: path }),
  z.strictObject({ kind: z.literal('link') }),
  z.strictObject({ kind: z.literal('none') }),
]);
export type Paging = z.infer<typeof paging>;

const auth = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('bearer') }),
  /** The token, behind `prefix`, in a header of its own. */
  z.strictObject({ kind: z.literal('header'), name: text, prefix: z.string().default('') }),
  /** The token is the password, or `user:password` where no user is named. */
  z.strictObject({ kind: z.literal('basic'), user: text.optional() }),
  z.strictObject({ kind: z.literal('none') }),
]);
export type Auth = z.infer<typeof auth>;

/** How the query names a period: `{from}` and `{until}` stand for its ends, which are widened to whole units. */
const period = z.strictObject({
  query: texts,
  format: z.enum(['iso', 'iso-seconds', 'epoch-ms', 'epoch-seconds', 'date']),
  /** The longest period the API takes. */
  mostDays: z.int().positive().optional(),
});
export type Period = z.infer<typeof period>;

export const connectorForm = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  vendor: text,
  name: text,
  version: z.int().positive(),
  /** The preset that reads its records; null recognises them by their keys. */
  preset: text.nullable(),
  /** The address that paths follow; null where the person has to say it. */
  base: text.nullable(),
  /** What can be asked for, the usual first. `{name}` in a path is a parameter. */
  feeds: z.array(z.strictObject({ id: text, name: text, path: z.string() })).min(1),
  /** What a person may say: a part of the path, or of the query. What `narrows` leaves events out, and says so. */
  parameters: z.array(
    z.strictObject({ name: text, label: text, query: text.optional(), narrows: z.boolean().default(false) }),
  ),
  query: texts.default({}),
  headers: texts.default({}),
  auth,
  paging,
  /** Where the list of records is in an answer: the first of these paths that leads to a list. */
  list: z.array(path).min(1),
  period: period.nullable(),
  order: z.enum(['oldest-first', 'newest-first', 'unknown']),
  /** How long after an event its record may still appear. What is younger is read again by the next sync. */
  lagMinutes: z
    .int()
    .min(0)
    .max(60 * 24 * 30),
  /** Where the first sync begins: so many days back, or at a date. */
  begins: z.union([z.strictObject({ days: z.int().positive() }), z.strictObject({ date: z.iso.date() })]),
  /** Headers that say how many requests are left and when more are allowed: in seconds since 1970, or from now. */
  limits: z
    .strictObject({ remaining: text, reset: text, resetIs: z.enum(['epoch-seconds', 'seconds']) })
    .nullable(),
  /** A member that is false when an answer of 200 is none. */
  ok: path.optional(),
  /** Where an answer says what is wrong: the first of these paths that leads to a text. */
  errors: z.array(path).min(1),
  /** Where a person gets a token, and which rights it needs. */
  token: text,
  /** What of all this the vendor does not publish. */
  assumed: z.array(text),
});
/** One vendor's API, described as data. */
export type Connector = z.infer<typeof connectorForm>;

let bundled: Connector[] | undefined;

/** The connectors that come with Exhibit, by id. */
export function loadConnectors(): Connector[] {
  bundled ??= readdirSync(assetPath('connectors'))
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => parseConnector(readFileSync(assetPath('connectors', file), 'utf8'), file));
  return bundled;
}

/** A connector from its JSON text. Throws AppError('input') naming `origin` and what is wrong with it. */
export function parseConnector(json: string, origin: string): Connector {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new AppError('input', `${origin} is not a connector: ${(error as Error).message}.`);
  }
  const parsed = connectorForm.safeParse(value);
  if (!parsed.success)
    throw new AppError('input', `${origin} is not a connector: ${z.prettifyError(parsed.error)}`);
  const { data } = parsed;
  const known = new Set(data.parameters.map(({ name }) => name));
  for (const feed of data.feeds) {
    const unknown = placesIn(feed.path).find((name) => !known.has(name));
    if (unknown !== undefined)
      throw new AppError(
        'input',
        `${origin} is not a connector: the path ${feed.path} names {${unknown}}, which is not among its parameters.`,
      );
  }
  return data;
}

/** The connector called `name`: an id, or the path of a connector file. Throws AppError when there is none. */
export function findConnector(name: string): Connector {
  const known = loadConnectors().find((connector) => connector.id === name);
  if (known) return known;
  if (name.endsWith('.json')) return parseConnector(readFileSync(name, 'utf8'), name);
  const ids = loadConnectors().map(({ id }) => id);
  throw new AppError(
    'usage',
    `There is no connector “${name}”. Known are ${ids.join(', ')}, or name a connector file.`,
  );
}

/** The names that stand in braces in a path. */
export const placesIn = (path: string): string[] =>
  [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name as string);
