// RFC 4180 with CRLF, UTF-8, no byte-order mark. Values are written as they are: nothing is escaped for spreadsheet
// programs, because a changed value is no evidence. The workbook is the twin that is safe to open in one.

const needsQuotes = /[",\r\n]/;

/** One field: null is nothing at all, an empty text is `""`, so the two stay apart. */
function csvField(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  if (value === '') return '""';
  return needsQuotes.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

/** One record with its CRLF. */
export function csvRecord(values: readonly (string | number | null)[]): string {
  return `${values.map(csvField).join(',')}\r\n`;
}

/** A whole small table. */
export function csvTable(
  header: readonly string[],
  rows: Iterable<readonly (string | number | null)[]>,
): string {
  let text = csvRecord(header);
  for (const row of rows) text += csvRecord(row);
  return text;
}
