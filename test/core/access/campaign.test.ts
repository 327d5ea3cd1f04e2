import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { describeProgress, freezeAccess, proveCampaign } from '#core/access/campaign.ts';
import type { CampaignDecision } from '#core/campaign-model.ts';
import { usualSettings } from '#core/review-model.ts';
import { findBrokenActivity } from '#core/store/activity.ts';
import {
  assignReviewer,
  closeCampaign,
  decideEntries,
  findBrokenCampaign,
  readCampaign,
} from '#core/store/campaigns.ts';
import { saveIdentity } from '#core/store/identities.ts';
import { openReview } from '#core/store/open.ts';
import { exhibit, exhibitJson } from '../../support/command-line.ts';
import {
  fixture,
  importInto,
  ironflockCsv,
  openTemporaryStore,
  temporaryFile,
  temporaryFolder,
} from '../../support/workspace.ts';

const rights = (time: string, by: string, target: string, subject: string, old: string, next: string) =>
  `${time},${by},device,${target},press-${target},plant,Privilege changes,${subject},${old},${next}`;
const use = (time: string, by: string, target: string) =>
  `${time},${by},device,${target},press-${target},plant,Name,,a,b`;

async function openCampaignOver(rows: readonly string[]) {
  const folder = temporaryFolder();
  const store = openTemporaryStore(folder);
  const review = openReview(folder, { mode: 'write' });
  onTestFinished(() => review.close());
  await importInto(store, temporaryFile('e.csv', ironflockCsv(rows)));
  const id = freezeAccess(
    store,
    review,
    { name: 'Spring', at: '2026-01-31', zone: 'UTC', filter: '', person: 'Maria' },
    usualSettings,
  );
  return {
    folder,
    store,
    review,
    id,
    read: () => proveCampaign(store, readCampaign(review, id)),
    decide: (entries: number[], decision: CampaignDecision, person = 'Maria', note = '') =>
      decideEntries(review, id, { entries, decision, note, person }),
    /** A later export of the same source, with everything the earlier one held. */
    grow: (more: readonly string[]) =>
      importInto(store, temporaryFile('later.csv', ironflockCsv([...rows, ...more]))),
  };
}

const january = [
  rights('2026-01-05T10:00:00Z', 'ann', '1', 'bob', '', 'READ'),
  rights('2026-01-06T10:00:00Z', 'ann', '2', 'bob', '', 'READ'),
  rights('2026-01-07T10:00:00Z', 'ann', '3', 'maria', '', 'READ'),
];

describe('an access review', () => {
  it('holds a copy of the rights as they were, whatever the log says later', async () => {
    const { read, grow } = await openCampaignOver(january);
    const before = read();
    expect(before.campaign).toMatchObject({
      name: 'Spring',
      entries: 3,
      at: '2026-01-31',
      logSize: 4,
      closedAt: null,
    });
    expect(
      before.entries.map((one) => [one.number, one.subject, one.targetId, one.right, one.scope]),
    ).toEqual([
      [1, 'bob', '1', 'READ', 'plant'],
      [2, 'bob', '2', 'READ', 'plant'],
      [3, 'maria', '3', 'READ', 'plant'],
    ]);
    expect(before.entries[0]?.grantEvent).toMatch(/^[a-z2-7]{16}$/);
    await grow([rights('2026-01-20T10:00:00Z', 'ann', '1', 'bob', 'READ', '[]')]);
    expect(read().entries).toEqual(before.entries);
  });

  it('lets nobody decide on an own right, nor on what is another reviewer’s, and keeps every decision', async () => {
    const { read, decide, review, id } = await openCampaignOver(january);
    expect(() => decide([1, 3], 'keep', ' maria ')).toThrow(/Entry 3 is a right of/);
    expect(
      read().entries.every(({ decided }) => decided === null),
      'none of them is noted',
    ).toBe(true);
    assignReviewer(review, id, { by: 'all', value: null, reviewer: 'maria' }, 'Maria');
    assignReviewer(review, id, { by: 'target', value: 'PRESS-2', reviewer: 'eve' }, 'Maria');
    expect(read().entries.map(({ reviewer }) => reviewer)).toEqual(['maria', 'eve', null]);
    expect(() => decide([2], 'keep', 'Maria')).toThrow(/for eve to decide/);
    decide([1], 'keep', 'Maria');
    decide([1], 'revoke', 'Maria', 'left the team');
    expect(read().entries[0]).toMatchObject({
      decided: { decision: 'revoke', note: 'left the team', person: 'Maria' },
      history: [{ decision: 'keep' }, { decision: 'revoke' }],
    });
    expect(() => decide([2], 'change', 'eve')).toThrow(/Write a note/);
    decide([2], 'escalate', 'eve', 'the plant manager knows');
    expect(() => decide([2], 'keep', 'eve')).toThrow(/somebody else/);
    decide([2], 'keep', 'Paul');
    expect(describeProgress(read())).toMatchObject({
      pending: 1,
      decisions: { keep: 1, revoke: 1 },
      proofs: null,
    });
  });

  it('lets nobody decide on an own right under another of their names', async () => {
    const { read, decide, review, id } = await openCampaignOver(january);
    const merge = (members: string[]) =>
      saveIdentity(review, { name: 'Maria Lopez', members, person: 'Paul' });
    // Before anybody said that they are one person it goes through, and stands in the way of closing afterwards.
    decide([1, 2], 'keep', 'Paul');
    decide([3], 'keep', 'mlopez');
    merge(['maria', 'mlopez']);
    expect(() => closeCampaign(review, id, 'Paul')).toThrow(
      /1 of 3 entries were decided by who holds the right, under another name \(number 3: mlopez is maria\)/,
    );
    for (const name of ['MLopez', 'Maria Lopez', 'maria'])
      expect(() => decide([3], 'revoke', name)).toThrow(/Entry 3 is a right of maria.*nobody decides/);
    // Who is named for all reviews all but what is theirs, and may decide under each of their names.
    assignReviewer(review, id, { by: 'all', value: null, reviewer: 'mlopez' }, 'Paul');
    expect(read().entries.map(({ reviewer }) => reviewer)).toEqual(['mlopez', 'mlopez', null]);
    decide([1], 'escalate', 'Maria Lopez', 'who knows?');
    expect(() => decide([1], 'keep', 'mlopez')).toThrow(/somebody else/);
    decide([1, 3], 'keep', 'Paul');
    // Taking the names apart later does not change who was named.
    merge([]);
    expect(read().entries.map(({ reviewer }) => reviewer)).toEqual(['mlopez', 'mlopez', null]);
    closeCampaign(review, id, 'Paul');
    expect(findBrokenActivity(review)).toBeNull();
  });

  it('is not closed while an entry is pending or escalated, and not changed afterwards', async () => {
    const { decide, review, id, read } = await openCampaignOver(january);
    decide([1, 2], 'keep');
    decide([3], 'escalate', 'ann', 'ask Paul');
    expect(() => closeCampaign(review, id, 'Maria')).toThrow(/1 of 3 entries are not decided/);
    decide([3], 'keep', 'Paul');
    closeCampaign(review, id, 'Maria');
    expect(read().campaign.closedBy).toBe('Maria');
    expect(() => decide([1], 'revoke')).toThrow(/is closed/);
    expect(() => closeCampaign(review, id, 'Maria')).toThrow(/is closed/);
  });

  it('proves each revocation over later imports: in time, late, contradicted, or not yet', async () => {
    const log = ['1', '2', '3', '4', '5'].map((target) =>
      rights('2026-01-05T10:00:00Z', 'ann', target, 'bob', '', 'READ'),
    );
    const { decide, review, id, read, grow } = await openCampaignOver(log);
    decide([1, 2, 3, 4, 5], 'revoke');
    closeCampaign(review, id, 'Maria');
    expect(read().entries.map(({ proof }) => proof?.state)).toEqual(Array(5).fill('waiting'));
    const closed = Date.parse(read().campaign.closedAt as string);
    const days = (n: number) => new Date(closed + n * 86_400_000).toISOString();
    await grow([
      rights(days(1), 'ann', '1', 'bob', 'READ', '[]'),
      rights(days(15), 'ann', '2', 'bob', 'READ', '[]'),
      rights(days(1), 'ann', '3', 'bob', 'READ', '[]'),
      use(days(2), 'bob', '3'),
      rights(days(1), 'ann', '4', 'bob', 'READ', '[]'),
      rights(days(3), 'ann', '4', 'bob', '', 'READ'),
      use(days(1), 'bob', '5'),
    ]);
    const { entries, campaign } = read();
    expect(entries.map(({ proof }) => proof?.state)).toEqual([
      'proven',
      'late',
      'contradicted',
      'proven',
      'waiting',
    ]);
    expect(entries[0]?.proof?.revokeEvent).toMatch(/^[a-z2-7]{16}$/);
    expect(entries[2]?.proof?.reason).toContain('an event by bob on this target');
    expect(entries[2]?.proof?.heldThen).toEqual([]);
    expect(entries[3]?.proof?.reason).toContain('granted again');
    expect(entries[2]?.proof?.laterEvent).not.toBeNull();
    expect(describeProgress({ campaign, entries }).proofs).toEqual({
      proven: 2,
      late: 1,
      contradicted: 1,
      waiting: 1,
    });
  });

  it('says of a later use what else was held then, and not that it contradicts where the right was granted again', async () => {
    const log = ['1', '2', '3', '4'].map((target) =>
      rights('2026-01-05T10:00:00Z', 'ann', target, 'bob', '', '"READ,WRITE"'),
    );
    const { decide, review, id, read, grow } = await openCampaignOver(log);
    const writes = read().entries.flatMap(({ right, number }) => (right === 'WRITE' ? [number] : []));
    const reads = read().entries.flatMap(({ right, number }) => (right === 'READ' ? [number] : []));
    decide(writes, 'revoke');
    decide(reads, 'keep');
    closeCampaign(review, id, 'Maria');
    const closed = Date.parse(read().campaign.closedAt as string);
    const days = (n: number) => new Date(closed + n * 86_400_000).toISOString();
    const taken = (n: number, target: string) =>
      rights(days(n), 'ann', target, 'bob', '"READ,WRITE"', 'READ');
    const given = (n: number, target: string) =>
      rights(days(n), 'ann', target, 'bob', 'READ', '"READ,WRITE"');
    await grow([
      taken(1, '1'),
      use(days(2), 'bob', '1'),
      ...[taken(1, '2'), given(3, '2'), use(days(4), 'bob', '2')],
      ...[taken(1, '3'), use(days(2), 'bob', '3'), given(3, '3')],
      ...[taken(1, '4'), given(3, '4'), use(days(4), 'bob', '4'), taken(5, '4'), use(days(6), 'bob', '4')],
    ]);
    const proofs = read().entries.flatMap(({ right, proof }) => (right === 'WRITE' ? [proof] : []));
    expect(proofs.map((proof) => proof?.state)).toEqual([
      'contradicted',
      'proven',
      'contradicted',
      'contradicted',
    ]);
    expect(proofs[0]).toMatchObject({ heldThen: ['READ'] });
    expect(proofs[0]?.reason).toContain('came after it, while still holding READ.');
    expect(proofs[1]?.reason).toContain('not used before it was granted again');
    expect(proofs[3]?.laterEvent).not.toBe(proofs[1]?.laterEvent);
  });

  it('takes no change, and shows one that was made past it', async () => {
    const { review, folder, decide } = await openCampaignOver(january);
    decide([1], 'keep');
    expect(() => review.db.exec(`UPDATE campaign_entry SET frozen = '{}'`)).toThrow('never changed');
    expect([findBrokenCampaign(review), findBrokenActivity(review)]).toEqual([null, null]);
    const db = new Database(join(folder, 'review.db'));
    db.exec('DROP TRIGGER campaign_entry_no_update');
    db.exec(`UPDATE campaign_entry SET frozen = replace(frozen, 'READ', 'NONE') WHERE number = 2`);
    db.close();
    expect(findBrokenCampaign(review)).toBe('access review 1');
    expect(exhibitJson<{ ok: boolean }>('verify', '-w', folder).ok).toBe(false);
  });

  it('goes from the freeze to the proof on the command line', () => {
    const folder = temporaryFolder();
    exhibitJson('import', fixture('ironflock-export.csv'), '-w', folder);
    type Shown = {
      campaign: { id: number; entries: number; pending: number; proofs: object | null };
      entries: { proof: object | null }[];
    };
    const campaign = (...args: string[]) => exhibitJson<Shown>('campaign', ...args, '-w', folder);
    const { id, entries } = campaign('new', '--at', '2026-01-31', '--person', 'Maria').campaign;
    const all = `1-${entries}`;
    expect(exhibit(['campaign', 'close', String(id), '-w', folder]).exit).toBe(2);
    campaign('decide', String(id), '--entries', all, '--decision', 'revoke', '--person', 'Maria');
    expect(campaign('close', String(id), '--person', 'Maria').campaign.pending).toBe(0);
    const shown = campaign('show', String(id));
    const states = Object.values(shown.campaign.proofs as object) as number[];
    expect(states.reduce((sum, one) => sum + one, 0)).toBe(entries);
    expect(shown.entries.every(({ proof }) => proof !== null)).toBe(true);
    expect(exhibit(['campaign', 'show', '99', '-w', folder]).exit).toBe(3);
  });
});
