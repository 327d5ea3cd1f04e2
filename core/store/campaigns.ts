// Access reviews in review.db. What is frozen stands in rows of its own, whose hash the opening activity holds; all that
// follows (reviewers, decisions, the closing) is activities, one chained to the next. Nothing is overwritten.

import { createHash } from 'node:crypto';
import type {
  Assignment,
  Campaign,
  CampaignDecision,
  CampaignEntry,
  Decided,
  FrozenRight,
} from '#core/campaign-model.ts';
import { AppError } from '#core/errors.ts';
import { canonicalJson } from '#core/integrity/canonical.ts';
import { formatUtc } from '#core/time.ts';
import { recordActivity } from './activity.ts';
import { listIdentities, namesOfPerson } from './identities.ts';
import type { Store } from './open.ts';

export type NewCampaign = Omit<
  Campaign,
  'id' | 'entries' | 'entriesHash' | 'openedAt' | 'closedAt' | 'closedBy'
>;
/** A campaign with every entry as it stands now; proofs are not the store's to know. */
export type KeptCampaign = { campaign: Campaign; entries: CampaignEntry[] };

/** Freezes rights as a new campaign, and gives its number. */
export function openCampaign(review: Store, campaign: NewCampaign, rights: readonly FrozenRight[]): number {
  const { db } = review;
  const lines = rights.map((right) => canonicalJson(right));
  const open = db.transaction(() => {
    const { id } = recordActivity(review, 'campaign-open', {
      ...campaign,
      entries: lines.length,
      entriesHash: hashOf(lines),
    });
    const add = db.prepare('INSERT INTO campaign_entry (campaign_id, number, frozen) VALUES (?, ?, ?)');
    for (const [at, line] of lines.entries()) add.run(id, at + 1, line);
    return id;
  });
  return open.immediate();
}

/**
 * Names a reviewer for some entries; nobody reviews an own right, so those keep the one they had. Which names were the
 * reviewer's then is part of the activity: merging names later changes nothing of it.
 */
export function assignReviewer(review: Store, id: number, assignment: Assignment, person: string): void {
  const { db } = review;
  const assign = db.transaction(() => {
    assertOpen(readCampaign(review, id).campaign);
    const names = [...namesOf(review, assignment.reviewer)];
    recordActivity(review, 'campaign-assign', { campaign: id, ...assignment, person, names });
  });
  assign.immediate();
}

export type NewDecision = {
  entries: readonly number[];
  decision: CampaignDecision;
  note: string;
  person: string;
};

/**
 * Notes a decision about some entries. Throws AppError('usage') when the campaign is closed, an entry is the person's
 * own or another reviewer's, or the note that a change or an escalation needs is missing: then none is noted.
 */
export function decideEntries(review: Store, id: number, decision: NewDecision): void {
  const { entries: numbers, decision: word, note, person } = decision;
  const decide = db(review).transaction(() => {
    const { campaign, entries } = readCampaign(review, id);
    assertOpen(campaign);
    if (note.trim() === '' && (word === 'change' || word === 'escalate'))
      throw new AppError(
        'usage',
        `Write a note: it says ${word === 'change' ? 'what to change the right to' : 'who is to decide, and why'}.`,
      );
    const own = namesOf(review, person);
    for (const number of numbers) assertMayDecide(entries[number - 1], number, person, own);
    recordActivity(review, 'campaign-decide', { campaign: id, ...decision, entries: [...numbers] });
  });
  decide.immediate();
}

/** `own` are all names of the person, in lower case: nobody decides on an own right under another name. */
function assertMayDecide(
  entry: CampaignEntry | undefined,
  number: number,
  person: string,
  own: ReadonlySet<string>,
): void {
  if (!entry) throw new AppError('not-found', `The review has no entry ${number}.`);
  if (own.has(fold(entry.subject))) {
    const whose = isSame(entry.subject, person) ? person : `${entry.subject}, who is ${person}`;
    throw new AppError(
      'usage',
      `Entry ${number} is a right of ${whose}: nobody decides on an own right. Name another reviewer for it.`,
    );
  }
  // What was escalated is for somebody else to decide.
  if (entry.decided?.decision === 'escalate') {
    if (own.has(fold(entry.decided.person)))
      throw new AppError('usage', `${person} escalated entry ${number}: somebody else has to decide it now.`);
  } else if (entry.reviewer !== null && !own.has(fold(entry.reviewer)))
    throw new AppError(
      'usage',
      `Entry ${number} is for ${entry.reviewer} to decide. Name ${person} as its reviewer first.`,
    );
}

/**
 * Closes a campaign. Throws AppError('usage') while an entry is pending, or was decided by who holds the right: names
 * may have been merged since.
 */
export function closeCampaign(review: Store, id: number, person: string): void {
  const close = db(review).transaction(() => {
    const { campaign, entries } = readCampaign(review, id);
    assertOpen(campaign);
    const pending = entries.filter(isPending).length;
    if (pending > 0)
      throw new AppError(
        'usage',
        `${pending} of ${entries.length} entries are not decided yet. Decide them, then close the review.`,
      );
    const namesBy = new Map<string, ReadonlySet<string>>();
    for (const { decided } of entries)
      if (decided && !namesBy.has(decided.person))
        namesBy.set(decided.person, namesOf(review, decided.person));
    const own = entries.filter(
      ({ subject, decided }) => decided && namesBy.get(decided.person)?.has(fold(subject)),
    );
    if (own.length > 0)
      throw new AppError(
        'usage',
        `${own.length} of ${entries.length} entries were decided by who holds the right, under another name (number ${own[0]?.number}: ${own[0]?.decided?.person} is ${own[0]?.subject}). Let somebody else decide them, then close the review.`,
      );
    recordActivity(review, 'campaign-close', { campaign: id, person });
  });
  close.immediate();
}

/** Nobody decided it, or it waits for somebody after an escalation. */
export const isPending = ({ decided }: CampaignEntry): boolean =>
  decided === null || decided.decision === 'escalate';

const db = (review: Store) => review.db;
const fold = (name: string): string => name.trim().toLowerCase();
const isSame = (a: string, b: string): boolean => fold(a) === fold(b);
const namesOf = (review: Store, name: string) => namesOfPerson(listIdentities(review), name);

function assertOpen({ closedAt, name }: Campaign): void {
  if (closedAt !== null)
    throw new AppError('usage', `“${name}” is closed: its decisions stay as they are. Open a new review.`);
}

type Step = { id: number; at: number; account: string; action: string; detail: string };

/** The campaigns of a workspace, newest first. */
export function listCampaigns(review: Store): Campaign[] {
  const ids = review.db
    .prepare(`SELECT id FROM activity WHERE action = 'campaign-open' ORDER BY id DESC`)
    .pluck()
    .all() as number[];
  return ids.map((id) => readHead(review, id).campaign);
}

function readHead(review: Store, id: number): { campaign: Campaign; steps: Step[] } {
  const opening = review.db
    .prepare(`SELECT at, detail FROM activity WHERE id = ? AND action = 'campaign-open'`)
    .get(id) as { at: number; detail: string } | undefined;
  if (!opening) throw new AppError('not-found', `There is no access review ${id} in this workspace.`);
  const steps = review.db
    .prepare(
      `SELECT id, at, person AS account, action, detail FROM activity
       WHERE action IN ('campaign-assign', 'campaign-decide', 'campaign-close') AND id > @id
         AND json_extract(detail, '$.campaign') = @id ORDER BY id`,
    )
    .all({ id }) as Step[];
  const closing = steps.find(({ action }) => action === 'campaign-close');
  const told = JSON.parse(opening.detail) as Omit<Campaign, 'id' | 'openedAt' | 'closedAt' | 'closedBy'>;
  const campaign: Campaign = {
    ...told,
    id,
    openedAt: formatUtc(opening.at),
    closedAt: closing ? formatUtc(closing.at) : null,
    closedBy: closing ? (JSON.parse(closing.detail) as { person: string }).person : null,
  };
  return { campaign, steps };
}

/** A campaign with its entries, as all activities so far make them. Throws AppError('not-found'). */
export function readCampaign(review: Store, id: number): KeptCampaign {
  const { campaign, steps } = readHead(review, id);
  const entries = readFrozen(review, id).map(
    (right, at): CampaignEntry => ({
      ...right,
      number: at + 1,
      reviewer: null,
      decided: null,
      history: [],
      proof: null,
    }),
  );
  for (const { at, account, action, detail } of steps) {
    if (action === 'campaign-assign') {
      const { names, ...assignment } = JSON.parse(detail) as Assignment & { names?: string[] };
      const own = new Set([...(names ?? []), fold(assignment.reviewer)]);
      for (const entry of entries)
        if (covers(assignment, entry) && !own.has(fold(entry.subject))) entry.reviewer = assignment.reviewer;
    } else if (action === 'campaign-decide') {
      const { entries: numbers, decision, note, person } = JSON.parse(detail) as NewDecision;
      const decided: Decided = { decision, note, person, at: formatUtc(at), account };
      for (const number of numbers) {
        const entry = entries[number - 1];
        if (!entry) continue;
        entry.decided = decided;
        entry.history.push(decided);
      }
    }
  }
  return { campaign, entries };
}

function covers({ by, value }: Assignment, entry: FrozenRight): boolean {
  if (by === 'all') return true;
  const texts = {
    type: [entry.targetType],
    scope: [entry.scope],
    subject: [entry.subject],
    target: [entry.targetId, entry.targetName],
  }[by];
  return texts.some((text) => text !== null && value !== null && isSame(text, value));
}

/** Frozen rows never change: the last campaign's are kept for its next page. */
let kept: { key: string; rights: FrozenRight[] } | null = null;

function readFrozen({ db, folder }: Store, id: number): FrozenRight[] {
  const key = `${folder} ${id}`;
  if (kept?.key === key) return kept.rights;
  const lines = db
    .prepare('SELECT frozen FROM campaign_entry WHERE campaign_id = ? ORDER BY number')
    .pluck()
    .all(id) as string[];
  kept = { key, rights: lines.map((line) => JSON.parse(line) as FrozenRight) };
  return kept.rights;
}

/** The first campaign whose frozen rows are not those that its opening told of; null when all are. */
export function findBrokenCampaign({ db }: Store): string | null {
  const openings = db
    .prepare(`SELECT id, detail FROM activity WHERE action = 'campaign-open' ORDER BY id`)
    .all() as { id: number; detail: string }[];
  const lines = db.prepare('SELECT frozen FROM campaign_entry WHERE campaign_id = ? ORDER BY number').pluck();
  for (const { id, detail } of openings) {
    const { entriesHash } = JSON.parse(detail) as Campaign;
    if (hashOf(lines.all(id) as string[]) !== entriesHash) return `access review ${id}`;
  }
  const stray = db
    .prepare(
      `SELECT campaign_id FROM campaign_entry WHERE campaign_id NOT IN
       (SELECT id FROM activity WHERE action = 'campaign-open') LIMIT 1`,
    )
    .pluck()
    .get();
  return stray === undefined ? null : `access review ${stray}`;
}

function hashOf(lines: readonly string[]): string {
  const hash = createHash('sha256');
  for (const line of lines) hash.update(`${line}\n`);
  return hash.digest('hex');
}
