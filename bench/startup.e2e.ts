// How long from the start of the program to its first rows on a workspace of a million events, beside an Electron window that
// shows one word. Both are started in turn, so that a busy minute counts for both.
//
//   npm run e2e -- --config bench/window.config.ts bench/startup.e2e.ts
//
// EXHIBIT_BENCH_EVENTS says another size.
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron, test } from '@playwright/test';
import { makeLargeWorkspace } from './large-workspace.ts';

const events = Number(process.env.EXHIBIT_BENCH_EVENTS ?? 1_000_000);
const rounds = 5;
const project = resolve(import.meta.dirname, '..');

test('start-up', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'exhibit-bench-startup-'));
  const workspace = join(folder, 'workspace');
  makeLargeWorkspace(workspace, events);
  const empty: number[] = [];
  const exhibit: number[] = [];
  // The first of each finds nothing in the system's caches, and is not counted.
  for (let round = 0; round <= rounds; round++) {
    const word = await startUntil([join(import.meta.dirname, 'empty-window')], 'p');
    const rows = await startUntil(
      [project, `--workspace=${workspace}`],
      '[role=grid] [role=row][aria-rowindex="2"]',
    );
    if (round === 0) continue;
    empty.push(word);
    exhibit.push(rows);
  }
  const [base, own] = [median(empty), median(exhibit)];
  await rm(folder, { recursive: true, force: true });
  console.log(
    `\nfirst rows of ${events} events ${own.toFixed(0)} ms, an empty window ${base.toFixed(0)} ms: ratio ` +
      `${(own / base).toFixed(2)} (medians of ${rounds}, in turn, load ${loadavg()[0]?.toFixed(1)})`,
  );
});

/** Starts an application until something is in its page. Milliseconds. */
async function startUntil(args: string[], selector: string): Promise<number> {
  const profile = mkdtempSync(join(tmpdir(), 'exhibit-bench-'));
  const start = performance.now();
  const app = await _electron.launch({
    executablePath: process.env.EXHIBIT_ELECTRON ?? '',
    args: [`--user-data-dir=${profile}`, ...args],
    cwd: project,
    chromiumSandbox: true,
  });
  try {
    const page = await app.firstWindow();
    const shown = page.locator(selector).first();
    // Whichever screen it opens with: the list of events is where the rows are.
    if (args.length > 1) await page.getByRole('navigation').getByRole('link', { name: 'Events' }).click();
    await shown.waitFor({ state: 'visible', timeout: 60_000 });
    return performance.now() - start;
  } finally {
    await app.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 3 });
  }
}

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number;
