// What kind of event it is: the rule of its name, its category, whether it succeeded, who did it. Where a record does
// not say, the answer is unknown, never a guess.

import type { ActorType, Category, Outcome } from '#core/model.ts';
import { compileExpression, type Expression } from './expression.ts';
import { type FieldCompiler, type RecordValue, valueText } from './fields.ts';
import type { ActionRule, ActorTypeSpec, OutcomeSpec, Preset } from './form.ts';
import { normaliseName } from './normal-name.ts';
import { rightsSet } from './rights.ts';

/** Bounded: a hostile file may have a new name in each record. */
const mostNames = 50_000;

/** A rule, and the event it is of: equal for two spellings of one event's name. */
export type NamedRule = { rule: ActionRule; event: string };

/** The rule for a vendor's event name, however it is written, on a target of a type; undefined for an unknown one. */
export type RuleFinder = (action: string, targetType: string | null) => NamedRule | undefined;

/** Finds the rules of a preset: one by name goes before one by expression, and an earlier one before a later. */
export function createRuleFinder(preset: Preset): RuleFinder {
  type Candidate = NamedRule & { target: Expression | null };
  const byName = new Map<string, Candidate[]>();
  const patterns: { rule: ActionRule; pattern: Expression; target: Expression | null }[] = [];
  const add = (name: string, candidate: Candidate) => {
    const known = byName.get(normaliseName(name));
    if (known) known.push(candidate);
    else byName.set(normaliseName(name), [candidate]);
  };
  for (const rule of preset.actions) {
    const target = rule.target === undefined ? null : compileExpression(rule.target, 'iu');
    const [main = ''] = rule.names ?? [];
    for (const name of rule.names ?? []) add(name, { rule, event: normaliseName(main), target });
    for (const name of rule.events ?? []) add(name, { rule, event: normaliseName(name), target });
    if (rule.match !== undefined)
      patterns.push({ rule, pattern: compileExpression(rule.match, 'iu'), target });
  }
  const asksTarget = preset.actions.some((rule) => rule.target !== undefined);
  const find: RuleFinder = (action, targetType) => {
    const fits = ({ target }: { target: Expression | null }) => !target || target.test(targetType ?? '');
    const named = byName.get(normaliseName(action))?.find(fits);
    if (named) return named;
    const matched = patterns.find((candidate) => fits(candidate) && candidate.pattern.test(action));
    return matched && { rule: matched.rule, event: normaliseName(action) };
  };
  const seen = new Map<string, NamedRule | undefined>();
  return (action, targetType) => {
    const key = asksTarget ? `${action}\0${targetType ?? ''}` : action;
    const known = seen.get(key);
    if (known !== undefined || seen.has(key)) return known;
    const found = find(action, targetType);
    if (seen.size < mostNames) seen.set(key, found);
    return found;
  };
}

/** The category of an event: its rule's, or what the rule says for a failure or for rights that are only added. */
export function categoryOf(
  rule: ActionRule | undefined,
  outcome: Outcome,
  oldText: string | null,
  newText: string | null,
): Category {
  if (!rule) return 'other';
  if (outcome === 'failure' && rule.failureCategory) return rule.failureCategory;
  if (rule.access !== 'set' || !rule.grantCategory) return rule.category;
  const before = rightsSet(oldText);
  const after = rightsSet(newText);
  const onlyAdded = after.size > before.size && [...before].every((right) => after.has(right));
  return onlyAdded ? rule.grantCategory : rule.category;
}

/** Reads whether it succeeded, by the first spec that says so. */
export function createOutcomeReader(
  specs: OutcomeSpec | OutcomeSpec[] | undefined,
  compiler: FieldCompiler,
): (record: RecordValue) => Outcome {
  const readers = listOf(specs).map((spec) => {
    const get = compiler.compile(spec.from);
    const byText = textMap<Outcome>({
      success: spec.success,
      failure: spec.failure,
      unknown: spec.unknown,
    });
    return (record: RecordValue): Outcome => {
      const text = valueText(get(record));
      if (text === null || text === '') return spec.absent ?? 'unknown';
      return byText(text) ?? spec.present ?? 'unknown';
    };
  });
  return firstKnown(readers);
}

/** Reads what kind of actor it is: from the record, else by the patterns for its name. */
export function createActorTyper(
  preset: Preset,
  specs: ActorTypeSpec | ActorTypeSpec[] | undefined,
  compiler: FieldCompiler,
): (record: RecordValue, name: string | null) => ActorType {
  const readers = listOf(specs).map((spec) => {
    const get = compiler.compile(spec.from);
    const byText = textMap<ActorType>({
      human: spec.human,
      service: spec.service,
      system: spec.system,
      unknown: spec.unknown,
    });
    return (record: RecordValue): ActorType => byText(valueText(get(record)) ?? '') ?? 'unknown';
  });
  const stated = firstKnown(readers);
  const byName = createNameTyper(preset);
  return (record, name) => {
    // Without a name there is nobody to have a type.
    if (name === null) return 'unknown';
    const type = stated(record);
    return type === 'unknown' ? byName(name) : type;
  };
}

function createNameTyper(preset: Preset): (name: string) => ActorType {
  const rules = preset.actorTypes.map((rule) => ({
    pattern: compileExpression(rule.match, 'iu'),
    type: rule.type,
  }));
  const known = new Map<string, ActorType>();
  return (name) => {
    const cached = known.get(name);
    if (cached) return cached;
    const isSystem = name === 'system' || name === 'system (auto)';
    const type = isSystem ? 'system' : (rules.find((rule) => rule.pattern.test(name))?.type ?? 'unknown');
    if (known.size < mostNames) known.set(name, type);
    return type;
  };
}

function listOf<T>(specs: T | T[] | undefined): T[] {
  if (specs === undefined) return [];
  return Array.isArray(specs) ? specs : [specs];
}

function firstKnown<T extends string>(
  readers: readonly ((record: RecordValue) => T | 'unknown')[],
): (record: RecordValue) => T | 'unknown' {
  return (record) => {
    for (const read of readers) {
      const value = read(record);
      if (value !== 'unknown') return value;
    }
    return 'unknown';
  };
}

/** The key whose list has a text, without case. */
function textMap<T extends string>(
  lists: Partial<Record<T, string[] | undefined>>,
): (text: string) => T | undefined {
  const known = new Map<string, T>();
  for (const [key, texts] of Object.entries(lists) as [T, string[] | undefined][])
    for (const text of texts ?? []) known.set(text.toLowerCase(), key);
  return (text) => known.get(text) ?? known.get(text.toLowerCase());
}
