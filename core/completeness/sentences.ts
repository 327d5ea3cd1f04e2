// Findings of the completeness tests as warnings in words, for the screen and the command line alike.

import type { IdSequence, ImportWarning, TimeFindings } from '#core/model.ts';
import { formatInZone } from '#core/time.ts';

const count = new Intl.NumberFormat('en-GB');
const counted = (n: number, one: string, many: string) => `${count.format(n)} ${n === 1 ? one : many}`;

/** Warnings about times of a source, none where there is nothing to say. */
export function describeFindings(source: string, times: TimeFindings): ImportWarning[] {
  const warnings: ImportWarning[] = [];
  if (times.outOfOrder > 0) {
    warnings.push({
      code: 'out-of-order',
      message: `${counted(times.outOfOrder, 'event', 'events')} of ${source} ${times.outOfOrder === 1 ? 'stands' : 'stand'} out of order in the imported files. Exhibit orders by time; a clock that was set back would look the same.`,
    });
  }
  if (times.future > 0 && times.lastFuture !== null) {
    warnings.push({
      code: 'future-times',
      message: `${counted(times.future, 'event', 'events')} of ${source} ${times.future === 1 ? 'has a time' : 'have times'} later than the import that read ${times.future === 1 ? 'it' : 'them'}, the latest ${formatInZone(Date.parse(times.lastFuture), 'UTC')}. Check the clock of the source and the time zone.`,
    });
  }
  return warnings;
}

/** A warning about absent ids of a source, where there are any. */
export function describeIds(source: string, ids: IdSequence): ImportWarning[] {
  if (ids.gapCount === 0) return [];
  return [
    {
      code: 'id-gap',
      message: `${counted(ids.absent, 'record id', 'record ids')} of ${source}, in ${counted(ids.gapCount, 'gap', 'gaps')}, ${ids.absent === 1 ? 'occurs' : 'occur'} in no imported record. The vendor may have skipped them or given them to others; otherwise records were not exported.`,
    },
  ];
}
