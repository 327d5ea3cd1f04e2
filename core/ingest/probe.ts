// Looks at exports without storing anything: what each is, which preset reads it, what it would ask a person; and the
// first events a mapping makes of one. Uses the readers and the mapper of an import, so that both see the same.

import { AppError } from '#core/errors.ts';
import { finishDraft, ownDraft } from '#core/mapping/draft-preset.ts';
import type { EventNames, ExportProbe, Preview, Probe } from '#core/mapping/export-probe.ts';
import { csvSample, jsonSample, namesOf, type SampleRecord } from '#core/mapping/field-paths.ts';
import type { Preset, Variant } from '#core/mapping/form.ts';
import { createMapper } from '#core/mapping/map.ts';
import { type OwnPreset, type Recognised, recogniseWithOwn } from '#core/mapping/own-presets.ts';
import { loadPresets } from '#core/mapping/preset.ts';
import { propose } from '#core/mapping/propose.ts';
import { formatUtc } from '#core/time.ts';
import { type ExportFile, eachExportFile } from './containers.ts';
import { countEventNames } from './event-names.ts';
import { defaultSource } from './import-file.ts';
import { fileToOpen, type Openable, openWith } from './open-with.ts';
import { type OpenExport, openExport } from './read-export.ts';
import type { ExportRecord } from './shape.ts';

const mostLooked = 50;
const mostShapes = 12;
/** Records that prove something, and those that are shown. */
const mostRecords = 1000;
const mostSamples = 20;

/** Looks at the exports behind a path. `own` are presets of persons, each with the source it was used for. */
export async function probePath(
  path: string,
  own: readonly OwnPreset[],
  signal: AbortSignal,
): Promise<Probe> {
  const shapes = new Map<string, ExportProbe>();
  const probe: Probe = { found: 0, looked: 0, shapes: [], failed: [] };
  for await (const file of eachExportFile(path)) {
    if (signal.aborted) throw new AppError('cancelled', 'Cancelled.');
    probe.found += 1;
    if (probe.found > mostLooked) continue;
    probe.looked += 1;
    try {
      const seen = await probeFile(file, own, (key) => shapes.get(key));
      if (seen.known) seen.known.files += 1;
      else if (shapes.size < mostShapes) shapes.set(seen.key, seen.probe);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      probe.failed.push({ file: file.name, message: error.message });
    }
  }
  return { ...probe, shapes: [...shapes.values()] };
}

type Seen = { known: ExportProbe } | { known: null; key: string; probe: ExportProbe };

async function probeFile(
  file: ExportFile,
  own: readonly OwnPreset[],
  find: (key: string) => ExportProbe | undefined,
): Promise<Seen> {
  const isRecord = (names: string[]) => recogniseWithOwn('json', names, own) !== null;
  const open = await openExport(file, isRecord);
  try {
    const { info } = open;
    const format = info.format === 'csv' ? 'csv' : 'json';
    const found = recogniseAny(format, info.names, own);
    const key = JSON.stringify([info.format, found?.preset.id, found ? null : info.names]);
    const known = find(key);
    if (known) return { known };
    const source = found
      ? (found.own?.source ?? found.preset.vendor)
      : defaultSource(genericPreset(), info.name);
    return { known: null, key, probe: await describeExport(open, found, source) };
  } finally {
    await open.close();
  }
}

/** What is known of an open export, and how it would be mapped: as `found` says, or as its names suggest. */
export async function describeExport(
  open: OpenExport,
  found: Recognised | null,
  source: string,
): Promise<ExportProbe> {
  const { info } = open;
  const format = info.format === 'csv' ? 'csv' : 'json';
  const records = await firstRecords(open, mostRecords);
  const texts = records.flatMap((record) => ('value' in record ? [sampleOf(record.value, info.names)] : []));
  const names = format === 'csv' ? info.names : namesOf(texts);
  const proposal = propose(format, names, texts, genericPreset());
  return {
    file: info.name,
    files: 1,
    format: info.format,
    rowKind: info.rowKind,
    names,
    samples: texts.slice(0, mostSamples),
    recognised: found && {
      id: found.preset.id,
      name: found.preset.name,
      text: found.own ? JSON.stringify(found.preset) : null,
    },
    source,
    zoneless: zonelessTime(
      found?.preset ?? proposal.preset,
      found?.variant ?? (proposal.preset.variants[0] as Variant),
      format === 'csv' ? info.names : [],
      records,
    ),
    proposal: found
      ? { ...proposal, preset: ownDraft(found.preset, found.variant) }
      : { ...proposal, preset: finishDraft(proposal.preset, info.names) },
  };
}

/** The first events that `preset` makes of an export, and what it rejects. `name` is the file in an archive or folder. */
export async function previewPath(
  path: string,
  name: string | null,
  preset: Preset,
  zone: string | null,
): Promise<Preview> {
  return withFile(path, name, (file) => previewExport(fileToOpen(file), preset, zone));
}

/** The event names of an export as `preset` reads it, with their counts. */
export async function eventNamesOfPath(
  path: string,
  name: string | null,
  preset: Preset,
  signal: AbortSignal,
): Promise<EventNames> {
  return withFile(path, name, (file) => countEventNames(fileToOpen(file), preset, signal));
}

/** Works with the file called `name` behind a path, or the first there is. */
async function withFile<T>(
  path: string,
  name: string | null,
  work: (file: ExportFile) => Promise<T>,
): Promise<T> {
  for await (const file of eachExportFile(path)) if (name === null || file.name === name) return work(file);
  throw new AppError('not-found', 'That file is not there any more. Choose it again.');
}

/** The first events that `preset` makes of an export, and what it rejects. */
export async function previewExport(file: Openable, preset: Preset, zone: string | null): Promise<Preview> {
  const { open, variant } = await openWith(file, preset);
  try {
    const { info } = open;
    const map = createMapper(preset, variant, info.format === 'csv' ? info.names : [], zone);
    const preview: Preview = { read: 0, events: [], rejections: [], rejected: 0 };
    const reject = (row: number, reason: string) => {
      preview.rejected += 1;
      if (preview.rejections.length < mostSamples) preview.rejections.push({ row, reason });
    };
    for (const record of await firstRecords(open, mostShown)) {
      if ('fault' in record) {
        preview.read += 1;
        reject(record.row, record.fault);
        continue;
      }
      for (const one of map(record.value)) {
        preview.read += 1;
        if ('reason' in one) reject(record.row, one.reason);
        else if (preview.events.length < mostShown)
          preview.events.push({ ...one.event, time: formatUtc(one.event.time), row: record.row });
      }
    }
    return preview;
  } finally {
    await open.close();
  }
}
const mostShown = 50;

async function firstRecords(
  open: Awaited<ReturnType<typeof openExport>>,
  most: number,
): Promise<ExportRecord[]> {
  const records: ExportRecord[] = [];
  const batches = open.batches();
  while (records.length < most) {
    const step = await batches.next();
    if (step.done) break;
    records.push(...step.value.records.slice(0, most - records.length));
  }
  await batches.return(undefined as never);
  return records;
}

function sampleOf(
  value: readonly string[] | Record<string, unknown>,
  columns: readonly string[],
): SampleRecord {
  return Array.isArray(value)
    ? csvSample(columns, value as readonly string[])
    : jsonSample(value as Record<string, unknown>);
}

/** The preset that knows a file by more than the usual names of its columns. */
function recogniseAny(
  format: 'csv' | 'json',
  names: readonly string[],
  own: readonly OwnPreset[],
): Recognised | null {
  const found = recogniseWithOwn(format, names, own);
  return found?.preset.only === 'unrecognised' ? null : found;
}

function genericPreset(): Preset {
  const generic = loadPresets().find(({ only }) => only === 'unrecognised');
  if (!generic) throw new Error('No bundled preset is for unrecognised files.');
  return generic;
}

/** A time of these records whose zone nobody said. */
function zonelessTime(
  preset: Preset,
  variant: Variant,
  columns: readonly string[],
  records: readonly ExportRecord[],
): string | null {
  const map = createMapper(preset, variant, columns, null);
  for (const record of records) {
    if ('fault' in record) continue;
    for (const one of map(record.value))
      if ('event' in one && one.event.timeBasis === 'assumed') return one.event.timeText;
  }
  return null;
}
