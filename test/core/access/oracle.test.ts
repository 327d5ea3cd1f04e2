import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAccess } from '#core/access/answers.ts';
import { type Ledger, readLedger } from '#core/access/ledger.ts';
import { openStore } from '#core/store/open.ts';
import {
  dates,
  dayAfter,
  importLog,
  inOrder,
  type PlainEvent,
  type PlainLog,
  randomLog,
  startOfDay,
  targetOf,
  zones,
} from '../../support/random-log.ts';
import { openTemporaryStore } from '../../support/workspace.ts';

const runs = Number(process.env.EXHIBIT_RUNS ?? 60);
const settings = {
  filter: '',
  leavers: new Map(),
  hours: null,
  dormantDays: 1,
  privileged: ['admin', '*dev*'],
};
const everything = { first: 0, limit: 10_000, flag: null };

type Row = {
  subject: string;
  target: string;
  right: string;
  from: number | null;
  to: number | null;
  start: string;
  end: string | null;
  /** Events that show the start and the end, and who did it where that is a grant or a revocation. */
  shows: [number, number | null];
  by: [string | null, string | null];
};

function setOf(text: string): string[] {
  if (text === '') return [];
  if (text.startsWith('[')) return JSON.parse(text);
  if (text.startsWith('{')) {
    const held = JSON.parse(text);
    return Object.keys(held).filter((name) => held[name] === true);
  }
  return text.split(/[,;]/).map((one) => one.trim());
}

/** The ledger as product.md says it, right by right over the whole list of a target's access events. */
function ledgerOf(log: PlainLog): Row[] {
  const byTarget = new Map<string, PlainEvent[]>();
  for (const one of log.events) {
    const { aspect, subject } = one.cells;
    if (aspect === 'Owner changes' || (aspect === 'Privilege changes' && subject !== ''))
      byTarget.set(targetOf(one), [...(byTarget.get(targetOf(one)) ?? []), one]);
  }
  return [...byTarget].flatMap(([target, unordered]) => {
    const events = inOrder(unordered);
    const rows: Row[] = [];
    const people = new Set(
      events.flatMap(({ cells }) =>
        cells.aspect === 'Owner changes' ? [cells.old_value, cells.new_value] : [cells.subject],
      ),
    );
    for (const subject of people) {
      if (subject === '') continue;
      const own = events.filter(
        (one) => one.cells.aspect === 'Privilege changes' && one.cells.subject === subject,
      );
      const all = new Set(own.flatMap(({ cells }) => [...setOf(cells.old_value), ...setOf(cells.new_value)]));
      const steps = own
        .filter(({ cells }) => cells.old_value !== '' || cells.new_value !== '')
        .map((event) => ({
          event,
          before: event.cells.old_value === '' ? null : setOf(event.cells.old_value),
          after: setOf(event.cells.new_value),
        }));
      for (const right of all)
        rows.push(
          ...follow(
            target,
            subject,
            right,
            steps.map(({ event, before, after }) => ({
              event,
              was: before === null ? null : before.includes(right),
              is: after.includes(right),
            })),
          ),
        );
      const owners = events.filter(
        ({ cells }) => cells.aspect === 'Owner changes' && (cells.old_value !== '' || cells.new_value !== ''),
      );
      // Before a person is first named, an owner change says nothing of them.
      const named = owners.findIndex(
        ({ cells }) => cells.old_value === subject || cells.new_value === subject,
      );
      if (named === -1) continue;
      rows.push(
        ...follow(
          target,
          subject,
          'OWNER',
          owners.slice(named).map((event) => {
            const { old_value: before, new_value: after } = event.cells;
            // Without an old owner, nobody but the new one can have it afterwards, and no event took it.
            const was = before === '' ? (after === subject ? null : false) : before === subject;
            return { event, was, is: after === subject };
          }),
        ),
      );
    }
    return rows;
  });
}

function follow(
  target: string,
  subject: string,
  right: string,
  steps: { event: PlainEvent; was: boolean | null; is: boolean }[],
): Row[] {
  const rows: Row[] = [];
  let held: Row | null = null;
  const begin = (event: PlainEvent, start: string): Row => ({
    subject,
    target,
    right,
    from: start === 'inferred' ? null : event.time,
    to: null,
    start,
    end: null,
    shows: [event.n, null],
    by: [start === 'asserted' ? event.cells.user : null, null],
  });
  const stop = (row: Row, event: PlainEvent, end: string) => {
    rows.push({
      ...row,
      to: event.time,
      end,
      shows: [row.shows[0], event.n],
      by: [row.by[0], end === 'asserted' ? event.cells.user : null],
    });
    held = null;
  };
  for (const [at, { event, was, is }] of steps.entries()) {
    if (was === true && held === null) held = begin(event, at === 0 ? 'inferred' : 'unlogged');
    if (was === false && held !== null) stop(held, event, 'unlogged');
    if (held !== null && !is) stop(held, event, 'asserted');
    if (held === null && is) held = begin(event, 'asserted');
  }
  if (held) rows.push(held);
  return rows;
}

const byText = (a: unknown, b: unknown) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
const order = fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 });
const heldAt = (row: Row, time: number) =>
  (row.from === null || row.from < time) && (row.to === null || row.to >= time);

describe('the ledger', () => {
  it('agrees with a plain reading of any log, in whatever order its files came', async () => {
    await fc.assert(
      fc.asyncProperty(
        randomLog({ changes: 2, access: 8 }),
        order,
        fc.constantFrom(...zones),
        fc.constantFrom(...dates),
        async (log, files, zone, at) => {
          const store = openTemporaryStore();
          const uids = await importLog(store, log, files);
          const number = (uid: string | null) => (uid === null ? null : uids.get(uid));
          const read = (scope: Parameters<typeof readAccess>[1]['scope']) =>
            readAccess(store, { ...settings, scope, zone }, everything).rows;
          const plain = (rows: ReturnType<typeof read>) =>
            rows
              .map((row) => ({
                subject: row.subject,
                target: JSON.stringify([row.source, row.targetType, row.targetId ?? row.targetName ?? '']),
                right: row.right,
                from: row.from && Date.parse(row.from),
                to: row.to && Date.parse(row.to),
                start: row.startCertainty,
                end: row.endCertainty,
                shows: [number(row.startEvent), number(row.endEvent)],
                by: [row.grantedBy, row.revokedBy],
              }))
              .sort(byText);
          const expected = ledgerOf(log);
          expect(plain(read({ kind: 'ledger' }))).toEqual(expected.toSorted(byText));
          const time = startOfDay(dayAfter(at), zone);
          const now = read({ kind: 'at', at });
          expect(plain(now)).toEqual(expected.filter((row) => heldAt(row, time)).toSorted(byText));
          for (const row of now) {
            const uses = log.events.filter(
              (one) =>
                one.cells.user === row.subject &&
                targetOf(one) ===
                  JSON.stringify([row.source, row.targetType, row.targetId ?? row.targetName ?? '']),
            );
            const isAfter = (end: string) => uses.some((one) => one.time > Date.parse(end));
            expect([row.right, [...row.flags].sort()]).toEqual([
              row.right,
              [
                ...(row.grantedBy === row.subject ? ['self-granted'] : []),
                ...(/^admin$|dev/i.test(row.right) ? ['privileged'] : []),
                ...(uses.some((one) => one.time < time && one.time >= time - 86_400_000) ? [] : ['dormant']),
                ...(row.to !== null && isAfter(row.to) ? ['used-after-revocation'] : []),
                ...(row.startCertainty === 'inferred' ? ['no-grant-seen'] : []),
              ].sort(),
            ]);
          }
          store.close();
        },
      ),
      { numRuns: runs },
    );
  }, 600_000);

  it('carried on after any imports in any order is the one built anew, and reads only targets that changed', async () => {
    await fc.assert(
      fc.asyncProperty(
        randomLog({ changes: 1, access: 8 }),
        order,
        fc.uniqueArray(fc.nat(5), { minLength: 1, maxLength: 6 }),
        async (log, files, readAfter) => {
          const store = openTemporaryStore();
          const read = (of: typeof store) => of.db.transaction(() => readLedger(of))();
          let before = read(store);
          for (const [at, file] of files.entries()) {
            await importLog(store, log, [file]);
            // An import or two may come before anybody asks again.
            if (!readAfter.includes(at)) continue;
            const now = read(store);
            const touched = (sequence: number) =>
              (now.index.access.changedIn[sequence] as number) > before.index.access.growth;
            const isKept = new Set(before.intervals);
            for (const interval of now.intervals)
              if (!isKept.has(interval)) expect(touched(interval.sequence)).toBe(true);
            before = now;
          }
          const anew = openStore(store.folder, { mode: 'read' });
          const inWords = ({ index, intervals }: Ledger) =>
            intervals.map(({ sequence, ...interval }) => ({ ...interval, ...index.placeOfAccess(sequence) }));
          expect(inWords(read(store))).toEqual(inWords(read(anew)));
          anew.close();
          store.close();
        },
      ),
      { numRuns: runs },
    );
  }, 600_000);

  it('says of any two dates who gained and who lost', async () => {
    await fc.assert(
      fc.asyncProperty(
        randomLog({ changes: 1, access: 8 }),
        order,
        fc.constantFrom(...zones),
        fc.shuffledSubarray(dates, { minLength: 2, maxLength: 2 }),
        async (log, files, zone, days) => {
          const [from, to] = days.sort() as [string, string];
          const [then, now] = [startOfDay(from, zone), startOfDay(dayAfter(to), zone)];
          const store = openTemporaryStore();
          await importLog(store, log, files);
          const scope = { kind: 'between', from, to } as const;
          const { rows, people } = readAccess(store, { ...settings, scope, zone }, everything);
          const touched = ledgerOf(log).filter(
            (row) => (row.from === null || row.from < now) && (row.to === null || row.to >= then),
          );
          const change = (row: Row) =>
            `${heldAt(row, then)}${heldAt(row, now)}`
              .replace('truetrue', 'kept')
              .replace('truefalse', 'lost')
              .replace('falsetrue', 'gained')
              .replace('falsefalse', 'passing');
          expect(rows.map((row) => [row.subject, row.right, row.change]).sort(byText)).toEqual(
            touched.map((row) => [row.subject, row.right, change(row)]).sort(byText),
          );
          const subjects = new Set(touched.map((row) => row.subject));
          const expected = [...subjects].sort().flatMap((subject) => {
            const rightsAt = (time: number) =>
              touched
                .filter((row) => row.subject === subject && heldAt(row, time))
                .map((row) => `${row.target} ${row.right}`)
                .sort();
            const [before, after] = [rightsAt(then), rightsAt(now)];
            if (before.length === 0 && after.length === 0) return [[subject, 'passing']];
            if (String(before) === String(after)) return [];
            return [[subject, before.length === 0 ? 'joiner' : after.length === 0 ? 'leaver' : 'mover']];
          });
          expect(people.map((one) => [one.subject, one.kind])).toEqual(expected);
          store.close();
        },
      ),
      { numRuns: runs },
    );
  }, 600_000);
});
