// Numbers and pairs as a person types them into a form.

type Say = (field: string, message: string) => void;

/** A number from its text; says what is wrong with it and gives the least there is. */
export function numberIn(text: string, field: string, least: number, most: number, say: Say): number {
  const number = Number(text.trim().replace(',', '.'));
  if (text.trim() !== '' && Number.isInteger(number) && number >= least && number <= most) return number;
  say(field, `Write a whole number from ${least} to ${most}.`);
  return least;
}

/** Pairs, one on each line; empty lines are left out. */
export function pairsIn(text: string, between: ':' | '=', field: string, say: Say): Record<string, string> {
  const pairs: Record<string, string> = {};
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === '') continue;
    const at = line.indexOf(between);
    const name = line.slice(0, at).trim();
    if (at < 1 || name === '') {
      say(
        field,
        `“${line.trim().slice(0, 60)}” has no ${between === ':' ? 'colon' : '='}. Write one on each line, as ${between === ':' ? 'Name: value' : 'name=value'}.`,
      );
      continue;
    }
    pairs[name] = line.slice(at + 1).trim();
  }
  return pairs;
}

export const textOfPairs = (pairs: Readonly<Record<string, string>>, between: string): string =>
  Object.entries(pairs)
    .map(([name, value]) => name + between + value)
    .join('\n');
