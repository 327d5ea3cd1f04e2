import { describe, expect, it } from 'vitest';
import { checkCap } from '#core/ingest/export-limits.ts';
import { findPreset, loadPresets } from '#core/mapping/preset.ts';

const codes = (preset: string, format: 'csv' | 'json', records: number) =>
  checkCap(findPreset(preset), format, 'export', records).map(({ code }) => code);

describe('a vendor’s cap', () => {
  it.each([
    ['gitlab', 'csv', 100_000],
    ['purview', 'csv', 50_000],
    ['mender', 'csv', 20_000],
    ['mender', 'json', 20_000],
  ] as const)('is met by as many records, one less or one more: %s, %s', (preset, format, rows) => {
    for (const records of [rows - 1, rows, rows + 1]) expect(codes(preset, format, records)).toEqual(['cap']);
    for (const records of [0, rows - 2, rows + 2]) expect(codes(preset, format, records)).toEqual([]);
  });

  it('is none for a format the vendor does not cut, and for vendors without one', () => {
    expect(codes('gitlab', 'json', 100_000)).toEqual([]);
    expect(codes('purview', 'json', 50_000)).toEqual([]);
    for (const { id, cap } of loadPresets())
      if (!cap) for (const rows of [20_000, 50_000, 100_000]) expect(codes(id, 'csv', rows)).toEqual([]);
  });
});
