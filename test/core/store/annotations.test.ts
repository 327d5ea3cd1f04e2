import { describe, expect, it, onTestFinished } from 'vitest';
import { growColumns } from '#core/browse/grow-columns.ts';
import { readTotal } from '#core/browse/windows.ts';
import { createReviewReader } from '#core/engine/pack-reviews.ts';
import { createPack } from '#core/evidence/create-pack.ts';
import { countEvents, eachEvent } from '#core/query/events.ts';
import { usualSettings } from '#core/review-model.ts';
import { findBrokenActivity, listActivity } from '#core/store/activity.ts';
import { addAnnotation, listAnnotations, listVersions } from '#core/store/annotations.ts';
import { openReview, type Store } from '#core/store/open.ts';
import { exhibit, exhibitJson } from '../../support/command-line.ts';
import { fixture, importInto, openTemporaryStore, query, temporaryFolder } from '../../support/workspace.ts';

async function openFilledLog(): Promise<{ store: Store; review: Store; uids: string[] }> {
  const store = openTemporaryStore();
  await importInto(store, fixture('ironflock-export.csv'));
  const review = openReview(store.folder, { mode: 'write' });
  onTestFinished(() => review.close());
  return { store, review, uids: [...eachEvent(store, query(), 'oldest')].map(({ uid }) => uid) };
}

const said = { note: 'Asked Bob.', tags: ['to ask', 'On call'], person: 'Maria Fernandez' };

describe('notes and tags', () => {
  it('are kept version by version, and the newest counts', async () => {
    const { review, uids } = await openFilledLog();
    const [one, other] = uids as [string, string];
    addAnnotation(review, { event: one, ...said });
    addAnnotation(review, { event: other, ...said, note: '' });
    addAnnotation(review, { event: one, ...said, note: 'Bob was on holiday.', tags: ['TO ASK', 'to ask'] });
    expect(listAnnotations(review)).toMatchObject([
      { event: one, note: 'Bob was on holiday.', tags: ['TO ASK'], person: 'Maria Fernandez' },
      { event: other, note: '', tags: ['to ask', 'On call'] },
    ]);
    expect(listVersions(review, one).map(({ note }) => note)).toEqual(['Bob was on holiday.', 'Asked Bob.']);
  });

  it('are taken back without being forgotten', async () => {
    const { review, uids } = await openFilledLog();
    const [event] = uids as [string];
    addAnnotation(review, { event, ...said });
    addAnnotation(review, { event, note: '', tags: [], person: 'Maria Fernandez' });
    expect(listAnnotations(review)).toEqual([]);
    expect(listVersions(review, event)).toHaveLength(2);
  });

  it('are in the activity log, whose hashes cover them', async () => {
    const { review, uids } = await openFilledLog();
    const event = uids[5] as string;
    addAnnotation(review, { event, ...said });
    expect(listActivity(review)).toMatchObject([{ action: 'annotate', detail: { event, ...said } }]);
    expect(findBrokenActivity(review)).toBeNull();
    expect(() => review.db.exec("UPDATE activity SET detail = '{}'")).toThrow('never changed');
  });

  it('are found by the filter, the same by SQL and by columns, and at once when they change', async () => {
    const { store, review, uids } = await openFilledLog();
    const growth = growColumns(store, null);
    let step = growth.next();
    while (!step.done) step = growth.next();
    const columns = step.value;
    const count = (filter: string) => {
      const found = countEvents(store, query({ filter }));
      expect(readTotal(store, columns, query({ filter }))).toBe(found);
      return found;
    };
    expect(count('tag:*')).toBe(0);
    for (const event of uids.slice(0, 3)) addAnnotation(review, { event, ...said });
    addAnnotation(review, { event: uids[9] as string, note: 'Seen', tags: [], person: 'x' });
    expect(count('tag:*')).toBe(3);
    expect(count('tag:"to ask"')).toBe(3);
    expect(count('tag:"ON CALL"')).toBe(3);
    expect(count('tag:to')).toBe(0);
    expect(count('tag:to*')).toBe(3);
    expect(count('note:*')).toBe(4);
    expect(count('note:*bob*')).toBe(3);
    expect(count('note:seen tag:nothing')).toBe(0);
    expect(count('note:seen note:"asked bob."')).toBe(4);
    expect([...eachEvent(store, query({ filter: 'note:seen' }), 'oldest')].map(({ uid }) => uid)).toEqual([
      uids[9],
    ]);
    addAnnotation(review, { event: uids[0] as string, note: '', tags: [], person: 'x' });
    expect(count('tag:*')).toBe(2);
    expect(() => count('tag:""')).toThrow('tag:* for every event that has a tag');
  });

  it('keep out of packs, which follow from the log alone', async () => {
    const { store } = await openFilledLog();
    const request = {
      framework: 'iso27001',
      from: '2026-01-01',
      to: '2026-01-31',
      zone: 'UTC',
      filter: 'tag:*',
      organisation: '',
      preparedBy: '',
      leftOut: [],
      samples: [],
      controls: [],
      conclusions: [],
      redaction: null,
    } as const;
    const options = {
      into: temporaryFolder(),
      signal: new AbortController().signal,
      progress: () => {},
      activity: [],
      reviews: createReviewReader(request, {
        settings: usualSettings,
        explanations: [],
        campaigns: [],
        exceptions: [],
        leavers: null,
      }),
    };
    await expect(createPack(store, request, options)).rejects.toThrow('A pack is made from the log alone');
  });

  it('are written and listed by commands', async () => {
    const { store, uids } = await openFilledLog();
    const [event] = uids as [string];
    const on = ['-w', store.folder];
    const person = ['--person', 'Maria Fernandez'];
    expect(
      exhibit(['note', event, ...on, '--note', 'Asked Bob.', '--tags', 'to ask, On call', ...person]).exit,
    ).toBe(0);
    expect(exhibitJson('notes', ...on)).toMatchObject({ notes: [{ event, ...said }] });
    expect(exhibitJson('events', ...on, '--filter', 'tag:"to ask"')).toMatchObject({
      total: 1,
      events: [{ uid: event }],
    });
    expect(exhibit(['note', event, ...on]).exit).toBe(2);
    expect(exhibit(['note', 'aaaaaaaaaaaaaaaa', ...on, '--note', 'x']).exit).toBe(3);
    expect(exhibit(['note', event, ...on, '--remove']).exit).toBe(0);
    expect(exhibitJson('notes', ...on)).toEqual({ notes: [] });
  });
});
