// The files of a sample: its rows with the whole events, the sheet to fill in while testing, and the rule with what came
// of it. Nothing in them depends on the time of generation.

import { attributeHeadings, basisWords, type SampleRequest } from '#core/sampling-model.ts';
import { csvRecord, csvTable } from './csv.ts';
import { csvCells, eventColumns } from './event-columns.ts';
import { createLocalClock } from './local-clock.ts';
import type { Payload } from './payload.ts';
import { wholeNdjson } from './populations.ts';
import type { Sample, SampledEvent } from './sample.ts';
import { ruleOf } from './sample-rule.ts';

export const sampleFolder = 'data/11_samples';

/** Where the files of a pack's sample are; `at` counts samples from 0. */
export function samplePaths(at: number) {
  const start = `${sampleFolder}/${String(at + 1).padStart(2, '0')}_`;
  return {
    ndjson: `${start}sample.ndjson`,
    csv: `${start}sample.csv`,
    tickSheet: `${start}tick-sheet.csv`,
    sampling: `${start}sampling.json`,
    replacements: `${start}replacements.csv`,
  };
}

/** Opens the files of sample `at`: CSV, NDJSON and the tick sheet. */
export function openSampleFiles(payload: Payload, at: number, request: SampleRequest, zone: string) {
  const clock = createLocalClock(zone);
  const paths = samplePaths(at);
  const csv = payload.open(paths.csv);
  const ndjson = payload.open(paths.ndjson);
  const ticks = payload.open(paths.tickSheet);
  const attributes = attributeHeadings(request);
  csv.write(csvRecord([...rowColumns, ...eventColumns.map(({ key }) => key)]));
  ticks.write(csvRecord([...rowColumns, ...tickEvent, ...attributes, ...tickColumns]));
  return {
    add(sampled: SampledEvent, line: string, raw: string): void {
      const { stratum, rank, score, state, reason, event } = sampled;
      const row = [stratum, rank, score, state, reason];
      const timeLocal = clock.format(Date.parse(event.time));
      csv.write(csvRecord([...row, ...csvCells({ event, timeLocal, raw })]));
      const cells = [event.uid, event.time, event.actor, event.action, event.targetName ?? event.targetId];
      ticks.write(
        csvRecord([...row, ...cells, ...attributes.map(() => null), ...tickColumns.map(() => null)]),
      );
      ndjson.write(sampleLine(sampled, line));
    },
    close(): void {
      for (const file of [csv, ndjson, ticks]) file.close();
    },
  };
}

/** Name of a sample's sheet in the workbook. */
export const sampleSheet = ({ id }: Pick<Sample, 'id'>): string => `${id} Sample`;

const rowColumns = ['stratum', 'rank', 'score', 'state', 'reason'];
const tickEvent = ['uid', 'time', 'actor', 'action', 'target'];
/** What a tester fills in beside the attributes: ✓, ✗ or NA there, words here. */
export const tickColumns = ['Evidence', 'Tester', 'Tested on', 'Exception'];

/** Writes how the sample was drawn and what came of it, and the log of replacements where there are any. */
export function writeSampling(payload: Payload, sample: Sample): void {
  const { request, id, population, strata, drawn, replacements, paths } = sample;
  const { method, seed, size, basis, attributes, allocation, strata: by } = request;
  payload.write(
    paths.sampling,
    `${JSON.stringify(
      {
        id,
        method,
        rule: ruleOf(request),
        population: { ...population, file: wholeNdjson },
        seed,
        size,
        basis: basisWords(basis, size),
        stratifiedBy: by,
        allocation,
        attributes,
        strata,
        drawn,
        replacements,
      },
      null,
      2,
    )}\n`,
  );
  if (replacements.length === 0) return;
  payload.write(
    paths.replacements,
    csvTable(
      ['uid', 'stratum', 'rank', 'reason', 'replacedBy'],
      replacements.map((one) => [one.uid, one.stratum, one.rank, one.reason, one.by]),
    ),
  );
}

/** Canonical JSON of the row; the event is its line in the population, byte for byte. */
function sampleLine({ rank, score, stratum, state, reason }: SampledEvent, line: string): string {
  const rest = { rank, reason, score, state, stratum };
  return `{"event":${line},${JSON.stringify(rest).slice(1)}\n`;
}

/** A line of the sample file; `line` is the event's line in the population. */
export function readSampleLine(text: string): Omit<SampledEvent, 'event'> & { line: string } {
  const end = text.lastIndexOf(',"rank":');
  const rest = JSON.parse(`{${text.slice(end + 1)}`) as Omit<SampledEvent, 'event'>;
  return { ...rest, line: text.slice('{"event":'.length, end) };
}
