// What the formats of an export are called, and what each is good for.

import type { ExportFormat } from '#core/export-model.ts';

export const formatNames: Record<ExportFormat, { name: string; use: string }> = {
  xlsx: { name: 'XLSX', use: 'a workbook to filter and print' },
  csv: { name: 'CSV', use: 'for spreadsheets and databases' },
  ndjson: { name: 'NDJSON', use: 'for programs, every value as it is' },
};
