// The headings of a pack's tables as an auditor reads them.
import { expect, test } from 'vitest';
import { eventColumns } from '#core/evidence/event-columns.ts';
import { columnWords } from '../../renderer/audit/column-words.ts';

test('the columns of events are called as in the workbook', () => {
  for (const { key, title } of eventColumns) expect([key, columnWords(key)]).toEqual([key, title]);
});

test('a machine name that is not known is spelled out, and what is no machine name stays as it is', () => {
  expect(['grantedBy', 'inPeriod', 'sha256', 'A Approved before the change', 'Ä'].map(columnWords)).toEqual([
    'Granted by',
    'In the period',
    'SHA-256',
    'A Approved before the change',
    'Ä',
  ]);
});
