// The one window: its strict settings, the size and place it had last time, and no white flash before the page is there.

import { join } from 'node:path';
import { app, BrowserWindow, nativeTheme, screen } from 'electron';
import { fitBounds, savedBounds, smallest } from './bounds.ts';
import { readJson, writeJson } from './json-file.ts';
import { isSameSite } from './page.ts';

/** The canvas colours of renderer/theme.css, so that the empty window has them already. */
const background = { light: '#ffffff', dark: '#16181b' };
/** A page that crashes again within this time is not loaded again: it would go on for ever. */
const crashPause = 10_000; // ms

/** Opens the window on the page's address. `preload` is the path of the built bridge. */
export function openWindow(page: string, preload: string): BrowserWindow {
  const file = join(app.getPath('userData'), 'window.json');
  const saved = readJson(file, savedBounds);
  const areas = screen.getAllDisplays().map((display) => display.workArea);
  const window = new BrowserWindow({
    ...fitBounds(saved, areas),
    minWidth: smallest.width,
    minHeight: smallest.height,
    title: app.getName(),
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? background.dark : background.light,
    webPreferences: {
      preload,
      // Electron's defaults, written down: turning one off must be a change someone sees.
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      devTools: !app.isPackaged,
      // The checker would download its dictionaries.
      spellcheck: false,
    },
  });
  if (saved?.maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () => writeJson(file, { ...window.getNormalBounds(), maximized: window.isMaximized() }));
  reloadAfterCrash(window);
  // Nothing asks before about:blank, the one address a page can still go to.
  window.webContents.on('did-navigate', (_event, url) => {
    if (!isSameSite(url, page)) void window.loadURL(page);
  });
  void window.loadURL(page);
  return window;
}

/** Brings the window to the front, whatever state it is in. */
export function focusWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

function reloadAfterCrash(window: BrowserWindow): void {
  let last = Number.NEGATIVE_INFINITY;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    const now = performance.now();
    if (reason === 'clean-exit' || now - last < crashPause) return;
    last = now;
    window.webContents.reload();
  });
}
