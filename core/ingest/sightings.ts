// What is noticed of an export while it is read, record by record: time range and order, event names and columns the
// preset does not know, doubtful times. Plain data at the end, since it is read in a thread of its own.

import type { Mapped, RecordValue } from '#core/mapping/map.ts';
import { createNameCheck } from '#core/mapping/names.ts';
import type { Variant } from '#core/mapping/preset.ts';
import type { DoubtfulTime } from '#core/mapping/record-time.ts';
import type { ImportWarning, TimeBasis } from '#core/model.ts';
import { createSlotCheck } from './export-limits.ts';
import type { ExportInfo } from './read-export.ts';

export type Sightings = {
  records: number;
  /** Records that are several events. */
  split: number;
  /** Of all mapped records, duplicates included; epoch ms. */
  firstTime: number | null;
  lastTime: number | null;
  isNewestFirst: boolean;
  /** Times whose zone nobody said, times that a clock change shows twice or never, and days without a time of day. */
  assumed: number;
  twice: number;
  never: number;
  day: number;
  /** Names with how often each came; a column that is only there has 0. */
  unknownActions: [string, number][];
  unknownKeys: [string, number][];
  /** Warnings of records that fill the last place of an export with a fixed number of them. */
  slots: ImportWarning[];
};

export type Watcher = {
  /** A record with what it became. */
  see(mapped: readonly Mapped[], record: RecordValue): void;
  /** A record that is one event; of a JSON record, the keys are told by themselves. `unknownAction` is its name where the preset does not know it. */
  seeRow(
    time: number,
    basis: TimeBasis,
    doubtfulTime: DoubtfulTime | null,
    unknownAction: string | null,
  ): void;
  /** Keys the preset does not know, of a JSON record that was told to seeRow. */
  seeKeys(unknown: readonly string[]): void;
  /** What stood where a record was expected, or a CSV record that is no event. */
  seeFault(): void;
  conclude(): Sightings;
};

/** Distinct names are counted up to this many; a file with more has other problems. */
const mostNames = 1000;

/** A watcher for one export. */
export function watchRecords(variant: Variant, info: ExportInfo): Watcher {
  let firstTime = Number.POSITIVE_INFINITY;
  let lastTime = Number.NEGATIVE_INFINITY;
  let previous = Number.NaN;
  let rising = 0;
  let falling = 0;
  let assumed = 0;
  const doubtful = { twice: 0, never: 0, day: 0 };
  const unknownActions = new Map<string, number>();
  const unknownKeys = new Map<string, number>();
  const isKnownName = createNameCheck(variant);
  const isCsv = info.format === 'csv';
  const slots = createSlotCheck(variant, isCsv ? info.names : []);
  const hasSlots = (variant.slots ?? []).length > 0;
  let records = 0;
  let split = 0;
  if (isCsv) for (const name of info.names) if (!isKnownName(name)) unknownKeys.set(name, 0);

  const seeEvent: Watcher['seeRow'] = (time, basis, doubtfulTime, unknownAction) => {
    if (time < firstTime) firstTime = time;
    if (time > lastTime) lastTime = time;
    if (time > previous) rising += 1;
    else if (time < previous) falling += 1;
    previous = time;
    if (basis === 'assumed') assumed += 1;
    if (doubtfulTime) doubtful[doubtfulTime] += 1;
    if (unknownAction !== null) countName(unknownActions, unknownAction);
  };

  return {
    see(mapped, record) {
      records += 1;
      if (mapped.length > 1) split += 1;
      for (const one of mapped) {
        if ('reason' in one) continue;
        const { time, timeBasis, action } = one.event;
        seeEvent(time, timeBasis, one.doubtfulTime, one.isKnownAction ? null : action);
      }
      if (!isCsv) for (const key of Object.keys(record)) if (!isKnownName(key)) countName(unknownKeys, key);
      if (hasSlots && isCsv) slots.see(record);
    },
    seeRow(time, basis, doubtfulTime, unknownAction) {
      records += 1;
      seeEvent(time, basis, doubtfulTime, unknownAction);
    },
    seeKeys(unknown) {
      for (let at = 0; at < unknown.length; at++) countName(unknownKeys, unknown[at] as string);
    },
    seeFault() {
      records += 1;
    },
    conclude: () => ({
      records,
      split,
      firstTime: firstTime === Number.POSITIVE_INFINITY ? null : firstTime,
      lastTime: lastTime === Number.NEGATIVE_INFINITY ? null : lastTime,
      isNewestFirst: falling > rising,
      assumed,
      ...doubtful,
      unknownActions: [...unknownActions],
      unknownKeys: [...unknownKeys],
      slots: slots.conclude(),
    }),
  };
}

function countName(names: Map<string, number>, name: string): void {
  const count = names.get(name);
  if (count !== undefined) names.set(name, count + 1);
  else if (names.size < mostNames) names.set(name, 1);
}
