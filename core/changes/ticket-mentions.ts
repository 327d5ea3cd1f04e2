// Which tickets a record names, anywhere in its texts. A plain number is too common to be an id by itself: it counts
// after a sign or word that says what it is, as in #123, PR-123, pull/123 or ticket 123.

import type { Ticket } from '#core/ticket-model.ts';

const words = /[\p{L}\p{N}](?:[\p{L}\p{N}_.-]*[\p{L}\p{N}])?/gu;
const numbers =
  /(?:[#!]|\b(?:pr|mr|pull|pulls|merge_requests|ticket|issue|change)\b[-\s#:/=]{0,3})(\d+)(?!\w)/giu;

/** Says of a record as it is stored which tickets it names. */
export function createMentions(tickets: readonly Ticket[]): (raw: string) => Set<Ticket> {
  const byWord = new Map<string, Ticket>();
  const byNumber = new Map<string, Ticket>();
  const byText: { text: string; ticket: Ticket }[] = [];
  for (const ticket of tickets) {
    const id = ticket.id.toLowerCase();
    const number = /^[#!]?(\d+)$/.exec(id)?.[1];
    if (number !== undefined) byNumber.set(String(BigInt(number)), ticket);
    else if (id.match(words)?.[0] === id) byWord.set(id, ticket);
    else byText.push({ text: id, ticket });
  }
  return (raw) => {
    const text = plainText(raw).toLowerCase();
    const found = new Set<Ticket>();
    const add = (ticket: Ticket | undefined) => {
      if (ticket) found.add(ticket);
    };
    if (byWord.size > 0) for (const [word] of text.matchAll(words)) add(byWord.get(word));
    if (byNumber.size > 0)
      for (const [, number = ''] of text.matchAll(numbers)) add(byNumber.get(String(BigInt(number))));
    for (const { text: id, ticket } of byText) if (holds(text, id)) add(ticket);
    return found;
  };
}

/** As a whole: not within a longer word. */
function holds(text: string, id: string): boolean {
  const isWord = (sign: string | undefined) => sign !== undefined && /[\p{L}\p{N}]/u.test(sign);
  for (let at = text.indexOf(id); at !== -1; at = text.indexOf(id, at + 1)) {
    const isInside = isWord(text[at - 1]) && isWord(id[0]);
    if (!isInside && !(isWord(text[at + id.length]) && isWord(id.at(-1)))) return true;
  }
  return false;
}

/** What JSON escapes would run into the words beside them. */
function plainText(raw: string): string {
  if (!raw.includes('\\')) return raw;
  const texts: string[] = [];
  const walk = (value: unknown): void => {
    if (typeof value === 'object' && value !== null) for (const one of Object.values(value)) walk(one);
    else texts.push(String(value));
  };
  walk(JSON.parse(raw));
  return texts.join(' \n');
}
