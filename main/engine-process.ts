// Entry file of the engine's process. Opens the workspace, then serves whatever ports main hands over. An error
// nobody expected ends the process: main sees that and starts a new one, which is safer than going on half-broken.

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { MessagePortMain, ParentPort } from 'electron';
import { createContext } from '#core/context.ts';
import { toErrorShape } from '#core/errors.ts';
import { createHost, type Host } from '#core/rpc/host.ts';
import type { HostPort } from '#core/rpc/protocol.ts';
import { createSecretClient } from '#core/rpc/secret-calls.ts';
import { openReview, openStore } from '#core/store/open.ts';
import type { FromEngine, ToEngine } from './engine-messages.ts';
import { electronFetch } from './web.ts';

const parentPort: ParentPort = process.parentPort;
// Older Electrons only warn about a rejection nobody handles.
process.on('unhandledRejection', (reason) => {
  throw reason;
});

type Opened = { host: Host; workspace: string; sqliteBinding: string | undefined };
let opened: Opened | undefined;
// Main alone has secrets; the threads ask for them by way of this process.
const { secrets, receive: receiveSecret } = createSecretClient(tell);

parentPort.on('message', ({ data, ports }) => {
  const message = data as ToEngine;
  switch (message.kind) {
    case 'open':
      open(message.workspace, message.sqliteBinding);
      return;
    case 'port':
      if (ports[0]) opened?.host.serve(hostPort(ports[0]));
      return;
    case 'grant':
      opened?.host.grant(message.id, message.granted);
      tell({ kind: 'granted', id: message.id });
      return;
    case 'secret-answered':
      receiveSecret(message);
      return;
    case 'quit':
      void quit();
      return;
  }
});

function open(workspace: string, sqliteBinding: string | undefined): void {
  try {
    prepareWorkspace(workspace, sqliteBinding);
  } catch (thrown) {
    const { code, message } = toErrorShape(thrown);
    if (code === 'internal') console.error(thrown);
    tell({ kind: 'failed', message });
    return;
  }
  const worker = pathToFileURL(join(import.meta.dirname, 'worker.js'));
  const binding = sqliteBinding === undefined ? {} : { sqliteBinding };
  const host = createHost({ workspace, worker, secrets, fetch: electronFetch, ...binding });
  opened = { host, workspace, sqliteBinding };
  tell({ kind: 'ready' });
}

/** Creates or migrates the files once, so that the threads find them as they expect. Throws AppError. */
function prepareWorkspace(workspace: string, sqliteBinding: string | undefined): void {
  const { signal } = new AbortController();
  const options = { workspace, sqliteBinding, grants: new Map(), signal, progress: () => {}, creates: true };
  const context = createContext(options);
  context.reader();
  context.close();
}

async function quit(): Promise<void> {
  if (opened) {
    await opened.host.close();
    foldLogs(opened);
  }
  process.exit(0);
}

/** SQLite folds its side file in when a writer closes last; then a workspace can be copied file by file. */
function foldLogs({ workspace, sqliteBinding }: Opened): void {
  try {
    openStore(workspace, { mode: 'write', sqliteBinding }).close();
    openReview(workspace, { mode: 'write', sqliteBinding }).close();
  } catch {
    // Read-only, gone, or in use elsewhere: the side file stays, which loses nothing.
  }
}

function tell(message: FromEngine): void {
  parentPort.postMessage(message);
}

function hostPort(port: MessagePortMain): HostPort {
  return {
    post: (reply) => port.postMessage(reply),
    onMessage: (listener) => {
      port.on('message', ({ data }) => listener(data));
      port.start();
    },
    onClose: (listener) => port.on('close', listener),
  };
}
