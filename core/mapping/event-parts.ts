// The parts of an event, each with how it is read from a record: as its preset says. Compiled once for each file. A part
// knows which columns it reads, so that who maps millions of rows need not read what it has read before.

import type { MappedEvent, Outcome, TimeBasis } from '#core/model.ts';
import { categoryOf, createActorTyper, createOutcomeReader, createRuleFinder } from './classify.ts';
import { type FieldCompiler, filled, type Getter, type RecordValue, valueText } from './fields.ts';
import type { ActionRule, FieldSpec, Preset, Variant } from './form.ts';
import { createTimeReader, type RecordTime } from './record-time.ts';
import { rightsText } from './rights.ts';

export type Part<T> = {
  read(record: RecordValue): T;
  /** The columns it reads, or the members of a JSON record: equal cells there, equal part. Null where that is not known. */
  columns: readonly number[] | null;
  /** It is the text of its only column as it is, and null where that is empty. */
  isCell: boolean;
};

/** What happened, as far as the old and the new value have no say in it. */
export type NamedAction = {
  /** The event's name as the record has it. */
  name: string;
  targetType: string | null;
  /** Null for a name the preset does not know. */
  rule: ActionRule | null;
  outcome: Outcome;
  /** The attribute that the record itself says has changed. */
  field: string | null;
};

export type EventKind = Pick<MappedEvent, 'action' | 'category' | 'field' | 'outcome' | 'timeBasis'>;

export type EventParts = {
  /** Null where a record has no event name. */
  action: Part<NamedAction | null>;
  time: Part<RecordTime>;
  actor: Part<Pick<MappedEvent, 'actor' | 'actorType'>>;
  target: Part<Pick<MappedEvent, 'targetType' | 'targetId' | 'targetName' | 'scope'>>;
  subject: Part<string | null>;
  ip: Part<string | null>;
  vendorId: Part<string | null>;
  /** Values as they are in the record; `actionValue` says their texts. */
  oldValue: Part<unknown>;
  newValue: Part<unknown>;
};

/** Compiles the parts of a variant's events. `zone` is for times that carry none and whose spec names none. */
export function createEventParts(
  preset: Preset,
  variant: Variant,
  compiler: FieldCompiler,
  zone: string | null,
): EventParts {
  const { fields } = variant;
  const part = <T>(make: () => (record: RecordValue) => T, spec?: unknown): Part<T> => {
    const { made, columns, isWhole } = compiler.trace(make);
    return { read: made, columns, isCell: columns?.length === 1 && isWhole && isNames(spec) };
  };
  const getter = (spec: FieldSpec | undefined): Getter =>
    spec === undefined ? () => null : compiler.compile(spec);
  const filledBy = (spec: FieldSpec | undefined): ((record: RecordValue) => string | null) => {
    const get = getter(spec);
    return (record) => filled(get(record));
  };

  return {
    action: part(() => {
      const name = getter(fields.action);
      const targetType = filledBy(fields.targetType);
      const stated = createOutcomeReader(fields.outcome, compiler);
      const field = filledBy(fields.field);
      const ruleFor = createRuleFinder(preset);
      return (record) => {
        const text = valueText(name(record));
        if (text === null || text.trim() === '') return null;
        const type = targetType(record);
        const rule = ruleFor(text, type)?.rule ?? null;
        const outcome = stated(record);
        return {
          name: text,
          targetType: type,
          rule,
          outcome: outcome === 'unknown' ? (rule?.outcome ?? 'unknown') : outcome,
          field: field(record),
        };
      };
    }),
    time: part(() => createTimeReader(variant, compiler, zone), fields.time),
    actor: part(() => {
      const actor = filledBy(fields.actor);
      const typeOf = createActorTyper(preset, fields.actorType, compiler);
      return (record) => {
        const name = actor(record);
        return { actor: name, actorType: typeOf(record, name) };
      };
    }),
    target: part(() => {
      const [type, id] = [filledBy(fields.targetType), filledBy(fields.targetId)];
      const [name, scope] = [filledBy(fields.targetName), filledBy(fields.scope)];
      return (record) => ({
        targetType: type(record),
        targetId: id(record),
        targetName: name(record),
        scope: scope(record),
      });
    }),
    subject: part(() => filledBy(fields.subject), fields.subject),
    ip: part(() => filledBy(fields.ip), fields.ip),
    vendorId: part(() => filledBy(fields.vendorId), fields.vendorId),
    oldValue: part(() => getter(fields.oldValue), fields.oldValue),
    newValue: part(() => getter(fields.newValue), fields.newValue),
  };
}

/** Whether an action's old and new value are rights, whose texts are put in one form. */
export function hasRights({ rule }: NamedAction): boolean {
  return rule?.access !== undefined && rule.access !== 'owner';
}

/** Text of an action's old or new value. */
export function actionValue(action: NamedAction, value: unknown): string | null {
  return hasRights(action) ? rightsText(value) : valueText(value);
}

/** Whether it takes more of old and new value than whether they are there to say an action's kind of event. */
export function looksIntoValues({ rule }: NamedAction): boolean {
  return rule?.access === 'set' && rule.grantCategory !== undefined;
}

/** The kind of event that an action is with these values. */
export function kindOf(
  action: NamedAction,
  timeBasis: TimeBasis,
  oldText: string | null,
  newText: string | null,
): EventKind {
  const { name, rule, outcome, field } = action;
  // An unknown event name with values is a change of something: kept as a field, so that no change is lost.
  const isChange = rule === null ? oldText !== null || newText !== null : rule.changes;
  return {
    action: name,
    category: categoryOf(rule ?? undefined, outcome, oldText, newText),
    field: field ?? (isChange ? name : null),
    outcome,
    timeBasis,
  };
}

function isNames(spec: unknown): boolean {
  return typeof spec === 'string' || (Array.isArray(spec) && spec.every((one) => typeof one === 'string'));
}
