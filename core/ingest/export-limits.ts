// Whether an export says all it could: vendors cut exports off at a number of rows, forget after a number of days and
// have room for so many targets in a row. None of that shows in the file itself, so it is said here, in words.

import type { Database } from 'better-sqlite3';
import type { RecordValue } from '#core/mapping/map.ts';
import { normaliseName } from '#core/mapping/normal-name.ts';
import type { Preset, Variant } from '#core/mapping/preset.ts';
import type { ImportWarning } from '#core/model.ts';
import { formatUtc } from '#core/time.ts';

const dayMs = 86_400_000;
const count = (value: number) => value.toLocaleString('en');

/** A warning when the file has as many records as the vendor puts into one export, or one more or less. */
export function checkCap(
  preset: Preset,
  format: 'csv' | 'json',
  name: string,
  records: number,
): ImportWarning[] {
  const { cap } = preset;
  if (!cap || Math.abs(records - cap.rows) > 1) return [];
  if (cap.formats && !cap.formats.includes(format)) return [];
  return [
    {
      code: 'cap',
      message: `${name} has ${count(records)} records, and ${preset.vendor} cuts an export off there: ${cap.text}. What is missing is at the ${cap.cutEnd} end: export shorter periods and import them as well.`,
    },
  ];
}

/**
 * A warning when the oldest record is clearly younger than what the vendor still keeps, and the source has nothing
 * older. A tenth of the window is let pass: the first record kept is never exactly as old as the window.
 */
export function checkRetention(
  db: Database,
  preset: Preset,
  { sourceId, firstTime, now }: { sourceId: number; firstTime: number | null; now: number },
): ImportWarning[] {
  const { days, text } = preset.retention;
  if (days === null || firstTime === null || firstTime > now) return [];
  const age = (now - firstTime) / dayMs;
  if (age >= days - Math.max(1, days / 10)) return [];
  const earlier = db
    .prepare('SELECT 1 FROM import WHERE source_id = ? AND first_time < ? LIMIT 1')
    .get(sourceId, firstTime);
  if (earlier !== undefined) return [];
  const since = age < 2 ? 'less than two days' : `${Math.floor(age)} days`;
  return [
    {
      code: 'retention',
      message: `The oldest record is of ${formatUtc(firstTime)}, ${since} before this import, though ${preset.vendor} keeps its log longer (${text}). Either nothing was logged before, or the export was limited to a shorter period or by a filter.`,
    },
  ];
}

/** Counts records that fill the last place of a CSV with a fixed number of them. */
export function createSlotCheck(
  variant: Variant,
  columns: readonly string[],
): { see(record: RecordValue): void; conclude(): ImportWarning[] } {
  const normal = columns.map(normaliseName);
  const slots = (variant.slots ?? []).map(({ filled, text }) => ({
    text,
    places: filled.map((name) => normal.indexOf(normaliseName(name))).filter((at) => at !== -1),
    full: 0,
  }));
  return {
    see(record) {
      for (const slot of slots)
        if (slot.places.some((at) => (record as readonly string[])[at])) slot.full += 1;
    },
    conclude: () =>
      slots
        .filter((slot) => slot.full > 0)
        .map((slot) => ({ code: 'lost-slots', message: `${count(slot.full)} records ${slot.text}` })),
  };
}
