// Makes the events of a record, as its preset says. Compiled once for each file, since it runs for every record.

import type { MappedEvent } from '#core/model.ts';
import { createElementReader } from './elements.ts';
import { actionValue, createEventParts, kindOf } from './event-parts.ts';
import { createFieldCompiler, type RecordValue } from './fields.ts';
import type { Preset, Variant } from './form.ts';
import type { DoubtfulTime } from './record-time.ts';

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
      doubtfulTime: DoubtfulTime | null;
      isKnownAction: boolean;
    }
  | { reason: string; part: number };

/** Maps a record to its events: one, or several where the preset's `each` lists several. Never throws. */
export type Mapper = (record: RecordValue) => Mapped[];

/** Each event is stored with its whole record: a record that lists more than this would multiply without bound. */
export const mostParts = 1000;

/** Why a record without an event name is rejected. */
export const noAction = 'it has no event name';

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
  const parts = createEventParts(preset, variant, compiler, zone ?? preset.zone);
  const elementsOf = createElementReader(variant, compiler);

  function mapOne(record: RecordValue, part: number): Mapped {
    const action = parts.action.read(record);
    if (action === null) return { reason: noAction, part };
    const time = parts.time.read(record);
    if ('reason' in time) return { reason: time.reason, part };
    const oldValue = actionValue(action, parts.oldValue.read(record));
    const newValue = actionValue(action, parts.newValue.read(record));
    const kind = kindOf(action, time.basis, oldValue, newValue);
    const { actor, actorType } = parts.actor.read(record);
    const { targetType, targetId, targetName, scope } = parts.target.read(record);
    const id = parts.vendorId.read(record);
    return {
      part,
      vendorId: id === null || part === 0 ? id : `${id}#${part}`,
      doubtfulTime: time.doubtful,
      isKnownAction: action.rule !== null,
      event: {
        time: time.ms,
        timeText: time.text,
        timeBasis: kind.timeBasis,
        action: kind.action,
        category: kind.category,
        actor,
        actorType,
        targetType,
        targetId,
        targetName,
        scope,
        subject: parts.subject.read(record),
        field: kind.field,
        oldValue,
        newValue,
        ip: parts.ip.read(record),
        outcome: kind.outcome,
      },
    };
  }

  return (record) => {
    element.value = undefined;
    const elements = elementsOf(record);
    if (elements.length > mostParts)
      return [{ reason: `it lists ${elements.length} events, more than ${mostParts}`, part: 0 }];
    if (elements.length > 1)
      return elements.map((value, index) => {
        element.value = value;
        return mapOne(record, index + 1);
      });
    element.value = elements[0];
    return [mapOne(record, 0)];
  };
}
