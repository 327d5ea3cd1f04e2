// Counts the events of a query by kind, from the columns where they are there.

import type { EventTally } from '#core/query/tally.ts';
import type { Store } from '#core/store/open.ts';
import { type Columns, isIntact } from './columns.ts';
import type { ColumnsAccess } from './columns-access.ts';
import { rowOf, type Selection, selectRows } from './selection.ts';

/** A tally of the log as the store sees it at each question: ask it inside the transaction that reads the rest. */
export function createTally(store: Store, access: ColumnsAccess): EventTally {
  const read = <T>(make: (columns: Columns) => T): T | null => {
    const columns = access.now(store);
    if (!columns) return null;
    try {
      const made = make(columns);
      return isIntact(columns) ? made : null;
    } catch (error) {
      if (isIntact(columns)) throw error;
      return null;
    }
  };
  return {
    countKinds: (query) => read((columns) => countKinds(columns, selectRows(store, columns, query))),
    idsOf: (query, kinds) => read((columns) => idsOf(columns, selectRows(store, columns, query), kinds)),
  };
}

function countKinds({ codes, highest }: Columns, selection: Selection) {
  const all = new Uint32Array(highest.kind + 1);
  const withSubject = new Uint32Array(highest.kind + 1);
  for (let place = 0; place < selection.length; place++) {
    const row = rowOf(selection, place);
    const kind = codes.kind[row] as number;
    (all[kind] as number)++;
    if (codes.subject[row] !== 0) (withSubject[kind] as number)++;
  }
  return { all, withSubject };
}

function idsOf({ id, codes }: Columns, selection: Selection, kinds?: ReadonlySet<number>): Uint32Array {
  const ids = new Uint32Array(selection.length);
  let length = 0;
  for (let place = 0; place < selection.length; place++) {
    const row = rowOf(selection, place);
    if (kinds && (codes.subject[row] === 0 || !kinds.has(codes.kind[row] as number))) continue;
    ids[length++] = id[row] as number;
  }
  return ids.slice(0, length);
}
