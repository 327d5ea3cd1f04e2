import { describe, expect, it } from 'vitest';
import { createMapper } from '#core/mapping/map.ts';
import { findPreset, loadPresets, recognise } from '#core/mapping/preset.ts';

const old = ['CreationDate', 'UserIds', 'Operations', 'AuditData'];

function map(columns: string[], cells: string[]) {
  const preset = findPreset('purview');
  const variant = preset.variants.find(({ id }) => id === 'csv');
  if (!variant) throw new Error('Purview has no CSV.');
  const [mapped] = createMapper(preset, variant, columns, null)(cells);
  return mapped && 'event' in mapped
    ? [new Date(mapped.event.time).toISOString(), mapped.event.timeBasis, mapped.event.actor]
    : mapped?.reason;
}

describe('a CSV of the older Purview portal', () => {
  it('is recognised by its own columns', () => {
    expect(recognise('csv', old, loadPresets())?.preset.id).toBe('purview');
    expect(recognise('csv', ['RecordType', ...old], loadPresets())?.preset.id).toBe('purview');
  });

  it('has the time of its audit data, which is UTC though it carries no zone', () => {
    const data =
      '{"CreationTime":"2026-01-05T10:00:00","Operation":"FileAccessed","UserId":"bob@acme.example"}';
    expect(map(old, ['9/10/2023 4:05:03 AM', 'x', 'FileAccessed', data])).toEqual([
      '2026-01-05T10:00:00.000Z',
      'declared',
      'bob@acme.example',
    ]);
  });

  it('has the time of its column where the audit data has none, if it can mean one day alone', () => {
    expect(map(old, ['2026-08-31T10:18:39.0000000Z ', 'bob', 'FileAccessed', '{}'])).toEqual([
      '2026-08-31T10:18:39.000Z',
      'explicit',
      'bob',
    ]);
    expect(map(old, ['9/20/2023 4:05:03 AM', 'bob', 'FileAccessed', 'cut off {'])).toEqual([
      '2023-09-20T04:05:03.000Z',
      'assumed',
      'bob',
    ]);
    expect(map(old, ['9/10/2023 4:05:03 AM', 'bob', 'FileAccessed', ''])).toContain(
      'say it on the mapping screen, or with --dates',
    );
  });
});
