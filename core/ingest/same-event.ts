// Whether two mapped events are one event that came in two formats.

import type { RuleFinder } from '#core/mapping/classify.ts';
import type { MappedEvent } from '#core/model.ts';

/**
 * All parts equal, except how the time was written and how the vendor spells the event's name (a display name in one
 * format, a machine name in the other).
 */
export function saysTheSame(a: MappedEvent, b: MappedEvent, ruleFor: RuleFinder): boolean {
  const known = ruleFor(a.action, a.targetType);
  const isSameAction =
    a.action === b.action || (known !== undefined && known.event === ruleFor(b.action, b.targetType)?.event);
  return (
    isSameAction &&
    a.time === b.time &&
    a.category === b.category &&
    a.actor === b.actor &&
    a.targetType === b.targetType &&
    a.targetId === b.targetId &&
    a.targetName === b.targetName &&
    a.scope === b.scope &&
    a.subject === b.subject &&
    a.oldValue === b.oldValue &&
    a.newValue === b.newValue &&
    a.ip === b.ip &&
    a.outcome === b.outcome
  );
}
