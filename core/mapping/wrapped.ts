// Records that something else wrapped: search and log systems, queues and buses export what they were given as one
// member of an object of their own (`_source`, `node`, `detail`). A preset reads it there, and the object stays whole.

import type { Variant } from './form.ts';

/** The members of a record that are objects, each with the key paths in it. */
export function membersOf(names: readonly string[]): { member: string; inside: string[] }[] {
  return names
    .filter((name) => !name.includes('/'))
    .map((member) => {
      const start = `${member}/`;
      return {
        member,
        inside: names.flatMap((name) => (name.startsWith(start) ? [name.slice(start.length)] : [])),
      };
    })
    .filter(({ inside }) => inside.length > 0);
}

/** A variant for JSON, as it reads what is the value of `member` (a key path) in each record. */
export function variantWithin(variant: Variant, member: string): Variant {
  const within = (path: string) => (path === '@' || path.startsWith('@/') ? path : `${member}/${path}`);
  /** Of what says where a value comes from, in any form, the paths: texts, lists of them, and what these members hold. */
  const moved = (spec: unknown): unknown => {
    if (typeof spec === 'string') return within(spec);
    if (Array.isArray(spec)) return spec.map(moved);
    return Object.fromEntries(
      Object.entries(spec as object).map(([key, value]) => [key, places.has(key) ? moved(value) : value]),
    );
  };
  return {
    ...variant,
    requires: moved(variant.requires) as Variant['requires'],
    knows: [],
    ...(variant.each === undefined ? {} : { each: within(variant.each) }),
    ...(variant.eachIf === undefined ? {} : { eachIf: moved(variant.eachIf) as Variant['eachIf'] }),
    fields: Object.fromEntries(
      Object.entries(variant.fields).map(([field, spec]) => [field, moved(spec)]),
    ) as Variant['fields'],
  };
}

/** Members of a spec that hold paths. */
const places = new Set(['from', 'join', 'when', 'in']);
