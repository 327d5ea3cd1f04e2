// The values that the log holds for the key at the caret, those with most events first: asked of the engine as they are
// typed, since there may be more of them than anybody would load.

import { useRef } from 'react';
import { facetKeys } from '#core/query/summaries.ts';
import { useAnswer } from '../engine/engine.ts';
import { type KnownValues, termAtCaret } from './filter-complete.ts';
import { tagsOf } from './note-words.ts';

const most = 16;

/** Of the term at a place in the filter; none where no key stands. The last values stay until the next are there. */
export function useKnownValues(place: { text: string; caret: number } | null): KnownValues {
  const term = place === null ? null : termAtCaret(place.text, place.caret);
  const key = facetKeys.find((one) => one === term?.key) ?? null;
  const typed = term?.typed.slice(0, 200) ?? '';
  const facets = [{ key: key ?? 'actor', like: typed === '' ? null : typed, limit: most }];
  const everything = { filter: '', from: null, to: null, zone: 'UTC' };
  const answer = useAnswer('events.facets', { ...everything, facets }, { enabled: key !== null });
  const notes = useAnswer('notes.list', {}, { enabled: term?.key === 'tag' });
  const persons = useAnswer('identities.list', {}, { enabled: term?.key === 'person' });
  const last = useRef<KnownValues>({});
  const facet = answer.data?.facets[0];
  if (key !== null && facet?.key === key) {
    last.current = { [key]: facet.values.flatMap(({ value }) => (value === null ? [] : [value])) };
  }
  if (term?.key === 'person') return { person: persons.data?.identities.map(({ name }) => name) ?? [] };
  if (term?.key === 'tag') return { tag: tagsOf(notes.data ?? []) };
  return key !== null && key in last.current ? last.current : {};
}
