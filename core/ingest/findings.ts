// What an import says beside its counts, once it is over: what was seen of the records, the vendor's limits, and
// records that look like ones that came in another format. Becomes the report's warnings.

import type { Database } from 'better-sqlite3';
import { namesByField } from '#core/mapping/names.ts';
import type { Preset, Variant } from '#core/mapping/preset.ts';
import type { ImportWarning } from '#core/model.ts';
import { formatUtc } from '#core/time.ts';
import type { Encoding } from './encoding.ts';
import { checkCap, checkRetention } from './export-limits.ts';
import type { ExportInfo } from './read-export.ts';
import type { Sightings } from './sightings.ts';

type Counts = { read: number; imported: number; duplicates: number; conflicts: number; rejected: number };

const dayMs = 86_400_000;

/** The warnings of an import, most pressing first. `seen` is what reading the file showed. */
export function concludeFindings(
  db: Database,
  { preset, variant, info }: { preset: Preset; variant: Variant; info: ExportInfo },
  seen: Sightings,
  end: {
    firstEventId: number;
    sourceId: number;
    counts: Counts;
    isCutOff: boolean;
    encoding: Encoding;
    now: number;
  },
): ImportWarning[] {
  const { firstEventId, sourceId, counts, isCutOff, encoding, now } = end;
  const { firstTime, lastTime } = seen;
  const warnings: ImportWarning[] = [];
  const warn = (code: string, message: string) => warnings.push({ code, message });
  if (isCutOff) {
    warn(
      'cut-off',
      `${info.name} ends in the middle: the export is cut off. Export it again to get the rest.`,
    );
  }
  if (seen.records === 0) {
    warn(
      'no-records',
      `${info.name} holds no records. Either nothing was logged in its period, or the export ends right after its beginning: if there should be something, export it again.`,
    );
  }
  if (encoding === 'windows-1252') {
    warn(
      'encoding',
      `${info.name} is not UTF-8. It was read as windows-1252; look whether names with accents are right.`,
    );
  }
  warnings.push(...checkCap(preset, variant.format, info.name, seen.records));
  warnings.push(...checkRetention(db, preset, { sourceId, firstTime, now }));
  warnings.push(...seen.slots);
  if (preset.only === 'unrecognised') {
    warn(
      'generic-mapping',
      `No preset knows this export. What its ${info.format === 'csv' ? 'columns' : 'keys'} mean was guessed by their names: ${describeMapping(variant, info.names)}. Check it on a few events before you rely on it, or write a preset.`,
    );
  }
  if (lacksTarget(preset, variant, info.names)) {
    warn(
      'no-target',
      `Nothing in ${info.name} was taken for what an event is about, so the old and new values of different things look like those of one: do not rely on changes, values at a date and breaks of continuity from it. Map the ${info.format === 'csv' ? 'column' : 'key'} that names the thing.`,
    );
  }
  if (seen.split > 0) {
    warn(
      'several-events',
      `${seen.split} of the ${seen.records} records hold several events each: every event is counted for itself, so ${counts.read} were read.`,
    );
  }
  if (counts.rejected > 0) {
    warn(
      'rejected',
      `${counts.rejected} of ${counts.read} records could not be read as events and are not in the log; each is listed with its ${info.rowKind} and reason.`,
    );
  }
  if (counts.conflicts > 0) {
    warn(
      'conflicts',
      `${counts.conflicts} records have an id that is known with other content. Both are kept: ask the vendor which one is right.`,
    );
  }
  if (seen.unknownActions.length > 0) {
    warn(
      'unknown-events',
      `Event names the preset “${preset.id}” does not know, kept as category “other”: ${listNames(seen.unknownActions)}.`,
    );
  }
  if (seen.unknownKeys.length > 0) {
    const what = info.format === 'csv' ? 'Columns' : 'Keys';
    warn(
      'unknown-columns',
      `${what} the preset “${preset.id}” does not use, kept in the raw record: ${listNames(seen.unknownKeys)}.`,
    );
  }
  if (seen.assumed > 0) {
    warn(
      'time-assumed',
      `${seen.assumed} times carry no zone and were read as UTC. Name the zone if the export used another one.`,
    );
  }
  if (seen.day > 0) {
    warn(
      'time-of-day',
      `${seen.day} times are days without a time of day and were read as the beginning of their day: their order within a day, working hours and sessions cannot be told.`,
    );
  }
  if (seen.twice > 0) {
    warn(
      'time-ambiguous',
      `${seen.twice} times fall into the hour a clock change repeats; the first of the two was taken.`,
    );
  }
  if (seen.never > 0) {
    warn(
      'time-nonexistent',
      `${seen.never} times fall into the hour a clock change skips. The zone is probably not the right one.`,
    );
  }
  if (lastTime !== null && lastTime > now + dayMs) {
    warn(
      'future',
      `The newest record is of ${formatUtc(lastTime)}, after this import. Check the clock of the system, or the zone.`,
    );
  }
  const overlap = counts.imported > 0 ? countOverlap(db, firstEventId, sourceId, info) : null;
  if (overlap) {
    warn(
      'overlap',
      `${overlap.events} of the ${counts.imported} stored events equal one from ${overlap.files} in time, actor, target and category, though the records differ: probably the same events in another format without a shared id. They are stored as further events, so counts over both are too high.`,
    );
  }
  return warnings;
}

/**
 * Events stored from `firstEventId` on that look like one that came before in a file of another shape (format or
 * columns); null for none. Files of one shape need no guess: equal records are equal there.
 */
function countOverlap(
  db: Database,
  firstEventId: number,
  sourceId: number,
  info: ExportInfo,
): { events: number; files: string } | null {
  const others = db
    .prepare('SELECT id, file FROM import WHERE source_id = ? AND NOT (format = ? AND columns IS ?)')
    .all(sourceId, info.format, info.format === 'csv' ? JSON.stringify(info.names) : null) as {
    id: number;
    file: string;
  }[];
  if (others.length === 0) return null;
  // What is alike is looked for once: a file whose times are dates has thousands of events in one instant.
  const twins = db
    .prepare(
      `WITH fresh AS MATERIALIZED (
         SELECT e.time, k.category, e.actor_id, e.target_id, count(*) AS events
         FROM event e JOIN kind k ON k.id = e.kind_id WHERE e.id >= ? GROUP BY 1, 2, 3, 4)
       SELECT fresh.events, min(twin.import_id) AS importId
       FROM fresh CROSS JOIN event twin
         ON twin.time = fresh.time AND twin.actor_id IS fresh.actor_id AND twin.target_id IS fresh.target_id
         AND (SELECT category FROM kind WHERE id = twin.kind_id) = fresh.category
       WHERE +twin.id < ? AND twin.source_id = ? AND +twin.import_id IN (SELECT value FROM json_each(?))
       GROUP BY fresh.time, fresh.category, fresh.actor_id, fresh.target_id`,
    )
    .all(firstEventId, firstEventId, sourceId, JSON.stringify(others.map((one) => one.id))) as {
    events: number;
    importId: number;
  }[];
  if (twins.length === 0) return null;
  const imports = new Set(twins.map((twin) => twin.importId));
  const files = new Set(others.filter((one) => imports.has(one.id)).map((one) => one.file));
  const events = twins.reduce((sum, twin) => sum + twin.events, 0);
  return { events, files: [...files].slice(0, 3).join(', ') };
}

function describeMapping(variant: Variant, names: readonly string[]): string {
  return namesByField(variant, names)
    .map(({ field, names: [first, ...others], together }) => {
      if (together) return `${field} from ${first} and ${others[0]} together`;
      const more = others.length > 0 ? ` (where it is empty ${others.slice(0, 2).join(' or ')})` : '';
      return `${field} from ${first}${more}`;
    })
    .join(', ');
}

/** Whether a mapping of guesses or of a person's reads values that change, and nothing that says of what. */
function lacksTarget({ only, id }: Preset, variant: Variant, names: readonly string[]): boolean {
  if (only !== 'unrecognised' && !id.startsWith('own-')) return false;
  const read =
    only === 'unrecognised'
      ? namesByField(variant, names).map(({ field }) => field)
      : Object.keys(variant.fields);
  const reads = (...fields: string[]) => fields.some((field) => read.includes(field));
  return reads('oldValue', 'newValue') && !reads('targetId', 'targetName');
}

function listNames(names: readonly (readonly [string, number])[]): string {
  const sorted = names.toSorted((a, b) => b[1] - a[1]);
  const shown = sorted.slice(0, 20).map(([name, count]) => (count > 0 ? `${name} (${count})` : name));
  const more = sorted.length - shown.length;
  return shown.join(', ') + (more > 0 ? ` and ${more} more` : '');
}
