// The names a person can choose from when an export is mapped: CSV columns, or the key paths of JSON records, each
// with the texts found there.

import { valueText } from '#core/integrity/canonical.ts';

const mostPaths = 400;
const deepest = 6;
const longestSample = 200;

/** One record as texts by name: only what is filled, long texts cut. */
export type SampleRecord = Record<string, string>;

/** A CSV record by column. */
export function csvSample(columns: readonly string[], cells: readonly string[]): SampleRecord {
  return fromEntries(columns.map((name, at) => [name, cells[at] ?? '']));
}

/** A JSON record by key path, in the order of its keys: what can be a value, and of lists the first element. */
export function jsonSample(record: Record<string, unknown>): SampleRecord {
  const found: [string, string][] = [];
  const walk = (value: unknown, path: string, levels: number): void => {
    if (found.length >= mostPaths || value === null || value === undefined) return;
    if (typeof value !== 'object') {
      found.push([path, valueText(value) ?? '']);
      return;
    }
    // Structured values can be a value as they are, too: an old and a new state often are.
    const text = valueText(value) ?? '';
    if (path !== '') found.push([path, text]);
    // A number kept as its digits is an object here, and has no members.
    if (levels === 0 || !/^[[{]/.test(text)) return;
    const members = Array.isArray(value) ? value.slice(0, 1).entries() : Object.entries(value);
    for (const [key, member] of members) {
      const step = String(key).replaceAll('/', '~1');
      walk(member, path === '' ? step : `${path}/${step}`, levels - 1);
    }
  };
  walk(record, '', deepest);
  return fromEntries(found);
}

/** All names of some records, in the order in which they first occur. */
export function namesOf(samples: readonly SampleRecord[]): string[] {
  return [...new Set(samples.flatMap((sample) => Object.keys(sample)))].slice(0, mostPaths);
}

/** Own members whatever they are called, `__proto__` included. */
function fromEntries(entries: readonly [string, string][]): SampleRecord {
  return Object.fromEntries(
    entries
      .filter(([, text]) => text !== '')
      .map(([name, text]) => [name, text.length > longestSample ? `${text.slice(0, longestSample)}…` : text]),
  );
}
