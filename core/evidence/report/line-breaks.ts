// Breaks a text into lines of a width: at blanks; a word wider than the line after the joints of ids and paths, and
// only then anywhere. What does not fit into the allowed lines ends in an ellipsis, and the caller is told.

export type Measure = (text: string) => number;

/** A token must not be torn: its parts would no longer say which character they stand for. */
const pieces = /⟨U\+[0-9A-F]{4,6}⟩|[\s\S]/gu;
/** Parts of a word that is wider than a line: it may break after these characters. */
const joints = /⟨U\+[0-9A-F]{4,6}⟩\s*|[^⟨/\\_.@:,;-]*[/\\_.@:,;-]+\s*|[^⟨/\\_.@:,;-]+|⟨/gu;

/** Lines of one paragraph. `cut` says that text is missing at the end. */
export function breakLines(
  text: string,
  width: number,
  measure: Measure,
  maxLines = Number.POSITIVE_INFINITY,
): { lines: string[]; cut: boolean } {
  const lines: string[] = [];
  let line = '';
  const push = () => {
    if (line.trim() !== '') lines.push(line.trimEnd());
    line = '';
  };
  const fits = (more: string) => measure(line + more.trimEnd()) <= width;
  /** Takes a part whole, on this line or the next; tells whether it could. */
  const place = (part: string): boolean => {
    if (!fits(part)) {
      if (measure(part.trimEnd()) > width) return false;
      push();
    }
    line += part;
    return true;
  };
  for (const word of text.match(/\S+\s*|\s+/gu) ?? []) {
    if (lines.length > maxLines) break;
    if (place(word)) continue;
    for (const part of word.match(joints) ?? []) {
      if (place(part)) continue;
      for (const piece of part.match(pieces) ?? []) {
        if (line !== '' && !fits(piece)) push();
        line += piece;
      }
    }
  }
  push();
  if (lines.length === 0) lines.push('');
  if (lines.length <= maxLines) return { lines, cut: false };
  return { lines: endInEllipsis(lines, width, measure, maxLines), cut: true };
}

function endInEllipsis(lines: string[], width: number, measure: Measure, maxLines: number): string[] {
  const kept = lines.slice(0, maxLines);
  const last = (kept.pop() ?? '').match(pieces) ?? [];
  while (last.length > 0 && measure(`${last.join('')} …`) > width) last.pop();
  return [...kept, `${last.join('').trimEnd()} …`];
}
