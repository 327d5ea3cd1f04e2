// What main does for the page: the calls of DesktopApi, one line or two each.

import { access } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { app, type BrowserWindow, Notification, shell } from 'electron';
import { AppError } from '#core/errors.ts';
import type { WorkspaceChoice } from '#preload/desktop-api.ts';
import { askForFiles, askForFolderTo, askForWorkspace } from './dialogs.ts';
import type { Engine } from './engine.ts';
import type { Grants } from './grants.ts';
import type { Handlers } from './ipc.ts';
import { type Waiting, workspaceAt } from './opened.ts';
import type { KeptSecrets } from './secrets.ts';
import { keepTheme, showTheme } from './theme.ts';
import { focusWindow } from './window.ts';
import {
  recentWorkspace,
  recentWorkspaces,
  rememberWorkspace,
  requireWorkspaceFolder,
  sampleWorkspace,
} from './workspace.ts';

export type Desk = {
  window: BrowserWindow;
  engine: Engine;
  grants: Grants;
  secrets: KeptSecrets;
  /** What was opened from outside and waits for the page. */
  waiting: Waiting;
  /** The folder that is open; assigned when the page opens another. */
  workspace: string;
};

/** The handlers of everything the page may ask of the desktop. */
export function createCalls(desk: Desk): Handlers {
  const { window, engine, grants, secrets, waiting } = desk;
  const userData = app.getPath('userData');

  async function folderOf(which: WorkspaceChoice): Promise<string | undefined> {
    if (which === 'sample') return sampleWorkspace(userData);
    if (which === 'choose') return askForWorkspace(window);
    if ('recent' in which) return recentWorkspace(userData, which.recent);
    const folder = waiting.folderOf(which.opened);
    if (folder !== undefined && workspaceAt(folder) !== undefined) return folder;
    throw new AppError('not-found', 'That workspace is not where it was. Open it by choosing its folder.');
  }

  return {
    info: () => ({
      version: app.getVersion(),
      electron: process.versions.electron,
      platform: process.platform,
      workspace: desk.workspace,
    }),
    'engine-state': () => engine.state(),
    'connect-engine': () => void engine.connect(window.webContents),
    'choose-files': async (why) => grants.mint(await askForFiles(window, why), 'file'),
    'grant-files': async (paths) => {
      const each = await Promise.all(
        paths.map(async (path) => [
          ...(await grants.mint([path], 'file')),
          ...(await grants.mint([path], 'folder')),
        ]),
      );
      return each.flat();
    },
    'choose-folder': async (why) => {
      const folder = await askForFolderTo(window, why);
      return folder === undefined ? null : ((await grants.mint([folder], 'folder'))[0] ?? null);
    },
    'show-in-folder': async (folder, name) => {
      shell.showItemInFolder(await childOf(grants, folder, name));
    },
    'keep-secret': (name, value) => secrets.keep(name, value),
    'try-secret': (name, value) => {
      secrets.attempt(name, value);
      return undefined;
    },
    'try-kept-secret': async (from, to) => {
      await secrets.attemptKept(from, to);
      return undefined;
    },
    'keep-tried-secret': (name) => secrets.keepTried(name),
    'secret-state': (name) => secrets.state(name),
    'recent-workspaces': () => recentWorkspaces(userData).filter(({ folder }) => folder !== desk.workspace),
    'take-opened': async () => {
      const opened = await waiting.take();
      const isOpen = opened.workspace && waiting.folderOf(opened.workspace.id) === desk.workspace;
      return isOpen ? { ...opened, workspace: null } : opened;
    },
    'set-theme': (theme) => {
      keepTheme(userData, theme);
      showTheme(theme);
    },
    notify: (title, body) => {
      if (window.isFocused() || !Notification.isSupported()) return;
      const notification = new Notification({ title, body });
      notification.on('click', () => focusWindow(window));
      notification.show();
    },
    'open-workspace': async (which) => {
      const folder = await folderOf(which);
      if (folder === undefined) return false;
      if (which === 'choose') requireWorkspaceFolder(folder);
      rememberWorkspace(userData, desk.workspace);
      desk.workspace = folder;
      rememberWorkspace(userData, folder);
      void engine.open(folder);
      return true;
    },
  };
}

async function childOf(grants: Grants, folder: string, name: string): Promise<string> {
  const granted = grants.all().get(folder);
  if (granted?.kind !== 'folder' || name !== basename(name) || name === '.' || name === '..') {
    throw new AppError('usage', 'That folder was not chosen in Exhibit, so it cannot be shown.');
  }
  const path = join(granted.path, name);
  await access(path);
  return path;
}
