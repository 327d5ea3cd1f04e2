// What the overview counts of findings, and the strips of days.
import { expect, test } from 'vitest';
import type { CoveredDay, SourceCoverage } from '#core/model.ts';
import { foundFigures } from '../../renderer/overview/findings.ts';
import { runsOf } from '../../renderer/overview/strip.ts';

const day = (date: string, status: CoveredDay['status'], events = 0): CoveredDay => ({
  day: date,
  events,
  status,
  imports: status === 'gap' ? [] : [1],
  unusual: false,
});
const days = [
  day('2026-02-14', 'covered', 3),
  day('2026-02-15', 'covered', 1),
  day('2026-02-16', 'gap'),
  day('2026-02-17', 'gap'),
  day('2026-02-18', 'silent'),
];
const coverage: SourceCoverage = {
  source: 'IronFlock',
  days,
  gaps: [{ from: '2026-02-16', to: '2026-02-17', days: 2 }],
  warnings: [],
};
const explanation = {
  id: 1,
  at: '2026-04-02T08:00:00.000Z',
  person: 'Maria',
  account: 'maria',
  source: 'IronFlock',
  kind: 'gap' as const,
  key: '2026-02-16/2026-02-17',
  zone: 'UTC',
  note: 'The vendor was down.',
};
const asked = {
  coverage: [coverage],
  continuity: { breaks: [], sources: [] },
  imports: [{ conflicts: 0, rejected: 2, replacedBy: null }],
  days: { from: '2026-02-14', to: '2026-02-18' },
};

test('days that look alike are one run', () => {
  expect(runsOf(days, []).map(({ look, length }) => [look, length])).toEqual([
    ['covered', 2],
    ['gap', 2],
    ['silent', 1],
  ]);
  expect(runsOf(days, coverage.gaps).map(({ look }) => look)).toEqual(['covered', 'explained', 'silent']);
});

test('what nobody explained comes first, then what is explained, then what there is none of', () => {
  const open = foundFigures({ ...asked, explanations: [] });
  expect(open.slice(0, 2).map(({ kind, count, open: not }) => [kind, count, not])).toEqual([
    ['gap', 1, 1],
    ['rejected', 2, 2],
  ]);
  const told = foundFigures({ ...asked, explanations: [explanation] });
  expect(told.slice(0, 2).map(({ kind, open: not }) => [kind, not])).toEqual([
    ['rejected', 2],
    ['gap', 0],
  ]);
});

test('what another import replaced does not count', () => {
  const imports = [{ conflicts: 3, rejected: 2, replacedBy: { import: 2, at: '2026-04-02T08:00:00.000Z' } }];
  const figures = foundFigures({ ...asked, imports, explanations: [] });
  expect(
    figures.filter(({ kind }) => kind === 'conflict' || kind === 'rejected').map(({ count }) => count),
  ).toEqual([0, 0]);
});

test('breaks beyond those listed count as not explained', () => {
  const continuity = {
    breaks: [],
    sources: [{ source: 'IronFlock', tested: 9, consistent: 2, breaks: 7, untestable: 0 }],
  };
  expect(foundFigures({ ...asked, continuity, explanations: [] })[0]).toMatchObject({
    kind: 'break',
    count: 7,
    open: 7,
  });
});
