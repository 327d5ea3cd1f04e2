// The desktop application, as a table of contents: what is set before Electron is ready, what is opened then, and
// how it ends. What the product knows is in the engine's process.

import { join } from 'node:path';
import { app, powerMonitor, protocol } from 'electron';
import { createCalls, type Desk } from './calls.ts';
import { askedCommand, runAskedCommand } from './command-line.ts';
import { createEngine } from './engine.ts';
import { createGrants } from './grants.ts';
import { serveCalls } from './ipc.ts';
import { setMenu } from './menu.ts';
import { createWaiting, pathsHandedOn, pathsOf, workspaceAt } from './opened.ts';
import { pageAddress, scheme } from './page.ts';
import { servePage } from './protocol.ts';
import { createSecrets } from './secrets.ts';
import { closeDoors, isOpenToDebuggers, isTrialPackage } from './security.ts';
import { keptTheme, showTheme } from './theme.ts';
import { systemVault } from './vault.ts';
import { focusWindow, openWindow } from './window.ts';
import { initialWorkspace, rememberWorkspace } from './workspace.ts';

const built = join(import.meta.dirname, '..');

const command = askedCommand(process.argv);
/** What this start was asked to open. */
const given = pathsOf(process.argv, process.cwd(), app.getAppPath());
/** Takes what is opened from outside; before the window is there it is kept for it. */
let open = (paths: readonly string[]): unknown => given.push(...paths);
// A Mac tells by this event, and does so before the application is ready.
app.on('open-file', (event, path) => {
  event.preventDefault();
  open([path]);
});
// A command opens no page; and Chromium's sandbox would keep root, and so a nightly job, from running one.
if (!command) app.enableSandbox();
protocol.registerSchemesAsPrivileged([
  { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
]);

if (app.isPackaged && isOpenToDebuggers(app) && !isTrialPackage(app)) {
  console.error('Exhibit does not run with a debugging port.');
  app.exit(2);
} else if (command) {
  void runAskedCommand(app, command);
} else if (app.requestSingleInstanceLock({ paths: given })) {
  void app.whenReady().then(openExhibit);
} else {
  // The first one gets 'second-instance' with the paths, and comes to the front.
  app.exit(0);
}

function openExhibit(): void {
  const page = pageAddress(app.isPackaged, process.env);
  closeDoors(app, page, app.isPackaged);
  protocol.handle(scheme, (request) => servePage(request, join(built, 'renderer')));

  const grants = createGrants((id, granted) => engine.grant(id, granted));
  const secrets = createSecrets(app.getPath('userData'), systemVault());
  const engine = createEngine({
    entry: join(built, 'main', 'engine-process.js'),
    // Development only: a build of the addon for runtimes older than its own.
    sqliteBinding: app.isPackaged ? undefined : process.env.EXHIBIT_SQLITE_BINDING,
    grants: grants.all,
    secrets,
    onState: (state) => {
      if (!window.isDestroyed()) window.webContents.send('engine-state', state);
    },
  });
  // Before the window is there: it then has the right colours from its first moment.
  showTheme(keptTheme(app.getPath('userData')));
  const window = openWindow(page, join(built, 'preload', 'preload.cjs'));
  setMenu(process.platform, app.isPackaged, (command) => window.webContents.send('menu', command));
  const userData = app.getPath('userData');
  const asked = given.map(workspaceAt).findLast((folder) => folder !== undefined);
  const workspace = asked ?? initialWorkspace(userData, process.argv, process.cwd());
  if (asked !== undefined) rememberWorkspace(userData, asked);
  const waiting = createWaiting(grants, () => window.webContents.send('opened', null));
  waiting.add(given.filter((path) => workspaceAt(path) === undefined));
  open = waiting.add;
  const desk: Desk = { window, engine, grants, secrets, waiting, workspace };
  serveCalls(page, createCalls(desk));
  void engine.open(workspace);

  powerMonitor.on('resume', () => {
    if (!window.isDestroyed()) window.webContents.send('woke', null);
  });
  app.on('second-instance', (_event, _argv, _cwd, additional) => {
    focusWindow(window);
    waiting.add(pathsHandedOn(additional));
  });
  app.on('window-all-closed', () => app.quit());
  app.once('will-quit', (event) => {
    event.preventDefault();
    // In a turn of its own: Electron loses a quit that is asked for while it still handles this event.
    void engine.close().finally(() => setImmediate(() => app.quit()));
  });
}
