// Closes what Electron leaves open by default: it grants every permission, follows every link and opens every window.
// The page needs none of that; the one exception is writing text to the clipboard.

import { join } from 'node:path';
import { type App, type Session, session, type WebContents } from 'electron';
import { z } from 'zod';
import { readJson } from './json-file.ts';
import { builtPage, isSameSite } from './page.ts';
import { developmentPolicy } from './policy.ts';

/** Guards every page and session there is or will be. Call once, when the application is ready. */
export function closeDoors(app: App, page: string, isPackaged: boolean): void {
  guardSession(session.defaultSession, page, isPackaged);
  app.on('session-created', (created) => guardSession(created, page, isPackaged));
  app.on('web-contents-created', (_event, contents) => guardContents(contents, page));
}

/** A debugger's port lets any program of this user drive the window; a shipped Exhibit does not open one. */
export function isOpenToDebuggers(app: App): boolean {
  const { commandLine } = app;
  return commandLine.hasSwitch('remote-debugging-port') || commandLine.hasSwitch('remote-debugging-pipe');
}

/** What `npm run package` says in the package.json of a package for tests: those may be driven. Never handed out. */
const described = z.object({ exhibitTrial: z.literal(true) });

/** Whether this package was made to be tested. The answer lies in the archive with the code itself. */
export function isTrialPackage(app: App): boolean {
  return readJson(join(app.getAppPath(), 'package.json'), described) !== undefined;
}

function guardSession(target: Session, page: string, isPackaged: boolean): void {
  const isAllowed = (permission: string, address: string) =>
    permission === 'clipboard-sanitized-write' && isSameSite(address, page);
  target.setPermissionCheckHandler((_contents, permission, origin) => isAllowed(permission, origin));
  target.setPermissionRequestHandler((_contents, permission, decide, details) =>
    decide(isAllowed(permission, details.requestingUrl)),
  );
  target.setDevicePermissionHandler(() => false);
  target.on('will-download', (event) => event.preventDefault());
  // The page has no business on the network, whatever its policy says; a development server is the exception.
  target.webRequest.onBeforeRequest(({ url }, decide) =>
    decide({ cancel: !isSameSite(url, page) && !isLocal(url, page, isPackaged) }),
  );
  // The built page brings its policy along (protocol.ts).
  if (!isSameSite(page, builtPage)) setPolicy(target, developmentPolicy(page));
}

function setPolicy(target: Session, policy: string): void {
  target.webRequest.onHeadersReceived(({ responseHeaders }, answer) =>
    answer({ responseHeaders: { ...responseHeaders, 'Content-Security-Policy': [policy] } }),
  );
}

function isLocal(address: string, page: string, isPackaged: boolean): boolean {
  const { protocol, host } = new URL(address);
  if (protocol === 'data:' || protocol === 'blob:') return true;
  if (isPackaged) return false;
  return protocol === 'devtools:' || (protocol === 'ws:' && host === new URL(page).host);
}

function guardContents(contents: WebContents, page: string): void {
  // A development server's page reloads itself when a file has changed; the built page never goes anywhere.
  const mayReload = !isSameSite(page, builtPage);
  const refuse = (event: { url: string; preventDefault(): void }) => {
    if (!(mayReload && isSameSite(event.url, page))) event.preventDefault();
  };
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', refuse);
  contents.on('will-frame-navigate', refuse);
  contents.on('will-redirect', refuse);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  // No policy of a page reaches WebRTC, which would tell other machines this one's addresses.
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
}
