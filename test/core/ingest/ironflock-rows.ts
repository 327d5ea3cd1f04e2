// Rows of an IronFlock export, each the same but for what a test names.

import { ironflockCsv, temporaryFile } from '../../support/workspace.ts';

/** One row. */
export const row = (parts: {
  time?: string;
  user?: string;
  key?: string;
  aspect?: string;
  subject?: string;
  old?: string;
  new?: string;
}) =>
  [
    parts.time ?? '2026-01-05T10:00:00.000Z',
    parts.user ?? 'alice@acme',
    'device',
    parts.key ?? '4007',
    'press-07',
    'plant',
    parts.aspect ?? 'Name',
    parts.subject ?? '',
    parts.old ?? 'a',
    parts.new ?? 'b',
  ].join(',');

/** A file of such rows. */
export const csvFile = (...rows: string[]) => temporaryFile('export.csv', ironflockCsv(rows));
