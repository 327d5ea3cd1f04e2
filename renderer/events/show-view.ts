// Shows a saved view: what it asks, in its order and columns.

import type { ViewSetup } from '#core/query/view.ts';
import { go } from '../address/use-address.ts';
import { readLayout, usualLayout } from './column-layout.ts';
import { columns } from './columns.tsx';
import { setLayout } from './use-layout.ts';

/** Goes to the events as the view has them. */
export function showView({ columns: shown, sort, ...asked }: ViewSetup): void {
  setLayout(readLayout(shown, columns) ?? usualLayout(columns));
  go({ ...asked, screen: 'events', sort: { ...sort }, event: null });
}
