// Exceptions that are worth the officer's look, proposed from what the reviews of a period found. One for each kind and
// source; events that an exception in the register names already are left out.

import type { PackReviews } from '#core/evidence/reviews.ts';
import type { Category } from '#core/model.ts';
import {
  type DraftKind,
  type ExceptionDraft,
  mostRowsNamed,
  type RegisteredException,
  type Severity,
} from '#core/register-model.ts';

type Found = { kind: DraftKind; source: string; uids: string[] };

/** What each kind is evidence of, how bad it is at first sight, and how it is said; `n` is a count with its noun. */
const forms: Record<DraftKind, { category: Category; severity: Severity; say(count: number): string }> = {
  break: {
    category: 'logging',
    severity: 'high',
    say: (n) => `${count(n, 'break')} of continuity: records are missing between two events, or were altered`,
  },
  'coverage-gap': {
    category: 'logging',
    severity: 'medium',
    say: (n) => `${count(n, 'stretch', 'stretches')} of days that no import spans`,
  },
  'id-gap': {
    category: 'logging',
    severity: 'medium',
    say: (n) => `${count(n, 'gap')} in the vendor’s own numbering of records`,
  },
  'self-approved': {
    category: 'code_review',
    severity: 'high',
    say: (n) => `${count(n, 'change')} approved by the person who made them`,
  },
  'no-ticket': {
    category: 'config.changed',
    severity: 'medium',
    say: (n) => `${count(n, 'change')} without a matching ticket`,
  },
  'outside-hours': {
    category: 'config.changed',
    severity: 'low',
    say: (n) => `${count(n, 'change')} outside working hours`,
  },
  'used-after-revocation': {
    category: 'access.changed',
    severity: 'high',
    say: (n) => `${count(n, 'right')} used after they had ended`,
  },
  'self-granted': {
    category: 'access.granted',
    severity: 'high',
    say: (n) => `${count(n, 'right')} granted by the holder’s own account`,
  },
  'late-revocation': {
    category: 'access.review',
    severity: 'medium',
    say: (n) => `${count(n, 'right')} that a review revoked, taken away late or used afterwards`,
  },
  leaver: {
    category: 'account.removed',
    severity: 'high',
    say: (n) => `${count(n, 'right')} of people who left, gone too late, still held, or given afterwards`,
  },
};

const count = (n: number, one: string, many = `${one}s`) =>
  `${n.toLocaleString('en-US')} ${n === 1 ? one : many}`;

/** Drafts, worst first. `controlsOf` names the controls of a category in the framework that is asked for. */
export function draftExceptions(
  reviews: PackReviews,
  register: readonly RegisteredException[],
  controlsOf: (category: Category) => readonly string[],
): ExceptionDraft[] {
  const named = new Set(register.flatMap(({ rows }) => rows));
  const findings = new Set(register.map(({ finding }) => finding));
  const groups = new Map<string, Found>();
  for (const { kind, source, uids } of eachFinding(reviews)) {
    const fresh = uids.filter((uid) => !named.has(uid));
    if (uids.length > 0 && fresh.length === 0) continue;
    const key = `${kind} ${source}`;
    const group = groups.get(key) ?? { kind, source, uids: [] };
    // What has no event (a stretch of days) is counted by an empty name.
    group.uids.push(...(uids.length === 0 ? [''] : fresh));
    groups.set(key, group);
  }
  const order: Severity[] = ['critical', 'high', 'medium', 'low'];
  return [...groups.values()]
    .map(({ kind, source, uids }): ExceptionDraft => {
      const { category, severity, say } = forms[kind];
      const distinct = [...new Set(uids.filter((uid) => uid !== ''))];
      const rowCount = distinct.length || uids.length;
      return {
        kind,
        finding: `${say(rowCount)} (${source}).`,
        control: controlsOf(category).join(', '),
        rows: distinct.slice(0, mostRowsNamed),
        rowCount,
        severity,
        rootCause: '',
        compensating: '',
        owner: '',
        due: null,
        status: 'open',
        response: '',
      };
    })
    .filter(({ finding, rows }) => rows.length > 0 || !findings.has(finding))
    .sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
}

/** Every finding with the events that show it: the one by which it is known, so that it is counted once. */
function* eachFinding({
  changes,
  access,
  continuity,
  coverage,
  campaigns,
  leavers,
}: PackReviews): Generator<Found> {
  for (const { source, later } of continuity.listed) yield { kind: 'break', source, uids: [later] };
  for (const { source, gaps, ids } of coverage.sources) {
    for (const _ of gaps) yield { kind: 'coverage-gap', source, uids: [] };
    for (const { later } of ids?.gaps ?? []) yield { kind: 'id-gap', source, uids: [later] };
  }
  for (const { source, exceptions } of changes.rows) {
    for (const { kind, events } of exceptions) {
      if (kind === 'self-approved' || kind === 'no-ticket' || kind === 'outside-hours')
        yield { kind, source, uids: events };
    }
  }
  for (const { source, flags, startEvent, endEvent } of access.rows) {
    if (flags.includes('self-granted')) yield { kind: 'self-granted', source, uids: [startEvent] };
    if (flags.includes('used-after-revocation'))
      yield { kind: 'used-after-revocation', source, uids: [endEvent ?? startEvent] };
  }
  for (const { entries } of campaigns) {
    for (const { source, proof } of entries) {
      if (proof?.state === 'late' || proof?.state === 'contradicted')
        yield {
          kind: 'late-revocation',
          source,
          uids: proof.revokeEvent === null ? [] : [proof.revokeEvent],
        };
    }
  }
  for (const { source, state, startEvent, endEvent } of leavers?.test.rows ?? []) {
    if (state === 'late' || state === 'held' || state === 'given-after')
      yield { kind: 'leaver', source, uids: [state === 'late' ? (endEvent ?? startEvent) : startEvent] };
  }
}
