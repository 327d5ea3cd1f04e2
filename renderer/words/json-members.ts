// The members of an object and the elements of an array in JSON text, each as it is written: a number of twenty digits
// stays what it is, which parsing would round.

/** Key and text of each member; null for what is no object, or says a key twice. */
export function membersOf(text: string): Map<string, string> | null {
  if (!isJson(text, '{')) return null;
  const members = new Map<string, string>();
  for (const part of partsOf(text)) {
    const end = endOfString(part, 0);
    const key = JSON.parse(part.slice(0, end)) as string;
    if (members.has(key)) return null;
    members.set(key, part.slice(part.indexOf(':', end) + 1).trim());
  }
  return members;
}

/** The text of each element; null for what is no array. */
export const elementsOf = (text: string): string[] | null => (isJson(text, '[') ? partsOf(text) : null);

function isJson(text: string, opening: string): boolean {
  if (!text.trimStart().startsWith(opening)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** What stands between the commas of the outermost brackets. */
function partsOf(text: string): string[] {
  const inside = text.trim().slice(1, -1);
  const parts: string[] = [];
  let [depth, start] = [0, 0];
  for (let at = 0; at < inside.length; at++) {
    const sign = inside[at] as string;
    if (sign === '"') at = endOfString(inside, at) - 1;
    else if (sign === '{' || sign === '[') depth += 1;
    else if (sign === '}' || sign === ']') depth -= 1;
    else if (sign === ',' && depth === 0) {
      parts.push(inside.slice(start, at).trim());
      start = at + 1;
    }
  }
  const last = inside.slice(start).trim();
  return last === '' ? parts : [...parts, last];
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}
