// Lines of CSV files that a person takes away. A spreadsheet would calculate some texts: in files that are made to be
// opened in one they get an apostrophe in front; the log keeps them as they were.

/** One CSV line by RFC 4180, with CRLF. */
export function csvLine(cells: readonly (string | number | null)[]): string {
  const text = (cell: string | number | null) => {
    const value = cell === null ? '' : String(cell);
    return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
  };
  return `${cells.map(text).join(',')}\r\n`;
}

/** OWASP, CSV injection: these first characters make a formula of a cell, full-width ones included. */
const formula = /^\s*[=+\-@\t\r\n＝＋－＠]/u;

/** A text as a cell that no spreadsheet takes for a formula. */
export const asText = (text: string): string => (formula.test(text) ? `'${text}` : text);
