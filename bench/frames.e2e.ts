// How smoothly the events scroll in the real window of a workspace of a million events: at rest, while another export of
// half a million is imported, and while as many are synced from an API: frames a second, the longest frame, the longest time in which the grid showed a row without
// its event, and what of the page's own ran longest. It goes through Playwright, since only that opens the window:
//
//   npm run e2e -- --config bench/window.config.ts frames.e2e.ts
//
// EXHIBIT_BENCH_EVENTS and EXHIBIT_BENCH_IMPORT say other sizes.

import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron, type Page, test } from '@playwright/test';
import { writeIronflockJson } from './ironflock-export.ts';
import { makeLargeWorkspace } from './large-workspace.ts';
import { recordConnector, startRecordServer } from './record-server.ts';

const events = Number(process.env.EXHIBIT_BENCH_EVENTS ?? 1_000_000);
const added = Number(process.env.EXHIBIT_BENCH_IMPORT ?? 500_000);
const seconds = 10;

type Frames = {
  frames: number;
  seconds: number;
  /** ms between two frames. */
  longest: number;
  late: number;
  /** ms in which a row in sight had no event. */
  blank: number;
  /** Tasks of the page longer than 50 ms: how many, and the longest. */
  tasks: number;
  longestTask: number;
};

const ways = [
  ['a row a frame', 36],
  ['ten rows a frame', 360],
  ['jumps', 1_000_000],
] as const;

test('frames while scrolling', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'exhibit-bench-frames-'));
  const workspace = join(folder, 'workspace');
  makeLargeWorkspace(workspace, events);
  const file = join(folder, 'more.csv');
  writeMore(file, added);
  const server = await serveRecords(folder, workspace);
  const project = resolve(import.meta.dirname, '..');
  const app = await _electron.launch({
    executablePath: process.env.EXHIBIT_ELECTRON as string,
    args: [`--user-data-dir=${join(folder, 'profile')}`, project, `--workspace=${workspace}`],
    cwd: project,
    chromiumSandbox: true,
  });
  try {
    const page = await app.firstWindow();
    await measure(page, 'at rest');

    await drop(page, file);
    await page.getByRole('button', { name: 'Import 1 file' }).click();
    await page.waitForTimeout(1000);
    await measure(page, 'while importing');
    const imported = page.getByText('Importing more.csv: done');
    console.log(
      (await imported.count()) === 0 ? 'The import still ran at the end.' : 'It had ended by then.',
    );
    await imported.first().waitFor({ state: 'attached', timeout: 300_000 });

    await page.evaluate(() => window.location.replace('#/sources'));
    await page.getByRole('button', { name: 'Sync Bench' }).click();
    const syncing = page.getByText('Using the network');
    await syncing.waitFor();
    await measure(page, 'while syncing');
    console.log((await syncing.isVisible()) ? 'The sync still ran at the end.' : 'It had ended by then.');
  } finally {
    await app.close();
    server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});

async function measure(page: Page, when: string): Promise<void> {
  await page.evaluate(() => window.location.replace('#/events'));
  await page
    .locator('output')
    .getByText(/\d events/)
    .waitFor({ timeout: 120_000 });
  for (const [name, step] of ways) say(`${when}, ${name}`, await scroll(page, step));
}

/** An API with as many records, which the workspace knows as a source to sync. */
async function serveRecords(folder: string, workspace: string) {
  const file = join(folder, 'export.ndjson');
  writeIronflockJson(file, added, 'lines');
  const server = await startRecordServer(file, 5000);
  const connector = join(folder, 'connector.json');
  writeFileSync(connector, JSON.stringify(recordConnector()));
  const cli = join(import.meta.dirname, '..', 'core', 'cli.ts');
  const where = ['-w', workspace, '--connector', connector, '--base', server.url, '--since', '2026-01-01'];
  const run = spawnSync(process.execPath, [cli, 'source', 'add', 'Bench', ...where], { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(run.stderr);
  return server;
}

function say(
  name: string,
  { frames, seconds: took, longest, late, blank, tasks, longestTask }: Frames,
): void {
  console.log(
    `${name.padEnd(36)} ${(frames / took).toFixed(1).padStart(5)} frames/s, longest ${longest.toFixed(0)} ms, ${late} longer than 33 ms, ` +
      `longest blank ${blank.toFixed(0)} ms, ${tasks} long tasks up to ${longestTask.toFixed(0)} ms, load ${loadavg()[0]?.toFixed(1)}`,
  );
}

/** Scrolls by so many px each frame, back at the end, and watches. */
function scroll(page: Page, step: number): Promise<Frames> {
  return page.evaluate(
    async ([px, ms]) => {
      const grid = document.querySelector('[role=grid]') as HTMLElement;
      const tasks: number[] = [];
      const watch = new PerformanceObserver((list) => {
        for (const one of list.getEntries()) tasks.push(one.duration);
      });
      watch.observe({ type: 'longtask' });
      const frame = () => new Promise<number>((done) => requestAnimationFrame(done));
      const hasBlank = () => {
        const box = grid.getBoundingClientRect();
        return [...grid.querySelectorAll('[role=rowgroup] [role=row]')].some((row) => {
          const { top, bottom } = row.getBoundingClientRect();
          return bottom > box.top + 40 && top < box.bottom && row.textContent === '';
        });
      };
      const start = await frame();
      const found = { frames: 0, longest: 0, late: 0, blank: 0 };
      let last = start;
      let blankSince: number | null = null;
      const look = (now: number) => {
        found.frames += 1;
        found.longest = Math.max(found.longest, now - last);
        if (now - last > 33.4) found.late += 1;
        last = now;
        if (hasBlank()) blankSince ??= now;
        else blankSince = null;
        if (blankSince !== null) found.blank = Math.max(found.blank, now - blankSince);
      };
      let way = px;
      while (last - start < ms) {
        const most = grid.scrollHeight - grid.clientHeight;
        if (grid.scrollTop + way > most || grid.scrollTop + way < 0) way = -way;
        grid.scrollTop += way;
        look(await frame());
        // After a jump the hand rests a moment.
        if (Math.abs(px) > 10_000) for (let n = 0; n < 15; n++) look(await frame());
      }
      watch.disconnect();
      return {
        ...found,
        seconds: (last - start) / 1000,
        tasks: tasks.length,
        longestTask: Math.max(0, ...tasks),
      };
    },
    [step, seconds * 1000] as const,
  );
}

/** Drops a file on the middle of the page, as the system would. */
async function drop(page: Page, file: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [file], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, x: 500, y: 400, data });
}

/** Events of another source's people and targets, so that none is a duplicate. */
function writeMore(file: string, rows: number): void {
  const output = openSync(file, 'w');
  let text = 'timestamp,user,asset_type,asset_key,asset_name,project,aspect,subject,old_value,new_value\n';
  for (let row = 0; row < rows; row++) {
    const time = new Date(Date.UTC(2027, 0, 1) + row * 1000).toISOString();
    text += `${time},late${row % 400}@acme.example,device,${90_000 + (row % 9000)},press-${row % 9000},plant-0,Name,,name ${row},name ${row + 1}\n`;
    if (text.length > 1 << 20) {
      writeSync(output, text);
      text = '';
    }
  }
  writeSync(output, text);
  closeSync(output);
}
