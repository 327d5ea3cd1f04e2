// Which columns or keys a preset knows: what is left of a file is reported, so that nothing new goes unnoticed.

import type { FieldSpec, Variant } from './form.ts';
import { normaliseName } from './normal-name.ts';

/** Whether a CSV column, or a top-level JSON key, is one the variant reads or at least knows of. */
export function createNameCheck(variant: Variant): (name: string) => boolean {
  const known = new Set(knownNames(variant).map(normaliseName));
  const seen = new Map<string, boolean>();
  return (name) => {
    let isKnown = seen.get(name);
    if (isKnown === undefined) {
      isKnown = known.has(normaliseName(name));
      // Bounded: a hostile file may have new keys in each record.
      if (seen.size < 10_000) seen.set(name, isKnown);
    }
    return isKnown;
  };
}

/**
 * For each field of an event the names of a file that it is read from, the first choice first; `together` where the first
 * ones are one value.
 */
export function namesByField(
  variant: Variant,
  names: readonly string[],
): { field: string; names: string[]; together: boolean }[] {
  const written = new Map(names.map((name) => [normaliseName(name), name]));
  return Object.entries(variant.fields).flatMap(([field, spec]) => {
    const used = namesIn(spec).flatMap((name) => written.get(normaliseName(name)) ?? []);
    const first = Array.isArray(spec) ? spec[0] : spec;
    const parts =
      typeof first === 'object' && Object.hasOwn(first, 'join') ? (first as { join: FieldSpec[] }).join : [];
    const isWritten = (part: FieldSpec) => namesIn(part).some((name) => written.has(normaliseName(name)));
    const together = parts.length > 0 && parts.every(isWritten);
    return used.length > 0 ? [{ field, names: [...new Set(used)], together }] : [];
  });
}

function knownNames(variant: Variant): string[] {
  const names = [...variant.requires.flat(), ...variant.knows, ...(variant.parse ?? [])];
  for (const spec of Object.values(variant.fields)) names.push(...namesIn(spec));
  for (const slot of variant.slots ?? []) names.push(...slot.filled);
  for (const { members, first, last } of Object.values(variant.lists ?? {}))
    for (const column of Object.values(members))
      for (let at = first; at <= last; at++) names.push(column.replace('#', String(at)));
  if (variant.format === 'csv') return names;
  if (variant.each !== undefined) names.push(variant.each);
  // A key that is looked into is known as a whole.
  return names.map((name) => (name.split('/')[0] as string).replaceAll('~1', '/'));
}

/** The paths and columns a spec of any kind reads, those of its conditions included. */
export function namesIn(spec: unknown): string[] {
  if (typeof spec === 'string') return [spec];
  if (Array.isArray(spec)) return spec.flatMap(namesIn);
  if (typeof spec !== 'object' || spec === null) return [];
  const {
    from,
    join,
    when,
    in: list,
  } = spec as { from?: FieldSpec; join?: FieldSpec; when?: FieldSpec; in?: string };
  return [from, join, when, list].flatMap(namesIn);
}
