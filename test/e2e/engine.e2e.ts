// The engine's life as the window sees it: it answers, it dies and comes back, it moves to another workspace. Uses
// the bridge and the engine's port as any page does, so it does not depend on what the screens look like.

import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import type { EngineState } from '#preload/desktop-api.ts';
import { type LaunchedExhibit, launchExhibit } from './support/launch.ts';

let exhibit: LaunchedExhibit;

test.beforeEach(async () => {
  exhibit = await launchExhibit({ workspace: mkdtempSync(join(tmpdir(), 'exhibit-workspace-')) });
  await watchEngine(exhibit.page);
  await waitForState(exhibit.page, 'ready');
});
test.afterEach(async () => {
  await exhibit.close();
});

test('the engine answers over its own port', async () => {
  const { folder, events } = await summary(exhibit.page);
  expect(folder).toContain('exhibit-workspace-');
  expect(events).toBe(0);
});

test('several ports are served side by side', async () => {
  const ports = 3;
  expect(await summaries(exhibit.page, ports)).toHaveLength(ports);
});

test('a killed engine closes its ports, is restarted, and answers again', async () => {
  const before = await enginePid();
  const closed = exhibit.page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        window.addEventListener('message', function take({ data, ports: [port] }) {
          if (data?.exhibit !== 'engine-port' || !port) return;
          window.removeEventListener('message', take);
          port.addEventListener('close', () => resolve('closed'));
          port.start();
          Object.assign(window, { portIsOpen: true });
        });
        window.exhibit.connectEngine();
      }),
  );
  await exhibit.page.waitForFunction(() => 'portIsOpen' in window);
  process.kill(before, 'SIGKILL');
  expect(await closed).toBe('closed');

  await expect.poll(() => states(exhibit.page)).toEqual(['ready', 'restarting', 'ready']);
  expect(await enginePid()).not.toBe(before);
  expect(await summary(exhibit.page)).toMatchObject({ events: 0 });
});

test('an engine that keeps dying is given up with a sentence, and another workspace starts it again', async () => {
  for (let death = 1; death <= 5; death++) {
    process.kill(await enginePid(), 'SIGKILL');
    const wanted = ['ready', ...Array.from({ length: death }, () => ['restarting', 'ready']).flat()];
    await expect.poll(() => states(exhibit.page), { timeout: 15_000 }).toEqual(wanted);
  }
  process.kill(await enginePid(), 'SIGKILL');
  await waitForState(exhibit.page, 'failed');

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

async function enginePid(): Promise<number> {
  const find = () =>
    exhibit.app.evaluate(
      ({ app }) => app.getAppMetrics().find(({ name }) => name === 'Exhibit engine')?.pid ?? 0,
    );
  await expect.poll(find).toBeGreaterThan(0);
  return find();
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

type Summary = { folder: string; events: number };

async function summary(page: Page): Promise<Summary> {
  return (await summaries(page, 1))[0] as Summary;
}

/** Asks the same over as many ports, in the messages of core/rpc/protocol.ts. */
function summaries(page: Page, count: number): Promise<Summary[]> {
  return page.evaluate(async (count) => {
    const ports: MessagePort[] = [];
    await new Promise<void>((resolve) => {
      window.addEventListener('message', function take({ data, ports: [port] }) {
        if (data?.exhibit !== 'engine-port' || !port) return;
        ports.push(port);
        if (ports.length < count) return;
        window.removeEventListener('message', take);
        resolve();
      });
      for (let asked = 0; asked < count; asked++) window.exhibit.connectEngine();
    });
    const asked = ports.map(
      (port) =>
        new Promise<Summary>((resolve, reject) => {
          port.onmessage = ({ data: reply }) => {
            if (reply.kind === 'result') resolve(reply.value);
            else reject(new Error(JSON.stringify(reply)));
          };
          port.postMessage({ kind: 'call', id: 1, name: 'workspace.summary', input: {} });
        }),
    );
    return Promise.all(asked);
  }, count);
}

/** Has the system's dialogs, which no test can click, answer with these paths. */
async function answerDialogs(filePaths: string[]): Promise<void> {
  await exhibit.app.evaluate(({ dialog }, filePaths) => {
    dialog.showOpenDialog = async () => ({ canceled: filePaths.length === 0, filePaths });
  }, filePaths);
}
