import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readChangedTracks, readChangeSummary, readTicketed } from '#core/changes/answers.ts';
import { askTickets } from '#core/changes/ticket-matching.ts';
import { readTickets } from '#core/changes/tickets.ts';
import { closing, openReview } from '#core/store/open.ts';
import { decideTickets, readTicketDecisions } from '#core/store/ticket-decisions.ts';
import type { TicketBucket, TicketDecision } from '#core/ticket-model.ts';
import { exhibitJson } from '../../support/command-line.ts';
import {
  importInto,
  ironflockCsv,
  openTemporaryStore,
  temporaryFile,
  temporaryFolder,
} from '../../support/workspace.ts';

const period = { filter: '', from: '2026-02-01', to: '2026-02-28', zone: 'UTC', hours: null, baseline: [] };
const everything = { first: 0, limit: 10_000, bucket: null };
const row = (time: string, user: string, target: string, next: string) =>
  `${time},${user},device,${target},press-${target},p,Name,,,${next}`;
const list = (lines: readonly string[], header = 'id,target,opened,opened by,approved,approved by,closed') =>
  temporaryFile('tickets.csv', `${[header, ...lines].join('\n')}\n`);

async function openLog(rows: readonly string[]) {
  const store = openTemporaryStore();
  await importInto(store, temporaryFile('e.csv', ironflockCsv(rows)));
  return store;
}
const asked = (path: string, decisions: readonly TicketDecision[] = []) => ({
  ...period,
  tickets: askTickets(readTickets(path, 'UTC'), { decisions, last: decisions.length }),
});

describe('tickets beside a change review', () => {
  const log = [
    row('2026-02-03T10:00:00Z', 'ann', '1', 'CHG-1'),
    row('2026-02-04T10:00:00Z', 'ann', '2', 'see chg-2.'),
    row('2026-02-05T10:00:00Z', 'ann', '3', 'CHG-3'),
    row('2026-02-06T10:00:00Z', 'ann', '4', 'CHG-4'),
    row('2026-02-07T10:00:00Z', 'ann', '5', 'CHG-10 is another one than CHG-1x'),
    row('2026-02-08T10:00:00Z', 'bob', '6', 'without'),
  ];
  const tickets = [
    'CHG-1,,2026-02-01,bob,2026-02-02,eve,',
    'CHG-2,,2026-02-01,bob,2026-02-05,eve,',
    'CHG-3,,2026-02-01,bob,2026-02-02,ANN,',
    'CHG-4,,2026-02-01,bob,,,',
    'CHG-5,press-6,2026-02-07,bob,2026-02-07,eve,2026-02-08',
    'CHG-6,press-6,2026-03-07,bob,2026-03-07,eve,',
  ];

  it('puts each change where its ticket says it belongs, and finds tickets without a change', async () => {
    const store = await openLog(log);
    const review = asked(list(tickets));
    const { rows, total } = readTicketed(store, review, everything);
    expect(
      rows.map((one) => [
        one.bucket,
        one.target?.targetId,
        one.links.map(({ ticket, by }) => [ticket.id, by]),
      ]),
    ).toEqual([
      ['approved-before', '1', [['CHG-1', 'id']]],
      ['approved-after', '2', [['CHG-2', 'id']]],
      ['self-approved', '3', [['CHG-3', 'id']]],
      ['not-approved', '4', [['CHG-4', 'id']]],
      ['no-ticket', '5', []],
      ['no-ticket', '6', [['CHG-5', 'candidate']]],
      ['no-change', undefined, [['CHG-5', 'candidate']]],
    ]);
    const summary = readChangeSummary(store, review);
    expect(summary.tickets).toMatchObject({
      candidates: 1,
      buckets: { 'approved-before': 1, 'no-ticket': 2, 'no-change': 1 },
      list: { system: 'other', tickets: 6 },
    });
    const exceptions = readChangedTracks(store, review, {
      ...everything,
      result: null,
      exception: null,
    }).rows;
    expect(exceptions.map((one) => one.exceptions.map(({ kind }) => kind))).toEqual([
      [],
      [],
      ['self-approved'],
      [],
      ['no-ticket'],
      ['no-ticket'],
    ]);
    expect(readTicketed(store, review, { first: 1, limit: 1, bucket: 'no-ticket' })).toEqual({
      total: 2,
      rows: [rows[5]],
    });
    expect(total).toBe(7);
  });

  it('takes what fits by target and time only where a person said so, and what a record names until one says otherwise', async () => {
    const store = await openLog(log);
    const path = list(tickets);
    const rows = readTicketed(store, asked(path), everything).rows;
    const [first, last] = [rows[0]?.event as string, rows[5]?.event as string];
    const folder = temporaryFolder();
    closing(openReview(folder, { mode: 'write' }), (review) => {
      decideTickets(review, { ticket: 'CHG-5', events: [last], verdict: 'other', person: 'Maria' });
      decideTickets(review, { ticket: 'chg-5', events: [last], verdict: 'belongs', person: 'Maria' });
      decideTickets(review, { ticket: 'CHG-1', events: [first], verdict: 'other', person: 'Maria' });
    });
    const { decisions } = closing(openReview(folder, { mode: 'read' }), readTicketDecisions);
    const { buckets, candidates } = readChangeSummary(store, asked(path, decisions)).tickets as never as {
      buckets: Record<TicketBucket, number>;
      candidates: number;
    };
    expect(buckets).toMatchObject({ 'approved-before': 1, 'no-ticket': 2, 'no-change': 1 });
    expect(candidates).toBe(0);
    const confirmed = readTicketed(store, asked(path, decisions), {
      ...everything,
      bucket: 'approved-before',
    });
    expect(confirmed.rows).toMatchObject([
      { event: last, links: [{ by: 'confirmed', ticket: { id: 'CHG-5' } }] },
    ]);
  });

  it.each([
    [
      'Jira',
      'Issue key,Issue id,Summary,Reporter,Created,Resolved,Custom field (Approved),Custom field (Approvers)',
      'OPS-7,10231,Rename it,bob,01/Feb/26 9:05 AM,04/Feb/26 12:30 PM,02/Feb/26,eve',
      {
        opened: '2026-02-01T09:05:00.000Z',
        closed: '2026-02-04T12:30:00.000Z',
        approved: '2026-02-02T00:00:00.000Z',
        approvedBy: 'eve',
        openedBy: 'bob',
      },
    ],
    [
      'GitHub',
      'id,number,title,author,createdAt,mergedAt,mergedBy',
      'PR_kw1,#7,Rename it,bob,2026-02-01T09:05:00Z,2026-02-02T10:00:00Z,eve',
      { approved: '2026-02-02T10:00:00.000Z', approvedBy: 'eve', opened: '2026-02-01T09:05:00.000Z' },
    ],
    [
      'ServiceNow',
      'number,short_description,cmdb_ci,opened_at,opened_by,approval,approval_set,approver',
      'CHG0007,Rename it,press-1,2026-02-01 09:05:00,bob,approved,2026-02-02 10:00:00,eve',
      { target: 'press-1', approved: '2026-02-02T10:00:00.000Z', approvedBy: 'eve' },
    ],
    [
      'ServiceNow',
      'number,cmdb_ci,approval,approval_set',
      'CHG0007,press-1,rejected,2026-02-02 10:00:00',
      { approved: null },
    ],
  ] as const)('reads a list of %s by its columns', (system, header, line, expected) => {
    const { facts, tickets } = readTickets(list([line], header), 'UTC');
    expect(facts.system).toBe(system);
    expect(tickets[0]).toMatchObject(expected);
    expect(facts.columns[0]).toMatchObject({
      meaning: 'id',
      column: header.split(',').find((name) => /number|Issue key/.test(name)),
    });
  });

  it('refuses a list that makes no sense, with its line', () => {
    expect(() => readTickets(list(['A-1,,soon,,,,']), 'UTC')).toThrow(/Line 2 of the tickets: “soon”/);
    expect(() => readTickets(list(['A-1,,,,,,', 'a-1,,,,,,']), 'UTC')).toThrow(/Line 3 .*stands in line 2/);
    expect(() => readTickets(list(['x'], 'colour'), 'UTC')).toThrow(/no column “id”/);
  });

  it('takes a plain number for an id only where something says that it is one', async () => {
    const store = await openLog(
      ['4019', 'PR-4019', 'pull/4019', 'fix (#4019)', '#40190', 'merge_requests/4019'].map((text, at) =>
        row(`2026-02-0${at + 1}T10:00:00Z`, 'ann', `9${at}`, text),
      ),
    );
    const { rows } = readTicketed(store, asked(list(['4019,,,,2026-01-01,eve,'])), everything);
    expect(rows.map(({ bucket, newValue }) => [newValue, bucket === 'approved-before'])).toEqual([
      ['PR-4019', true],
      ['pull/4019', true],
      ['fix (#4019)', true],
      ['merge_requests/4019', true],
      ['4019', false],
      ['#40190', false],
    ]);
  });

  it('agrees with a plain reading of any list and log', async () => {
    const day = fc.integer({ min: 1, max: 28 });
    const date = (n: number) => `2026-02-${String(n).padStart(2, '0')}`;
    const ticket = fc.record({
      n: fc.nat(4),
      target: fc.constantFrom('', 'press-1', 'press-2;press-3'),
      opened: day,
      approved: fc.option(day),
      by: fc.constantFrom('', 'ann', 'bob', 'Eve'),
      closed: fc.option(day),
    });
    const change = fc.record({
      day,
      user: fc.constantFrom('ann', 'bob', 'eve'),
      target: fc.integer({ min: 1, max: 3 }),
      text: fc.constantFrom('x', 'T-0', 'for T-1, T-2', 'T-33', 'aT-4'),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(ticket, { selector: ({ n }) => n, maxLength: 5 }),
        fc.array(change, { minLength: 1, maxLength: 8 }),
        async (tickets, changes) => {
          const store = await openLog(
            changes.map((one, at) =>
              row(`${date(one.day)}T10:00:0${at}Z`, one.user, String(one.target), `"${one.text}"`),
            ),
          );
          const path = list(
            tickets.map((one) =>
              [
                `T-${one.n}`,
                one.target,
                date(one.opened),
                'zed',
                one.approved === null ? '' : date(one.approved),
                one.by,
                one.closed === null ? '' : date(one.closed),
              ].join(','),
            ),
          );
          const got = readTicketed(store, asked(path), everything).rows;
          const plain = changes.map((one) => {
            const named = tickets.filter(({ n }) => one.text.split(/[ ,]+/).includes(`T-${n}`));
            const fits = tickets.filter((t) => {
              const steps = [t.opened, ...(t.approved === null ? [] : [t.approved])];
              const end = t.closed === null ? Math.max(...steps) + 30 : t.closed + 1;
              return (
                t.target.split(';').includes(`press-${one.target}`) &&
                one.day + 10 / 24 >= Math.min(...steps) &&
                one.day + 10 / 24 < end
              );
            });
            const states = named.map((t) =>
              t.approved === null
                ? 'not-approved'
                : t.by.toLowerCase() === one.user
                  ? 'self-approved'
                  : t.approved <= one.day
                    ? 'approved-before'
                    : 'approved-after',
            );
            const best = ['approved-before', 'self-approved', 'approved-after', 'not-approved'].find(
              (state) => states.includes(state as never),
            );
            return JSON.stringify([
              best ?? 'no-ticket',
              one.text,
              named.map(({ n }) => n).sort(),
              fits
                .filter((t) => !named.includes(t))
                .map(({ n }) => n)
                .sort(),
            ]);
          });
          const shown = got
            .filter(({ bucket }) => bucket !== 'no-change')
            .map(({ bucket, newValue, links }) => {
              const of = (wanted: string) =>
                links
                  .filter(({ by }) => by === wanted)
                  .map(({ ticket }) => Number(ticket.id.slice(2)))
                  .sort();
              return JSON.stringify([bucket, newValue, of('id'), of('candidate')]);
            });
          expect(shown.sort()).toEqual(plain.sort());
          const used = new Set(
            got.flatMap(({ links }) => links.filter(({ by }) => by === 'id').map(({ ticket }) => ticket.id)),
          );
          const missing = tickets.filter((t) => {
            const steps = [t.opened, ...(t.approved === null ? [] : [t.approved])];
            return (
              !used.has(`T-${t.n}`) && (t.closed === null || t.closed + 1 > 1) && Math.min(...steps) < 29
            );
          });
          expect(got.filter(({ bucket }) => bucket === 'no-change')).toHaveLength(missing.length);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('are in the JSON of the command line', async () => {
    const folder = temporaryFolder();
    await importInto(openTemporaryStore(folder), temporaryFile('e.csv', ironflockCsv(log)));
    const { tickets: found } = exhibitJson<{ tickets: { buckets: object; changes: object[] } }>(
      'changes',
      '-w',
      folder,
      '--from',
      '2026-02-01',
      '--to',
      '2026-02-28',
      '--tickets',
      list(tickets),
    );
    expect(found.buckets).toMatchObject({ 'approved-before': 1, 'self-approved': 1, 'no-ticket': 2 });
    expect(found.changes).toHaveLength(7);
  });
});
