// Rights as a value of an event: how they are stored, and the set they stand for. The one place that reads them, for
// mapping and for everybody who says who may do what.

import { canonicalJson, parseJson } from '#core/integrity/canonical.ts';
import { valueText } from './fields.ts';

/** Rights as canonical text: a JSON array or object in a cell becomes what the same value in JSON would be. */
export function rightsText(value: unknown): string | null {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return valueText(value);
  try {
    return canonicalJson(parseJson(value));
  } catch {
    return valueText(value);
  }
}

/**
 * The set of rights a value names: a JSON array, a JSON object of booleans, text separated by commas or semicolons,
 * or one role name.
 */
export function rightsSet(text: string | null): Set<string> {
  if (text === null || text.trim() === '') return new Set();
  if (/^\s*[[{]/.test(text)) {
    try {
      const value: unknown = JSON.parse(text);
      const names = Array.isArray(value)
        ? value.map((item) => valueText(item) ?? '')
        : Object.entries(value as object).flatMap(([name, held]) => (held === true ? [name] : []));
      return new Set(names.filter((name) => name !== ''));
    } catch {
      // Not JSON after all: read it as a list.
    }
  }
  return new Set(
    text
      .split(/[,;]/)
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  );
}
