// Tags as they are typed, and the ones there are.

import type { Annotation } from '#core/event-model.ts';

/** Tags of a line such as `to ask, on call`; one that is there in other letters is there. */
export function tagsIn(line: string): string[] {
  const tags = line.split(',').flatMap((tag) => tag.trim() || []);
  return tags.filter((tag, at) => tags.findIndex((one) => one.toLowerCase() === tag.toLowerCase()) === at);
}

/** What is wrong with these tags, or null. */
export function wrongTags(tags: readonly string[]): string | null {
  if (tags.length > 20) return 'An event has 20 tags at most.';
  return tags.some((tag) => tag.length > 50) ? 'A tag has 50 letters at most.' : null;
}

/** Every tag that is in use, the most frequent first. */
export function tagsOf(notes: readonly Annotation[]): string[] {
  const counts = new Map<string, number>();
  for (const tag of notes.flatMap(({ tags }) => tags)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return [...counts.keys()].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0) || (a < b ? -1 : 1));
}
