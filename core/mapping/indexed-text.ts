// The text of a record that the text index has to hold: what it says, without the words the log keeps in dictionaries
// (actors, targets, event names … are found there) and without its time (found by before: and after:).

import { readSteps } from './fields.ts';
import type { FieldSpec, Variant } from './form.ts';
import type { RecordValue } from './map.ts';
import { normaliseName } from './normal-name.ts';

/** Fields whose words the log keeps once and for all. */
const dictionaryFields = [
  'action',
  'actor',
  'targetType',
  'targetId',
  'targetName',
  'scope',
  'subject',
  'ip',
] as const;

/** A deep or wide record is cut off here: nobody looks for its hundred-thousandth word. */
const longestText = 200_000;

/** Reads the text to index of records of one shape. `columns` are the CSV header's names, empty for JSON. */
export function indexedText(
  variant: Variant,
  columns: readonly string[],
): (record: { value: RecordValue; raw: string }) => string {
  const specs = [...dictionaryFields.map((field) => variant.fields[field]), variant.fields.time];
  if (variant.format === 'csv') {
    const kept = new Set(specs.flatMap((spec) => verbatimColumn(spec, columns)));
    const indexed = columns.flatMap((_, at) => (kept.has(at) ? [] : [at]));
    return ({ value }) => {
      let text = '';
      for (const at of indexed) {
        const cell = (value as readonly string[])[at];
        if (cell) text = text === '' ? cell : `${text} ${cell}`;
      }
      return text.length > longestText ? text.slice(0, longestText) : text;
    };
  }
  const kept = new Set(specs.flatMap((spec) => verbatimPath(spec)));
  return ({ value }) => collectText(value, kept);
}

/** The column a spec takes as it is: a plain one, or the only one of several that this file has. */
function verbatimColumn(spec: unknown, columns: readonly string[]): number[] {
  const names = typeof spec === 'string' ? [spec] : Array.isArray(spec) ? (spec as FieldSpec[]) : [];
  if (!names.every((name) => typeof name === 'string')) return [];
  const found = names.flatMap((name) => {
    const at = columns.findIndex((column) => normaliseName(column) === normaliseName(name as string));
    return at === -1 ? [] : [at];
  });
  return found.length === 1 ? found : [];
}

/** The path a spec takes as it is, keys joined by NUL. */
function verbatimPath(spec: unknown): string[] {
  if (typeof spec !== 'string') return [];
  const steps = readSteps(spec);
  if (steps.some((step) => step.isName || step.key === '@')) return [];
  return [`\0${steps.map((step) => step.key).join('\0')}`];
}

function collectText(value: RecordValue, kept: ReadonlySet<string>): string {
  let text = '';
  const visit = (one: unknown, path: string): void => {
    if (text.length > longestText || one === null || one === undefined) return;
    if (typeof one === 'object') {
      if (Array.isArray(one)) for (const item of one) visit(item, `${path}\0`);
      else
        for (const key of Object.keys(one)) visit((one as Record<string, unknown>)[key], `${path}\0${key}`);
    } else if (typeof one !== 'boolean' && !kept.has(path)) {
      text = text === '' ? String(one) : `${text} ${String(one)}`;
    }
  };
  visit(value, '');
  return text.length > longestText ? text.slice(0, longestText) : text;
}
