// What happened, in one sentence built from the mapped fields alone. It claims nothing the record does not say:
// where a part is missing, the sentence is shorter.

import type { Event } from '#core/model.ts';

/** `name` is who or what, `value` a value as recorded (shown in quotes), `word` the sentence around them. */
export type Part = { kind: 'word' | 'name' | 'value'; text: string };

type Told = Pick<
  Event,
  | 'action'
  | 'actor'
  | 'targetType'
  | 'targetId'
  | 'targetName'
  | 'subject'
  | 'field'
  | 'oldValue'
  | 'newValue'
  | 'ip'
  | 'outcome'
>;

const word = (text: string): Part => ({ kind: 'word', text });
const name = (text: string): Part => ({ kind: 'name', text });
const value = (text: string): Part => ({ kind: 'value', text });

/** Target as people call it: name, else id. */
export const targetOf = (event: Pick<Told, 'targetName' | 'targetId'>): string | null =>
  event.targetName ?? event.targetId;

/** The sentence, in parts; joined by blanks only where a part says so. */
export function whatHappened(event: Told): Part[] {
  const parts = event.subject !== null ? rights(event) : event.field !== null ? change(event) : act(event);
  if (event.ip !== null) parts.push(word(' from '), name(event.ip));
  parts.push(word('.'));
  if (event.outcome === 'failure') parts.push(word(' It was refused or failed.'));
  return parts;
}

const who = (event: Told): Part => (event.actor === null ? word('Somebody not named') : name(event.actor));

function onTarget(event: Told, before = ' on '): Part[] {
  const target = targetOf(event);
  if (target === null) return [];
  return [word(`${before}${event.targetType === null ? '' : `${event.targetType} `}`), name(target)];
}

function change(event: Told): Part[] {
  const field = name(event.field ?? '');
  const { oldValue, newValue } = event;
  if (oldValue !== null && newValue !== null) {
    return [
      who(event),
      word(' changed '),
      field,
      ...onTarget(event, ' of '),
      word(' from '),
      value(oldValue),
      word(' to '),
      value(newValue),
    ];
  }
  if (newValue !== null)
    return [who(event), word(' set '), field, ...onTarget(event, ' of '), word(' to '), value(newValue)];
  if (oldValue !== null)
    return [
      who(event),
      word(' cleared '),
      field,
      ...onTarget(event, ' of '),
      word('; it was '),
      value(oldValue),
    ];
  return act(event);
}

function act(event: Told): Part[] {
  return [who(event), word(': '), name(event.action), ...onTarget(event)];
}

function rights(event: Told): Part[] {
  const subject = name(event.subject ?? '');
  const before = rightsIn(event.oldValue);
  const after = rightsIn(event.newValue);
  if (before === null || after === null) return [...act(event), word(', concerning '), subject];
  const given = after.filter((right) => !before.includes(right));
  const taken = before.filter((right) => !after.includes(right));
  const self = event.actor !== null && event.actor === event.subject;
  const whom = self ? word('themself') : subject;
  if (given.length === 0 && taken.length === 0)
    return [who(event), word(' left the rights of '), whom, ...onTarget(event), word(' as they were')];
  const parts: Part[] = [who(event)];
  if (given.length > 0) parts.push(word(' gave '), whom, word(' '), name(given.join(', ')));
  if (given.length > 0 && taken.length > 0) parts.push(word(' and'));
  if (taken.length > 0) parts.push(word(' took '), name(taken.join(', ')), word(' from '), whom);
  return [...parts, ...onTarget(event)];
}

/** The rights in a recorded value; no value is no right; null when the value is in no form known here. */
export function rightsIn(recorded: string | null): string[] | null {
  if (recorded === null || recorded.trim() === '') return [];
  const text = recorded.trim();
  if (!/^[[{]/.test(text))
    return text
      .split(/[,;]/)
      .map((right) => right.trim())
      .filter(Boolean);
  try {
    const parsed: unknown = JSON.parse(text);
    if (Array.isArray(parsed)) return parsed.map(String);
    return Object.entries(parsed as object).flatMap(([right, held]) => (held === true ? [right] : []));
  } catch {
    return null;
  }
}
