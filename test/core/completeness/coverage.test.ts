import { describe, expect, it } from 'vitest';
import { readCoverage } from '#core/completeness/coverage.ts';
import { importInto, ironflockCsv, openTemporaryStore, temporaryFile } from '../../support/workspace.ts';

let key = 0;
/** `count` events on a day, at noon UTC unless another hour is given. */
const on = (day: string, count = 1, hour = '12') =>
  Array.from({ length: count }, () => `${day}T${hour}:00:00Z,a,device,${++key},n,p,Name,,a,b`);
const file = (...rows: string[][]) => temporaryFile('e.csv', ironflockCsv(rows.flat()));
const january = { from: '2026-01-01', to: '2026-01-31', zone: 'UTC' };

describe('the coverage calendar', () => {
  it('tells covered, silent and gap days apart', async () => {
    const store = openTemporaryStore();
    await importInto(store, file(on('2026-01-03', 2), on('2026-01-05')));
    await importInto(store, file(on('2026-01-10')));
    const [source] = readCoverage(store, january).sources;
    const status = Object.fromEntries(source?.days.map((day) => [day.day.slice(8), day.status]) ?? []);
    expect(source?.days.length).toBe(31);
    expect([
      status['02'],
      status['03'],
      status['04'],
      status['05'],
      status['06'],
      status['10'],
      status['11'],
    ]).toEqual(['gap', 'covered', 'silent', 'covered', 'gap', 'covered', 'gap']);
    expect(source?.days[2]?.events).toBe(2);
    expect(source?.gaps).toEqual([
      { from: '2026-01-01', to: '2026-01-02', days: 2 },
      { from: '2026-01-06', to: '2026-01-09', days: 4 },
      { from: '2026-01-11', to: '2026-01-31', days: 21 },
    ]);
    expect(source?.warnings.map((warning) => warning.code)).toEqual(['gap', 'gap', 'gap']);
  });

  it('counts days of the zone it is asked in', async () => {
    const store = openTemporaryStore();
    await importInto(store, file(on('2026-01-03', 1, '23')));
    const days = readCoverage(store, { ...january, zone: 'Europe/Berlin' }).sources[0]?.days ?? [];
    expect(days.find((day) => day.events > 0)?.day).toBe('2026-01-04');
  });

  it('says which imports overlap', async () => {
    const store = openTemporaryStore();
    await importInto(store, file(on('2026-01-01'), on('2026-01-20')));
    await importInto(store, file(on('2026-01-19'), on('2026-01-31')));
    const [source] = readCoverage(store, january).sources;
    expect(source?.days.filter((day) => day.imports.length > 1).map((day) => day.day)).toEqual([
      '2026-01-19',
      '2026-01-20',
    ]);
    expect(source?.warnings.map((warning) => warning.code)).toEqual(['overlap']);
  });

  it('marks silence that is unusual for the weekday, and not the usual quiet of a weekend', async () => {
    const store = openTemporaryStore();
    const rows: string[][] = [];
    for (let day = 1; day <= 31; day++) {
      const date = `2026-01-${String(day).padStart(2, '0')}`;
      const isWeekend = [0, 6].includes(new Date(date).getUTCDay());
      if (!isWeekend && day !== 14) rows.push(on(date, 20));
      if (day === 31) rows.push(on(date));
    }
    await importInto(store, file(...rows));
    const [source] = readCoverage(store, january).sources;
    expect(source?.days.filter((day) => day.unusual).map((day) => [day.day, day.status])).toEqual([
      ['2026-01-14', 'silent'],
    ]);
    expect(source?.warnings.find((warning) => warning.code === 'unusual-silence')?.message).toContain(
      '2026-01-14',
    );
  });

  it('refuses a period that is none', () => {
    const store = openTemporaryStore();
    expect(() => readCoverage(store, { from: '2026-02-01', to: '2026-01-01', zone: 'UTC' })).toThrow(
      'Swap the two dates',
    );
    expect(() => readCoverage(store, { from: '1900-01-01', to: '2026-01-01', zone: 'UTC' })).toThrow(
      'more than 4000 days',
    );
  });
});
