// Mapping an import again from the raw records in the log, when its mapping was wrong.

import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ownColumns } from '#core/browse/columns-access.ts';
import { readChoices, readDetail } from '#core/browse/detail.ts';
import { readTotal } from '#core/browse/windows.ts';
import { remapImport } from '#core/ingest/remap.ts';
import {
  emptyDraft,
  finishDraft,
  type MappingField,
  nameDraft,
  setField,
  setZone,
} from '#core/mapping/draft-preset.ts';
import type { Preset } from '#core/mapping/preset.ts';
import type { ImportReport } from '#core/model.ts';
import { countEvents, eachEvent, groupEvents } from '#core/query/events.ts';
import { addAnnotation, listAnnotations, listVersions } from '#core/store/annotations.ts';
import { listDuplicates, listImports, listSources } from '#core/store/imports.ts';
import { openReview, type Store } from '#core/store/open.ts';
import { readTracks } from '#core/store/tracks.ts';
import { exhibit, exhibitJson, startExhibit } from '../../support/command-line.ts';
import { verifyFailures } from '../../support/log-content.ts';
import {
  importInto,
  openTemporaryStore,
  query,
  temporaryFile,
  temporaryFolder,
} from '../../support/workspace.ts';

const names = ['when', 'who', 'boss', 'what', 'thing', 'was', 'is'];
const rightFields: Partial<Record<MappingField, string>> = {
  time: 'when',
  action: 'what',
  actor: 'who',
  targetName: 'thing',
  oldValue: 'was',
  newValue: 'is',
};

function mapping(
  fields: Partial<Record<MappingField, string | null>> = {},
  zone: string | null = 'UTC',
): Preset {
  let draft = emptyDraft('csv', names);
  for (const [field, name] of Object.entries({ ...rightFields, ...fields }))
    draft = setField(draft, field as MappingField, name, []);
  return setZone(finishDraft(nameDraft(draft, 'Gates'), names), zone);
}

/** Rows of an export: hour, who, what it was and is; the boss is always eve. */
const csv = (rows: readonly string[]) => temporaryFile('gates.csv', `${names.join()}\n${rows.join('\n')}\n`);
const row = (hour: number, who: string, was: string, is: string) =>
  `2026-03-01 ${String(hour).padStart(2, '0')}:00,${who},eve,Opened,gate,${was},${is}`;
const rows = [row(1, 'ann', 'a', 'b'), row(2, 'bob', 'b', 'c'), row(3, 'ann', 'c', 'd')];

const bring = (store: Store, path: string, preset: Preset): Promise<ImportReport> =>
  importInto(store, path, { preset: JSON.stringify(preset), source: 'Gates' });

const again = (
  store: Store,
  id: number,
  preset: Preset | null,
  more: { zone?: string; signal?: AbortSignal; progress?: () => void } = {},
): Promise<ImportReport> =>
  remapImport(store, id, {
    preset,
    zone: more.zone ?? null,
    dates: null,
    signal: more.signal ?? new AbortController().signal,
    progress: more.progress ?? (() => {}),
  });

const actors = (store: Store) =>
  Object.fromEntries(groupEvents(store, query(), 'actor').groups.map(({ key, count }) => [key, count]));
const stored = (store: Store) => store.db.prepare('SELECT count(*) FROM stored_event').pluck().get();

const wrong = mapping({ actor: 'boss' });
const right = mapping();

describe('an import that is mapped again', () => {
  it('is replaced: every answer has the new events, the log has both', async () => {
    const store = openTemporaryStore();
    await bring(store, csv(rows), wrong);
    const old = [...eachEvent(store, query(), 'oldest')];
    const columns = ownColumns();
    const waiting = { signal: new AbortController().signal, progress: () => {} };
    expect((await columns.soon(store, waiting)).length).toBe(3);
    expect(readTracks(store).tracks.ids).toHaveLength(3);
    expect(actors(store)).toEqual({ eve: 3 });

    const report = await again(store, 1, right);
    expect(report).toMatchObject({ id: 2, remaps: 1, read: 3, imported: 3, duplicates: 0, rejected: 0 });
    expect(actors(store)).toEqual({ ann: 2, bob: 1 });
    expect(countEvents(store, query({ filter: 'actor:eve' }))).toBe(0);
    expect(columns.now(store)).toBeNull();
    const grown = await columns.soon(store, waiting);
    expect(readTotal(store, grown, query())).toBe(3);
    expect([...grown.id.subarray(0, 3)]).toEqual([4, 5, 6]);
    expect([...readTracks(store).tracks.ids]).toEqual([4, 5, 6]);
    expect(listSources(store)).toMatchObject([{ events: 3, imports: 1, preset: 'own-gates' }]);
    expect(
      listImports(store).map(({ id, remaps, replacedBy }) => [id, remaps, replacedBy?.import ?? null]),
    ).toEqual([
      [2, 1, null],
      [1, null, 2],
    ]);
    expect(stored(store)).toBe(6);
    expect(await verifyFailures(store)).toEqual([]);

    const now = [...eachEvent(store, query(), 'oldest')];
    expect(now.map(({ uid }) => uid)).toEqual(old.map(({ uid }) => `${uid}~2`));
    expect(now.map(({ raw, row }) => [raw, row])).toEqual(old.map(({ raw, row }) => [raw, row]));
    const before = readDetail(store, old[0]?.uid as string);
    expect(before.event.actor).toBe('eve');
    expect(before.provenance.replacedBy?.import).toBe(2);
    const after = readDetail(store, now[0]?.uid as string);
    expect(after.event.actor).toBe('ann');
    expect(after.provenance.replacedBy).toBeNull();
    expect(after.rawText).toBe(before.rawText);
    expect(store.db.prepare('SELECT count(raw) FROM stored_record').pluck().get()).toBe(3);
  });

  it('can be mapped again and again, and each time only the last one counts', async () => {
    const store = openTemporaryStore();
    await bring(store, csv(rows), wrong);
    await again(store, 1, right);
    await again(store, 2, wrong);
    const last = await again(store, 3, right, { zone: 'Europe/Berlin' });
    expect(last).toMatchObject({ id: 4, remaps: 3 });
    const events = [...eachEvent(store, query(), 'oldest')];
    expect(events.map(({ time, actor }) => [time.slice(11, 13), actor])).toEqual([
      ['00', 'ann'],
      ['01', 'bob'],
      ['02', 'ann'],
    ]);
    expect(events.every(({ uid }) => uid.endsWith('~4'))).toBe(true);
    expect(store.db.prepare('SELECT count(raw) FROM stored_record').pluck().get()).toBe(3);
    expect(await verifyFailures(store)).toEqual([]);
    expect(listSources(store)).toMatchObject([{ zone: 'Europe/Berlin', events: 3 }]);
  });

  it('is not mapped again itself, nor what is not there, nor as it is already', async () => {
    const store = openTemporaryStore();
    await bring(store, csv(rows), wrong);
    await again(store, 1, right);
    await expect(again(store, 1, wrong)).rejects.toThrow(
      /^Import 1 counts no more: import 2 replaced it on \d{4}-\d\d-\d\d\. Map import 2 again instead\.$/,
    );
    await expect(again(store, 9, right)).rejects.toThrow('There is no import 9 in this workspace.');
    await expect(again(store, 2, right)).rejects.toThrow('is mapped just so already');
    await expect(
      again(store, 2, { ...right, variants: [{ ...right.variants[0], requires: ['color'] }] } as Preset),
    ).rejects.toThrow('lack what this mapping asks for: color');
    expect(stored(store)).toBe(6);
  });

  it('loses no record when the mapping makes fewer of them events, and finds rejected ones again', async () => {
    const store = openTemporaryStore();
    const some = [...rows, row(4, 'cid', 'd', '').replace('2026-03-01 04:00', ''), 'ragged,row'];
    const first = await bring(store, csv(some), right);
    expect(first).toMatchObject({ read: 5, imported: 3, rejected: 2 });
    const none = mapping({ time: 'was' });
    const second = await again(store, 1, none);
    expect(second).toMatchObject({ read: 5, imported: 0, rejected: 5 });
    expect(second.rejections.map(({ row }) => row)).toEqual([2, 3, 4, 5, 6]);
    expect(countEvents(store, query())).toBe(0);
    const third = await again(store, 2, right);
    expect(third).toMatchObject({ read: 5, imported: 3, rejected: 2 });
    expect(third.rejections).toEqual(first.rejections);
    expect(actors(store)).toEqual({ ann: 2, bob: 1 });
    expect(await verifyFailures(store)).toEqual([]);
  });

  it('leaves duplicates to the imports that hold them, and is found by later ones', async () => {
    const store = openTemporaryStore();
    const [one, two, three] = rows as [string, string, string];
    const four = row(4, 'dan', 'd', 'e');
    await bring(store, csv([one]), wrong);
    await bring(store, csv([one, two, two, three]), wrong);
    await bring(store, csv([two, three, four]), wrong);
    const report = await again(store, 2, right);
    expect(report).toMatchObject({ id: 4, read: 4, imported: 3, duplicates: 1 });
    expect(report.firstTime).toBe('2026-03-01T01:00:00.000Z');
    expect(actors(store)).toEqual({ eve: 2, bob: 2, ann: 1 });
    expect(listDuplicates(store, 4)).toEqual([{ import: 1, file: 'gates.csv', events: 1 }]);
    expect(listDuplicates(store, 3)).toEqual([{ import: 4, file: 'gates.csv', events: 2 }]);
    const whole = await bring(store, csv([one, two, two, two, three, four]), right);
    expect(whole).toMatchObject({ read: 6, imported: 1, duplicates: 5 });
    expect(await verifyFailures(store)).toEqual([]);
  });

  it('gives way to a later import that brought what it had rejected', async () => {
    const store = openTemporaryStore();
    await bring(store, csv(rows), mapping({ time: 'was' }));
    const held = await bring(store, csv(rows.slice(0, 2)), right);
    expect(held).toMatchObject({ imported: 2 });
    expect(await again(store, 1, right)).toMatchObject({ read: 3, imported: 1, duplicates: 2, rejected: 0 });
    expect(actors(store)).toEqual({ ann: 2, bob: 1 });
    expect(await verifyFailures(store)).toEqual([]);
  });

  it('has uids of its own when what it no longer holds comes again', async () => {
    const store = openTemporaryStore();
    await bring(store, csv(rows), right);
    await again(store, 1, mapping({ time: 'was' }));
    const back = await bring(store, csv(rows), right).catch((error: Error) => error.message);
    expect(back).toMatchObject({ imported: 3, duplicates: 0 });
    const uids = [...eachEvent(store, query(), 'oldest')].map(({ uid }) => uid);
    expect(uids.every((uid) => uid.endsWith('~2'))).toBe(true);
    const all = store.db.prepare('SELECT count(DISTINCT uid_key || version) FROM stored_event').pluck().get();
    expect(all).toBe(6);
    expect(await verifyFailures(store)).toEqual([]);
  });

  it('keeps the notes on its events', async () => {
    const store = openTemporaryStore();
    await bring(store, csv(rows), wrong);
    const review = openReview(store.folder, { mode: 'write' });
    onTestFinished(() => review.close());
    const [first] = [...eachEvent(store, query(), 'oldest')];
    const said = { note: 'Asked Ann.', tags: ['asked'], person: 'Maria Fernandez' };
    addAnnotation(review, { event: first?.uid as string, ...said });
    await again(store, 1, right);
    const [found, ...more] = [...eachEvent(store, query({ filter: 'tag:asked' }), 'oldest')];
    expect([found?.actor, more]).toEqual(['ann', []]);
    expect(listVersions(review, found?.uid as string)).toMatchObject([said]);
    addAnnotation(review, { event: found?.uid as string, ...said, note: 'Ann knows.' });
    expect(listAnnotations(review)).toMatchObject([{ note: 'Ann knows.' }]);
  });

  it('offers the words of the new mapping alone', async () => {
    const store = openTemporaryStore();
    await bring(store, csv(rows), mapping({ actor: 'boss', action: 'who' }));
    await again(store, 1, right);
    expect(readChoices(store)).toMatchObject({ actions: ['Opened'], actors: ['ann', 'bob'] });
  });

  it('leaves the log as it was when it is cancelled in the middle', async () => {
    const store = openTemporaryStore();
    const many = Array.from({ length: 5000 }, (_, at) => row(at % 24, `p${at}`, `${at}`, `${at + 1}`));
    await bring(store, csv(many), wrong);
    const stop = new AbortController();
    let calls = 0;
    const progress = () => {
      calls += 1;
      if (calls === 3) stop.abort();
    };
    await expect(again(store, 1, right, { signal: stop.signal, progress })).rejects.toThrow(
      'Mapping import 1 again was cancelled. The log is as it was.',
    );
    expect(stored(store)).toBe(5000);
    expect(actors(store)).toEqual({ eve: 5000 });
    expect(await verifyFailures(store)).toEqual([]);
    expect(await again(store, 1, right)).toMatchObject({ imported: 5000 });
    expect(countEvents(store, query({ filter: 'actor:eve' }))).toBe(0);
  });
});

describe('the command line', () => {
  const folderWith = (path: string) => {
    const folder = temporaryFolder();
    const preset = temporaryFile('wrong.json', JSON.stringify(wrong));
    expect(exhibit(['import', path, '-w', folder, '--preset', preset, '--source', 'Gates']).exit).toBe(0);
    return folder;
  };

  it('maps imports again, and says which they replace', () => {
    const folder = folderWith(csv(rows));
    const preset = temporaryFile('right.json', JSON.stringify(right));
    const { imports } = exhibitJson<{ imports: ImportReport[] }>(
      'remap',
      '1',
      '-w',
      folder,
      '--preset',
      preset,
    );
    expect(imports).toMatchObject([{ id: 2, remaps: 1, read: 3, imported: 3, file: 'gates.csv' }]);
    expect(exhibitJson<object>('count', '-w', folder, '--by', 'actor')).toMatchObject({
      groups: [
        { key: 'ann', count: 2 },
        { key: 'bob', count: 1 },
      ],
    });
    expect(exhibitJson<{ ok: boolean }>('verify', '-w', folder).ok).toBe(true);
    const text = exhibit(['remap', '2', '-w', folder, '--zone', 'Europe/Berlin']).out;
    expect(text).toContain('gates.csv → Gates (import 3, in place of import 2): 3 read = 3 imported');
    const refused = exhibit(['remap', '1', '-w', folder, '--preset', preset]);
    expect([refused.exit, refused.err]).toEqual([2, expect.stringContaining('Map import 2 again instead.')]);
    expect(exhibit(['remap', 'one', '-w', folder, '--zone', 'UTC']).err).toContain('“one” is no import.');
    expect(exhibit(['remap', '3', '-w', folder]).err).toContain('Name what was wrong');
  });

  it('takes a mapping that the workspace knows by its id alone, as an import does', () => {
    const folder = folderWith(csv(rows));
    exhibit(['remap', '1', '-w', folder, '--preset', temporaryFile('right.json', JSON.stringify(right))]);
    const later = csv([row(5, 'cid', 'd', 'e')]);
    const asked = ['import', later, '-w', folder, '--source', 'Other', '--preset', right.id];
    const { imports } = exhibitJson<{ imports: ImportReport[] }>(...asked);
    expect(imports).toMatchObject([{ preset: right.id, source: 'Other', imported: 1 }]);
    const again = ['remap', '3', '-w', folder, '--preset', right.id, '--zone', 'Asia/Tokyo'];
    expect(exhibitJson<{ imports: ImportReport[] }>(...again).imports).toMatchObject([
      { preset: right.id, remaps: 3, source: 'Other' },
    ]);
    const unknown = exhibit(['import', later, '-w', folder, '--preset', 'no-such']);
    expect(unknown.err).toContain(`${right.id}, or name a preset file.`);
  });

  it('leaves all of it or nothing when it is killed at any moment', async () => {
    const many = Array.from({ length: 8000 }, (_, at) => row(at % 24, `p${at}`, `${at}`, `${at + 1}`));
    const folder = folderWith(csv(many));
    const preset = temporaryFile('right.json', JSON.stringify(right));
    for (const delay of [400, 700, 1000, 1300]) {
      const { child, gone } = startExhibit(['remap', '1', '-w', folder, '--preset', preset]);
      await sleep(delay);
      child.kill('SIGKILL');
      await gone;
      const { groups } = exhibitJson<{ groups: { key: string }[] }>('count', '-w', folder, '--by', 'actor');
      expect([1, 8000]).toContain(groups.length);
      expect(exhibitJson<{ ok: boolean }>('verify', '-w', folder).ok).toBe(true);
      if (groups.length > 1) break;
    }
    exhibit(['remap', '1', '-w', folder, '--preset', preset]);
    const { groups } = exhibitJson<{ groups: { key: string }[] }>('count', '-w', folder, '--by', 'actor');
    expect(groups).toHaveLength(8000);
  }, 120_000);
});
