// Whatever the files, their overlap and the moment: once its wrong mapping is corrected, a log answers like one whose
// files were mapped rightly from the start.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readAccess } from '#core/access/answers.ts';
import { readChangedTracks, readChangeSummary, readStatePage } from '#core/changes/answers.ts';
import { testContinuity } from '#core/completeness/continuity.ts';
import { readCoverage } from '#core/completeness/coverage.ts';
import { remapImport } from '#core/ingest/remap.ts';
import { type MappingField, ownDraft, setField } from '#core/mapping/draft-preset.ts';
import { loadPresets, type Preset, type Variant } from '#core/mapping/preset.ts';
import { countEvents, eachEvent, groupEvents } from '#core/query/events.ts';
import { listImports } from '#core/store/imports.ts';
import type { Store } from '#core/store/open.ts';
import { verifyFailures } from '../../support/log-content.ts';
import { importLog, type PlainLog, randomLog } from '../../support/random-log.ts';
import { openTemporaryStore, query } from '../../support/workspace.ts';

const runs = Number(process.env.EXHIBIT_RUNS ?? 40);
const ironflock = loadPresets().find(({ id }) => id === 'ironflock') as Preset;
const right = ownDraft(ironflock, ironflock.variants.find(({ format }) => format === 'csv') as Variant);
const without = (field: MappingField, name: string) => setField(right, field, name, []);
/** Another actor, other targets, other fields, swapped values, and no times at all: then every record is rejected. */
const wrongs = [
  without('actor', 'project'),
  without('targetId', 'asset_name'),
  without('action', 'asset_type'),
  setField(without('oldValue', 'new_value'), 'newValue', 'old_value', []),
  without('time', 'user'),
];

it('gives the answers of a log that was mapped rightly from the start', async () => {
  await fc.assert(
    fc.asyncProperty(
      randomLog({ changes: 3, access: 3 }),
      fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 }),
      fc.array(fc.nat(wrongs.length), { minLength: 6, maxLength: 6 }),
      fc.integer({ min: 1, max: 6 }),
      async (log, order, mappings, early) => {
        const expected = openTemporaryStore();
        await importLog(expected, log, order, { mappingOf: () => right });
        const store = openTemporaryStore();
        const mappingOf = (file: number) => wrongs[mappings[file] as number] ?? right;
        await bring(store, log, order.slice(0, early), mappingOf);
        await correct(store);
        await bring(store, log, order.slice(early), mappingOf);
        await correct(store);
        expect(answers(store)).toEqual(answers(expected));
        expect(await verifyFailures(store)).toEqual([]);
      },
    ),
    { numRuns: runs },
  );
}, 600_000);

const bring = (store: Store, log: PlainLog, order: readonly number[], mappingOf: (file: number) => Preset) =>
  importLog(store, log, order, { mappingOf });

/** Maps again whatever was mapped wrongly, in the order of its imports. */
async function correct(store: Store): Promise<void> {
  const signal = new AbortController().signal;
  for (const { id, replacedBy } of listImports(store).toReversed()) {
    if (replacedBy) continue;
    const before = listImports(store)[0]?.id as number;
    await remapImport(store, id, { preset: right, zone: null, dates: null, signal, progress: () => {} }).then(
      (report) => {
        expect(report.id).toBe(before + 1);
        expect(report.read).toBe(report.imported + report.duplicates + report.rejected);
      },
      (error: Error) => expect(error.message).toContain('is mapped just so already'),
    );
  }
}

/** All that a log answers, without what tells imports apart. */
function answers(store: Store): unknown {
  const period = { from: '2026-03-27', to: '2026-03-29', zone: 'Europe/Berlin' };
  const review = { ...period, filter: '', baseline: [], hours: null };
  const page = { first: 0, limit: 10_000 };
  const access = {
    scope: { kind: 'ledger' as const },
    zone: 'UTC',
    filter: '',
    leavers: new Map(),
    hours: null,
    dormantDays: 1,
    privileged: ['admin'],
  };
  const events = [...eachEvent(store, query(), 'oldest')]
    .map(({ import: _import, row: _row, ...event }) => ({ ...event, uid: plain(event.uid) }))
    .sort((a, b) => (a.uid < b.uid ? -1 : 1));
  const coverage = readCoverage(store, period).sources.map(({ source, days }) => ({
    source,
    days: days.map(({ day, events: count, status }) => ({ day, events: count, status })),
  }));
  const told = {
    counts: (['category', 'action', 'actor', 'target', 'source', 'day'] as const).map((by) =>
      groupEvents(store, query(), by),
    ),
    found: ['actor:ann', 'b', 'category:access'].map((filter) => countEvents(store, query({ filter }))),
    summary: readChangeSummary(store, review),
    changes: readChangedTracks(store, review, { ...page, result: null, exception: null }),
    state: readStatePage(store, { at: '2026-03-28', zone: 'UTC', filter: '', baseline: [] }, page),
    access: readAccess(store, access, { ...page, flag: null }),
    continuity: testContinuity(store, 1000),
  };
  return { events, coverage, told: JSON.parse(plain(JSON.stringify(told))) as unknown };
}

/** Without which mapping of a record it is. */
const plain = (text: string): string => text.replace(/\b([a-z2-7]{16}[.\d-]*)~\d+/g, '$1');
