// Whether two mapped events are one event that came in two formats.

import type { RuleFinder } from '#core/mapping/classify.ts';
import type { MappedEvent } from '#core/model.ts';

/**
 * What an event says, as one text: two events say the same where these texts are equal. All parts count, except how the
 * time was written and how the vendor spells the event's name (a display name in one format, a machine name in the other).
 */
export function meaningOf(event: MappedEvent, ruleFor: RuleFinder): string {
  const { action, targetType } = event;
  const rule = ruleFor(action, targetType);
  return JSON.stringify([
    rule ? ['named', rule.event] : ['unknown', action],
    event.time,
    event.category,
    event.actor,
    targetType,
    event.targetId,
    event.targetName,
    event.scope,
    event.subject,
    event.oldValue,
    event.newValue,
    event.ip,
    event.outcome,
  ]);
}
