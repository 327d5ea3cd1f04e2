// Takes an event out of a batch again: its texts, and all of it where it has to be compared.

import type { MappedEvent } from '#core/model.ts';
import { formatUtc } from '#core/time.ts';
import { type Batch, none, slot, stride, textSlot, textStride } from './batch.ts';
import type { Words } from './dictionary.ts';

export type EventTexts = {
  /** Null where it is the time in ISO 8601, UTC, milliseconds. */
  timeText: string | null;
  vendorId: string | null;
  oldValue: string | null;
  newValue: string | null;
  raw: string;
};

/** The texts of the n-th event of a batch. */
export function readTexts(batch: Batch, event: number): EventTexts {
  const { texts } = batch;
  const all = batch.isWide[event] === 1 ? batch.wide : batch.narrow;
  const base = event * textStride;
  let from = texts[base + textSlot.from] as number;
  const next = (at: number): string | null => {
    const to = texts[base + at] as number;
    if (to === none) return null;
    const text = all.slice(from, to);
    from = to;
    return text;
  };
  return {
    timeText: next(textSlot.timeText),
    vendorId: next(textSlot.vendorId),
    oldValue: next(textSlot.oldValue),
    newValue: next(textSlot.newValue),
    raw: all.slice(texts[base + textSlot.rawFrom], texts[base + textSlot.rawTo]),
  };
}

/** The n-th event of a batch as it was mapped. `words` are those of its import so far. */
export function readEvent(
  batch: Batch,
  event: number,
  texts: EventTexts,
  words: Words<unknown>,
): MappedEvent {
  const number = (at: number) => batch.numbers[event * stride + at] as number;
  const kind = words.kinds[number(slot.kind)]?.word;
  const actor = words.actors[number(slot.actor)]?.word;
  const target = words.targets[number(slot.target)]?.word;
  if (!kind) throw new Error('A batch names a kind of event that nobody knows.');
  const time = number(slot.time);
  return {
    ...kind,
    time,
    timeText: texts.timeText ?? formatUtc(time),
    actor: actor?.name ?? null,
    actorType: actor?.type ?? 'unknown',
    targetType: target?.targetType ?? null,
    targetId: target?.targetId ?? null,
    targetName: target?.targetName ?? null,
    scope: target?.scope ?? null,
    subject: words.subjects[number(slot.subject)]?.word ?? null,
    ip: words.ips[number(slot.ip)]?.word ?? null,
    oldValue: texts.oldValue,
    newValue: texts.newValue,
  };
}
