// A filter text made of values as they are recorded: what leads from a figure to its events.

import { type FilterKey, filterOfValues } from '#core/query/filter.ts';

/** The filter for these values, each taken as it is; a null one is left out. */
export const filterOf = (terms: [FilterKey, string | null][]): string => filterOfValues(terms);
