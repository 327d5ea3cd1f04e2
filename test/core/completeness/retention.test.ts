import { expect, it } from 'vitest';
import { readRetention } from '#core/completeness/retention.ts';
import { emptyDraft, finishDraft, nameDraft, setField, setRetention } from '#core/mapping/draft-preset.ts';
import { addSync } from '#core/store/syncs.ts';
import { fixture, importInto, openTemporaryStore, temporaryFile } from '../../support/workspace.ts';

it('counts down to the last day on which an export still joins on, where the vendor says how long it keeps', async () => {
  const store = openTemporaryStore();
  await importInto(store, fixture('flowtriq-export.csv'));
  await importInto(store, fixture('ironflock-export.csv'));
  // The newest Flowtriq record is of 31 March 17:40; ninety days later it is gone.
  const at = (now: string) => readRetention(store, Date.parse(now)).find((one) => one.source === 'Flowtriq');
  expect(at('2026-04-10T12:00:00Z')).toMatchObject({
    retentionDays: 90,
    exportBy: '2026-06-28',
    daysLeft: 79,
  });
  expect(at('2026-04-10T12:00:00Z')).toMatchObject({ vendorFrom: '2026-01-10T12:00:00.000Z', lost: null });
  expect(at('2026-07-10T00:00:00Z')?.lost).toEqual({
    from: '2026-03-31T17:40:41.000Z',
    until: '2026-04-11T00:00:00.000Z',
  });
  // A sync that settled later says more than the newest record.
  addSync(store.db, null, {
    source: 'Flowtriq',
    feed: 'a',
    object: null,
    version: null,
    at: 1,
    settledUntil: Date.parse('2026-04-10T00:00:00Z'),
    detail: '{}',
  });
  expect(at('2026-04-10T12:00:00Z')).toMatchObject({
    settledUntil: '2026-04-10T00:00:00.000Z',
    exportBy: '2026-07-08',
  });
});

it('counts down from the newest record where nothing is synced', async () => {
  const store = openTemporaryStore();
  await importInto(store, fixture('flowtriq-export.csv'));
  await importInto(store, fixture('ironflock-export.csv'));
  const at = (now: string) => readRetention(store, Date.parse(now)).find((one) => one.source === 'Flowtriq');
  expect(at('2026-06-28T12:00:00Z')?.daysLeft).toBe(0);
  expect(at('2026-06-29T12:00:00Z')?.daysLeft).toBe(-1);
  expect(readRetention(store, 0).find((one) => one.source === 'IronFlock')).toMatchObject({
    retentionDays: null,
    exportBy: null,
    daysLeft: null,
  });
});

it('counts down for a mapping of a person, too, by the days they know of', async () => {
  const store = openTemporaryStore();
  const names = ['when', 'what'];
  const read = setField(setField(emptyDraft('csv', names), 'time', 'when', []), 'action', 'what', []);
  const file = temporaryFile('gates.csv', 'when,what\n2026-03-01T10:00:00Z,opened\n');
  for (const [vendor, days] of [
    ['Gates', 30],
    ['Doors', null],
  ] as const) {
    const preset = finishDraft(nameDraft(setRetention(read, days), vendor), names);
    await importInto(store, file, { preset: JSON.stringify(preset) });
  }
  expect(readRetention(store, Date.parse('2026-03-10T12:00:00Z'))).toMatchObject([
    { source: 'Doors', retentionDays: null, exportBy: null },
    {
      source: 'Gates',
      retentionDays: 30,
      retention: '30 days, as the person who mapped it says',
      exportBy: '2026-03-30',
      daysLeft: 20,
    },
  ]);
});
