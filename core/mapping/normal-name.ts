// How names are compared everywhere in mapping. Apart from the presets, because the page compares names, too.

/** A name without case, blanks, `_`, `-` and `.`. */
export function normaliseName(name: string): string {
  return name.toLowerCase().replace(/[\s_.-]+/g, '');
}
