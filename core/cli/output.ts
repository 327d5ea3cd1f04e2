// Writes what the command line says: JSON or a table to stdout, progress to stderr.

import type { Progress } from '#core/model.ts';
import { type Options, wantsJson } from './options.ts';

/** One JSON document on stdout. */
export async function printJson(value: unknown): Promise<void> {
  await write(`${JSON.stringify(value, null, 1)}\n`);
}

/** Whether a line of progress stands on the terminal, where an answer would be written behind it. */
let isShown = false;

function clearProgress(): void {
  if (isShown) process.stderr.write('\r\x1b[K');
  isShown = false;
}

/** Writes to stdout and waits while its reader is slow, so that a long result does not pile up in memory. */
export function write(text: string): Promise<void> {
  clearProgress();
  return new Promise((resolve) => {
    if (process.stdout.write(text)) resolve();
    else process.stdout.once('drain', resolve);
  });
}

/** A table of text for a person: first column left, numbers right. */
export function formatTable(rows: readonly (readonly (string | number)[])[]): string {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, String(cell).length);
  }
  const line = (row: readonly (string | number)[]) =>
    row
      .map((cell, at) =>
        typeof cell === 'number' ? String(cell).padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return `${rows.map(line).join('\n')}\n`;
}

/** Shows progress on stderr, on one line of a terminal; says nothing where stderr is a file. */
export function createProgressLine(): { show(progress: Progress): void; clear(): void } {
  if (!process.stderr.isTTY) return { show: () => {}, clear: () => {} };
  let last = 0;
  return {
    show({ stage, done, total, unit, note }) {
      if (performance.now() - last < 100) return;
      last = performance.now();
      isShown = true;
      const share = total ? `${Math.floor((done / total) * 100)} %` : `${done} ${unit}`;
      process.stderr.write(`\r\x1b[K${stage}: ${share}${note ? ` · ${note}` : ''}`);
    },
    clear: clearProgress,
  };
}

/** Says which workbook was written. */
export async function reportBook({ file }: { file: string }, options: Options): Promise<number> {
  if (wantsJson(options)) await printJson({ file });
  else await write(`${file}\n`);
  return 0;
}
