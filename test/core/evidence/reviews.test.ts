// The answers in a pack: the tables are what the reviews of the same log say, and what stands behind a
// population can be asked again.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readAccess } from '#core/access/answers.ts';
import { freezeAccess } from '#core/access/campaign.ts';
import { readChangedTracks } from '#core/changes/answers.ts';
import { createReviewReader, readKept } from '#core/engine/pack-reviews.ts';
import { remapImport } from '#core/ingest/remap.ts';
import type { Explanation } from '#core/model.ts';
import { usualSettings } from '#core/review-model.ts';
import { closeCampaign, decideEntries, readCampaign } from '#core/store/campaigns.ts';
import { openReview, type Store } from '#core/store/open.ts';
import {
  fixture,
  importInto,
  ironflockCsv,
  openTemporaryStore,
  temporaryFile,
  temporaryFolder,
} from '../../support/workspace.ts';
import { create, openSeeds, openWorkspace, parseCsv, readPackText, request } from './create.ts';
import { python } from './verifiers.ts';

type Listed = { id: string; csv: string; rows: number; filter: string; columns: { key: string }[] };

/** The rows of a table of a pack as objects by the keys of its columns. */
function rowsOf(folder: string, id: string): Record<string, string | null>[] {
  const listed = JSON.parse(readPackText(folder, 'data/30_query/reviews.json')) as Listed[];
  const table = listed.find((one) => one.id === id) as Listed;
  const [header = [], ...records] = parseCsv(readPackText(folder, table.csv));
  expect(header).toEqual(table.columns.map(({ key }) => key));
  expect(records).toHaveLength(table.rows);
  return records.map((record) => Object.fromEntries(record.map((cell, at) => [header[at] as string, cell])));
}

const everything = { first: 0, limit: Number.MAX_SAFE_INTEGER };
const quarter = { from: '2026-01-01', to: '2026-03-31', zone: 'UTC' };
const rightsOf = (store: Store, filter: string) => {
  const scope = { kind: 'between' as const, from: quarter.from, to: quarter.to };
  const asked = { ...usualSettings, scope, zone: 'UTC', filter, leavers: new Map() };
  return readAccess(store, asked, { ...everything, flag: null });
};

describe('the answers of a pack', () => {
  it('are those of the reviews for the same period', async () => {
    const store = await openSeeds();
    const { folder } = await create(store);
    const changes = { ...quarter, filter: '', hours: null, baseline: [] };
    const tracks = readChangedTracks(store, changes, { ...everything, result: null, exception: null });
    expect(tracks.total).toBeGreaterThan(100);
    expect(
      rowsOf(folder, 'R-03').map((row) => [row.targetId, row.field, row.valueFrom, row.valueTo, row.result]),
    ).toEqual(tracks.rows.map((row) => [row.targetId, row.field, row.valueFrom, row.valueTo, row.result]));
    const rights = rightsOf(store, '');
    expect(rights.total).toBeGreaterThan(100);
    expect(
      rowsOf(folder, 'R-01').map((row) => [
        row.subject,
        row.right,
        row.from,
        row.to,
        row.change,
        row.grantEvent,
      ]),
    ).toEqual(
      rights.rows.map((row) => [row.subject, row.right, row.from, row.to, row.change, row.grantEvent]),
    );
    expect(rowsOf(folder, 'R-02')).toHaveLength(rights.people.length);
  });

  it('list the breaks that were built into the fixture', async () => {
    const store = await openWorkspace(fixture('ironflock-export.csv'));
    const { folder, warnings } = await create(store);
    const { continuity } = JSON.parse(readFileSync(fixture('ironflock-export.expected.json'), 'utf8'));
    const breaks = rowsOf(folder, 'R-06');
    expect(breaks).toHaveLength(continuity.breaks.length);
    expect(warnings).toContainEqual(
      expect.stringMatching(`^Continuity of old and new values: ${breaks.length} breaks`),
    );
  });

  it('show days that no export spans, with what the officer says of them', async () => {
    const rows = ['2026-01-10T10:00:00Z,a,device,1,press,p,Name,,x,y'];
    const store = await openWorkspace(temporaryFile('short.csv', ironflockCsv(rows)));
    const bare = await create(store);
    const [before, after] = rowsOf(bare.folder, 'R-08');
    expect(before).toMatchObject({ kind: 'gap', from: '2026-01-01', to: '2026-01-09', explanation: null });
    expect(after).toMatchObject({ kind: 'gap', from: '2026-01-11', to: '2026-03-31', size: '80' });
    const note: Explanation = {
      id: 1,
      at: '2026-04-01T09:00:00.000Z',
      person: 'Nadia Öztürk',
      account: 'nadia',
      source: before?.source as string,
      kind: 'gap',
      key: '2026-01-01/2026-01-09',
      zone: 'UTC',
      note: 'The plant opened on 10 January.',
    };
    const reviews = createReviewReader(request(), {
      settings: usualSettings,
      explanations: [note],
      campaigns: [],
      exceptions: [],
      leavers: null,
    });
    const told = await create(store, {}, { reviews });
    expect(rowsOf(told.folder, 'R-08')[0]).toMatchObject({ explanation: note.note, by: note.person });
    // What was said is part of the recipe: another pack, not the same one with other content.
    expect(told.packId).not.toBe(bare.packId);
  });

  it('are narrowed by the pack’s filter where it speaks of them, and say where it does not', async () => {
    const store = await openSeeds();
    const byActor = await create(store, { filter: 'actor:user01@acme.example' });
    expect(rowsOf(byActor.folder, 'R-01')).toHaveLength(rightsOf(store, '').total);
    const bySource = await create(store, { filter: 'source:IronFlock' });
    expect(rowsOf(bySource.folder, 'R-01')).toHaveLength(rightsOf(store, 'source:IronFlock').total);
    const filterOf = (folder: string) =>
      (JSON.parse(readPackText(folder, 'data/30_query/reviews.json')) as Listed[]).map((one) => one.filter);
    expect(filterOf(byActor.folder)[0]).toBe('');
    expect(filterOf(bySource.folder)[0]).toBe('source:IronFlock');
  });

  it('depend on the settings of reviews, which the recipe names', async () => {
    const store = await openSeeds();
    const settings = { ...usualSettings, privileged: ['nothing'], dormantDays: 1 };
    const reviews = createReviewReader(request(), {
      settings,
      explanations: [],
      campaigns: [],
      exceptions: [],
      leavers: null,
    });
    const { folder, packId } = await create(store, {}, { reviews });
    expect(packId).not.toBe((await create(store)).packId);
    expect(JSON.parse(readPackText(folder, 'data/30_query/recipe.json')).reviews.settings).toEqual({
      hours: null,
      dormantDays: 1,
      privileged: ['nothing'],
    });
    expect(rowsOf(folder, 'R-01').filter(({ flags }) => flags?.includes('privileged'))).toEqual([]);
  });
});

describe('the access reviews of a pack', () => {
  it('tell each decision, and what the log shows of what was revoked', async () => {
    const store = await openSeeds();
    const review = openReview(temporaryFolder(), { mode: 'write' });
    onTestFinished(() => review.close());
    const asked = { name: 'Spring', at: '2026-01-31', zone: 'UTC', filter: '', person: 'Nadia' };
    const id = freezeAccess(store, review, asked, usualSettings);
    const { entries } = readCampaign(review, id);
    const numbers = entries.map(({ number }) => number);
    const [first = 0, ...others] = numbers;
    const by = { person: 'Omar' };
    decideEntries(review, id, { ...by, entries: others, decision: 'keep', note: '' });
    const open = await create(store, {}, { reviews: createReviewReader(request(), readKept(review)) });
    expect(rowsOf(open.folder, 'R-09')).toHaveLength(entries.length);
    expect(rowsOf(open.folder, 'R-09').filter(({ decision }) => decision === null)).toHaveLength(1);
    decideEntries(review, id, { ...by, entries: [first], decision: 'revoke', note: 'Left the plant.' });
    closeCampaign(review, id, 'Nadia');
    const closed = await create(store, {}, { reviews: createReviewReader(request(), readKept(review)) });
    expect(closed.packId).not.toBe(open.packId);
    const [revoked, ...kept] = rowsOf(closed.folder, 'R-09');
    expect(revoked).toMatchObject({ decision: 'revoke', note: 'Left the plant.', decidedBy: 'Omar' });
    expect(['proven', 'late', 'contradicted', 'waiting']).toContain(revoked?.proof);
    expect(kept.every(({ decision, proof }) => decision === 'keep' && proof === null)).toBe(true);
    const other = { from: '2026-02-15', to: '2026-03-31' };
    const later = await create(store, other, {
      reviews: createReviewReader(request(other), readKept(review)),
    });
    expect(rowsOf(later.folder, 'R-09')).toEqual([]);
  });
});

describe('a pack of a log whose mapping was corrected', () => {
  it('holds the events of the newest mapping alone, and names what was replaced', async () => {
    const folder = temporaryFolder();
    const writer = openTemporaryStore(folder);
    await importInto(writer, fixture('ironflock-export.csv'));
    await remapImport(writer, 1, {
      preset: null,
      zone: 'Europe/Berlin',
      dates: null,
      signal: new AbortController().signal,
      progress: () => {},
    });
    const pack = await create(writer);
    expect(pack.events).toBe(1500);
    expect(pack.warnings.filter((warning) => warning.startsWith('Check failed'))).toEqual([]);
    const [header, ...replaced] = parseCsv(readPackText(pack.folder, 'data/20_sources/replaced.csv'));
    expect(header?.[0]).toBe('import');
    expect(replaced.map(([id, source]) => [id, source])).toEqual([['1', 'IronFlock']]);
    expect(python(pack.folder).status).toBe(0);
  });
});

describe('the SQL of a pack', () => {
  it('asked again of the log gives the rows of each population', async () => {
    const store = await openSeeds();
    const { folder } = await create(store, { filter: 'source:IronFlock' });
    const populations = JSON.parse(readPackText(folder, 'data/30_query/populations.json')) as {
      id: string;
      rows: number;
      sql: string;
      parameters: (string | number)[];
    }[];
    expect(populations).toHaveLength(10);
    for (const { id, rows, sql, parameters } of populations) {
      expect(store.db.prepare(sql).all(...parameters), id).toHaveLength(rows);
      expect(readFileSync(join(folder, `data/30_query/sql/${id}.sql`), 'utf8')).toContain(sql);
    }
  });
});
