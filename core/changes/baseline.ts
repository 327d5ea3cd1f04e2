// Baseline snapshots: values that a person says held on a date, for tracks whose log does not reach back to it.

import { AppError } from '#core/errors.ts';
import type { TrackIndex } from '#core/store/tracks.ts';
import { readTable } from '#core/table-file.ts';
import { parseBoundary, readTime } from '#core/time.ts';

/** One line of a baseline. `time` is the last instant it speaks of: a date means the end of its day. */
export type BaselineValue = {
  source: string | null;
  type: string | null;
  target: string;
  field: string;
  value: string;
  time: number;
};

export type FoundBaseline = { code: number; value: string; time: number };

/**
 * Reads a baseline: CSV with the columns target, field, value and date, and perhaps source and type. A target is named
 * by its id or its name. Throws AppError('input').
 */
export function readBaseline(path: string, zone: string): BaselineValue[] {
  const rows = readTable(path, {
    source: { names: ['source'] },
    type: { names: ['type', 'target type', 'asset type'] },
    target: { names: ['target', 'target id', 'asset', 'asset key', 'id'], needed: true },
    field: { names: ['field', 'aspect', 'attribute'], needed: true },
    value: { names: ['value'] },
    date: { names: ['date', 'time', 'as of'], needed: true },
  });
  return rows.flatMap(({ line, source, type, target, field, value, date }) => {
    // An empty cell is no value.
    if (value === null) return [];
    return [{ source, type, target, field, value, time: timeOf(date, zone, line) } as BaselineValue];
  });
}

function timeOf(date: string | null, zone: string, line: number): number {
  const read = readTime(date ?? '');
  if (!read) throw new AppError('input', `Line ${line} of the baseline: “${date}” is not a date.`);
  return read.explicit ? read.ms : parseBoundary(date as string, zone, 'to') - (isDate(date) ? 1 : 0);
}

function isDate(text: string | null): boolean {
  return /^\s*\d{4}-\d{2}-\d{2}\s*$/.test(text ?? '');
}

/** The latest baseline value of a track dated before an instant, for any number of questions. */
export function createBaselineLookup(
  index: TrackIndex,
  values: readonly BaselineValue[],
  namesOf: (track: number) => readonly string[],
): (track: number, before: number) => FoundBaseline | null {
  const byText = new Map<string, BaselineValue[]>();
  for (const value of values) {
    const key = textOf(value.target, value.field);
    byText.set(key, [...(byText.get(key) ?? []), value]);
  }
  return (track, before) => {
    const { source, type, key } = index.placeOfTrack(track);
    const field = index.fieldOf(track);
    const known = [key, ...namesOf(track)].flatMap((name) =>
      name === null ? [] : (byText.get(textOf(name, field)) ?? []),
    );
    let latest: BaselineValue | null = null;
    for (const value of known) {
      if (value.time >= before || (latest && latest.time >= value.time)) continue;
      if (value.source !== null && value.source !== source) continue;
      if (value.type !== null && value.type !== type) continue;
      latest = value;
    }
    return latest && { code: index.codeOf(latest.value), value: latest.value, time: latest.time };
  };
}

function textOf(target: string, field: string): string {
  return JSON.stringify([target, field]);
}
