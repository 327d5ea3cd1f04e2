// The language presets are written in: one vendor's export described as data, checked when it is loaded. Every preset
// ever used lies in a log and must still be readable, so this form only ever gets optional additions.

import { z } from 'zod';
import { actorTypes, categories, outcomes } from '#core/model.ts';

/**
 * A regular expression as text, with the `u` flag. One that could match a text in very many ways is only tried on texts
 * up to a length that follows from it (`longestMatched`); a longer one does not match, and is kept in the raw record.
 * Beginning it with `^` and repeating only once lets it match texts of any length.
 */
const pattern = z.string().refine(isPattern, { error: 'is not a regular expression' });

/** One or several; the first that gives a value counts. */
const oneOrMore = <T extends z.ZodType>(form: T) => z.union([form, z.array(form).min(1)]);

/**
 * Where a value comes from.
 *
 * * A text is a CSV column's name, or in JSON a path of keys and list indexes joined by `/` (`resources/0/ARN`).
 *   `~1` stands for a slash in a key, a dot means nothing (`addr.remote` is one key), `{type}` is the key that the
 *   member `type` of the same object names (`entity/{type}/name`), `@` is the element of `each` (`@/name`).
 *   In CSV a path may begin with a column of `parse` or a name of `lists`.
 * * A list takes the first that has a value.
 * * `from` reads another one and cuts (`match`: the first group), decodes (`json`: the text is JSON and its value is
 *   meant) or replaces it (`values`: by text, without case).
 * * `always` is a constant. `join` puts values together with `by` between them, and is none where one is missing.
 * * `in` searches a list of objects for the one whose members have these texts (a list of texts is tried in its order)
 *   and takes the first of `take` in it that has a value.
 * * Anything but a text or list may depend: with `when` alone on that value being there, with `matches` on its text.
 */
export type FieldSpec =
  | string
  | FieldSpec[]
  | ({ from: FieldSpec; match?: string; decode?: 'json'; values?: Record<string, string> } & Condition)
  | ({ always: string } & Condition)
  | ({ join: FieldSpec[]; by: string } & Condition)
  | ({ in: string; where: Record<string, string | string[]>; take: string | string[] } & Condition);
type Condition = { when?: FieldSpec; matches?: string };

const fieldSpec: z.ZodType<FieldSpec, FieldSpec> = z.lazy(() => {
  const condition = { when: fieldSpec.optional(), matches: pattern.optional() };
  return z.union([
    z.string(),
    z.array(fieldSpec).min(1),
    z.strictObject({
      from: fieldSpec,
      match: pattern.optional(),
      decode: z.literal('json').optional(),
      values: z.record(z.string(), z.string()).optional(),
      ...condition,
    }),
    z.strictObject({ always: z.string(), ...condition }),
    z.strictObject({ join: z.array(fieldSpec).min(2), by: z.string(), ...condition }),
    z.strictObject({
      in: z.string(),
      where: z.record(z.string(), z.union([z.string(), z.array(z.string()).min(1)])),
      take: z.union([z.string(), z.array(z.string()).min(1)]),
      ...condition,
    }),
  ]);
});

/**
 * A time of which the vendor says more than the record does: the `zone` it is in where it carries none (it wins over
 * the zone a person names), and the order of `dates` written like 9/20/2023. Without that order a date is only read
 * where it can mean one day alone, since a guess would be a wrong date. `datesBy` says in words who or what told the
 * order of one file; it holds for that file alone, and the next one has to tell its own.
 */
const timeSpec = z.strictObject({
  from: fieldSpec,
  zone: z.string().optional(),
  dates: z.enum(['day-first', 'month-first']).optional(),
  datesBy: z.string().optional(),
});
export type TimeSpec = z.infer<typeof timeSpec>;

const texts = z.array(z.string()).min(1);

/** Texts, compared without case, that mean success or failure; `present` and `absent` for the value as such. */
const outcomeSpec = z.strictObject({
  from: fieldSpec,
  success: texts.optional(),
  failure: texts.optional(),
  unknown: texts.optional(),
  present: z.enum(outcomes).optional(),
  absent: z.enum(outcomes).optional(),
});
export type OutcomeSpec = z.infer<typeof outcomeSpec>;

/** Texts, compared without case, that name a kind of actor. */
const actorTypeSpec = z.strictObject({
  from: fieldSpec,
  human: texts.optional(),
  service: texts.optional(),
  system: texts.optional(),
  unknown: texts.optional(),
});
export type ActorTypeSpec = z.infer<typeof actorTypeSpec>;

const fields = z.strictObject({
  /** Several: the first that can be read counts. */
  time: z.union([fieldSpec, timeSpec, z.array(z.union([timeSpec, fieldSpec])).min(1)]),
  action: fieldSpec,
  vendorId: fieldSpec.optional(),
  actor: fieldSpec.optional(),
  /** What it leaves unknown, the preset's `actorTypes` decide by the actor's name. */
  actorType: oneOrMore(actorTypeSpec).optional(),
  targetType: fieldSpec.optional(),
  targetId: fieldSpec.optional(),
  targetName: fieldSpec.optional(),
  scope: fieldSpec.optional(),
  subject: fieldSpec.optional(),
  /** The attribute that changed, where the record names it; else it is the action of a rule that `changes`. */
  field: fieldSpec.optional(),
  oldValue: fieldSpec.optional(),
  newValue: fieldSpec.optional(),
  ip: fieldSpec.optional(),
  /** What it leaves unknown, the rule of the action decides. */
  outcome: oneOrMore(outcomeSpec).optional(),
});

const variant = z.strictObject({
  id: z.string(),
  format: z.enum(['csv', 'json']),
  /** Columns or key paths that a file of this shape must have (of a list, one); the more, the surer. */
  requires: z.array(oneOrMore(z.string())).min(1),
  /** Further columns or keys that are known, so that only new ones are reported as unknown. */
  knows: z.array(z.string()).default([]),
  /** JSON keys are compared like columns: without case, blanks, `_`, `-` and `.`. Slower; for keys we only assume. */
  loose: z.boolean().optional(),
  /** CSV columns whose cells hold JSON. */
  parse: z.array(z.string()).optional(),
  /** CSV columns numbered by `#`, as lists of objects: `{targets: {members: {type: "target#.type"}, first: 0, last: 3}}`. */
  lists: z
    .record(
      z.string(),
      z.strictObject({ members: z.record(z.string(), z.string()), first: z.int(), last: z.int() }),
    )
    .optional(),
  /** Path of a list: the record becomes one event for each element. No or an empty list gives one event. */
  each: z.string().optional(),
  /**
   * Only for event names that match, without case: what a change lists are changes of their own, what comes with a new
   * account is not. Another record is one event, and `@` its only element if it has just one.
   */
  eachOnly: pattern.optional(),
  /** Elements that have no such value (`@/name`) only describe the others, and are no events. */
  eachIf: fieldSpec.optional(),
  /** Columns of the last places of an export with a fixed number of them: where one is filled, more may be lost. */
  slots: z.array(z.strictObject({ filled: texts, text: z.string() })).optional(),
  fields,
});
export type Variant = z.infer<typeof variant>;

const actionRule = z
  .strictObject({
    /** One event's names: as displayed, as machine name; case, blanks, `_`, `-` and `.` do not matter. */
    names: texts.optional(),
    /** Names of several events that are treated alike. */
    events: texts.optional(),
    /** The same by regular expression, without case; only for what no rule names. */
    match: pattern.optional(),
    /** Only where the target's type matches, without case: `create` of a user is another event than of a release. */
    target: pattern.optional(),
    category: z.enum(categories),
    /** Category when the record says that it failed. */
    failureCategory: z.enum(categories).optional(),
    /** The event says a new value of an attribute: it carries a field, named like the action. */
    changes: z.boolean().optional(),
    /**
     * What it says of the subject's rights on the target. `set`: old and new value are the rights before and after.
     * `add`, `remove`: the new value is added, the old one taken away; `remove` without an old value takes the new one
     * away, as logs with one column for the right name it. `leave`: whatever is held is taken away; the old value is
     * what that was where no earlier event tells. `owner`: ownership passes on.
     */
    access: z.enum(['set', 'add', 'remove', 'leave', 'owner']).optional(),
    /** Category when an access event only adds rights. */
    grantCategory: z.enum(categories).optional(),
    /** Where the record does not say. */
    outcome: z.enum(outcomes).optional(),
  })
  .refine((rule) => rule.names !== undefined || rule.events !== undefined || rule.match !== undefined, {
    error: 'needs names, events or match',
  });
export type ActionRule = z.infer<typeof actionRule>;

export const presetForm = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  vendor: z.string(),
  name: z.string(),
  version: z.int().positive(),
  /** `unrecognised`: only for files that no other preset fits. `named`: only when a person names it. */
  only: z.enum(['unrecognised', 'named']).optional(),
  /** Days the vendor keeps its log (the shortest of its plans), null where not published, and the same in words. */
  retention: z.strictObject({ days: z.int().positive().nullable(), text: z.string() }),
  /** The most rows an export holds, which end is cut off there, and the same in words. */
  cap: z
    .strictObject({
      rows: z.int().positive(),
      cutEnd: z.enum(['newest', 'oldest']),
      text: z.string(),
      formats: z.array(z.enum(['csv', 'json'])).optional(),
    })
    .optional(),
  /** Vendor ids are numbers that count up: a gap between them can be a missing record. */
  idSequence: z.boolean().optional(),
  assumed: z.array(z.string()),
  blindSpots: z.array(z.string()),
  /** Zone of times that carry none; null when the vendor does not say. */
  zone: z.string().nullable(),
  actorTypes: z.array(z.strictObject({ match: pattern, type: z.enum(actorTypes) })),
  variants: z.array(variant).min(1),
  actions: z.array(actionRule),
});
/** One vendor's export, described as data. */
export type Preset = z.infer<typeof presetForm>;

function isPattern(text: string): boolean {
  try {
    new RegExp(text, 'u');
    return true;
  } catch {
    return false;
  }
}
