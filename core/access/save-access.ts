// Intervals of the ledger as lines of a CSV file, for a person and a spreadsheet.

import { asText, csvLine } from '#core/csv-text.ts';
import type { Store } from '#core/store/open.ts';
import { type AccessPaging, type AccessRequest, readAccess } from './answers.ts';

const header = [
  'subject',
  'source',
  'target type',
  'target id',
  'target name',
  'right',
  'from',
  'start',
  'granted by',
  'grant event',
  'to',
  'end',
  'revoked by',
  'revoke event',
  'flags',
];

/** The lines of a scope. Throws AppError('usage') for dates, zones and filters that make no sense. */
export function* accessLines(
  store: Store,
  request: AccessRequest,
  only: Pick<AccessPaging, 'flag' | 'order'>,
): Generator<string> {
  const { rows } = readAccess(store, request, { ...only, first: 0, limit: Number.MAX_SAFE_INTEGER });
  yield csvLine(header);
  for (const row of rows) {
    const cells = [
      row.subject,
      row.source,
      row.targetType,
      row.targetId,
      row.targetName,
      row.right,
      row.from,
      row.startCertainty,
      row.grantedBy,
      row.grantEvent,
      row.to,
      row.endCertainty,
      row.revokedBy,
      row.revokeEvent,
      Object.values(row.reasons).join(' '),
    ];
    yield csvLine(cells.map((cell) => (cell === null ? null : asText(cell))));
  }
}
