// Every name a target was seen with: a baseline or a maintenance window may know it by another than the log's last.

import { usedWords } from '#core/store/live.ts';
import type { Store } from '#core/store/open.ts';
import type { TrackIndex } from '#core/store/tracks.ts';

/** Says the ids and names of a track's target. */
export function readTargetNames(store: Store, index: TrackIndex): (track: number) => readonly string[] {
  const names = new Map<string, Set<string>>();
  const rows = store.db
    .prepare(`SELECT type, target_id, name FROM target WHERE ${usedWords(store.db, 'target')}`)
    .raw()
    .iterate();
  for (const [type, id, name] of rows as IterableIterator<(string | null)[]>) {
    const key = JSON.stringify([type, id ?? name]);
    const known = names.get(key) ?? new Set();
    names.set(key, known);
    if (id != null) known.add(id);
    if (name != null) known.add(name);
  }
  return (track) => {
    const { type, key } = index.placeOfTrack(track);
    return key === null ? [] : [...(names.get(JSON.stringify([type, key])) ?? [])];
  };
}
