// Breaks a text into lines of a width: at blanks, after the joints of ids and paths, and inside a word that is wider
// than the line. What does not fit into the allowed lines ends in an ellipsis, and the caller is told.

export type Measure = (text: string) => number;

/** A token must not be torn: its parts would no longer say which character they stand for. */
const pieces = /⟨U\+[0-9A-F]{4,6}⟩|[\s\S]/gu;

/** Lines of one paragraph. `cut` says that text is missing at the end. */
export function breakLines(
  text: string,
  width: number,
  measure: Measure,
  maxLines = Number.POSITIVE_INFINITY,
): { lines: string[]; cut: boolean } {
  const lines: string[] = [];
  let line = '';
  for (const word of splitWords(text)) {
    if (measure(line + word.trimEnd()) <= width) {
      line += word;
      continue;
    }
    if (line.trim() !== '') lines.push(line.trimEnd());
    line = '';
    if (measure(word.trimEnd()) <= width) {
      line = word;
      continue;
    }
    for (const piece of word.match(pieces) ?? []) {
      if (line !== '' && measure(line + piece) > width) {
        lines.push(line);
        line = '';
      }
      line += piece;
    }
    if (lines.length > maxLines) break;
  }
  if (line !== '' || lines.length === 0) lines.push(line.trimEnd());
  if (lines.length <= maxLines) return { lines, cut: false };
  return { lines: endInEllipsis(lines, width, measure, maxLines), cut: true };
}

function endInEllipsis(lines: string[], width: number, measure: Measure, maxLines: number): string[] {
  const kept = lines.slice(0, maxLines);
  const last = (kept.pop() ?? '').match(pieces) ?? [];
  while (last.length > 0 && measure(`${last.join('')} …`) > width) last.pop();
  return [...kept, `${last.join('').trimEnd()} …`];
}

/** Words with the blanks behind them; also parted after `/ \ _ . @ : , ; -` where a long id may be broken. */
function splitWords(text: string): string[] {
  return text.match(/[^\s/\\_.@:,;-]*[/\\_.@:,;-]+\s*|[^\s/\\_.@:,;-]+\s*|\s+/gu) ?? [];
}
