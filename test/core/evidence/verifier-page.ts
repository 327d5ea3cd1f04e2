// Runs a part of a pack's verify.html without a window: its own script, on the files of a folder.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { readAll } from './create.ts';

/** What a function of the page that takes the pack's files says, each line as `status name: detail`. */
export async function pageSays(
  folder: string,
  judge: 'judgeTimeStamps' | 'judgePdfSignature',
): Promise<string[]> {
  const html = readFileSync(join(folder, 'data/40_integrity/verify.html'), 'utf8');
  const script = /<script>([\s\S]*)<\/script>/.exec(html)?.[1] ?? '';
  const rows: { textContent?: string }[][] = [];
  // The table that the page writes to; nothing else of a document is asked for.
  const element = {
    addEventListener() {},
    insertRow() {
      const row: { textContent?: string }[] = [];
      rows.push(row);
      return {
        cells: [{}],
        insertCell() {
          const cell = {};
          row.push(cell);
          return cell;
        },
      };
    },
  };
  const document = { getElementById: () => element, querySelector: () => element };
  const context = createContext({ document, TextEncoder, TextDecoder, atob });
  const files = new Map(
    [...readAll(folder)].map(([path, text]) => [path, new Blob([Buffer.from(text, 'latin1')])]),
  );
  await runInContext(`${script}; ${judge}`, context)(files);
  return rows.map(
    ([status, name, detail]) => `${status?.textContent} ${name?.textContent}: ${detail?.textContent}`,
  );
}
