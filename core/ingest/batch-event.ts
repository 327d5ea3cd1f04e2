// Takes an event out of a batch again: its texts, and all of it where it has to be compared.

import type { MappedEvent } from '#core/model.ts';
import { formatUtc } from '#core/time.ts';
import { type Batch, none, slot, stride, textSlot, textStride } from './batch.ts';
import type { Dictionary } from './dictionary.ts';

/** One text of an event; null where it has none. */
export function textOf({ bytes, texts }: Batch, event: number, place: number): string | null {
  const at = event * textStride + place;
  const from = texts[at] as number;
  return from === none ? null : bytes.toString('utf8', from, texts[at + 1]);
}

/** The n-th event of a batch as it was mapped. The dictionary is that of its import. */
export function readEvent(batch: Batch, event: number, dictionary: Dictionary): MappedEvent {
  const number = (at: number) => batch.numbers[event * stride + at] as number;
  const kind = dictionary.kindOf(number(slot.kind));
  const actor = dictionary.actorOf(number(slot.actor));
  const target = dictionary.targetOf(number(slot.target));
  if (!kind) throw new Error('An event has no kind.');
  const time = number(slot.time);
  return {
    ...kind,
    time,
    timeText: textOf(batch, event, textSlot.timeText) ?? formatUtc(time),
    actor: actor?.name ?? null,
    actorType: actor?.type ?? 'unknown',
    targetType: target?.targetType ?? null,
    targetId: target?.targetId ?? null,
    targetName: target?.targetName ?? null,
    scope: target?.scope ?? null,
    subject: dictionary.subjectOf(number(slot.subject)),
    ip: dictionary.ipOf(number(slot.ip)),
    oldValue: textOf(batch, event, textSlot.oldValue),
    newValue: textOf(batch, event, textSlot.newValue),
  };
}
