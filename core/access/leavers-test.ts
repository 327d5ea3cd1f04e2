// The test of leavers: whether each right that somebody held when they left was gone in the time allowed, and whether one
// was given to them afterwards.

import {
  type AccessInterval,
  type LeaverRow,
  type LeaverState,
  type LeaversTest,
  leaverStates,
} from '#core/review-model.ts';
import type { Store } from '#core/store/open.ts';
import { formatInZone, formatUtc, parseBoundary } from '#core/time.ts';
import { readAccess } from './answers.ts';
import type { Leavers } from './leavers.ts';

const day = 86_400_000;

export type LeaversRequest = {
  leavers: Leavers;
  at: string;
  zone: string;
  slaDays: number;
  /** All names of a person, in lower case; without it, people go by the name on the list alone. */
  namesOf?: (name: string) => ReadonlySet<string>;
};

/**
 * Tests the rights of everybody on a list who left before the end of a date, as of that date. People are named as in the
 * log or by one of their other names, without case; who is listed under two left on the earlier day. Throws AppError('usage') for a date or zone that makes no sense.
 */
export function testLeavers(
  store: Store,
  { leavers, at, zone, slaDays, namesOf = (name) => new Set([name.toLowerCase()]) }: LeaversRequest,
  only: LeaverState | null,
  { first, limit }: { first: number; limit: number },
): LeaversTest {
  const until = parseBoundary(at, zone, 'to');
  const left = new Map<string, { name: string; time: number }>();
  for (const [name, time] of [...leavers].sort(([, a], [, b]) => a - b))
    for (const one of namesOf(name)) if (!left.has(one)) left.set(one, { name, time });
  const { rows } = readAccess(
    store,
    {
      scope: { kind: 'ledger' },
      zone,
      filter: '',
      leavers: new Map(),
      subjects: new Set(left.keys()),
      hours: null,
      dormantDays: 90,
      privileged: [],
    },
    { first: 0, limit: Number.MAX_SAFE_INTEGER, flag: null, order: 'subject', withFlags: false },
  );
  const seen = new Set<string>();
  const found: LeaverRow[] = [];
  for (const interval of rows) {
    const leaver = left.get(interval.subject.toLowerCase());
    if (leaver === undefined) continue;
    seen.add(leaver.name);
    if (leaver.time >= until) continue;
    const deadline = leaver.time + slaDays * day;
    const state = stateOf(interval, leaver.time, deadline, until);
    if (state === null) continue;
    const when = (time: string | null) => (time === null ? '' : formatInZone(Date.parse(time), zone));
    const reason = {
      'in-time': `Gone on ${when(interval.to)}, in time.`,
      late: `Gone on ${when(interval.to)}, after ${formatInZone(deadline, zone)}.`,
      held: `Still held; it had to be gone by ${formatInZone(deadline, zone)}.`,
      due: `Still held; it has to be gone by ${formatInZone(deadline, zone)}.`,
      'given-after': `Given on ${when(interval.from)}, after they left.`,
    }[state];
    const isOther = leaver.name.toLowerCase() !== interval.subject.toLowerCase();
    found.push({
      ...interval,
      listed: leaver.name,
      left: formatUtc(leaver.time),
      deadline: formatUtc(deadline),
      state,
      reason: isOther ? `${reason} The list names them ${leaver.name}.` : reason,
    });
  }
  const people = new Map([...left.values()].map(({ name, time }) => [name, time]));
  const rank = (state: LeaverState) => leaverStates.indexOf(state);
  found.sort((a, b) => rank(a.state) - rank(b.state));
  const listed = only === null ? found : found.filter(({ state }) => state === only);
  return {
    atTime: formatUtc(until),
    leavers: [...people.values()].filter((time) => time < until).length,
    later: [...people.values()].filter((time) => time >= until).length,
    unknown: [...people.keys()].filter((name) => !seen.has(name)),
    counts: Object.fromEntries(
      leaverStates.map((state) => [state, found.filter((row) => row.state === state).length]),
    ) as LeaversTest['counts'],
    total: listed.length,
    rows: listed.slice(first, first + limit),
  };
}

/** Null where the right has nothing to do with the leaving: it was gone before. Bounds are exclusive, as of an instant. */
function stateOf(
  { from, to }: AccessInterval,
  left: number,
  deadline: number,
  until: number,
): LeaverState | null {
  const [began, ended] = [from === null ? null : Date.parse(from), to === null ? null : Date.parse(to)];
  if (began !== null && began > left) return began < until ? 'given-after' : null;
  if (ended !== null && ended <= left) return null;
  if (ended !== null && ended < until) return ended <= deadline ? 'in-time' : 'late';
  return deadline < until ? 'held' : 'due';
}
