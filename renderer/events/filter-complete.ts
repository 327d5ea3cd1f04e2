// What the search box can offer at the caret: keys of the filter language, and values of the key that is being typed.
// The text is cut into terms the way the parser does it, yet no mistake stops it: it is being written.

import { categories, outcomes } from '#core/model.ts';
import { type FilterKey, filterKeys, printFilter } from '#core/query/filter.ts';

/** The term at the caret: what stands at `[from, to)`, its key where it has one, and its value as far as typed. */
export type TermAtCaret = { from: number; to: number; key: FilterKey | null; typed: string };

/** What can be put in the place of the term: `text` is what is shown, `insert` what is written. */
export type Offer = { text: string; insert: string; about: string };

/** Values by key, as far as they are known. */
export type KnownValues = Partial<Record<FilterKey, readonly string[]>>;

const most = 8;

const meanings: Record<FilterKey, string> = {
  actor: 'who did it',
  action: 'the vendor’s name of the event',
  category: 'kind of event, or a family such as access',
  target: 'what it was done to, by id or name',
  type: 'type of the target',
  source: 'which log it is from',
  ip: 'address it came from',
  outcome: 'success, failure or unknown',
  field: 'what of the target changed',
  subject: 'whose rights changed',
  person: 'who did it, under any name that was merged',
  tag: 'tag that somebody gave it, * for any',
  note: 'note that somebody wrote, * for any text',
  before: 'ends before a date, such as 2026-01-31',
  after: 'begins with a date, such as 2026-01-31',
};

/** Keys whose value can be absent: `key:""`. */
const canBeAbsent: readonly FilterKey[] = ['actor', 'target', 'ip', 'field', 'subject'];

/** The term that the caret stands in or right behind; null between terms, and in a term that is finished. */
export function termAtCaret(text: string, caret: number): TermAtCaret | null {
  for (let at = 0; at < text.length; ) {
    if (/\s/.test(text[at] as string)) {
      at += 1;
      continue;
    }
    const key = /^([A-Za-z]+):/.exec(text.slice(at));
    const begin = at + (key?.[0].length ?? 0);
    const quoted = text[begin] === '"';
    const end = quoted ? endOfQuoted(text, begin) : endOfBare(text, begin);
    if (caret >= at && caret <= end.at) {
      const known = filterKeys.find((one) => one === key?.[1]?.toLowerCase()) ?? null;
      if ((key && known === null) || caret < begin || (quoted && end.closed)) return null;
      const value = text.slice(quoted ? begin + 1 : begin, end.at);
      return {
        from: at,
        to: end.at,
        key: known,
        typed: quoted ? value.replace(/\\(["\\])/g, '$1') : value,
      };
    }
    at = end.at;
  }
  return null;
}

function endOfBare(text: string, from: number): { at: number; closed: boolean } {
  const blank = text.slice(from).search(/\s/);
  return { at: blank === -1 ? text.length : from + blank, closed: false };
}

function endOfQuoted(text: string, from: number): { at: number; closed: boolean } {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return { at: at + 1, closed: true };
  }
  return { at: text.length, closed: false };
}

/** What to offer at the caret, best first; empty when there is nothing to add to what stands there. */
export function offersAt(text: string, caret: number, known: KnownValues): Offer[] {
  const term = termAtCaret(text, caret);
  if (term === null) return [];
  if (term.key === null) {
    if (!/^[A-Za-z]+$/.test(term.typed)) return [];
    const begin = term.typed.toLowerCase();
    return filterKeys
      .filter((key) => key.startsWith(begin))
      .map((key) => ({ text: `${key}:`, insert: `${key}:`, about: meanings[key] }));
  }
  const { key, typed } = term;
  const values = key === 'category' ? categories : key === 'outcome' ? outcomes : (known[key] ?? []);
  const found = bestOf(values, typed);
  if (found.length === 1 && found[0]?.toLowerCase() === typed.toLowerCase()) return [];
  const offers = found.map((value) => ({ text: value, insert: printValue(key, value), about: '' }));
  if (typed !== '' || !canBeAbsent.includes(key)) return offers;
  return [...offers.slice(0, most - 1), { text: '""', insert: `${key}:""`, about: 'events without one' }];
}

/** Values that begin with what was typed, then those that hold it; a single letter is held by nearly all. */
function bestOf(values: readonly string[], typed: string): string[] {
  const wanted = typed.toLowerCase();
  const begin: string[] = [];
  const hold: string[] = [];
  for (const value of values) {
    const place = value.toLowerCase().indexOf(wanted);
    if (place === 0) begin.push(value);
    else if (place > 0 && wanted.length > 1) hold.push(value);
    if (begin.length === most) break;
  }
  return [...begin, ...hold].slice(0, most);
}

const printValue = (key: FilterKey, value: string): string =>
  printFilter([{ key, value, quoted: /[\s"*]/.test(value) }]);

/** The text with the term at the caret replaced, and where the caret then stands. */
export function takeOffer(text: string, caret: number, offer: Offer): { text: string; caret: number } {
  const term = termAtCaret(text, caret);
  const from = term?.from ?? caret;
  const rest = text.slice(term?.to ?? caret);
  // A key waits for its value; a value is finished, so the next term may begin.
  const gap = offer.insert.endsWith(':') || /^\s/.test(rest) ? '' : ' ';
  const before = `${text.slice(0, from)}${offer.insert}${gap}`;
  return { text: before + rest, caret: before.length };
}
