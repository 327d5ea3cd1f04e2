// Turns a preset's field specs into functions that read a record. Compiled once for each file: column names become
// indexes, paths lists of keys, patterns RegExp objects. Nothing here may throw on any record.

import { valueText as jsonText, parseJson } from '#core/integrity/canonical.ts';
import { compileExpression } from './expression.ts';
import type { FieldSpec, Variant } from './form.ts';
import { normaliseName } from './normal-name.ts';

/** A record as a mapper takes it: CSV cells in the file's column order, or a parsed JSON value. */
export type RecordValue = readonly string[] | Record<string, unknown>;

/** Reads one value; null or undefined where there is none. */
export type Getter = (record: RecordValue) => unknown;

/** Compiles the specs of one variant. They share `element`, what `@` stands for while a record is mapped. */
export type FieldCompiler = {
  compile(spec: FieldSpec): Getter;
  element: { value: unknown };
  /**
   * What `make` makes of getters that it compiles, with the numbers of the columns, or of the members of a JSON record,
   * that they read: the same cells there give the same values. Null where they read more than whole cells. `isWhole`:
   * each is read as what it is, never as a part of something or something in it.
   */
  trace<T>(make: () => T): { made: T; columns: readonly number[] | null; isWhole: boolean };
};

type Object = Record<string, unknown>;
/** One key of a path, also as loose paths compare it; `isName` where it names the member that names the key: `{type}`. */
type Step = { key: string; normal: string; isName: boolean };

/**
 * A compiler for the files of one shape. `columns` are the CSV header's names, empty for JSON; `members` are those of JSON
 * records that are all alike, each as the keys that lead to it, for who wants to trace.
 */
export function createFieldCompiler(
  variant: Variant,
  columns: readonly string[],
  members: readonly (readonly string[])[] = [],
): FieldCompiler {
  const element = { value: undefined as unknown };
  let traced = new Set<number>();
  let onlyCells = true;
  let onlyWhole = true;
  const walk = variant.loose ? createLooseWalk() : walkExactly;
  const roots = variant.format === 'csv' ? createCsvRoots(variant, columns) : new Map<string, Getter>();

  /** The columns, or members of JSON records, that a path may read; null where that depends on the record. */
  function findCells(path: string, steps: readonly Step[]): readonly number[] | null {
    if (variant.format === 'csv') return [findColumn(path, columns)].filter((column) => column !== -1);
    if (steps.some((step) => step.isName)) return null;
    const same = (key: string | undefined, step: Step | undefined) =>
      key === step?.key || (variant.loose === true && normaliseName(key as string) === step?.normal);
    const found = members.flatMap((member, at) =>
      // What leads to it, and what stands in it.
      member.every((key, level) => level >= steps.length || same(key, steps[level])) ? [at] : [],
    );
    if (found.some((at) => members[at]?.length !== steps.length)) onlyWhole = false;
    return found;
  }

  function compilePath(path: string): Getter {
    const steps = readSteps(path);
    const head = steps[0]?.key ?? '';
    const cells = head === '@' || roots.has(head) ? null : findCells(path, steps);
    if (cells === null) onlyCells = false;
    else for (const cell of cells) traced.add(cell);
    if (head === '@') {
      const rest = steps.slice(1);
      return () => walk(element.value, rest);
    }
    if (variant.format === 'json') return (record) => walk(record, steps);
    const root = roots.get(head);
    if (!root) return createColumnGetter(path, columns);
    const rest = steps.slice(1);
    return (record) => walk(root(record), rest);
  }

  function compile(spec: FieldSpec): Getter {
    if (typeof spec === 'string') return compilePath(spec);
    if (Array.isArray(spec)) return firstOf(spec.map(compile));
    if (spec.when === undefined) return compileBare(spec);
    return onlyWhen(compileBare(spec), compile(spec.when), spec.matches);
  }

  function compileBare(spec: Exclude<FieldSpec, string | FieldSpec[]>): Getter {
    if ('always' in spec) return () => spec.always;
    if ('join' in spec) return joined(spec.join.map(compile), spec.by);
    if ('in' in spec) return compileSearch(spec);
    const inner = compile(spec.from);
    const pattern = spec.match === undefined ? null : compileExpression(spec.match, 'u');
    const values = spec.values && byLowerCase(spec.values);
    return (record) => {
      let value = inner(record);
      if (spec.decode) value = decoded(value);
      if (pattern) {
        const text = valueText(value);
        value = text === null ? null : pattern.exec(text)?.[1];
      }
      return values ? (values.get(valueText(value)?.toLowerCase() ?? '') ?? value) : value;
    };
  }

  function compileSearch(spec: Extract<FieldSpec, { in: string }>): Getter {
    const list = compilePath(spec.in);
    const [first, ...others] = Object.entries(spec.where).map(([path, texts]) => ({
      steps: readSteps(path),
      texts: typeof texts === 'string' ? [texts] : texts,
    }));
    const takes = (typeof spec.take === 'string' ? [spec.take] : spec.take).map(readSteps);
    const has = (item: unknown, steps: Step[], text: string) => valueText(walk(item, steps)) === text;
    return (record) => {
      const items = toList(list(record));
      for (const text of first?.texts ?? []) {
        const found = items.find(
          (item) =>
            has(item, first?.steps ?? [], text) &&
            others.every((other) => other.texts.some((one) => has(item, other.steps, one))),
        );
        if (found === undefined) continue;
        for (const steps of takes) {
          const value = walk(found, steps);
          if (isValue(value)) return value;
        }
      }
      return null;
    };
  }

  function trace<T>(make: () => T): { made: T; columns: readonly number[] | null; isWhole: boolean } {
    [traced, onlyCells, onlyWhole] = [new Set(), true, true];
    const made = make();
    return { made, columns: onlyCells ? [...traced] : null, isWhole: onlyWhole };
  }

  return { compile, element, trace };
}

/** Text of a value. A lone surrogate, which no UTF-8 file can hold, becomes U+FFFD here; the raw record keeps it. */
export function valueText(value: unknown): string | null {
  return jsonText(value)?.toWellFormed() ?? null;
}

/** Text of a value, null where there is none: for names and ids an empty text is none. */
export function filled(value: unknown): string | null {
  const text = valueText(value);
  return text === '' ? null : text;
}

/** A list as it is, an object as a list of one, anything else as an empty one. */
export function toList(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return typeof value === 'object' && value !== null ? [value] : [];
}

/** The JSON value a text holds; undefined where it holds none, or one that nests too deep to be walked. */
export function parseText(text: string): unknown {
  try {
    const value = parseJson(text);
    return isShallow(value, 100) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isShallow(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((member) => isShallow(member, levels - 1));
}

function decoded(value: unknown): unknown {
  // Bare numbers and words stay as they are written.
  if (typeof value !== 'string' || !/^\s*["[{]/.test(value)) return value;
  const parsed = parseText(value);
  return parsed === undefined ? value : parsed;
}

function isValue(value: unknown): boolean {
  return value !== null && value !== undefined && value !== '';
}

function firstOf(getters: readonly Getter[]): Getter {
  return (record) => {
    for (const get of getters) {
      const value = get(record);
      if (isValue(value)) return value;
    }
    return null;
  };
}

function onlyWhen(get: Getter, condition: Getter, matches: string | undefined): Getter {
  if (matches === undefined) return (record) => (isValue(condition(record)) ? get(record) : null);
  const pattern = compileExpression(matches, 'iu');
  return (record) => (pattern.test(valueText(condition(record)) ?? '') ? get(record) : null);
}

function joined(getters: readonly Getter[], by: string): Getter {
  return (record) => {
    const parts = getters.map((get) => filled(get(record)));
    return parts.includes(null) ? null : parts.join(by);
  };
}

function byLowerCase(values: Record<string, string>): Map<string, string> {
  return new Map(Object.entries(values).map(([text, value]) => [text.toLowerCase(), value]));
}

/** What a CSV path may begin with besides a column: a cell that holds JSON, or a list made of numbered columns. */
function createCsvRoots(variant: Variant, columns: readonly string[]): Map<string, Getter> {
  const roots = new Map<string, Getter>();
  for (const name of variant.parse ?? []) {
    const cell = createColumnGetter(name, columns);
    const read: Getter = (record) => {
      const text = cell(record);
      return typeof text === 'string' ? (parseText(text) ?? null) : null;
    };
    roots.set(name, rememberLast(read));
  }
  for (const [name, { members, first, last }] of Object.entries(variant.lists ?? {})) {
    const items = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) =>
      Object.entries(members).map(([key, column]) => ({
        key,
        get: createColumnGetter(column.replace('#', String(first + index)), columns),
      })),
    );
    roots.set(
      name,
      rememberLast((record) =>
        items
          .map((item) => Object.fromEntries(item.map(({ key, get }) => [key, get(record)])))
          .filter((item) => Object.values(item).some(isValue)),
      ),
    );
  }
  return roots;
}

/** Several fields look into the same cell of the same record: it is parsed once. */
function rememberLast(get: Getter): Getter {
  let last: RecordValue | null = null;
  let value: unknown;
  return (record) => {
    if (record !== last) {
      value = get(record);
      last = record;
    }
    return value;
  };
}

function createColumnGetter(name: string, columns: readonly string[]): Getter {
  const index = findColumn(name, columns);
  if (index === -1) return () => null;
  // An empty CSV cell is no value; white space inside one is kept.
  return (record) => (record as readonly string[])[index] || null;
}

function findColumn(name: string, columns: readonly string[]): number {
  return columns.findIndex((column) => normaliseName(column) === normaliseName(name));
}

function readSteps(path: string): Step[] {
  return path.split('/').map((step) => {
    const isName = step.length > 2 && step.startsWith('{') && step.endsWith('}');
    const key = (isName ? step.slice(1, -1) : step).replaceAll('~1', '/');
    return { key, normal: normaliseName(key), isName };
  });
}

function walkExactly(start: unknown, steps: readonly Step[]): unknown {
  let value = start;
  for (const step of steps) {
    if (typeof value !== 'object' || value === null) return null;
    let key = step.key;
    if (step.isName) {
      const name = Object.hasOwn(value, key) ? (value as Object)[key] : null;
      if (typeof name !== 'string') return null;
      key = name;
    }
    if (!Object.hasOwn(value, key)) return null;
    value = (value as Object)[key];
  }
  return value;
}

/** walkExactly for keys written in any way. A record's keys are normalised once, however many names it is asked for. */
function createLooseWalk(): typeof walkExactly {
  const keysOf = new WeakMap<object, Map<string, string>>();
  const findKey = (value: object, wanted: string, normal: string): string | undefined => {
    let keys = keysOf.get(value);
    if (!keys) {
      keys = new Map();
      // The first of several that are written differently counts, as with columns.
      for (const key of Object.keys(value).reverse()) keys.set(normaliseName(key), key);
      keysOf.set(value, keys);
    }
    return Object.hasOwn(value, wanted) ? wanted : keys.get(normal);
  };
  return (start, steps) => {
    let value = start;
    for (const step of steps) {
      if (typeof value !== 'object' || value === null) return null;
      let key = findKey(value, step.key, step.normal);
      if (key !== undefined && step.isName) {
        const name = (value as Object)[key];
        key = typeof name === 'string' ? findKey(value, name, normaliseName(name)) : undefined;
      }
      if (key === undefined) return null;
      value = (value as Object)[key];
    }
    return value;
  };
}
