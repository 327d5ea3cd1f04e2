// What an answer of an API holds, for a person who has to say where its records are and how its pages follow each other:
// the lists in it, and what in it looks as if it led on. A proposal, never more: nothing is read by it without being set.

import type { AnswerLook } from '#core/sync-model.ts';
import { readLink } from './page.ts';

const deepest = 4;
const most = 12;

/** Looks at the text of an answer and its Link header; what is no JSON holds nothing. */
export function lookAt(text: string, link: string | null): AnswerLook {
  const look: AnswerLook = { lists: [], leads: [] };
  if (link !== null && readLink(link) !== null) look.leads.push({ kind: 'link', from: '', place: '' });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return look;
  }
  visit(value, [], look);
  // What holds the most records is what was asked for.
  look.lists = look.lists.toSorted((a, b) => b.records - a.records).slice(0, most);
  return look;
}

function visit(value: unknown, path: readonly string[], look: AnswerLook): void {
  if (Array.isArray(value)) {
    const isOfRecords = value.every((one) => typeof one === 'object' && one !== null);
    if (isOfRecords) look.lists.push({ path: path.join('/'), records: value.length });
    return;
  }
  if (typeof value === 'object' && value !== null) {
    if (path.length >= deepest) return;
    for (const [name, member] of Object.entries(value)) {
      // A path is its members joined by slashes, so that these cannot be named.
      if (name !== '' && !name.includes('/')) visit(member, [...path, name], look);
    }
    return;
  }
  const name = path.at(-1);
  if (name === undefined || look.leads.length >= most) return;
  if ((typeof value !== 'string' && typeof value !== 'number') || value === '') return;
  if (!/next|cursor|continu|scroll|page_?token/i.test(path.join('/'))) return;
  const from = path.join('/');
  if (/^(https?:\/\/|\/)/.test(String(value))) look.leads.push({ kind: 'next', from, place: '' });
  else look.leads.push({ kind: 'cursor', from, place: placeOf(name) });
}

/** What the query probably calls a cursor that the answer calls so: next_cursor is asked for as cursor. */
function placeOf(name: string): string {
  const bare = name.replace(/^next[-_]?/i, '');
  if (bare === '') return 'cursor';
  return bare.charAt(0).toLowerCase() + bare.slice(1);
}
