// Reading a request list and adding to it.

import type { Input, Output } from '#core/contract.ts';
import type { Party, Said } from '#core/request-model.ts';
import type { ListPlace } from '../audit/open-pack.ts';
import { ask, connection, queries, useAnswer } from '../engine/engine.ts';

/** A list beside its pack; without a grant of one, the engine looks for the pack in the workspace. */
export type Beside = { pack: string | null; list: ListPlace | null; earlier: ListPlace | null };

const placeOf = ({ grant, name }: ListPlace): Input<'requests.read'>['list'] => ({ grant, name });

/** The list, checked; nothing is asked while there is none. */
export function useRequests(beside: Beside) {
  return useAnswer('requests.read', inputOf(beside), { enabled: beside.list !== null });
}

/** Reads a list before it takes the place of another: throws what the engine says of one that does not fit. */
export async function tryRequests(beside: Beside): Promise<void> {
  await ask('requests.read', inputOf(beside));
}

const inputOf = ({ pack, list, earlier }: Beside): Input<'requests.read'> => ({
  pack,
  list: list ? placeOf(list) : { grant: '', name: null },
  earlier: earlier && placeOf(earlier),
});

/** Adds what somebody says to the list, which is begun where there is none. */
export async function sayInList(
  { pack, list, party, person }: { pack: string | null; list: ListPlace; party: Party; person: string },
  said: Said,
): Promise<Output<'requests.add'>> {
  const client = await connection.client();
  const added = await client.command('requests.add', {
    pack,
    list: placeOf(list),
    party,
    person: person.trim(),
    said,
  });
  await queries.invalidateQueries({ queryKey: ['requests.read'] });
  return added;
}
