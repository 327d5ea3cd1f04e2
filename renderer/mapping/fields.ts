// The fields of an event as a person reads them, and how sure the proposal of each is, in words.

import type { MappingField } from '#core/mapping/draft-preset.ts';
import type { Confidence } from '#core/mapping/propose.ts';

export const fieldWords: Record<MappingField, [label: string, meaning: string]> = {
  time: ['Time', 'when it happened'],
  action: ['Event name', 'what happened, in the vendor’s words'],
  actor: ['Actor', 'who did it'],
  targetType: ['Target type', 'what kind of thing it is about'],
  targetId: ['Target id', 'the thing’s id'],
  targetName: ['Target name', 'the thing’s name'],
  scope: ['Project or workspace', 'where the thing lies'],
  subject: ['Subject', 'whose rights change, not who changed them'],
  field: ['Changed field', 'which attribute changed'],
  oldValue: ['Old value', 'before the change'],
  newValue: ['New value', 'after the change'],
  ip: ['IP address', 'from where'],
  outcome: ['Outcome', 'success or failure'],
  vendorId: ['Record id', 'the vendor’s own id of the record'],
};

/** Without these no event can be made. */
export const neededFields: readonly MappingField[] = ['time', 'action'];

export const confidenceWords: Record<Confidence, string> = {
  sure: 'sure',
  likely: 'likely',
  unsure: 'not sure, please check',
  none: 'nothing found',
};
