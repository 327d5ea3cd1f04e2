// A view of the events: everything that decides what a list shows, so that it can be named, saved, and handed to
// somebody else as one line of text. The line survives chat and mail: letters, digits and a few signs, no quotes.

import { AppError } from '#core/errors.ts';
import type { EventQuery } from '#core/model.ts';
import { assertZone } from '#core/time.ts';
import { type Sort, sortKeys } from './sort.ts';

/** `zone` is the one dates are meant in, `shown` the one times are shown in (null for the same). Widths are px. */
export type ViewSetup = EventQuery & {
  shown: string | null;
  sort: Sort;
  /** Shown columns in order; a null width is the usual one. */
  columns: { id: string; width: number | null }[];
};
export type View = { name: string; setup: ViewSetup };

/** A view in review.db: when it was saved last, and under which account of this computer. */
export type SavedView = View & { at: string; account: string };

const start = 'exhibit-view:1?';

/** `actor.asc`. */
export const formatSort = ({ by, direction }: Sort): string => `${by}.${direction}`;

/** The order `formatSort` wrote; null for anything else. */
export function parseSort(text: string | null): Sort | null {
  const [by, direction, more] = (text ?? '').split('.');
  const key = sortKeys.find((one) => one === by);
  return key && more === undefined && (direction === 'asc' || direction === 'desc')
    ? { by: key, direction }
    : null;
}

/** The view as one line of text; `parseView` gives the same view back. */
export function printView({ name, setup }: View): string {
  const { filter, from, to, zone, shown, sort, columns } = setup;
  const parts = new URLSearchParams({ name, filter });
  if (from !== null) parts.set('from', from);
  if (to !== null) parts.set('to', to);
  parts.set('zone', zone);
  if (shown !== null) parts.set('shown', shown);
  parts.set('sort', formatSort(sort));
  parts.set('columns', columns.map(({ id, width }) => (width === null ? id : `${id}~${width}`)).join('_'));
  return `${start}${parts}`;
}

/** Reads a view's line. Throws AppError('usage') for anything else, saying what is wrong with it. */
export function parseView(text: string): View {
  const line = text.trim();
  if (!line.startsWith(start)) {
    const newer = /^exhibit-view:\d/.test(line);
    throw new AppError(
      'usage',
      newer
        ? 'That view comes from a newer Exhibit. Install the newer version to open it.'
        : `That is not a view. The text of one begins with ${start}`,
    );
  }
  const parts = new URLSearchParams(line.slice(start.length));
  const name = parts.get('name')?.trim() ?? '';
  const zone = parts.get('zone') ?? 'UTC';
  const shown = parts.get('shown');
  const sort = parseSort(parts.get('sort'));
  const columns = (parts.get('columns') ?? '').split('_').map(parseColumn);
  assertZone(zone);
  if (shown !== null) assertZone(shown);
  if (name === '' || name.length > 200 || sort === null || columns.includes(null)) {
    throw new AppError('usage', 'A part of that view is missing or was changed on the way. Copy it again.');
  }
  return {
    name,
    setup: {
      filter: parts.get('filter') ?? '',
      from: parts.get('from'),
      to: parts.get('to'),
      zone,
      shown,
      sort,
      columns: columns as ViewSetup['columns'],
    },
  };
}

function parseColumn(text: string): ViewSetup['columns'][number] | null {
  const match = /^([a-z-]{1,40})(?:~(\d{1,4}))?$/.exec(text);
  return match ? { id: match[1] as string, width: match[2] === undefined ? null : Number(match[2]) } : null;
}
