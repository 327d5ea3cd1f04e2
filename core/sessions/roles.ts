// What an event is to a session: its start, its end, both in one, or neither. Vendors name these in few ways, so the
// event's category and words decide; what fits none is activity and no session.

import type { Category, Outcome } from '#core/model.ts';
import type { SessionKind } from '#core/review-model.ts';

/** `only`: the vendor logs that a session was started and never that it ended. */
export type SessionRole = { kind: SessionKind; role: 'start' | 'end' | 'only' };

/** The role of an event, null where it has none. What failed starts and ends nothing. */
export function sessionRole(action: string, category: Category, outcome: Outcome): SessionRole | null {
  if (outcome === 'failure') return null;
  // `SignOut`, `sign_out` and `Signed out` are the same words.
  const words = action
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[\s_.-]+/g, ' ')
    .toLowerCase();
  if (category === 'auth.success') {
    // A step of signing in, or what signing in asks for, is no session of its own; what it was done with is told behind.
    const [told = ''] = words.split(/(?<=in) with\b/);
    if (/\b(challenge|verification|verify|token|policy)\b/.test(told)) return null;
    if (/\battempt\b/.test(told) && outcome !== 'success') return null;
    if (/(log|sign)(ged|ed)? ?(out|off)\b|\bsession end/.test(words)) return { kind: 'login', role: 'end' };
    if (/(log|sign)(ged|ed)? ?in\b|\bsession (start|created)|\bauthenticated with|^with\b/.test(words))
      return { kind: 'login', role: 'start' };
    return null;
  }
  if (category !== 'remote_access') return null;
  if (words === 'remote access') return { kind: 'remote-access', role: 'only' };
  if (!/session|access|tunnel|terminal|forward/.test(words)) return null;
  if (/\b(end|ended|close|closed|terminate|terminated|stop|stopped)\b/.test(words))
    return { kind: 'remote-access', role: 'end' };
  if (/\b(start|started|open|opened)\b/.test(words)) return { kind: 'remote-access', role: 'start' };
  return null;
}

/** Whether an event is a failed login or an invalid key. */
export function isAuthFailure(category: Category, outcome: Outcome): boolean {
  return category === 'auth.failure' || (category === 'auth.success' && outcome === 'failure');
}

/** What the raw record says of a session: its id, and of remote access the port and the target app. */
export function readSessionFacts(
  shown: unknown,
  newValue: string | null,
): { session: string | null; port: string | null; app: string | null } {
  const said = /\bport\s+(\d{1,5})(?:\s*(?:->|→|to)\s*(\S.*))?/i.exec(newValue ?? '');
  return {
    session: find(shown, ['session', 'sessionid', 'sid', 'externalsessionid', 'sessionkey']),
    port: find(shown, ['port', 'remoteport', 'targetport']) ?? said?.[1] ?? null,
    app: find(shown, ['app', 'targetapp', 'appname', 'application']) ?? said?.[2]?.trim() ?? null,
  };
}

/** The first of some keys, written in any way, in a record or an object in it. */
function find(record: unknown, keys: readonly string[], levels = 2): string | null {
  if (typeof record !== 'object' || record === null || Array.isArray(record)) return null;
  const members = Object.entries(record);
  for (const wanted of keys) {
    for (const [key, value] of members) {
      if (key.toLowerCase().replace(/[\s_.-]+/g, '') !== wanted) continue;
      if ((typeof value === 'string' && value !== '') || typeof value === 'number') return String(value);
      if (typeof value === 'object' && value !== null && 'id' in value && value.id != null)
        return String(value.id);
    }
  }
  if (levels === 0) return null;
  for (const [, value] of members) {
    const found = find(value, keys, levels - 1);
    if (found !== null) return found;
  }
  return null;
}
