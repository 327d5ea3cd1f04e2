// The bridge: gives the page `window.exhibit` and nothing else. Runs sandboxed, so it is built as one CommonJS file
// and may use only what Electron allows there. No ipcRenderer, event or path ever reaches the page.

import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { Answer, Calls, Notices } from './channels.ts';
import type { DesktopApi, EnginePortMessage, EngineState } from './desktop-api.ts';

async function ask<N extends keyof Calls>(name: N, ...args: Calls[N]['args']): Promise<Calls[N]['result']> {
  const answer: Answer<Calls[N]['result']> = await ipcRenderer.invoke(name, ...args);
  if (answer.ok) return answer.value;
  throw new Error(answer.message);
}

const noticeNames = {
  state: 'engine-state',
  port: 'engine-port',
  menu: 'menu',
  woke: 'woke',
  opened: 'opened',
} as const satisfies Record<string, keyof Notices>;

// A port cannot cross the bridge, but a window message can carry it.
ipcRenderer.on(noticeNames.port, (event) => {
  const message: EnginePortMessage = { exhibit: 'engine-port' };
  window.postMessage(message, window.location.origin, event.ports);
});

/** Hands on what main tells; returns the function that stops it. */
function onNotice<N extends 'menu' | 'woke' | 'opened'>(
  name: N,
  listener: (told: Notices[N]) => void,
): () => void {
  const onTold = (_event: unknown, told: Notices[N]) => listener(told);
  ipcRenderer.on(noticeNames[name], onTold);
  return () => {
    ipcRenderer.off(noticeNames[name], onTold);
  };
}

const api: DesktopApi = {
  info: () => ask('info'),
  connectEngine: () => void ask('connect-engine'),
  onEngineState: (listener) => {
    let changed = false;
    const onChange = (_event: unknown, state: EngineState) => {
      changed = true;
      listener(state);
    };
    ipcRenderer.on(noticeNames.state, onChange);
    void ask('engine-state').then((state) => {
      // A change that came in the meantime is newer than this answer.
      if (!changed) listener(state);
    });
    return () => {
      changed = true;
      ipcRenderer.off(noticeNames.state, onChange);
    };
  },
  chooseFiles: (why = 'import') => ask('choose-files', why),
  // A File made by the page has no path, and is left out.
  grantFiles: (files) =>
    ask('grant-files', files.map((file) => webUtils.getPathForFile(file)).filter(Boolean)),
  chooseFolder: (why = 'pack') => ask('choose-folder', why),
  showInFolder: (folder, name) => ask('show-in-folder', folder, name),
  keepSecret: (name, value) => ask('keep-secret', name, value),
  trySecret: (name, value) => ask('try-secret', name, value),
  tryKeptSecret: (from, to) => ask('try-kept-secret', from, to),
  keepTriedSecret: (name) => ask('keep-tried-secret', name),
  secretState: (name) => ask('secret-state', name),
  openWorkspace: (which) => ask('open-workspace', which),
  recentWorkspaces: () => ask('recent-workspaces'),
  takeOpened: () => ask('take-opened'),
  onOpened: (listener) => onNotice('opened', () => listener()),
  setTheme: (theme) => ask('set-theme', theme),
  notify: (title, body) => void ask('notify', title.slice(0, 200), body.slice(0, 400)),
  onMenu: (listener) => onNotice('menu', listener),
  onWake: (listener) => onNotice('woke', () => listener()),
};

contextBridge.exposeInMainWorld('exhibit', api);
