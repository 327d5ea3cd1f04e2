import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Store } from '#core/store/open.ts';
import { readTracks } from '#core/store/tracks.ts';
import { importInto, ironflockCsv, openTemporaryStore, temporaryFile } from '../../support/workspace.ts';

/** Each track with its events as their values say them, in their order. */
function readAll(store: Store): unknown[] {
  const { tracks, trackOrder, placeOfTrack, fieldOf } = readTracks(store);
  const valuesOf = store.db.prepare('SELECT old_value, new_value FROM record WHERE event_id = ?').raw();
  return [...trackOrder].map((track) => [
    placeOfTrack(track).source,
    placeOfTrack(track).key,
    fieldOf(track),
    ...[...tracks.ids.subarray(tracks.starts[track], tracks.starts[track + 1])].map((id) => valuesOf.get(id)),
  ]);
}

const row = (minute: number, key: number, n: number) =>
  `2026-01-05T10:0${minute}:00Z,a,device,${key},n,p,Name,,old ${n},new ${n}`;

describe('tracks', () => {
  it('are the same in whatever order overlapping files with equal times were imported', async () => {
    const log = fc.array(
      fc.record({ minute: fc.nat(2), key: fc.nat(1), files: fc.integer({ min: 1, max: 7 }) }),
      {
        minLength: 1,
        maxLength: 12,
      },
    );
    await fc.assert(
      fc.asyncProperty(log, fc.boolean(), async (events, isNewestFirst) => {
        // One true order; each of three files holds a part of it, and a part may be in several.
        const ordered = events
          .map((one, n) => ({ ...one, n }))
          .sort((a, b) => a.minute - b.minute || a.n - b.n);
        const files = [1, 2, 4].map((file) => {
          const held = ordered.filter((one) => one.files & file);
          const rows = held.map((one) => row(one.minute, one.key, one.n));
          const hasOrder = new Set(held.map((one) => one.minute)).size > 1;
          return temporaryFile(
            `${file}.csv`,
            ironflockCsv(isNewestFirst && hasOrder ? rows.toReversed() : rows),
          );
        });
        const answers: unknown[] = [];
        for (const order of [files, files.toReversed(), [files[1], files[0], files[2]]]) {
          const store = openTemporaryStore();
          // A file without records is refused and holds nothing either way.
          for (const file of order as string[]) await importInto(store, file).catch(() => {});
          answers.push(readAll(store));
          store.close();
        }
        expect(answers[1]).toEqual(answers[0]);
        expect(answers[2]).toEqual(answers[0]);
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it('carry on where they were when the log grows', async () => {
    const store = openTemporaryStore();
    await importInto(store, temporaryFile('b.csv', ironflockCsv([row(3, 1, 3), row(5, 2, 5), row(6, 1, 6)])));
    readAll(store);
    await importInto(store, temporaryFile('a.csv', ironflockCsv([row(1, 1, 1), row(4, 1, 4), row(7, 3, 7)])));
    const names = (numbers: number[]) => numbers.map((n) => [`old ${n}`, `new ${n}`]);
    expect(readAll(store)).toEqual([
      ['IronFlock', '1', 'Name', ...names([1, 3, 4, 6])],
      ['IronFlock', '2', 'Name', ...names([5])],
      ['IronFlock', '3', 'Name', ...names([7])],
    ]);
  });
});
