// Makes an event of a record, as its preset says. Compiled once for each file, since it runs for every record:
// column names become indexes, patterns become RegExp objects, event names a lookup.

import { canonicalJson, valueText as jsonText, parseJson } from '../integrity/canonical.ts';
import type { ActorType, Category, MappedEvent, Outcome, TimeBasis } from '../model.ts';
import { instantOf, readEpoch, readTime } from '../time.ts';
import type { ActionRule, FieldSpec, Preset, Variant } from './preset.ts';
import { normaliseName } from './preset.ts';

/** A record as a mapper takes it: CSV cells in the file's column order, or a parsed JSON value. */
export type RecordValue = readonly string[] | Record<string, unknown>;

/** A mapped record: its event and the vendor's own id; or why it is no event. */
export type Mapped =
  | {
      event: MappedEvent;
      vendorId: string | null;
      doubtfulTime: 'twice' | 'never' | null;
      isKnownAction: boolean;
    }
  | { reason: string };

export type Mapper = (record: RecordValue) => Mapped;

type Getter = (record: RecordValue) => unknown;

/**
 * A mapper for the files of one shape. `columns` are the CSV header's names (empty for JSON); `zone` is the zone
 * named by the person, which decides over the preset's.
 */
export function createMapper(
  preset: Preset,
  variant: Variant,
  columns: readonly string[],
  zone: string | null,
): Mapper {
  const getters = new Map<string, Getter>();
  for (const [name, spec] of Object.entries(variant.fields)) {
    if (spec !== undefined) getters.set(name, compileField(spec, variant.format, columns));
  }
  const nothing: Getter = () => null;
  const getter = (name: keyof Variant['fields']) => getters.get(name) ?? nothing;
  const [time, action, vendorId, actor] = [
    getter('time'),
    getter('action'),
    getter('vendorId'),
    getter('actor'),
  ];
  const [targetType, targetId, targetName] = [getter('targetType'), getter('targetId'), getter('targetName')];
  const [scope, subject, ip] = [getter('scope'), getter('subject'), getter('ip')];
  const [oldValue, newValue] = [getter('oldValue'), getter('newValue')];
  const ruleFor = createRuleFinder(preset);
  const actorTypeOf = createActorTyper(preset);
  const zoneOfFile = zone ?? preset.zone;

  return (record) => {
    const actionText = valueText(action(record));
    if (actionText === null || actionText.trim() === '') return { reason: 'it has no event name' };
    const read = readRecordTime(time(record), zoneOfFile);
    if ('reason' in read) return read;
    const rule = ruleFor(actionText);
    const actorName = filled(actor(record));
    const oldText = rule?.access === 'set' ? rightsText(oldValue(record)) : valueText(oldValue(record));
    const newText = rule?.access === 'set' ? rightsText(newValue(record)) : valueText(newValue(record));
    const hasValue = oldText !== null || newText !== null;
    return {
      vendorId: filled(vendorId(record)),
      doubtfulTime: read.doubtful,
      isKnownAction: rule !== undefined,
      event: {
        time: read.ms,
        timeText: read.text,
        timeBasis: read.basis,
        action: actionText,
        category: categoryOf(rule, oldText, newText),
        actor: actorName,
        actorType: actorTypeOf(actorName),
        targetType: filled(targetType(record)),
        targetId: filled(targetId(record)),
        targetName: filled(targetName(record)),
        scope: filled(scope(record)),
        subject: filled(subject(record)),
        // An unknown event name with values is a change of something: kept as a field, so that no change is lost.
        field: (rule?.changes ?? (rule === undefined && hasValue)) ? actionText : null,
        oldValue: oldText,
        newValue: newText,
        ip: filled(ip(record)),
        outcome: (rule?.outcome ?? 'unknown') as Outcome,
      },
    };
  };
}

/** The rule of a preset for a vendor's event name, however it is written; undefined for an unknown one. */
export function createRuleFinder(preset: Preset): (action: string) => ActionRule | undefined {
  const byName = new Map<string, ActionRule>();
  for (const rule of preset.actions) for (const name of rule.names) byName.set(normaliseName(name), rule);
  const seen = new Map<string, ActionRule | undefined>();
  return (action) => {
    if (seen.has(action)) return seen.get(action);
    const rule = byName.get(normaliseName(action));
    // Bounded: a hostile file may have a new event name in each record.
    if (seen.size < 10_000) seen.set(action, rule);
    return rule;
  };
}

function compileField(spec: FieldSpec, format: 'csv' | 'json', columns: readonly string[]): Getter {
  if (typeof spec === 'string') return format === 'csv' ? columnGetter(spec, columns) : pathGetter(spec);
  if (Array.isArray(spec)) {
    const all = spec.map((one) => compileField(one, format, columns));
    return (record) => {
      for (const get of all) {
        const value = get(record);
        if (value !== null && value !== undefined && value !== '') return value;
      }
      return null;
    };
  }
  if ('always' in spec) {
    if (spec.when === undefined) return () => spec.always;
    const condition = compileField(spec.when, format, columns);
    return (record) => (filled(condition(record)) === null ? null : spec.always);
  }
  const inner = compileField(spec.from, format, columns);
  const pattern = new RegExp(spec.match, 'u');
  return (record) => {
    const text = valueText(inner(record));
    return text === null ? null : (pattern.exec(text)?.[1] ?? null);
  };
}

function columnGetter(name: string, columns: readonly string[]): Getter {
  const index = columns.findIndex((column) => normaliseName(column) === normaliseName(name));
  if (index === -1) return () => null;
  // An empty CSV cell is no value; white space inside one is kept.
  return (record) => (record as readonly string[])[index] || null;
}

function pathGetter(path: string): Getter {
  const keys = path.split('/').map((key) => key.replaceAll('~1', '/'));
  return (record) => {
    let value: unknown = record;
    for (const key of keys) {
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return null;
      value = (value as Record<string, unknown>)[key];
    }
    return value;
  };
}

/** Text of a value. A lone surrogate, which no UTF-8 file can hold, becomes U+FFFD here; the raw record keeps it. */
function valueText(value: unknown): string | null {
  return jsonText(value)?.toWellFormed() ?? null;
}

/** Text of a value, null where there is none: for names and ids an empty text is none. */
function filled(value: unknown): string | null {
  const text = valueText(value);
  return text === '' ? null : text;
}

/** Rights as canonical text: a JSON array or object in a cell becomes what the same value in JSON would be. */
function rightsText(value: unknown): string | null {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return valueText(value);
  try {
    return canonicalJson(parseJson(value));
  } catch {
    return value;
  }
}

function categoryOf(rule: ActionRule | undefined, oldText: string | null, newText: string | null): Category {
  if (!rule) return 'other';
  if (rule.access !== 'set' || !rule.grantCategory) return rule.category;
  const before = rightsSet(oldText);
  const after = rightsSet(newText);
  const onlyAdded = after.size > before.size && [...before].every((right) => after.has(right));
  return onlyAdded ? rule.grantCategory : rule.category;
}

/**
 * The set of rights a value names: a JSON array, a JSON object of booleans, text separated by commas or semicolons,
 * or one role name.
 */
export function rightsSet(text: string | null): Set<string> {
  if (text === null || text.trim() === '') return new Set();
  if (/^\s*[[{]/.test(text)) {
    try {
      const value: unknown = JSON.parse(text);
      const names = Array.isArray(value)
        ? value.map((item) => valueText(item) ?? '')
        : Object.entries(value as object).flatMap(([name, held]) => (held === true ? [name] : []));
      return new Set(names.filter((name) => name !== ''));
    } catch {
      // Not JSON after all: read it as a list.
    }
  }
  return new Set(
    text
      .split(/[,;]/)
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  );
}

type RecordTime =
  | { ms: number; text: string; basis: TimeBasis; doubtful: 'twice' | 'never' | null }
  | { reason: string };

function readRecordTime(value: unknown, zone: string | null): RecordTime {
  const text = valueText(value);
  if (text === null || text.trim() === '') return { reason: 'it has no time' };
  if (typeof value === 'number' || /^\d{9,19}(\.\d+)?$/.test(text)) {
    const ms = readEpoch(Number(text));
    if (ms === null) return { reason: `its time “${clip(text)}” is no epoch between 1990 and 2100` };
    return { ms, text, basis: 'explicit', doubtful: null };
  }
  const read = readTime(text);
  if (!read) return { reason: `its time “${clip(text)}” is not a date and time that can be read` };
  if (read.explicit) return { ms: read.ms, text, basis: 'explicit', doubtful: null };
  const { ms, doubtful } = instantOf(read.wall, zone ?? 'UTC');
  return { ms, text, basis: zone === null ? 'assumed' : 'declared', doubtful };
}

function clip(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function createActorTyper(preset: Preset): (name: string | null) => ActorType {
  const rules = preset.actorTypes.map((rule) => ({ pattern: new RegExp(rule.match, 'iu'), type: rule.type }));
  const known = new Map<string, ActorType>();
  return (name) => {
    if (name === null) return 'unknown';
    const cached = known.get(name);
    if (cached) return cached;
    const isSystem = name === 'system' || name === 'system (auto)';
    const type = isSystem ? 'system' : (rules.find((rule) => rule.pattern.test(name))?.type ?? 'unknown');
    if (known.size < 50_000) known.set(name, type);
    return type;
  };
}
