// CSV by RFC 4180, read in pieces of any size. Our own, because the libraries merge rows when line ends are mixed,
// drop columns named __proto__, swallow the rest of a file after an unclosed quote, or are slow. Line ends may be
// LF or CRLF, also both in one file; a newline inside quotes belongs to the cell.

import { AppError } from '#core/errors.ts';

/** One CSV record. `line` is where it begins in the file, from 1. `fault` says why its cells cannot be trusted. */
export type CsvRow = {
  cells: string[];
  line: number;
  fault: string | null;
  /** The record's text where no quote stands in it: its cells, separated by the delimiter and nothing else. */
  plain: string | null;
};

export type CsvReader = {
  /** Takes the next piece of text and returns the records that ended in it. */
  push(text: string): CsvRow[];
  /** Returns the last record when the file does not end with a newline. Throws AppError for an unclosed quote. */
  end(): CsvRow[];
};

/** What is wrong with a record whose cells only look whole. */
export const textAfterQuote = 'text follows a closing quote';

const quote = 34;
const carriageReturn = 13;

/** A record longer than this is an unclosed quote, not data; it also bounds the memory a bad file can take. */
export const longestRecord = 16 * 1024 * 1024;

/** A reader for one file. `delimiter` is one character. */
export function createCsvReader(delimiter: string): CsvReader {
  let carry = '';
  let line = 1;

  function readAll(text: string, isLast: boolean): CsvRow[] {
    const rows: CsvRow[] = [];
    // Both only move forward, so each character is searched once.
    const nextNewline = createFinder(text, '\n');
    const nextDelimiter = createFinder(text, delimiter);
    const nextQuote = createFinder(text, '"');
    let start = 0;
    for (;;) {
      // Most records are a line without a quote: cut by the runtime's own split, which nothing written here beats.
      const newline = nextNewline(start);
      const firstQuote = nextQuote(start);
      if (newline !== -1 && (firstQuote === -1 || firstQuote > newline)) {
        const end =
          newline > start && text.charCodeAt(newline - 1) === carriageReturn ? newline - 1 : newline;
        const plain = text.slice(start, end);
        rows.push({ cells: plain.split(delimiter), line, fault: null, plain });
        line += 1;
        start = newline + 1;
        continue;
      }
      const record = readRecord(start);
      if (!record) break;
      rows.push({ cells: record.cells, line, fault: record.fault, plain: null });
      line += record.lines;
      start = record.end;
    }
    carry = text.slice(start);
    return rows;

    /** The record that begins at `from`, or null where the text does not hold all of it. */
    function readRecord(
      from: number,
    ): { cells: string[]; lines: number; end: number; fault: string | null } | null {
      if (from >= text.length) return null;
      const cells: string[] = [];
      let fault: string | null = null;
      let lines = 1;
      for (let at = from; ; ) {
        let cell = '';
        const isQuoted = text.charCodeAt(at) === quote;
        if (isQuoted) {
          const end = closingQuote(text, at);
          // A quote at the end of this piece may be the first half of an escaped one.
          if (end === -1 || (end === text.length - 1 && !isLast)) return null;
          cell = text.slice(at + 1, end).replaceAll('""', '"');
          lines += countNewlines(text, at, end);
          at = end + 1;
        }
        const newline = nextNewline(at);
        const separator = nextDelimiter(at);
        const endsRecord = separator === -1 || (newline !== -1 && newline < separator);
        const cellEnd = endsRecord ? newline : separator;
        if (cellEnd === -1 && !isLast) return null;
        let textEnd = cellEnd === -1 ? text.length : cellEnd;
        if (endsRecord && textEnd > at && text.charCodeAt(textEnd - 1) === carriageReturn) textEnd -= 1;
        if (textEnd > at) {
          if (isQuoted) fault ??= textAfterQuote;
          cell += text.slice(at, textEnd);
        }
        cells.push(cell);
        at = cellEnd === -1 ? text.length : cellEnd + 1;
        if (endsRecord) return { cells, lines, end: at, fault };
      }
    }
  }

  return {
    push(text) {
      const rows = readAll(carry + text, false);
      if (carry.length > longestRecord) throw tooLong(line);
      return rows;
    },
    end() {
      const rows = readAll(carry, true);
      if (carry !== '') throw unclosedQuote(line);
      return rows;
    },
  };
}

/** Where the quoted cell that opens at `open` closes, or -1. */
function closingQuote(text: string, open: number): number {
  for (let at = text.indexOf('"', open + 1); at !== -1; at = text.indexOf('"', at + 2)) {
    if (text.charCodeAt(at + 1) !== quote) return at;
  }
  return -1;
}

function createFinder(text: string, wanted: string): (from: number) => number {
  let found = -2;
  return (from) => {
    if (found !== -1 && found < from) found = text.indexOf(wanted, from);
    return found;
  };
}

function countNewlines(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at !== -1 && at < to; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

/** The error of a record that is too long. */
export function tooLong(line: number): AppError {
  return new AppError(
    'input',
    `The record that begins on line ${line} is longer than ${longestRecord / 1024 / 1024} MB: probably it opens a quote that is never closed. Nothing of this file was imported. Export it again, or mend that line.`,
  );
}

/** The error of a quote that the file ends in. */
export function unclosedQuote(line: number): AppError {
  return new AppError(
    'input',
    `The record that begins on line ${line} opens a quote that is never closed, so where it ends cannot be known. Nothing of this file was imported. Export it again, or mend that line.`,
  );
}

/**
 * Which character separates the cells of a header line: the one of comma, semicolon, tab and pipe that occurs most
 * often outside quotes; a comma when there is none.
 */
export function detectDelimiter(header: string): string {
  const outside = header.replace(/"(?:[^"]|"")*"/g, '');
  let best = ',';
  let most = 0;
  for (const candidate of [',', ';', '\t', '|']) {
    const count = outside.split(candidate).length - 1;
    if (count > most) [best, most] = [candidate, count];
  }
  return best;
}

/**
 * Names for the columns of a header: trimmed, an empty cell becomes `column 3`, a repeated name gets ` (2)`, so
 * that every cell keeps a name of its own.
 */
export function columnNames(header: readonly string[]): string[] {
  const taken = new Set<string>();
  return header.map((cell, index) => {
    const base = cell.trim() === '' ? `column ${index + 1}` : cell.trim();
    let name = base;
    for (let n = 2; taken.has(name); n++) name = `${base} (${n})`;
    taken.add(name);
    return name;
  });
}
