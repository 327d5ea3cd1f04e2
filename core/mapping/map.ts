// Makes the events of a record, as its preset says. Compiled once for each file, since it runs for every record.

import type { MappedEvent } from '#core/model.ts';
import { categoryOf, createActorTyper, createOutcomeReader, createRuleFinder } from './classify.ts';
import { compileExpression } from './expression.ts';
import { createFieldCompiler, filled, type Getter, type RecordValue, toList, valueText } from './fields.ts';
import type { Preset, Variant } from './form.ts';
import { createTimeReader } from './record-time.ts';
import { rightsText } from './rights.ts';

export type { RecordValue } from './fields.ts';

/**
 * One event of a record; or why there is none. `part` is 0 where the record is one event, else the number of the
 * event within its record, from 1.
 */
export type Mapped =
  | {
      event: MappedEvent;
      vendorId: string | null;
      part: number;
      doubtfulTime: 'twice' | 'never' | null;
      isKnownAction: boolean;
    }
  | { reason: string; part: number };

/** Maps a record to its events: one, or several where the preset's `each` lists several. Never throws. */
export type Mapper = (record: RecordValue) => Mapped[];

/** Each event is stored with its whole record: a record that lists more than this would multiply without bound. */
export const mostParts = 1000;

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
  const compiler = createFieldCompiler(variant, columns);
  const { element } = compiler;
  const { fields } = variant;
  const nothing: Getter = () => null;
  const getter = (spec: (typeof fields)['actor']) => (spec === undefined ? nothing : compiler.compile(spec));
  const action = compiler.compile(fields.action);
  const [vendorId, actor] = [getter(fields.vendorId), getter(fields.actor)];
  const [targetType, targetId] = [getter(fields.targetType), getter(fields.targetId)];
  const [targetName, scope] = [getter(fields.targetName), getter(fields.scope)];
  const [subject, field, ip] = [getter(fields.subject), getter(fields.field), getter(fields.ip)];
  const [oldValue, newValue] = [getter(fields.oldValue), getter(fields.newValue)];
  const readTime = createTimeReader(variant, compiler, zone ?? preset.zone);
  const readOutcome = createOutcomeReader(fields.outcome, compiler);
  const actorTypeOf = createActorTyper(preset, fields.actorType, compiler);
  const ruleFor = createRuleFinder(preset);
  const list = variant.each === undefined ? null : compiler.compile(variant.each);
  const eachOnly = variant.eachOnly === undefined ? null : compileExpression(variant.eachOnly, 'iu');

  function mapOne(record: RecordValue, part: number): Mapped {
    const actionText = valueText(action(record));
    if (actionText === null || actionText.trim() === '') return { reason: 'it has no event name', part };
    const read = readTime(record);
    if ('reason' in read) return { reason: read.reason, part };
    const type = filled(targetType(record));
    const rule = ruleFor(actionText, type)?.rule;
    const toText = rule?.access === undefined || rule.access === 'owner' ? valueText : rightsText;
    const oldText = toText(oldValue(record));
    const newText = toText(newValue(record));
    const stated = readOutcome(record);
    const outcome = stated === 'unknown' ? (rule?.outcome ?? 'unknown') : stated;
    const actorName = filled(actor(record));
    // An unknown event name with values is a change of something: kept as a field, so that no change is lost.
    const isChange = rule === undefined ? oldText !== null || newText !== null : rule.changes;
    const id = filled(vendorId(record));
    return {
      part,
      vendorId: id === null || part === 0 ? id : `${id}#${part}`,
      doubtfulTime: read.doubtful,
      isKnownAction: rule !== undefined,
      event: {
        time: read.ms,
        timeText: read.text,
        timeBasis: read.basis,
        action: actionText,
        category: categoryOf(rule, outcome, oldText, newText),
        actor: actorName,
        actorType: actorTypeOf(record, actorName),
        targetType: type,
        targetId: filled(targetId(record)),
        targetName: filled(targetName(record)),
        scope: filled(scope(record)),
        subject: filled(subject(record)),
        field: filled(field(record)) ?? (isChange ? actionText : null),
        oldValue: oldText,
        newValue: newText,
        ip: filled(ip(record)),
        outcome,
      },
    };
  }

  return (record) => {
    element.value = undefined;
    if (!list) return [mapOne(record, 0)];
    const elements = toList(list(record));
    if (elements.length > 1 && (!eachOnly || eachOnly.test(valueText(action(record)) ?? ''))) {
      if (elements.length > mostParts)
        return [{ reason: `it lists ${elements.length} events, more than ${mostParts}`, part: 0 }];
      return elements.map((value, index) => {
        element.value = value;
        return mapOne(record, index + 1);
      });
    }
    if (elements.length === 1) element.value = elements[0];
    return [mapOne(record, 0)];
  };
}
