// The page's line to the engine. It outlives the engine: calls made while there is none wait for the next one,
// so a crash or another workspace costs the screens a pause and nothing else.

import { createEngineClient, type EngineClient } from '#core/rpc/client.ts';
import type { DesktopApi, EngineState } from '#preload/desktop-api.ts';

export type Connection = {
  /** The engine, as soon as it can be asked. */
  client(): Promise<EngineClient>;
  state(): EngineState;
  /** Counts connections: changes when another engine answers, so what was asked before may be out of date. */
  generation(): number;
  /** Settles when another engine than that of `generation` can be asked. */
  after(generation: number): Promise<void>;
  subscribe(listener: () => void): () => void;
};

/** Connects whenever the engine is ready, for as long as the page lives. */
export function openConnection(desktop: DesktopApi): Connection {
  const listeners = new Set<() => void>();
  let state: EngineState = { state: 'starting' };
  let generation = 0;
  let client: EngineClient | null = null;
  const waiting: ((client: EngineClient) => void)[] = [];
  const tell = () => {
    for (const listener of listeners) listener();
  };

  window.addEventListener('message', (event) => {
    const port = event.ports[0];
    if (event.source !== window || event.data?.exhibit !== 'engine-port' || !port) return;
    client?.close();
    client = createEngineClient(port);
    generation += 1;
    port.addEventListener('close', () => {
      client = null;
    });
    for (const resolve of waiting.splice(0)) resolve(client);
    tell();
  });
  desktop.onEngineState((next) => {
    state = next;
    if (next.state === 'ready') desktop.connectEngine();
    else client = null;
    tell();
  });

  return {
    client: () =>
      client === null
        ? new Promise((resolve) => {
            waiting.push(resolve);
          })
        : Promise.resolve(client),
    state: () => state,
    generation: () => generation,
    after: (known) =>
      new Promise((resolve) => {
        const look = () => {
          if (generation <= known) return;
          listeners.delete(look);
          resolve();
        };
        listeners.add(look);
        look();
      }),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
