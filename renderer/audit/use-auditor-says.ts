// What the auditor says is kept in the list that is open; the first time, the folder is asked for that is to hold it.

import type { Said } from '#core/request-model.ts';
import type { Grant } from '#preload/desktop-api.ts';
import { sayInList } from '../requests/calls.ts';
import { usePerson } from '../review/person.ts';
import { noteFleeting, takeList, useOpenPack } from './open-pack.ts';

/**
 * Says something as the auditor. Resolves to false when no folder was chosen, so that nothing was kept; throws what the
 * engine says.
 */
export function useAuditorSays(pack: Grant): (said: Said) => Promise<boolean> {
  const { list } = useOpenPack();
  const person = usePerson();
  return async (said) => {
    const folder = list ?? (await window.exhibit.chooseFolder('requests'));
    if (!folder) return false;
    const place = 'grant' in folder ? folder : { grant: folder.id, name: null };
    const added = await sayInList({ pack: pack.id, list: place, party: 'auditor', person }, said);
    if (added.isFleeting) noteFleeting();
    if (list === null) takeList({ grant: place.grant, name: added.name, label: added.name }, true);
    return true;
  };
}
