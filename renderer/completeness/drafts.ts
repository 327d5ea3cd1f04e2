// Explanations that were begun and not saved, and the name they are given under. Kept while the window lives, so that
// looking at the events in between loses nothing.

import type { Finding } from './findings.ts';

const notes = new Map<string, string>();
let person: string | null = null;

const keyOf = ({ source, kind, key }: Finding): string => JSON.stringify([source, kind, key]);

export const noteOf = (finding: Finding): string => notes.get(keyOf(finding)) ?? '';

export function keepNote(finding: Finding, note: string): void {
  if (note === '') notes.delete(keyOf(finding));
  else notes.set(keyOf(finding), note);
}

/** The name given last in this window, else `otherwise`. */
export const personOr = (otherwise: string): string => person ?? otherwise;

export function keepPerson(name: string): void {
  person = name;
}
