// The samples in test/fixtures/presets: records of each vendor's shapes, written from published field lists, with the
// events they must become.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createMapper, type Mapped, type RecordValue } from '#core/mapping/map.ts';
import { findPreset, type Preset, type Variant } from '#core/mapping/preset.ts';
import type { MappedEvent } from '#core/model.ts';
import { fixture } from '../../support/workspace.ts';

type Row = Record<string, unknown>;

export type Sample = {
  preset: string;
  variant: string;
  format: 'csv' | 'json';
  /** A CSV record is an object of strings; a column it does not name is an empty cell. */
  pairs: { record: Row; events: Partial<MappedEvent>[] }[];
};

/** What an event has that its sample does not state. */
export const blankEvent = {
  timeBasis: 'explicit',
  actor: null,
  actorType: 'unknown',
  targetType: null,
  targetId: null,
  targetName: null,
  scope: null,
  subject: null,
  field: null,
  oldValue: null,
  newValue: null,
  ip: null,
  outcome: 'unknown',
  vendorId: null,
};

/** All samples, by preset and variant. */
export function readSamples(): Sample[] {
  const folder = fixture('presets');
  return readdirSync(folder).flatMap((file) => {
    const { preset, samples } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as {
      preset: string;
      samples: Omit<Sample, 'preset'>[];
    };
    return samples.map((sample) => ({ preset, ...sample }));
  });
}

/** The columns of a CSV sample; none for JSON. */
export function columnsOf(sample: Sample): string[] {
  if (sample.format === 'json') return [];
  return [...new Set(sample.pairs.flatMap(({ record }) => Object.keys(record)))];
}

/** A record as the mapper takes it. */
export function toValue(record: Row, columns: readonly string[]): RecordValue {
  return columns.length === 0 ? record : columns.map((column) => String(record[column] ?? ''));
}

/** The names by which a file of these records is recognised: its columns, or the key paths of its first record. */
export function namesOf(sample: Sample): string[] {
  return sample.format === 'csv' ? columnsOf(sample) : keyPaths(sample.pairs[0]?.record ?? {});
}

export function keyPaths(value: Row, prefix = ''): string[] {
  return Object.entries(value).flatMap(([key, member]) => {
    const path = prefix + key.replaceAll('/', '~1');
    const isParent = typeof member === 'object' && member !== null && !Array.isArray(member);
    return isParent ? [path, ...keyPaths(member as Row, `${path}/`)] : [path];
  });
}

export function shapeOf(sample: Sample): { preset: Preset; variant: Variant } {
  const preset = findPreset(sample.preset);
  const variant = preset.variants.find((one) => one.id === sample.variant);
  if (!variant) throw new Error(`${sample.preset} has no variant ${sample.variant}`);
  return { preset, variant };
}

/** What the preset makes of each record of a sample. */
export function mapSample(sample: Sample): Mapped[][] {
  const { preset, variant } = shapeOf(sample);
  const columns = columnsOf(sample);
  const map = createMapper(preset, variant, columns, null);
  return sample.pairs.map(({ record }) => map(toValue(record, columns)));
}
