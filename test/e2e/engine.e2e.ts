// The engine's life as the window sees it: it answers, it dies and comes back, it moves to another workspace. Uses
// the bridge and the engine's port as any page does, so it does not depend on what the screens look like.

import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import type { CallName } from '#core/contract.ts';
import type { EngineState } from '#preload/desktop-api.ts';
import { type LaunchedExhibit, launchExhibit } from './support/launch.ts';

let exhibit: LaunchedExhibit;
let place: string;

test.beforeEach(async () => {
  place = mkdtempSync(join(tmpdir(), 'exhibit-engine-'));
  exhibit = await launchExhibit({ workspace: join(place, 'workspace') });
  await exhibit.page.context().addInitScript(standAside);
  await exhibit.page.reload();
  await watchEngine(exhibit.page);
  await waitForState(exhibit.page, 'ready');
});
test.afterEach(async () => {
  await exhibit.close();
  rmSync(place, { recursive: true, force: true });
});

test('the engine answers over its own port', async () => {
  const { folder, events } = await summary(exhibit.page);
  expect(folder).toBe(join(place, 'workspace'));
  expect(events).toBe(0);
});

test('several ports are served side by side', async () => {
  const answers = await exhibit.page.evaluate(async () => {
    const ports = await Promise.all([window.takePort(), window.takePort(), window.takePort()]);
    const answers = ports.map(
      (port) =>
        new Promise((resolve) => {
          port.onmessage = ({ data }) => resolve(data.kind);
          port.postMessage({ kind: 'call', id: 1, name: 'workspace.summary', input: {} });
        }),
    );
    return Promise.all(answers);
  });
  expect(answers).toEqual(['result', 'result', 'result']);
});

test('a killed engine closes its ports, is restarted, and answers again', async () => {
  const before = await enginePid();
  await exhibit.page.evaluate(async () => {
    const port = await window.takePort();
    port.addEventListener('close', () => Object.assign(window, { portIsClosed: true }));
    port.start();
  });
  process.kill(before, 'SIGKILL');
  await exhibit.page.waitForFunction(() => 'portIsClosed' in window);

  await expect.poll(() => states(exhibit.page)).toEqual(['ready', 'restarting', 'ready']);
  expect(await enginePid()).not.toBe(before);
  expect(await summary(exhibit.page)).toMatchObject({ events: 0 });
});

test('an import that the engine’s death cuts off leaves no trace, and can be done again', async () => {
  const events = 60_000;
  const file = join(place, 'export.csv');
  writeFileSync(file, flowtriqExport(events));
  const grant = await chooseFile(exhibit.page, file);
  const input = { grants: [grant], source: null, preset: null, zone: null };

  const cutOff = call(exhibit.page, 'imports.run', input, { untilDone: 1 });
  expect(await cutOff).toMatchObject({ kind: 'progress' });
  process.kill(await enginePid(), 'SIGKILL');
  await expect.poll(() => states(exhibit.page)).toEqual(['ready', 'restarting', 'ready']);
  expect(await summary(exhibit.page)).toMatchObject({ events: 0, imports: 0 });

  // The grant outlives the engine.
  const again = await call(exhibit.page, 'imports.run', input);
  expect(again).toMatchObject({ value: [{ ok: true, report: { read: events, imported: events } }] });
  expect(await call(exhibit.page, 'verify.run', {})).toMatchObject({ value: { ok: true, failures: [] } });
});

test('quitting closes the workspace: two files are left, and no engine', async () => {
  const { folder } = await summary(exhibit.page);
  const pid = await enginePid();
  const exit = new Promise((resolve) => exhibit.app.process().once('exit', resolve));
  await exhibit.app.close();
  expect(await exit).toBe(0);
  expect(readdirSync(folder).sort()).toEqual(['events.db', 'review.db']);
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
});

test('an engine that keeps dying is given up with a sentence, and another workspace starts it again', async () => {
  await killEngineForGood();
  expect(await exhibit.page.evaluate(() => window.exhibit.openWorkspace('sample'))).toBe(true);
  await waitForState(exhibit.page, 'ready');
});

test('opening the sample moves the engine to another folder', async () => {
  expect(await exhibit.page.evaluate(() => window.exhibit.openWorkspace('sample'))).toBe(true);
  await expect.poll(() => states(exhibit.page)).toEqual(['ready', 'starting', 'ready']);
  const { folder } = await summary(exhibit.page);
  expect(folder).toBe(join(exhibit.userData, 'workspaces', 'sample'));
  const { workspace } = await exhibit.page.evaluate(() => window.exhibit.info());
  expect(workspace).toBe(folder);
});

test('a folder that holds other files is not taken for a workspace', async () => {
  await answerDialogs([resolve(import.meta.dirname)]);
  const message = await exhibit.page.evaluate(() =>
    window.exhibit.openWorkspace('choose').catch((error) => error.message),
  );
  expect(message).toContain('holds other files');
  expect(await states(exhibit.page)).toEqual(['ready']);
});

test('a closed dialog changes nothing', async () => {
  await answerDialogs([]);
  expect(await exhibit.page.evaluate(() => window.exhibit.openWorkspace('choose'))).toBe(false);
  expect(await exhibit.page.evaluate(() => window.exhibit.chooseFiles())).toEqual([]);
  expect(await exhibit.page.evaluate(() => window.exhibit.chooseFolder())).toBeNull();
});

test('a second instance ends at once and brings the first one’s window to the front', async () => {
  const electron = exhibit.app.process().spawnfile;
  await exhibit.app.evaluate(({ app, BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    window?.hide();
    app.once('second-instance', () => Object.assign(globalThis, { knocked: true }));
  });
  const folder = resolve(import.meta.dirname, '..', '..');
  const second = spawn(electron, [`--user-data-dir=${exhibit.userData}`, folder], { stdio: 'ignore' });
  const code = await new Promise((resolve) => second.once('exit', resolve));
  expect(code).toBe(0);
  await expect
    .poll(() =>
      exhibit.app.evaluate(({ BrowserWindow }) => {
        const windows = BrowserWindow.getAllWindows();
        return { count: windows.length, visible: windows[0]?.isVisible(), focused: windows[0]?.isFocused() };
      }),
    )
    .toEqual({ count: 1, visible: true, focused: true });
  expect(await exhibit.app.evaluate(() => 'knocked' in globalThis)).toBe(true);
});

test('quitting works while there is no engine', async () => {
  await killEngineForGood();
  const exit = new Promise((resolve) => exhibit.app.process().once('exit', resolve));
  await exhibit.app.close();
  expect(await exit).toBe(0);
});

/** Kills the engine until main gives it up. */
async function killEngineForGood(): Promise<void> {
  for (let death = 1; death <= 5; death++) {
    process.kill(await enginePid(), 'SIGKILL');
    const wanted = ['ready', ...Array.from({ length: death }, () => ['restarting', 'ready']).flat()];
    await expect.poll(() => states(exhibit.page), { timeout: 15_000 }).toEqual(wanted);
  }
  process.kill(await enginePid(), 'SIGKILL');
  await waitForState(exhibit.page, 'failed');
}

async function enginePid(): Promise<number> {
  const find = () =>
    exhibit.app.evaluate(
      ({ app }) => app.getAppMetrics().find(({ name }) => name === 'Exhibit engine')?.pid ?? 0,
    );
  await expect.poll(find).toBeGreaterThan(0);
  return find();
}

declare global {
  interface Window {
    /** A fresh port to the engine, for the test alone. */
    takePort(): Promise<MessagePort>;
  }
}

/** Runs before the page's own code, which takes every port that arrives: those the test asks for pass it by. */
function standAside(): void {
  const asked: ((port: MessagePort) => void)[] = [];
  window.addEventListener('message', (event) => {
    const take = event.data?.exhibit === 'engine-port' && asked.shift();
    if (!take) return;
    event.stopImmediatePropagation();
    take(event.ports[0] as MessagePort);
  });
  window.takePort = () =>
    new Promise((resolve) => {
      asked.push(resolve);
      window.exhibit.connectEngine();
    });
}

/** Keeps every state the page is told, in order, on the window. */
async function watchEngine(page: Page): Promise<void> {
  await page.evaluate(() => {
    const states: EngineState[] = [];
    Object.assign(window, { states });
    window.exhibit.onEngineState((state) => {
      if (state.state !== 'starting' || states.length > 0) states.push(state);
    });
  });
}

function states(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { states } = window as unknown as { states: EngineState[] };
    return states.map(({ state }) => state);
  });
}

async function waitForState(page: Page, state: EngineState['state']): Promise<void> {
  await expect.poll(async () => (await states(page)).at(-1), { timeout: 15_000 }).toBe(state);
}

type Answer = { kind: 'result' | 'error' | 'progress'; value: unknown };
type Summary = { folder: string; events: number; imports: number };

async function summary(page: Page): Promise<Summary> {
  return (await call(page, 'workspace.summary', {})).value as Summary;
}

/**
 * One call over a port of its own, in the messages of core/rpc/protocol.ts. Gives the answer, or the first progress
 * with so much done.
 */
function call(page: Page, name: CallName, input: object, { untilDone = Infinity } = {}): Promise<Answer> {
  return page.evaluate(
    async ({ name, input, untilDone }) => {
      const port = await window.takePort();
      return new Promise<Answer>((resolve) => {
        port.onmessage = ({ data: reply }) => {
          if (reply.kind !== 'progress' || reply.progress.done >= untilDone) resolve(reply);
        };
        port.postMessage({ kind: 'call', id: 1, name, input });
      });
    },
    { name, input, untilDone },
  );
}

/** Chooses a file as a person does, and gives its grant. */
async function chooseFile(page: Page, file: string): Promise<string> {
  await page.evaluate(() => {
    const input = Object.assign(document.createElement('input'), { type: 'file', id: 'chosen' });
    document.body.append(input);
  });
  await page.setInputFiles('#chosen', file);
  return page.evaluate(async () => {
    const input = document.querySelector('#chosen') as HTMLInputElement;
    const [grant] = await window.exhibit.grantFiles([...(input.files ?? [])]);
    input.remove();
    return grant?.id ?? '';
  });
}

function flowtriqExport(events: number): string {
  const start = Date.parse('2026-01-01T00:00:00Z');
  const rows = Array.from({ length: events }, (_, n) => {
    const time = new Date(start + n * 1000).toISOString().slice(0, 19).replace('T', ' ');
    return `${time},Node Added,p${n % 40}@noc.example,edge-${n % 300},10.0.0.${n % 250}`;
  });
  return ['Timestamp (UTC),Event,Actor,Node / Resource,IP', ...rows, ''].join('\n');
}

/** Has the system's dialogs, which no test can click, answer with these paths. */
async function answerDialogs(filePaths: string[]): Promise<void> {
  await exhibit.app.evaluate(({ dialog }, filePaths) => {
    dialog.showOpenDialog = async () => ({ canceled: filePaths.length === 0, filePaths });
  }, filePaths);
}
