// Which elements of the list that a preset's `each` names are events of their own, and which are none.

import { compileExpression } from './expression.ts';
import { type FieldCompiler, filled, type RecordValue, toList, valueText } from './fields.ts';
import type { Variant } from './form.ts';

/**
 * Reads the elements of a record: more than one are events of their own; one is what the record's only event is about;
 * none where it lists nothing, or nothing that an event of its name lists.
 */
export function createElementReader(
  variant: Variant,
  { compile, element }: FieldCompiler,
): (record: RecordValue) => readonly unknown[] {
  if (variant.each === undefined) return () => [];
  const list = compile(variant.each);
  const action = compile(variant.fields.action);
  const only = variant.eachOnly === undefined ? null : compileExpression(variant.eachOnly, 'iu');
  const counts = variant.eachIf === undefined ? null : compile(variant.eachIf);
  return (record) => {
    const all = toList(list(record));
    const elements = counts
      ? all.filter((value) => {
          element.value = value;
          return filled(counts(record)) !== null;
        })
      : all;
    element.value = undefined;
    return elements.length > 1 && only?.test(valueText(action(record)) ?? '') === false ? [] : elements;
  };
}
