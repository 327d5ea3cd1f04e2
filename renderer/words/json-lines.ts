// Lays out JSON text for reading without parsing it: every digit, escape and repeated key stays as it is stored.

/** `text` with line breaks and two-blank indents outside strings; text that is not JSON comes back unchanged. */
export function layOutJson(text: string): string {
  try {
    JSON.parse(text);
  } catch {
    return text;
  }
  let out = '';
  let depth = 0;
  let i = 0;
  const breakLine = () => `\n${'  '.repeat(depth)}`;
  while (i < text.length) {
    const char = text[i] as string;
    if (char === '"') {
      const end = endOfString(text, i);
      out += text.slice(i, end);
      i = end;
      continue;
    }
    i += 1;
    if (char === ' ' || char === '\n' || char === '\r' || char === '\t') continue;
    if (char === '{' || char === '[') {
      const next = text.slice(i).match(/^\s*[}\]]/);
      if (next) {
        out += char + (next[0].at(-1) as string);
        i += next[0].length;
        continue;
      }
      depth += 1;
      out += char + breakLine();
    } else if (char === '}' || char === ']') {
      depth -= 1;
      out += breakLine() + char;
    } else if (char === ',') out += `,${breakLine()}`;
    else if (char === ':') out += ': ';
    else out += char;
  }
  return out;
}

function endOfString(text: string, start: number): number {
  let i = start + 1;
  while (i < text.length && text[i] !== '"') i += text[i] === '\\' ? 2 : 1;
  return i + 1;
}
