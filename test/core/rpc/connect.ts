// Joins a client and a host with a real MessageChannel, as main does with Electron's, and cleans up after the test.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { onTestFinished } from 'vitest';
import { createEngineClient, type EngineClient } from '#core/rpc/client.ts';
import { createHost, type Host, type HostOptions } from '#core/rpc/host.ts';
import type { HostPort } from '#core/rpc/protocol.ts';

const unrulyWorker = new URL('./unruly-worker.ts', import.meta.url);

/** An empty folder that goes with the test. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'exhibit-rpc-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A host over the unruly worker (or the one given), closed after the test. */
export function startHost(options: Partial<HostOptions> = {}): Host {
  const host = createHost({ workspace: options.workspace ?? makeFolder(), worker: unrulyWorker, ...options });
  onTestFinished(() => host.close());
  return host;
}

/** A client whose calls this host answers. `port` is the host's end. */
export function connect(host: Host): { client: EngineClient; port: MessagePort } {
  const { port, other } = connectRaw(host);
  return { client: createEngineClient(other), port };
}

/** The bare port to a host, for messages no client would send. */
export function connectRaw(host: Host): { port: MessagePort; other: MessagePort } {
  const { port1, port2 } = new MessageChannel();
  host.serve(hostPort(port1));
  onTestFinished(() => {
    port1.close();
    port2.close();
  });
  return { port: port1, other: port2 };
}

function hostPort(port: MessagePort): HostPort {
  return {
    post: (reply) => port.postMessage(reply),
    onMessage: (listener) => port.on('message', listener),
    onClose: (listener) => port.on('close', listener),
  };
}
