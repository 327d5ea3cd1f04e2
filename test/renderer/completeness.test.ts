// The completeness screen's pure parts: sentences, the months of its calendar, its keys, what explains what.
import { describe, expect, test } from 'vitest';
import type { Break, CoveredDay, Explanation, SourceCoverage } from '#core/model.ts';
import { parseFilter } from '#core/query/filter.ts';
import type { SourceRetention } from '#core/retention-model.ts';
import { startAddress } from '../../renderer/address/address.ts';
import { explanationsOf, findingsOf, gapFinding, isExplained } from '../../renderer/completeness/findings.ts';
import { eventOfBreak, eventsOfDay } from '../../renderer/completeness/leads.ts';
import { dayWords, monthRows, stepFrom } from '../../renderer/completeness/months.ts';
import {
  continuitySentence,
  coverageSentence,
  figuresOf,
  retentionSentence,
} from '../../renderer/completeness/sentences.ts';

const day = (date: string, part: Partial<CoveredDay> = {}): CoveredDay => ({
  day: date,
  events: 12,
  status: 'covered',
  imports: [1],
  unusual: false,
  ...part,
});
const silent = (date: string, part: Partial<CoveredDay> = {}) =>
  day(date, { events: 0, status: 'silent', ...part });
const gap = (date: string, part: Partial<CoveredDay> = {}) =>
  day(date, { events: 0, status: 'gap', imports: [], ...part });
const cellOf = (one: CoveredDay, explained: SourceCoverage['gaps'] = []) => {
  const cell = monthRows([one], explained)[0]?.days.find((each) => each !== null);
  if (!cell) throw new Error('no cell');
  return cell;
};
const explanation = (part: Partial<Explanation>): Explanation => ({
  id: 1,
  at: '2026-04-01T00:00:00.000Z',
  person: 'Maria Fernandez',
  account: 'maria',
  source: 'Flowtriq',
  kind: 'gap',
  key: '2026-01-11/2026-01-20',
  zone: 'UTC',
  note: 'Closed.',
  ...part,
});

describe('coverage in a sentence', () => {
  test('counts days that are covered, silent and in gaps', () => {
    const days = [day('2026-01-01'), silent('2026-01-02'), gap('2026-01-03'), gap('2026-01-04')];
    const figures = figuresOf({ days, gaps: [{ from: '2026-01-03', to: '2026-01-04', days: 2 }] });
    expect(coverageSentence(figures)).toBe('1 of 4 days covered, 1 silent, 2 in 1 gap.');
    expect(figures.events).toBe(12);
  });

  test('says of what is not there that it is not, and never that a log is complete', () => {
    const figures = figuresOf({ days: [day('2026-01-01'), day('2026-01-02')], gaps: [] });
    expect(coverageSentence(figures)).toBe('2 of 2 days covered, none silent, no gap.');
  });

  test('leaves days ahead out of the count, and says how many', () => {
    const days = [day('2026-01-01'), gap('2026-01-02', { ahead: true }), gap('2026-01-03', { ahead: true })];
    expect(coverageSentence(figuresOf({ days, gaps: [] }))).toBe(
      '1 of 1 day covered, none silent, no gap. 2 days of the period have not begun yet.',
    );
  });
});

describe('the countdown', () => {
  const flowtriq: SourceRetention = {
    source: 'Flowtriq',
    retentionDays: 90,
    retention: '90 days',
    firstTime: '2026-01-01T00:00:00.000Z',
    lastTime: '2026-03-31T17:40:00.000Z',
    settledUntil: null,
    vendorFrom: '2026-01-10T12:00:00.000Z',
    lost: null,
    exportBy: '2026-06-28',
    daysLeft: 79,
  };
  test.each([
    [{}, 'plain', 'Export Flowtriq again by 28 Jun 2026: 79 days left.'],
    [{ daysLeft: 14 }, 'attention', 'Export Flowtriq again by 28 Jun 2026: 14 days left.'],
    [{ daysLeft: 0 }, 'attention', 'Export Flowtriq again by 28 Jun 2026: today is the last safe day.'],
    [{ daysLeft: -1 }, 'failed', 'The last safe day to export Flowtriq again was 28 Jun 2026, 1 day ago.'],
    [{ exportBy: null, daysLeft: null }, 'plain', 'Not known: the vendor does not say how long it keeps'],
    [{ exportBy: null, daysLeft: null, lastTime: null }, 'plain', 'Nothing was imported of it yet.'],
  ])('with %j is %s', (part, kind, words) => {
    const said = retentionSentence({ ...flowtriq, ...part });
    expect(said.kind).toBe(kind);
    expect(said.words.startsWith(words)).toBe(true);
  });
});

test.each([
  [undefined, 'Nothing to test: no value in its log follows another one of the same field.'],
  [{ tested: 650, consistent: 645, breaks: 5, untestable: 0 }, '650 tested, 645 consistent, 5 breaks.'],
  [
    { tested: 3, consistent: 3, breaks: 0, untestable: 2 },
    '3 tested, 3 consistent, no break. 2 untestable: one side does not say its value.',
  ],
  [
    { tested: 0, consistent: 0, breaks: 0, untestable: 2 },
    'None tested. 2 untestable: one side does not say its value.',
  ],
])('continuity %j', (figures, words) => {
  expect(continuitySentence(figures)).toBe(words);
});

describe('a day', () => {
  test.each([
    [day('2026-01-14'), 'Wednesday, 14 Jan 2026: covered, 12 events; spanned by import 1'],
    [
      silent('2026-01-14', { unusual: true }),
      'Wednesday, 14 Jan 2026: silent, no event observed in the imported logs; unusually quiet for a Wednesday; spanned by import 1',
    ],
    [gap('2026-01-17'), 'Saturday, 17 Jan 2026: gap, no import spans this day'],
    [gap('2026-01-17', { ahead: true }), 'Saturday, 17 Jan 2026: has not begun yet'],
    [
      day('2026-01-14', { imports: [1, 2, 5] }),
      'Wednesday, 14 Jan 2026: covered, 12 events; spanned by imports 1, 2 and 5',
    ],
    [
      day('2026-01-14', { events: 1, imports: [1, 2, 3, 4, 9] }),
      'Wednesday, 14 Jan 2026: covered, 1 event; spanned by 5 imports, from 1 to 9',
    ],
  ])('is told in words', (one, words) => {
    expect(dayWords(cellOf(one))).toBe(words);
  });

  test('of a gap changes its look with an explanation', () => {
    const one = gap('2026-01-17');
    expect(cellOf(one).look).toBe('gap');
    expect(cellOf(one, [{ from: '2026-01-10', to: '2026-01-20', days: 11 }]).look).toBe('explained');
    expect(cellOf(one, [{ from: '2026-01-18', to: '2026-01-20', days: 3 }]).look).toBe('gap');
  });

  test('leads to its events of its source, whatever the source is called', () => {
    const lead = eventsOfDay('Plant "A" *', '2026-01-14');
    expect(lead).toMatchObject({ screen: 'events', from: '2026-01-14', to: '2026-01-14' });
    expect(parseFilter(lead.filter ?? '')).toEqual([{ key: 'source', value: 'Plant "A" *', quoted: true }]);
  });
});

describe('the calendar', () => {
  const days = [
    '2026-01-30',
    '2026-01-31',
    '2026-02-01',
    '2026-02-02',
    '2026-02-28',
    '2026-03-01',
    '2026-03-31',
  ];

  test('has a row for each month and a place for each day', () => {
    const rows = monthRows(
      days.map((date) => day(date)),
      [],
    );
    expect(rows.map(({ label }) => label)).toEqual(['Jan 2026', 'Feb 2026', 'Mar 2026']);
    expect(rows.every((row) => row.days.length === 31)).toBe(true);
    expect(rows[1]?.days[27]?.day).toBe('2026-02-28');
    expect(rows[1]?.days[28]).toBeNull();
  });

  test.each([
    ['2026-01-31', 'ArrowRight', false, '2026-02-01'],
    ['2026-01-30', 'ArrowLeft', false, '2026-01-30'],
    ['2026-01-30', 'ArrowDown', false, '2026-02-28'],
    ['2026-03-31', 'ArrowUp', false, '2026-02-28'],
    ['2026-03-01', 'ArrowDown', false, '2026-03-01'],
    ['2026-02-28', 'Home', false, '2026-02-01'],
    ['2026-02-01', 'End', false, '2026-02-28'],
    ['2026-02-01', 'Home', true, '2026-01-30'],
    ['2026-02-01', 'End', true, '2026-03-31'],
    ['2026-02-01', 'Enter', false, null],
  ])('goes from %s with %s (control: %s) to %s', (from, key, control, to) => {
    expect(stepFrom(days, from, key, control)).toBe(to);
  });
});

describe('explanations', () => {
  const found = gapFinding('Flowtriq', { from: '2026-01-11', to: '2026-01-20', days: 10 });

  test('of a wider gap explain a narrower one, of a narrower one a part of it', () => {
    const exact = explanation({ id: 3 });
    const wider = explanation({ id: 2, key: '2026-01-01/2026-01-31' });
    const part = explanation({ id: 1, key: '2026-01-18/2026-01-31' });
    const other = explanation({ id: 4, key: '2026-01-21/2026-01-31' });
    const elsewhere = explanation({ id: 5, source: 'IronFlock' });
    const told = explanationsOf(found, [elsewhere, other, exact, wider, part]);
    expect(told).toEqual({ all: [exact, wider], part: [part] });
    expect(isExplained(found, [part])).toBe(false);
  });

  test('of anything else are about that one thing', () => {
    const broken: Break = {
      source: 'Flowtriq',
      targetType: 'node',
      targetId: null,
      targetName: 'fra 01',
      field: 'Name',
      earlier: 'aaaaaaaaaaaaaaaa',
      later: 'bbbbbbbbbbbbbbbb',
      earlierTime: '2026-01-03T10:00:00.000Z',
      laterTime: '2026-02-03T10:00:00.000Z',
      expected: 'a',
      found: 'b',
    };
    const coverage: SourceCoverage = {
      source: 'Flowtriq',
      days: [silent('2026-01-02', { unusual: true })],
      gaps: [{ from: '2026-01-11', to: '2026-01-20', days: 10 }],
      warnings: [],
      ids: { held: 2, absent: 1, gapCount: 1, gaps: [{ ...broken, after: 4, before: 6, absent: 1 }] },
    };
    expect(findingsOf(coverage, [broken]).map(({ kind, key }) => [kind, key])).toEqual([
      ['gap', '2026-01-11/2026-01-20'],
      ['silence', '2026-01-02'],
      ['id-gap', '4/6'],
      ['break', 'aaaaaaaaaaaaaaaa/bbbbbbbbbbbbbbbb'],
    ]);
    const quarter = { ...startAddress, from: '2026-01-01', to: '2026-03-31' };
    expect(eventOfBreak(quarter, broken, 'later')).toEqual({
      screen: 'events',
      event: 'bbbbbbbbbbbbbbbb',
      filter: 'source:Flowtriq type:node target:"fra 01" field:Name',
    });
    expect(
      eventOfBreak({ ...quarter, to: '2026-01-31' }, broken, 'earlier'),
      'a period without the later event is opened',
    ).toMatchObject({ event: 'aaaaaaaaaaaaaaaa', from: null, to: null });
  });
});
