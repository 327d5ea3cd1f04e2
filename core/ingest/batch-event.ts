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

/** A reader for the texts of one batch, by the number of the event. */
export function openTexts({ bytes, texts, isWide }: Batch): (event: number) => EventTexts {
  // ASCII is cut from one string: its letters stand where its bytes do.
  const ascii = bytes.toString('latin1');
  const cut = (event: number, at: number): string | null => {
    const from = texts[event * textStride + at] as number;
    if (from === none) return null;
    const to = texts[event * textStride + at + 1] as number;
    return isWide[event] === 1 ? bytes.toString('utf8', from, to) : ascii.slice(from, to);
  };
  return (event) => ({
    timeText: cut(event, textSlot.timeText),
    vendorId: cut(event, textSlot.vendorId),
    oldValue: cut(event, textSlot.oldValue),
    newValue: cut(event, textSlot.newValue),
    raw: cut(event, textSlot.raw) as string,
  });
}

/** The n-th event of a batch as it was mapped. `words` are those of its import so far. */
export function readEvent(batch: Batch, event: number, texts: EventTexts, words: Words): MappedEvent {
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
