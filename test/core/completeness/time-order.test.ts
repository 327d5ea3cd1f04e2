import { describe, expect, it } from 'vitest';
import { readCoverage } from '#core/completeness/coverage.ts';
import { describeFindings } from '#core/completeness/sentences.ts';
import { readTimeFindings } from '#core/completeness/time-order.ts';
import { importInto, ironflockCsv, openTemporaryStore, temporaryFile } from '../../support/workspace.ts';

let key = 0;
const file = (...times: string[]) =>
  temporaryFile('t.csv', ironflockCsv(times.map((time) => `${time},a,device,${++key},n,p,Name,,a,b`)));
const january = { from: Date.UTC(2026, 0, 1), to: Date.UTC(2026, 1, 1) };
const find = async (files: string[], period = january) => {
  const store = openTemporaryStore();
  for (const one of files) await importInto(store, one);
  return readTimeFindings(store, 1, period);
};

describe('times that cannot be taken as they stand', () => {
  it('counts events against the order of their file, whichever way that runs', async () => {
    const up = file(
      '2026-01-01T00:00:00Z',
      '2026-01-03T00:00:00Z',
      '2026-01-02T00:00:00Z',
      '2026-01-04T00:00:00Z',
    );
    const down = file(
      '2026-01-09T00:00:00Z',
      '2026-01-08T00:00:00Z',
      '2026-01-07T00:00:00Z',
      '2026-01-08T01:00:00Z',
    );
    expect((await find([up])).outOfOrder).toBe(1);
    expect((await find([down])).outOfOrder).toBe(1);
    expect((await find([up, down])).outOfOrder, 'from file to file there is no order').toBe(2);
  });

  it('takes equal times for ordered, and looks into the period alone', async () => {
    const equal = file('2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z');
    expect((await find([equal])).outOfOrder).toBe(0);
    const late = file(
      '2026-03-01T00:00:00Z',
      '2026-02-20T00:00:00Z',
      '2026-03-03T00:00:00Z',
      '2026-03-04T00:00:00Z',
    );
    expect((await find([late])).outOfOrder).toBe(0);
    expect((await find([late], { from: 0, to: Date.UTC(2027, 0, 1) })).outOfOrder).toBe(1);
  });

  it('counts events later than the import that read them', async () => {
    const soon = new Date(Date.now() + 3_600_000).toISOString();
    const later = new Date(Date.now() + 7_200_000).toISOString();
    const found = await find([file('2026-01-01T00:00:00Z', soon, later)], { from: 0, to: Date.now() * 2 });
    expect(found).toEqual({ outOfOrder: 0, future: 2, lastFuture: later });
  });

  it('says so in sentences, and nothing where there is nothing', async () => {
    expect(describeFindings('A', { outOfOrder: 0, future: 0, lastFuture: null })).toEqual([]);
    const said = describeFindings('A', {
      outOfOrder: 1204,
      future: 1,
      lastFuture: '2027-01-01T00:00:00.000Z',
    });
    expect(said.map(({ code }) => code)).toEqual(['out-of-order', 'future-times']);
    expect(said[0]?.message).toMatch(/^1,204 events of A stand out of order/);
    expect(said[1]?.message).toMatch(
      /^1 event of A has a time later .* the latest 2027-01-01 00:00:00\.000 UTC\./,
    );
  });
});

describe('a record of a wrong clock', () => {
  it('does not make its import span the days that are still to come', async () => {
    const store = openTemporaryStore();
    const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
    const times = [day(-5), day(-3), day(9)];
    await importInto(store, file(...times));
    const asked = { from: day(-5).slice(0, 10), to: day(10).slice(0, 10), zone: 'UTC', now: Date.now() };
    const [source] = readCoverage(store, asked).sources;
    const of = (days: number) => source?.days.find((one) => one.day === day(days).slice(0, 10));
    expect(of(-4)).toMatchObject({ status: 'silent', imports: [1] });
    expect(of(-1), 'nor those between its last record and today').toMatchObject({
      status: 'gap',
      imports: [],
    });
    expect(of(5)).toMatchObject({ status: 'gap', imports: [], ahead: true });
    expect(of(9)).toMatchObject({ status: 'covered', events: 1, imports: [] });
    expect(source?.times?.future).toBe(1);
  });
});

describe('a period that is not over', () => {
  it('has days ahead, which are in no gap', async () => {
    const store = openTemporaryStore();
    await importInto(store, file('2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z'));
    const asked = { from: '2026-01-01', to: '2026-01-10', zone: 'UTC', now: Date.UTC(2026, 0, 4, 12) };
    const [source] = readCoverage(store, asked).sources;
    expect(source?.gaps).toEqual([{ from: '2026-01-03', to: '2026-01-04', days: 2 }]);
    expect(source?.days.filter((day) => day.ahead).map((day) => day.day)[0]).toBe('2026-01-05');
    const { now: _, ...ever } = asked;
    expect(readCoverage(store, ever).sources[0]?.gaps[0]?.days).toBe(8);
  });
});
