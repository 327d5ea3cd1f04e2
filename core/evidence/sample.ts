// Draws the sample: rows ranked by SHA-256(utf8(seed) ‖ 0x1F ‖ utf8(uid)), ascending; the first n of each category.
// Independent of order and of language, so anyone can draw it again from the population file with the seed.

import { hash } from 'node:crypto';
import { join } from 'node:path';
import { type Category, categories, type Event } from '#core/model.ts';
import type { Pace } from '#core/pace.ts';
import { csvRecord } from './csv.ts';
import { csvCells, eventColumns } from './event-columns.ts';
import { categoryOfLine, readEventLine } from './event-line.ts';
import { openLines, readLines } from './frozen-rows.ts';
import { createLocalClock } from './local-clock.ts';
import type { Payload } from './payload.ts';
import { type Population, wholeNdjson } from './populations.ts';

export type SampleStratum = { category: Category; rows: number; drawn: number };
export type Sample = {
  seed: string;
  perStratum: number;
  strata: SampleStratum[];
  drawn: number;
  csv: string;
  /** The first drawn rows, for the report. */
  head: SampledEvent[];
};
export type SampledEvent = { stratum: string; rank: number; score: string; event: Omit<Event, 'raw'> };

export const sampleFolder = 'data/11_samples';
const sampleCsv = `${sampleFolder}/sample.csv`;
export const sampleNdjson = `${sampleFolder}/sample.ndjson`;

/** The rank of one row, 64 hex digits. */
export function sampleScore(seed: string, uid: string): string {
  return hash('sha256', `${seed}\u001f${uid}`);
}

type Candidate = { score: string; offset: number; bytes: number };

/** Draws from the frozen population and writes data/11_samples/. Call only once the population's root is known. */
export async function drawSample(
  payload: Payload,
  whole: Population,
  options: { seed: string; perStratum: number; zone: string; headRows: number; pace: Pace },
): Promise<Sample> {
  const { seed, perStratum, zone, headRows, pace } = options;
  const path = join(payload.folder, wholeNdjson);
  const chosen = new Map<string, ReturnType<typeof createSmallest>>();
  let done = 0;
  pace.report('Drawing the sample', 0, whole.rows, 'events');
  for (const { text, offset, bytes } of readLines(path)) {
    const stratum = categoryOfLine(text);
    let smallest = chosen.get(stratum);
    if (!smallest) {
      smallest = createSmallest(perStratum);
      chosen.set(stratum, smallest);
    }
    smallest.offer({ score: sampleScore(seed, uidOfLine(text)), offset, bytes });
    done += 1;
    if (done % 256 === 0) {
      pace.report('Drawing the sample', done, whole.rows, 'events');
      await pace.turn();
    }
  }
  const clock = createLocalClock(zone);
  const csv = payload.open(sampleCsv);
  const ndjson = payload.open(sampleNdjson);
  csv.write(csvRecord(['stratum', 'rank', 'score', ...eventColumns.map((column) => column.key)]));
  const lines = openLines(path);
  const head: SampledEvent[] = [];
  const strata: SampleStratum[] = [];
  try {
    for (const { category, rows } of whole.categories) {
      const ranked = chosen.get(category)?.ranked() ?? [];
      strata.push({ category, rows, drawn: ranked.length });
      for (const [index, candidate] of ranked.entries()) {
        const line = lines.at(candidate);
        const { event, raw } = readEventLine(line);
        const sampled = { stratum: category, rank: index + 1, score: candidate.score, event };
        const timeLocal = clock.format(Date.parse(event.time));
        csv.write(csvRecord([category, sampled.rank, sampled.score, ...csvCells({ event, timeLocal, raw })]));
        ndjson.write(sampleLine(sampled, line));
        if (head.length < headRows) head.push(sampled);
        await pace.turn();
      }
    }
  } finally {
    lines.close();
  }
  csv.close();
  ndjson.close();
  strata.sort((a, b) => categories.indexOf(a.category) - categories.indexOf(b.category));
  const drawn = strata.reduce((sum, stratum) => sum + stratum.drawn, 0);
  payload.write(
    `${sampleFolder}/sampling.json`,
    `${JSON.stringify(
      {
        method: 'hash-rank',
        formula:
          'score = SHA-256(utf8(seed) || 0x1F || utf8(uid)); ascending; first perStratum of each category',
        population: { id: whole.area.id, file: wholeNdjson, rows: whole.rows, root: whole.root },
        seed,
        perStratum,
        strata,
        drawn,
      },
      null,
      2,
    )}\n`,
  );
  return { seed, perStratum, strata, drawn, csv: sampleCsv, head };
}

/** Canonical JSON of {event, rank, score, stratum}; the event is its line in the population, byte for byte. */
function sampleLine({ rank, score, stratum }: SampledEvent, line: string): string {
  return `{"event":${line},"rank":${rank},"score":"${score}","stratum":"${stratum}"}\n`;
}

/** A line of the sample file; `line` is the event's line in the population. */
export function readSampleLine(text: string): { stratum: string; rank: number; score: string; line: string } {
  const end = text.lastIndexOf(',"rank":');
  const rest = JSON.parse(`{${text.slice(end + 1)}`) as { rank: number; score: string; stratum: string };
  return { ...rest, line: text.slice('{"event":'.length, end) };
}

/** The uid closes a line: `,"uid":"…"}`, and a uid needs no escapes. */
function uidOfLine(line: string): string {
  return line.slice(line.lastIndexOf(',"uid":"') + 8, -2);
}

/** The n candidates with the smallest scores, kept in a heap whose top is the largest. */
function createSmallest(n: number): { offer(candidate: Candidate): void; ranked(): Candidate[] } {
  const heap: Candidate[] = [];
  const larger = (a: number, b: number) => (heap[a] as Candidate).score > (heap[b] as Candidate).score;
  const swap = (a: number, b: number) => {
    const held = heap[a] as Candidate;
    heap[a] = heap[b] as Candidate;
    heap[b] = held;
  };
  return {
    offer(candidate) {
      if (heap.length < n) {
        heap.push(candidate);
        for (let at = heap.length - 1; at > 0; ) {
          const parent = (at - 1) >> 1;
          if (!larger(at, parent)) break;
          swap(at, parent);
          at = parent;
        }
        return;
      }
      if (candidate.score >= (heap[0] as Candidate).score) return;
      heap[0] = candidate;
      for (let at = 0; ; ) {
        const left = at * 2 + 1;
        if (left >= heap.length) break;
        const child = left + 1 < heap.length && larger(left + 1, left) ? left + 1 : left;
        if (!larger(child, at)) break;
        swap(child, at);
        at = child;
      }
    },
    ranked: () => heap.toSorted((a, b) => (a.score < b.score ? -1 : a.score > b.score ? 1 : 0)),
  };
}
