// Reconciliation: who has access by a snapshot that somebody took of the system, against the ledger as of its date.

import { rightsSet } from '#core/mapping/rights.ts';
import { besideStamp } from '#core/query/beside.ts';
import {
  type AccessInterval,
  type ReconciledPage,
  type ReconciledPart,
  type ReconciledRow,
  type Reconciliation,
  reconciledParts,
  type SnapshotRight,
} from '#core/review-model.ts';
import { listMappings } from '#core/store/imports.ts';
import type { Store } from '#core/store/open.ts';
import { readTable } from '#core/table-file.ts';
import { formatUtc, parseBoundary } from '#core/time.ts';
import { readAccess } from './answers.ts';
import { readLedger } from './ledger.ts';

/** A line of a snapshot before its rights are taken apart. */
export type SnapshotRow = SnapshotRight & { type: string | null; source: string | null };

/**
 * Reads a snapshot: CSV with the columns user, target and rights, and perhaps type and source. A target is named by its
 * id or its name; rights may be a list in any form an event may have. Throws AppError('input').
 */
export function readSnapshot(path: string): SnapshotRow[] {
  const rows = readTable(path, {
    user: { names: ['user', 'subject', 'email', 'username', 'person'], needed: true },
    target: { names: ['target', 'target id', 'asset', 'asset key', 'resource', 'id'], needed: true },
    rights: { names: ['rights', 'right', 'privileges', 'privilege', 'role', 'roles'], needed: true },
    type: { names: ['type', 'target type', 'asset type'] },
    source: { names: ['source', 'system'] },
  });
  return rows.flatMap(({ line, user, target, rights, type, source }) =>
    [...rightsSet(rights)].map((right) => ({
      line,
      subject: user as string,
      target: target as string,
      right,
      type,
      source,
    })),
  );
}

/** As of the end of a date, or an instant; `personOf` says whom a name belongs to, where names were merged. */
export type ReconcileRequest = { at: string; zone: string; personOf?: (name: string) => string };

/**
 * Compares a snapshot with the ledger. Each right is matched once: under the very name first, and only what is left then
 * under another name of the same person.
 */
export function reconcile(
  store: Store,
  snapshot: readonly SnapshotRow[],
  { at, zone, personOf }: ReconcileRequest,
): Reconciliation {
  const { rows } = readAccess(
    store,
    {
      scope: { kind: 'at', at },
      zone,
      filter: '',
      leavers: new Map(),
      hours: null,
      dormantDays: 90,
      privileged: [],
    },
    { first: 0, limit: Number.MAX_SAFE_INTEGER, flag: null, withFlags: false },
  );
  const taken = new Set<AccessInterval>();
  const found = new Map<SnapshotRow, AccessInterval>();
  const match = (nameOf: (name: string) => string) => {
    const waiting = new Map<string, Set<AccessInterval>>();
    for (const row of rows) {
      for (const name of new Set([row.targetId, row.targetName])) {
        if (name === null) continue;
        const key = keyOf(nameOf(row.subject), name, row.right);
        waiting.set(key, (waiting.get(key) ?? new Set()).add(row));
      }
    }
    for (const line of snapshot) {
      if (found.has(line)) continue;
      const { type, source } = line;
      const key = keyOf(nameOf(line.subject), line.target, line.right);
      const candidates = [...(waiting.get(key) ?? [])].filter(
        (row) => (type === null || type === row.targetType) && (source === null || source === row.source),
      );
      // A line that stands there twice says the same twice.
      const interval = candidates.find((row) => !taken.has(row)) ?? candidates[0];
      if (!interval) continue;
      taken.add(interval);
      found.set(line, interval);
    }
  };
  match((name) => name);
  if (personOf) match(personOf);
  const matched: Reconciliation['matched'] = [];
  const inSnapshotOnly: SnapshotRight[] = [];
  for (const line of snapshot) {
    const { type: _type, source: _source, ...right } = line;
    const interval = found.get(line);
    if (interval) matched.push({ snapshot: right, interval });
    else inSnapshotOnly.push(right);
  }
  return {
    at,
    atTime: formatUtc(parseBoundary(at, zone, 'to')),
    matched,
    inSnapshotOnly,
    inLogOnly: rows.filter((row) => !taken.has(row)),
    blindSpots: readBlindSpots(store),
  };
}

type Kept = { key: string; ledger: unknown; result: Reconciliation };
const kept = new WeakMap<Store, Kept>();

/** The same by pages, those that need a look first. `key` names the snapshot: another file is another key. */
export function readReconciled(
  store: Store,
  key: string,
  snapshot: () => readonly SnapshotRow[],
  asked: ReconcileRequest,
  { part, first, limit }: { part: ReconciledPart | null; first: number; limit: number },
): ReconciledPage {
  return store.db.transaction(() => {
    const ledger = readLedger(store);
    const whole = JSON.stringify([key, asked, besideStamp(store, asked.personOf ? 'person:*' : '')]);
    let known = kept.get(store);
    if (known?.key !== whole || known.ledger !== ledger) {
      known = { key: whole, ledger, result: reconcile(store, snapshot(), asked) };
      kept.set(store, known);
    }
    const { atTime, matched, inSnapshotOnly, inLogOnly } = known.result;
    const parts: Record<ReconciledPart, () => ReconciledRow[]> = {
      'snapshot-only': () =>
        inSnapshotOnly.map((right) => ({ part: 'snapshot-only', snapshot: right, interval: null })),
      'log-only': () => inLogOnly.map((interval) => ({ part: 'log-only', snapshot: null, interval })),
      matched: () => matched.map((both) => ({ part: 'matched', ...both })),
    };
    const rows = reconciledParts
      .filter((one) => part === null || part === one)
      .flatMap((one) => parts[one]());
    return {
      atTime,
      counts: {
        'snapshot-only': inSnapshotOnly.length,
        'log-only': inLogOnly.length,
        matched: matched.length,
      },
      total: rows.length,
      rows: rows.slice(first, first + limit),
    };
  })();
}

/** What the log of each source cannot know. */
export function readBlindSpots(store: Store): Reconciliation['blindSpots'] {
  return listMappings(store).map(({ source, json }) => ({
    source,
    blindSpots: (JSON.parse(json) as { blindSpots?: string[] }).blindSpots ?? [],
  }));
}

function keyOf(subject: string, target: string, right: string): string {
  return JSON.stringify([subject, target, right]);
}
