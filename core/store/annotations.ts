// Notes and tags on events, in review.db. Nothing is overwritten: each version is an activity, whose hash covers it, and
// the newest of an event counts. One without note and tags takes back what was said before.

import { type Annotation, anyMapping } from '#core/event-model.ts';
import { formatUtc } from '#core/time.ts';
import { recordActivity } from './activity.ts';
import type { Store } from './open.ts';

export type NewAnnotation = Pick<Annotation, 'event' | 'note' | 'tags' | 'person'>;

/** Stores a version in a review file opened for writing. Of tags that differ in case alone the first one is kept. */
export function addAnnotation(review: Store, { event, note, tags, person }: NewAnnotation): void {
  const kept = tags.filter(
    (tag, at) => tags.findIndex((one) => one.toLowerCase() === tag.toLowerCase()) === at,
  );
  recordActivity(review, 'annotate', { event: anyMapping(event), note, tags: kept, person });
}

/** What is said of events now, newest first; what was taken back is left out. */
export function listAnnotations(review: Store): Annotation[] {
  const seen = new Set<string>();
  return readVersions(review).filter(({ event, note, tags }) => {
    if (seen.has(event)) return false;
    seen.add(event);
    return note !== '' || tags.length > 0;
  });
}

/** Every version of what was said of one event, newest first. */
export function listVersions(review: Store, event: string): Annotation[] {
  return readVersions(review, anyMapping(event));
}

type Row = { at: number; person: string; detail: string };

function readVersions({ db }: Store, event: string | null = null): Annotation[] {
  const rows = db
    .prepare(
      `SELECT at, person, detail FROM activity
       WHERE action = 'annotate' AND (@event IS NULL OR detail ->> 'event' = @event) ORDER BY id DESC`,
    )
    .all({ event }) as Row[];
  return rows.map(({ at, person: account, detail }) => ({
    ...(JSON.parse(detail) as NewAnnotation),
    at: formatUtc(at),
    account,
  }));
}
