// The event names of an export with how often each occurs, for whoever gives them categories. Needs no times: names
// are asked for before the questions about those are answered.

import { createRuleFinder } from '#core/mapping/classify.ts';
import { createElementReader } from '#core/mapping/elements.ts';
import type { EventName } from '#core/mapping/event-rules.ts';
import type { EventNames } from '#core/mapping/export-probe.ts';
import { createFieldCompiler, filled, type RecordValue, valueText } from '#core/mapping/fields.ts';
import type { Preset, Variant } from '#core/mapping/form.ts';
import { normaliseName } from '#core/mapping/normal-name.ts';
import { type Openable, openWith } from './open-with.ts';

/** Enough to have met what matters, and read in a second or two. */
const mostRecords = 100_000;
const mostNames = 500;
/** A hostile file may have a new name in each record. */
const mostCounted = 20_000;

/** The event names in the beginning of a file, the most frequent first. Throws AppError where the preset does not fit. */
export async function countEventNames(
  file: Openable,
  preset: Preset,
  signal: AbortSignal,
): Promise<EventNames> {
  const { open, variant } = await openWith(file, preset);
  try {
    const { info } = open;
    const readName = createNameReader(preset, variant, info.format === 'csv' ? info.names : []);
    const found = new Map<string, EventName>();
    let read = 0;
    let isWhole = true;
    for await (const { records } of open.batches()) {
      signal.throwIfAborted();
      for (const record of records) {
        if (read >= mostRecords) {
          isWhole = false;
          break;
        }
        read += 1;
        if ('value' in record) readName(record.value, found);
      }
      if (!isWhole) break;
    }
    const names = [...found.values()].sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
    return {
      names: names.slice(0, mostNames),
      left: Math.max(0, names.length - mostNames),
      read,
      isWhole,
    };
  } finally {
    await open.close();
  }
}

/** Adds a record's event names to those found. Spellings of one name are one, called as it was first written. */
function createNameReader(
  preset: Preset,
  variant: Variant,
  columns: readonly string[],
): (record: RecordValue, found: Map<string, EventName>) => void {
  const compiler = createFieldCompiler(variant, columns);
  const { compile, element } = compiler;
  const { fields } = variant;
  const action = compile(fields.action);
  const elementsOf = createElementReader(variant, compiler);
  const [targetType, oldValue, newValue] = [
    compile(fields.targetType ?? []),
    compile(fields.oldValue ?? []),
    compile(fields.newValue ?? []),
  ];
  const target = compile([fields.targetId ?? [], fields.targetName ?? []]);
  const ruleFor = createRuleFinder(preset);
  const readOne = (record: RecordValue, found: Map<string, EventName>): void => {
    const name = valueText(action(record));
    if (name === null || name.trim() === '') return;
    const key = normaliseName(name);
    let event = found.get(key);
    if (!event) {
      if (found.size >= mostCounted) return;
      event = { name, count: 0, hasValues: false, hasTarget: false, categories: [] };
      found.set(key, event);
    }
    event.count += 1;
    event.hasValues ||= valueText(oldValue(record)) !== null || valueText(newValue(record)) !== null;
    event.hasTarget ||= filled(target(record)) !== null;
    const category = ruleFor(name, filled(targetType(record)))?.rule.category;
    if (category !== undefined && !event.categories.includes(category)) event.categories.push(category);
  };
  return (record, found) => {
    element.value = undefined;
    const elements = elementsOf(record);
    for (const value of elements.length > 0 ? elements : [undefined]) {
      element.value = value;
      readOne(record, found);
    }
  };
}
