import { describe, expect, it } from 'vitest';
import { eachEvent } from '#core/query/events.ts';
import { importInto, openTemporaryStore, query, temporaryFile } from '../../support/workspace.ts';

const csv = (...times: string[]) =>
  temporaryFile('log.csv', ['Time,User,Event', ...times.map((time) => `"${time}",ann,login`)].join('\n'));

describe('the time of a record', () => {
  it('may name its month, and is explicit where it says its zone', async () => {
    const store = openTemporaryStore();
    const report = await importInto(store, csv('Jan 2, 2024 3:04:05 AM UTC', '2 Feb 2024 03:04:05 GMT+1'));
    expect([report.imported, report.rejected]).toEqual([2, 0]);
    expect([report.firstTime, report.lastTime]).toEqual([
      '2024-01-02T03:04:05.000Z',
      '2024-02-02T02:04:05.000Z',
    ]);
    expect(report.warnings.map(({ code }) => code)).not.toContain('time-assumed');
  });

  it('is refused as the number of a day or with a year of two digits, with what to do', async () => {
    const report = await importInto(openTemporaryStore(), csv('46056,2584', '2/6/26 9:01'));
    expect(report.rejections.map(({ reason }) => reason.replace(/^.*read: /, ''))).toEqual([
      'it looks like a day’s number in a spreadsheet; show the column as date and time there, and save it again',
      'its year has two digits; export it with four',
    ]);
  });

  it('is read with the short name of its zone where a person named the zone, if clocks there were called that', async () => {
    const store = openTemporaryStore();
    const report = await importInto(
      store,
      csv(
        '1/31/2024, 9:05:06 AM PST',
        '7/31/2024 9:05:06 AM PDT',
        '2024-11-03 01:30:00 PST',
        '7/31/2024 9:05 AM CEST',
        '2024-07-31 18:05:06 +0200 CEST',
      ),
      { zone: 'America/Los_Angeles' },
    );
    const events = [...eachEvent(store, query(), 'oldest')].map(({ time, timeBasis }) => [time, timeBasis]);
    expect(events).toEqual([
      ['2024-01-31T17:05:06.000Z', 'declared'],
      ['2024-07-31T16:05:06.000Z', 'declared'],
      ['2024-07-31T16:05:06.000Z', 'explicit'],
      ['2024-11-03T09:30:00.000Z', 'declared'],
    ]);
    expect(report.rejections.map(({ reason }) => reason)).toEqual([
      'its time “7/31/2024 9:05 AM CEST” cannot be read: clocks in America/Los_Angeles were not called “CEST” then; name the zone that it is of',
    ]);
  });

  it('is refused where the name of its zone can mean several, with what to do', async () => {
    const report = await importInto(
      openTemporaryStore(),
      csv('1/31/2024, 9:05:06 AM PST', '2024-02-30 10:00'),
    );
    expect(report.rejections.map(({ reason }) => reason)).toEqual([
      'its time “1/31/2024, 9:05:06 AM PST” cannot be read: “PST” can be several zones; name the one that it is, on the mapping screen or with --zone',
      'its time “2024-02-30 10:00” is not a date and time that can be read',
    ]);
  });
});
