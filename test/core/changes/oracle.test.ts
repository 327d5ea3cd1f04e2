import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ownColumns } from '#core/browse/columns-access.ts';
import { createTally } from '#core/browse/tally.ts';
import { readChangedTracks, readChangeSummary, readStatePage } from '#core/changes/answers.ts';
import type { BaselineValue } from '#core/changes/baseline.ts';
import { testContinuity } from '#core/completeness/continuity.ts';
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
const everything = { first: 0, limit: 1000 };

/** Tracks as product.md says them: events with a value, rights of a subject apart, mere activity apart. */
function tracksOf(log: PlainLog): PlainEvent[][] {
  const tracks = new Map<string, PlainEvent[]>();
  for (const one of log.events) {
    const { aspect, subject, old_value, new_value } = one.cells;
    if (aspect === 'Remote access' || (aspect === 'Privilege changes' && subject !== '')) continue;
    if (old_value === '' && new_value === '') continue;
    const key = JSON.stringify([targetOf(one), aspect]);
    tracks.set(key, [...(tracks.get(key) ?? []), one]);
  }
  return [...tracks.values()].map(inOrder);
}

function valueAt(
  track: PlainEvent[],
  time: number,
  baseline: readonly BaselineValue[] = [],
  names: ReadonlySet<string> = new Set(),
) {
  const before = track.filter((one) => one.time < time).at(-1);
  const after = track.find((one) => one.time >= time);
  if (before?.cells.new_value) return { value: before.cells.new_value, certainty: 'asserted', event: before };
  if (after?.cells.old_value) return { value: after.cells.old_value, certainty: 'inferred', event: after };
  const known = baseline
    .filter((one) => names.has(one.target) && one.field === track[0]?.cells.aspect && one.time < time)
    .sort((a, b) => b.time - a.time)[0];
  if (known && (!before || known.time > before.time))
    return { value: known.value, certainty: 'baseline', event: null };
  return { value: null, certainty: 'unknown', event: null };
}

/** Whatever the target was ever called. */
function namesOf(log: PlainLog, track: PlainEvent[]): Set<string> {
  const key = ({ cells }: PlainEvent) =>
    JSON.stringify([cells.asset_type, cells.asset_key || cells.asset_name]);
  const same = log.events.filter((one) => key(one) === key(track[0] as PlainEvent));
  return new Set(same.flatMap(({ cells }) => [cells.asset_key, cells.asset_name]));
}

const byText = (a: unknown, b: unknown) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
const order = fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 });

describe('a change review', () => {
  it('agrees with a plain reading of any log, in whatever order its files came', async () => {
    await fc.assert(
      fc.asyncProperty(
        randomLog({ changes: 8, access: 1 }),
        order,
        fc.constantFrom(...zones),
        fc.shuffledSubarray(dates, { minLength: 2, maxLength: 2 }),
        async (log, files, zone, days) => {
          const [from, to] = days.sort() as [string, string];
          const bounds = [startOfDay(from, zone), startOfDay(dayAfter(to), zone)] as const;
          const store = openTemporaryStore();
          const uids = await importLog(store, log, files);
          const request = { filter: '', from, to, zone, hours: null, baseline: [] };
          const page = { ...everything, result: null, exception: null };
          const { rows, total } = readChangedTracks(store, request, page);
          const expected = tracksOf(log).flatMap((track) => {
            const within = track.filter((one) => one.time >= bounds[0] && one.time < bounds[1]);
            if (within.length === 0) return [];
            const [then, now] = [valueAt(track, bounds[0]), valueAt(track, bounds[1])];
            const isUnknown = then.value === null || now.value === null;
            const last = within.at(-1) as PlainEvent;
            return {
              source: last.source,
              targetType: last.cells.asset_type,
              targetId: last.cells.asset_key || null,
              targetName: last.cells.asset_name || null,
              field: last.cells.aspect,
              valueFrom: then.value,
              certaintyFrom: then.certainty,
              valueTo: now.value,
              certaintyTo: now.certainty,
              changes: within.length,
              result: isUnknown ? 'unknown' : then.value === now.value ? 'reverted' : 'changed',
              actors: [...new Set(within.map((one) => one.cells.user))].sort(),
              firstEvent: within[0]?.n,
              lastEvent: last.n,
            };
          });
          const found = rows.map(({ firstTime, lastTime, exceptions, breaks, ...row }) => ({
            ...row,
            firstEvent: uids.get(row.firstEvent),
            lastEvent: uids.get(row.lastEvent),
          }));
          expect(found.sort(byText)).toEqual(expected.sort(byText));
          expect(total).toBe(expected.length);
          const { balance, activity, days: byDay } = readChangeSummary(store, request);
          const inPeriod = log.events.filter((one) => one.time >= bounds[0] && one.time < bounds[1]);
          expect(balance.events).toBe(inPeriod.length);
          expect(balance.inTracks).toBe(expected.reduce((sum, row) => sum + row.changes, 0));
          expect(activity.reduce((sum, one) => sum + one.count, 0)).toBe(
            inPeriod.filter(
              ({ cells }) =>
                cells.aspect === 'Remote access' ||
                // An event nobody knows is a change only where it has values.
                (cells.aspect === 'Frobnicated' && cells.old_value === '' && cells.new_value === ''),
            ).length,
          );
          expect(balance.withoutValue).toBe(
            inPeriod.filter(
              ({ cells }) =>
                cells.old_value === '' &&
                cells.new_value === '' &&
                !['Remote access', 'Frobnicated'].includes(cells.aspect) &&
                !(cells.aspect === 'Privilege changes' && cells.subject !== ''),
            ).length,
          );
          expect(byDay.reduce((sum, one) => sum + one.count, 0)).toBe(balance.inTracks);

          // With the columns in memory the figures and rows are the same, also under a filter.
          const columns = ownColumns();
          await columns.soon(store, { signal: new AbortController().signal, progress: () => {} });
          const tally = createTally(store, columns);
          expect(tally.countKinds(request)?.all.reduce((sum, one) => sum + one, 0)).toBe(inPeriod.length);
          for (const filter of ['', 'category:access', 'actor:ann*', '-']) {
            const asked = { ...request, filter };
            const plain = [readChangeSummary(store, asked), readChangedTracks(store, asked, page)];
            const again = openStore(store.folder, { mode: 'read' });
            const fast = { ...asked, tally: createTally(again, columns) };
            expect([readChangeSummary(again, fast), readChangedTracks(again, fast, page)]).toEqual(plain);
            again.close();
          }
          store.close();
        },
      ),
      { numRuns: runs },
    );
  }, 600_000);

  it('knows of any log what the state was, with a baseline for what the log does not reach', async () => {
    const line = fc.record({
      source: fc.constant(null),
      type: fc.constant(null),
      target: fc.constantFrom('1', '2', 'one', 'nowhere'),
      field: fc.constantFrom('Name', 'Image'),
      value: fc.constantFrom('a', 'base'),
      time: fc.nat(96 * 4).map((quarter) => Date.UTC(2026, 2, 27, 11) + quarter * 900_000 + 1),
    });
    await fc.assert(
      fc.asyncProperty(
        randomLog({ changes: 8, access: 1 }),
        order,
        fc.constantFrom(...zones),
        fc.constantFrom(...dates),
        fc.uniqueArray(line, { maxLength: 4, selector: (one) => one.time }),
        async (log, files, zone, at, baseline) => {
          const time = startOfDay(dayAfter(at), zone);
          const store = openTemporaryStore();
          const uids = await importLog(store, log, files);
          const { rows } = readStatePage(store, { at, zone, filter: '', baseline }, everything);
          const tracks = tracksOf(log);
          const expected = tracks.map((track) => {
            const { value, certainty, event } = valueAt(track, time, baseline, namesOf(log, track));
            return [targetOf(track[0] as PlainEvent), track[0]?.cells.aspect, value, certainty, event?.n];
          });
          const found = rows.flatMap((row) =>
            row.source === ''
              ? []
              : [
                  [
                    JSON.stringify([row.source, row.targetType, row.targetId ?? row.targetName ?? '']),
                    row.field,
                    row.value,
                    row.certainty,
                    row.event === null ? undefined : uids.get(row.event),
                  ],
                ],
          );
          expect(found.sort(byText)).toEqual(expected.sort(byText));
          store.close();
        },
      ),
      { numRuns: runs },
    );
  }, 600_000);
});

describe('the continuity test', () => {
  it('agrees with a plain reading of any log of several overlapping files', async () => {
    await fc.assert(
      fc.asyncProperty(randomLog({ changes: 8, access: 1 }), order, async (log, files) => {
        const store = openTemporaryStore();
        const uids = await importLog(store, log, files);
        const expected = { tested: 0, consistent: 0, untestable: 0, breaks: [] as unknown[] };
        for (const track of tracksOf(log)) {
          for (const [at, later] of track.entries()) {
            const earlier = track[at - 1];
            if (!earlier) continue;
            const [was, is] = [earlier.cells.new_value, later.cells.old_value];
            if (was === '' || is === '') expected.untestable += 1;
            else {
              expected.tested += 1;
              if (was === is) expected.consistent += 1;
              else expected.breaks.push([earlier.n, later.n, was, is]);
            }
          }
        }
        const { sources, ...report } = testContinuity(store);
        expect({
          ...report,
          breaks: report.breaks
            .map((one) => [uids.get(one.earlier), uids.get(one.later), one.expected, one.found])
            .sort(byText),
        }).toEqual({ ...expected, breaks: expected.breaks.sort(byText) });
        store.close();
      }),
      { numRuns: runs },
    );
  }, 600_000);
});
