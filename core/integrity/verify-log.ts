// Computes the log again from what it stores: each record's hash from its text, each event from its record and the
// preset as it was, each import's root from its events, the log's root from its imports. Whatever differs is named
// by row, import or file.

import { createMapper, type Mapped, type Mapper, type RecordValue } from '#core/mapping/map.ts';
import { parsePreset, type Variant } from '#core/mapping/preset.ts';
import { readStoredRecord } from '#core/mapping/stored-record.ts';
import type { Check, MappedEvent, Progress, VerifyFailure, VerifyReport } from '#core/model.ts';
import { countClockSetBack, findBrokenActivity } from '#core/store/activity.ts';
import { findBrokenCampaign } from '#core/store/campaigns.ts';
import { type EventRecord, selectStoredEvents, toMappedEvent } from '#core/store/events.ts';
import { findBrokenExplanation } from '#core/store/explanations.ts';
import { importLeafText } from '#core/store/imports.ts';
import { findWrongView } from '#core/store/live.ts';
import type { Store } from '#core/store/open.ts';
import { findBrokenView } from '#core/store/views.ts';
import { createIdentifier, hashRecord, leafText, uidOf } from './identity.ts';
import { createMerkleTree, leafHash } from './merkle.ts';
import { judgeCheckpoints } from './verify-checkpoints.ts';
import { judgeFreezes } from './verify-freezes.ts';

/** An import with the mapping it was read by. */
export type ImportRow = Record<string, unknown> & {
  id: number;
  file: string;
  source: string;
  source_id: number;
  mapping_json: string | null;
  variant: string;
  columns: string | null;
  zone: string | null;
  first_event_id: number;
  imported: number;
  duplicates: number;
  rejected: number;
  root: string;
  log_size: number;
  log_root: string;
};

/** Listing more differences than this helps nobody; the count goes on. */
const mostFailures = 1000;

/** Verifies a workspace's log, and its activity log where `review` is given. */
export async function verifyLog(
  store: Store,
  review: Store | null,
  options: { signal: AbortSignal; progress(progress: Progress): void },
): Promise<VerifyReport> {
  const failures: VerifyFailure[] = [];
  const counts = new Map<string, number>();
  const fail = (check: string, where: string, detail: string) => {
    counts.set(check, (counts.get(check) ?? 0) + 1);
    if (failures.length < mostFailures) failures.push({ check, where, detail });
  };

  checkFile(store, fail);
  const imports = listImportRows(store);
  const total = imports.reduce((sum, one) => sum + one.imported, 0);
  const log = createMerkleTree();
  const roots = new Map<number, string>();
  let done = 0;
  for (const one of imports) {
    const tree = createMerkleTree();
    const check = createEventCheck(one, fail);
    for (const row of eventsOf(store, one)) {
      const leaf = check(row);
      tree.append(leaf);
      log.append(leaf);
      if (++done % 2000 === 0) {
        options.progress({ stage: `Verifying ${one.file}`, done, total, unit: 'events' });
        // Gives a cancel the chance to arrive.
        await new Promise((resolve) => setImmediate(resolve));
        options.signal.throwIfAborted();
      }
    }
    checkImport(store, one, tree, log, fail);
    roots.set(log.size(), log.root().toString('hex'));
  }
  const strays = store.db.prepare('SELECT count(*) FROM stored_event').pluck().get() as number;
  if (strays !== total)
    fail('balance', 'events.db', `${strays} events are stored where the imports count ${total}`);
  const broken = review ? findBrokenActivity(review) : null;
  if (broken !== null)
    fail('activity', `activity ${broken}`, 'its hash does not follow from its content and the row before it');
  const campaign = review ? findBrokenCampaign(review) : null;
  if (campaign !== null)
    fail('activity', campaign, 'its frozen rights are not those that the activity log tells of');
  const explanation = review ? findBrokenExplanation(review) : null;
  if (explanation !== null)
    fail('activity', explanation, 'what officers explained and the activity log do not say the same of it');
  const view = review ? findBrokenView(review) : null;
  if (view !== null) fail('activity', view, 'what was saved and the activity log do not say the same of it');

  const count = (value: number): string => value.toLocaleString('en-US');
  const check = (name: string, sound: string): Check => {
    const found = counts.get(name) ?? 0;
    return {
      name,
      status: found === 0 ? 'passed' : 'failed',
      detail: found === 0 ? sound : `${count(found)} differ`,
    };
  };
  const checks: Check[] = [
    check('database', 'SQLite finds the file sound'),
    check('records', `${count(total)} records are the ones their ids were made from`),
    check('events', `${count(total)} events follow from their records by the preset of their import`),
    check(
      'balance',
      `${count(imports.length)} imports: read = imported + duplicates + rejected, and all of them are there`,
    ),
    check('imports', `${count(imports.length)} imports have the root over their events`),
    check(
      'log',
      `the log of ${count(log.size())} leaves has the root ${log.size() === 0 ? 'of an empty log' : log.root().toString('hex')}`,
    ),
    review
      ? check(
          'activity',
          `each entry of the activity log follows from the one before, explanations as it has them${clockWords(review)}`,
        )
      : { name: 'activity', status: 'skipped', detail: 'there is no activity log' },
    judgeCheckpoints(review, roots, (where, detail) => fail('signature', where, detail)),
    judgeFreezes(review, (where, detail) => fail('freezes', where, detail)),
  ];
  return { ok: failures.length === 0, checks, failures };
}

/** A clock set back is no failure: the order of entries is that of their hashes. It must not go unsaid either. */
function clockWords(review: Store): string {
  const back = countClockSetBack(review);
  if (back === 0) return '';
  return back === 1
    ? '; one has an earlier time than the one before it, since the computer’s clock had been set back'
    : `; ${back} have an earlier time than the one before them, since the computer’s clock had been set back`;
}

type Fail = (check: string, where: string, detail: string) => void;

function checkFile(store: Store, fail: Fail): void {
  for (const problem of store.db.pragma('integrity_check(10)') as { integrity_check: string }[]) {
    if (problem.integrity_check !== 'ok') fail('database', 'events.db', problem.integrity_check);
  }
  const wrong = findWrongView(store.db);
  if (wrong !== null)
    fail(
      'database',
      'events.db',
      `its view “${wrong}” does not show just the imports that no other one replaced`,
    );
}

/** All imports, oldest first. */
export function listImportRows(store: Store): ImportRow[] {
  return store.db
    .prepare(
      `SELECT i.*, s.name AS source, m.json AS mapping_json FROM stored_import i
       LEFT JOIN source s ON s.id = i.source_id LEFT JOIN mapping m ON m.id = i.mapping_id ORDER BY i.id`,
    )
    .all() as ImportRow[];
}

/** The events of an import, in the order of the log. */
export function eventsOf(store: Store, one: ImportRow): IterableIterator<EventRecord> {
  return store.db
    .prepare(`${selectStoredEvents} WHERE e.id >= ? AND e.id < ? AND e.import_id = ? ORDER BY e.id`)
    .iterate(one.first_event_id, one.first_event_id + one.imported, one.id) as IterableIterator<EventRecord>;
}

/** A check for the events of one import. Returns the leaf that the stored record leads to. */
export function createEventCheck(one: ImportRow, fail: Fail): (row: EventRecord) => Buffer {
  const columns = one.columns === null ? null : (JSON.parse(one.columns) as string[]);
  const map = mapperOf(one, columns, fail);
  const partOf = createPartFinder(map);
  const identify = createIdentifier(one.source);
  return (row) => {
    const where = `${one.file}, row ${row.row} (import ${one.id}, event ${row.id})`;
    let event: MappedEvent = toMappedEvent(row);
    let recordHash = '';
    try {
      const stored = readStoredRecord(row.raw, columns);
      recordHash = hashRecord(stored.canonical);
      const identity = identify(recordHash);
      if (identity.key !== row.uidKey || identity.tail !== row.uidTail) {
        fail('records', where, 'the stored record is not the one its id was made from');
      }
      const mapped = partOf(row, stored.value);
      if (mapped && 'event' in mapped) {
        const differing = differences(event, mapped.event);
        if (mapped.vendorId !== row.vendorId) differing.push('vendor id');
        if (differing.length > 0)
          fail(
            'events',
            where,
            `${differing.join(', ')} ${differing.length === 1 ? 'differs' : 'differ'} from what the record says`,
          );
        event = mapped.event;
      } else if (mapped) fail('events', where, `its record is no event: ${mapped.reason}`);
    } catch (error) {
      fail('records', where, `the stored record cannot be read: ${(error as Error).message}`);
    }
    // An unreadable record has no hash: the leaf, and the import's root with it, is another one then.
    const uid = uidOf({ key: row.uidKey, tail: row.uidTail }, row);
    return leafHash(leafText({ uid, source: one.source, import: one.id, row: row.row, recordHash, event }));
  };
}

/** Finds a stored event among those its record leads to. The events of one record follow each other: it is mapped once. */
function createPartFinder(
  map: Mapper | null,
): (row: EventRecord, value: RecordValue) => Mapped | { reason: string } | null {
  let raw: string | null = null;
  let parts: Mapped[] = [];
  return (row, value) => {
    if (!map) return null;
    if (row.raw !== raw) {
      parts = map(value);
      raw = row.raw;
    }
    return parts.find((part) => part.part === row.part) ?? { reason: `it has no event ${row.part}` };
  };
}

function mapperOf(one: ImportRow, columns: string[] | null, fail: Fail): Mapper | null {
  try {
    const preset = parsePreset(one.mapping_json ?? '', `mapping of import ${one.id}`);
    const variant = preset.variants.find((candidate: Variant) => candidate.id === one.variant);
    if (variant) return createMapper(preset, variant, columns ?? [], one.zone);
    fail('events', `import ${one.id}`, `its preset has no shape “${one.variant}”`);
  } catch (error) {
    fail('events', `import ${one.id}`, (error as Error).message);
  }
  return null;
}

function differences(stored: MappedEvent, mapped: MappedEvent): string[] {
  return (Object.keys(mapped) as (keyof MappedEvent)[]).filter((key) => stored[key] !== mapped[key]);
}

function checkImport(
  store: Store,
  one: ImportRow,
  tree: ReturnType<typeof createMerkleTree>,
  log: ReturnType<typeof createMerkleTree>,
  fail: Fail,
): void {
  const where = `import ${one.id} (${one.file})`;
  if (tree.size() !== one.imported) {
    fail('balance', where, `${tree.size()} events are stored where the import counted ${one.imported}`);
  }
  const rejected = store.db.prepare('SELECT count(*) FROM rejection WHERE import_id = ?').pluck().get(one.id);
  if (rejected !== one.rejected)
    fail('balance', where, `${rejected} rejected rows are stored where it counted ${one.rejected}`);
  const root = tree.root().toString('hex');
  if (root !== one.root)
    fail('imports', where, `its events have the root ${root}, it was stored with ${one.root}`);
  const { source: _source, mapping_json: _mapping, ...row } = one;
  log.append(leafHash(importLeafText(store, row)));
  if (log.size() !== one.log_size || log.root().toString('hex') !== one.log_root) {
    fail(
      'log',
      where,
      `the log up to here has ${log.size()} leaves and the root ${log.root().toString('hex')}, it was stored with ${one.log_size} and ${one.log_root}`,
    );
  }
}
