// How a record lies in the log, and back: a JSON record as its own text, a CSV record as a JSON array of its cells
// with the column names kept once for the import. The hash is over RFC 8785 canonical JSON either way.

import { canonicalJson, parseJson } from '#core/integrity/canonical.ts';
import type { RecordValue } from './map.ts';

/** A record from the log: as the mapper takes it, as a person sees it, and the text its hash is over. */
export type StoredRecord = { value: RecordValue; shown: unknown; canonical: string };

/**
 * Reads `record.raw`. `columns` are the import's CSV header, null for JSON. Throws SyntaxError for a damaged record.
 * Column names like `__proto__` stay ordinary names.
 */
export function readStoredRecord(raw: string, columns: readonly string[] | null): StoredRecord {
  const parsed = parseJson(raw);
  if (!columns)
    return { value: parsed as Record<string, unknown>, shown: parsed, canonical: canonicalJson(parsed) };
  const cells = parsed as string[];
  const shown = Object.fromEntries(
    cells.map((cell, index) => [columns[index] ?? `column ${index + 1}`, cell]),
  );
  return { value: cells, shown, canonical: canonicalJson(shown) };
}

/**
 * Writes the canonical JSON of CSV records with these columns, from cells that are JSON strings already: the object
 * of strings by column name, without building the object for each record.
 */
export function createCsvCanonicaliser(
  columns: readonly string[],
  /** `texts`: the cells are JSON strings. `cells`: they are plain, and hold nothing JSON would escape. */
  form: 'texts' | 'cells' = 'texts',
): (cellTexts: readonly string[]) => string {
  const quote = form === 'cells' ? '"' : '';
  const order = columns.map((name, index) => ({ name, index })).sort((a, b) => (a.name < b.name ? -1 : 1));
  const places = order.map(({ index }) => index);
  const prefixes = order.map(
    ({ name }, place) => `${place === 0 ? '{' : `${quote},`}${JSON.stringify(name)}:${quote}`,
  );
  const end = order.length === 0 ? '{}' : `${quote}}`;
  return (cellTexts) => {
    let text = '';
    for (let at = 0; at < prefixes.length; at++)
      text += (prefixes[at] as string) + cellTexts[places[at] as number];
    return text + end;
  };
}
