// Freezes the populations: one pass over the matching events in time order writes every file, grows every Merkle
// tree and counts everything the pack will say. Memory does not grow with the number of events.

import { canonicalJson } from '#core/integrity/canonical.ts';
import { createMerkleTree, leafHash, type MerkleTree } from '#core/integrity/merkle.ts';
import type { Category, Event, TimeBasis } from '#core/model.ts';
import type { Pace } from '#core/pace.ts';
import { type Area, areaIndexOf, areas, wholeArea } from './areas.ts';
import { csvRecord } from './csv.ts';
import { csvCells, eventColumns } from './event-columns.ts';
import { eventLine } from './event-line.ts';
import { createLocalClock } from './local-clock.ts';
import type { Payload, TextFile } from './payload.ts';

/** An event as the report's tables show it: short texts only, so that a table's worth can stay in memory. */
export type BriefEvent = Pick<
  Event,
  | 'time'
  | 'source'
  | 'action'
  | 'category'
  | 'actor'
  | 'targetType'
  | 'targetId'
  | 'targetName'
  | 'subject'
  | 'field'
  | 'oldValue'
  | 'newValue'
  | 'ip'
  | 'outcome'
  | 'import'
  | 'row'
  | 'uid'
>;

export type Population = {
  area: Area;
  /** Path of the CSV in the pack. */
  csv: string;
  rows: number;
  /** RFC 6962 root over the rows' canonical JSON in time order, hex. */
  root: string;
  firstTime: string | null;
  lastTime: string | null;
  /** Only categories with rows, in the order of the closed list. */
  categories: { category: Category; rows: number }[];
  /** The first rows, for the report. */
  head: BriefEvent[];
};

/** What the pass counted beside the populations. */
export type Tallies = {
  bySource: Map<string, number>;
  byImport: Map<number, number>;
  byTimeBasis: Map<TimeBasis, number>;
  /** Events by source and calendar day of the pack's zone. */
  byDay: Map<string, Map<string, number>>;
};

export const populationFolder = 'data/10_populations';
/** The one lossless record of every event; all roots are computed over its lines. */
export const wholeNdjson = `${populationFolder}/${wholeArea.file}.ndjson`;

/** Writes all populations. `expected` is the number of matching events, for the progress. */
export async function freezePopulations(
  events: Iterable<Event>,
  payload: Payload,
  options: { zone: string; expected: number; headRows: number; pace: Pace },
): Promise<{ whole: Population; parts: Population[]; tallies: Tallies }> {
  const { expected, headRows, pace, zone } = options;
  const clock = createLocalClock(zone);
  const ndjson = payload.open(wholeNdjson);
  const whole = openPopulation(wholeArea, payload, 0);
  const parts = areas.map((area) => openPopulation(area, payload, headRows));
  const tallies: Tallies = {
    bySource: new Map(),
    byImport: new Map(),
    byTimeBasis: new Map(),
    byDay: new Map(),
  };
  let done = 0;
  pace.report('Freezing the populations', 0, expected, 'events');
  for (const event of events) {
    const ms = Date.parse(event.time);
    const raw = canonicalJson(event.raw);
    const line = eventLine(event, raw);
    const leaf = leafHash(line);
    const record = csvRecord(csvCells({ event, timeLocal: clock.format(ms), raw }));
    ndjson.write(`${line}\n`);
    for (const population of [whole, parts[areaIndexOf(event.category)] as OpenPopulation]) {
      population.add(event, leaf, record);
    }
    count(tallies.bySource, event.source);
    count(tallies.byImport, event.import);
    count(tallies.byTimeBasis, event.timeBasis);
    countDay(tallies.byDay, event.source, clock.day(ms));
    done += 1;
    if (done % 128 === 0) {
      pace.report('Freezing the populations', done, expected, 'events');
      await pace.turn();
    }
  }
  pace.report('Freezing the populations', done, expected, 'events');
  ndjson.close();
  return { whole: whole.close(), parts: parts.map((part) => part.close()), tallies };
}

type OpenPopulation = {
  add(event: Event, leaf: Buffer, record: string): void;
  close(): Population;
};

function openPopulation(area: Area, payload: Payload, headRows: number): OpenPopulation {
  const csv = `${populationFolder}/${area.file}.csv`;
  const file: TextFile = payload.open(csv);
  file.write(csvRecord(eventColumns.map((column) => column.key)));
  const tree: MerkleTree = createMerkleTree();
  const byCategory = new Map<string, number>();
  const head: BriefEvent[] = [];
  let firstTime: string | null = null;
  let lastTime: string | null = null;
  return {
    add(event, leaf, record) {
      file.write(record);
      tree.append(leaf);
      count(byCategory, event.category);
      firstTime ??= event.time;
      lastTime = event.time;
      if (head.length < headRows) head.push(brief(event));
    },
    close() {
      file.close();
      return {
        area,
        csv,
        rows: tree.size(),
        root: tree.root().toString('hex'),
        firstTime,
        lastTime,
        categories: wholeArea.categories
          .map((category) => ({ category, rows: byCategory.get(category) ?? 0 }))
          .filter(({ rows }) => rows > 0),
        head,
      };
    },
  };
}

/** Longer texts than a table cell can show need not stay in memory. */
const briefLength = 2000;

function brief(event: Event): BriefEvent {
  const short = (text: string | null) => (text === null ? null : text.slice(0, briefLength));
  return {
    time: event.time,
    source: event.source,
    action: event.action.slice(0, briefLength),
    category: event.category,
    actor: short(event.actor),
    targetType: event.targetType,
    targetId: short(event.targetId),
    targetName: short(event.targetName),
    subject: short(event.subject),
    field: short(event.field),
    oldValue: short(event.oldValue),
    newValue: short(event.newValue),
    ip: short(event.ip),
    outcome: event.outcome,
    import: event.import,
    row: event.row,
    uid: event.uid,
  };
}

function count<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function countDay(byDay: Tallies['byDay'], source: string, day: string): void {
  let days = byDay.get(source);
  if (!days) {
    days = new Map();
    byDay.set(source, days);
  }
  count(days, day);
}
