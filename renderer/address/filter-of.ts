// A filter text made of values as they are recorded: what leads from a figure to its events.

import { type FilterKey, printFilter } from '#core/query/filter.ts';

/** The filter for these values, each taken as it is; a null one is left out. */
export const filterOf = (terms: [FilterKey, string | null][]): string =>
  printFilter(
    terms.flatMap(([key, value]) =>
      value === null ? [] : [{ key, value, quoted: value === '' || /[\s"*\\]/.test(value) }],
    ),
  );
