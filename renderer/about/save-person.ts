// Merges the names of a person, or takes them apart.

import { keepPerson } from '../completeness/drafts.ts';
import { connection, queries } from '../engine/engine.ts';

/** Saves a merged person, and asks again whatever depends on it. Throws what the engine says. */
export async function savePerson(identity: {
  name: string;
  members: string[];
  person: string;
}): Promise<void> {
  const client = await connection.client();
  const answer = await client.command('identities.save', identity);
  keepPerson(identity.person);
  queries.setQueryData(['identities.list', {}], answer);
  await queries.invalidateQueries({
    predicate: ({ queryKey: [name, input] }) => {
      // Rights are counted and put in order by person.
      if (String(name).startsWith('access.')) return true;
      const { filter } = (input ?? {}) as { filter?: unknown };
      return typeof filter === 'string' && /\bperson:/i.test(filter);
    },
  });
}
