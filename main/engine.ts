// Keeps the engine's process running: starts it on a workspace, restarts it when it dies, gives up when it dies too
// often, and joins the page to it with a MessagePort. No call of the page passes through main.

import { MessageChannelMain, type UtilityProcess, utilityProcess, type WebContents } from 'electron';
import type { GrantedPath } from '#core/rpc/protocol.ts';
import { answerSecret } from '#core/rpc/secret-calls.ts';
import type { Secrets } from '#core/secrets.ts';
import type { EngineState } from '#preload/desktop-api.ts';
import type { FromEngine, ToEngine } from './engine-messages.ts';
import { createRestartPlan } from './restart-plan.ts';

/** The engine's name in the system's list of processes. */
const engineProcessName = 'Exhibit engine';
/** How long the engine may take to close its databases. SQLite repairs itself if it does not make it. */
const quitLimit = 5000; // ms

export type EngineOptions = {
  /** Path of the built entry file. */
  entry: string;
  sqliteBinding: string | undefined;
  /** What each new process is told at once. */
  grants(): ReadonlyMap<string, GrantedPath>;
  onState(state: EngineState): void;
  /** What the engine may ask for by name, and have kept. */
  secrets: Secrets;
};

export type Engine = {
  /** Starts on this workspace, after stopping the one that runs. */
  open(workspace: string): Promise<void>;
  state(): EngineState;
  /** Sends the page the port of a fresh channel to the engine. Does nothing unless the engine is ready. */
  connect(page: WebContents): void;
  /** Settles when the engine knows it, or there is none: what the page says about it comes another way, and may be sooner. */
  grant(id: string, granted: GrantedPath): Promise<void>;
  /** Has the databases closed and the process ended, by force if it takes too long. */
  close(): Promise<void>;
};

/** Makes an engine that is not started yet. The application must be ready. */
export function createEngine(options: EngineOptions): Engine {
  let child: UtilityProcess | undefined;
  /** Grants that the engine has not confirmed yet. */
  const unconfirmed = new Map<string, () => void>();
  let state: EngineState = { state: 'starting' };
  let workspace = '';
  // Counts openings and closings: what an earlier one has still under way then knows that it is out of date.
  let turn = 0;
  let restart: NodeJS.Timeout | undefined;
  let plan = createRestartPlan();

  function become(next: EngineState): void {
    state = next;
    options.onState(next);
  }

  function confirm(ids: Iterable<string>): void {
    for (const id of [...ids]) {
      unconfirmed.get(id)?.();
      unconfirmed.delete(id);
    }
  }

  function start(): void {
    const started = utilityProcess.fork(options.entry, [], {
      serviceName: engineProcessName,
      stdio: 'inherit',
    });
    child = started;
    // Without a listener this event would be thrown; the exit that follows it is what is acted on.
    started.on('error', (type, location) => console.error(`Engine: ${type} at ${location}`));
    started.on('message', (message: FromEngine) => {
      if (child !== started) return;
      if (message.kind === 'granted') confirm([message.id]);
      else if (message.kind === 'secret-asked') {
        void answerSecret(options.secrets, message).then((answer) => {
          if (child === started) send(started, answer);
        });
      } else if (message.kind === 'ready') become({ state: 'ready' });
      else {
        child = undefined;
        started.kill();
        become({ state: 'failed', message: message.message });
      }
    });
    started.on('exit', (code) => {
      confirm(unconfirmed.keys());
      if (child === started) recover(code);
    });
    const { sqliteBinding } = options;
    send(started, { kind: 'open', workspace, sqliteBinding });
    for (const [id, granted] of options.grants()) send(started, { kind: 'grant', id, granted });
  }

  function recover(code: number): void {
    child = undefined;
    console.error(`The engine stopped unexpectedly (exit code ${code}).`);
    const delay = plan.delayAfterDeath(performance.now());
    if (delay === undefined) {
      const message =
        'The engine keeps stopping. Quit Exhibit and start it again; if that does not help, open another workspace.';
      become({ state: 'failed', message });
      return;
    }
    become({ state: 'restarting' });
    restart = setTimeout(start, delay);
  }

  async function stop(): Promise<void> {
    clearTimeout(restart);
    const stopping = child;
    child = undefined;
    if (!stopping) return;
    const ended = new Promise<void>((resolve) => stopping.once('exit', () => resolve()));
    send(stopping, { kind: 'quit' });
    const limit = setTimeout(() => stopping.kill(), quitLimit);
    await ended;
    clearTimeout(limit);
  }

  return {
    async open(folder) {
      const mine = ++turn;
      workspace = folder;
      plan = createRestartPlan();
      become({ state: 'starting' });
      await stop();
      if (mine === turn) start();
    },
    state: () => state,
    connect(page) {
      if (!child || state.state !== 'ready') return;
      const { port1, port2 } = new MessageChannelMain();
      child.postMessage({ kind: 'port' } satisfies ToEngine, [port1]);
      page.postMessage('engine-port', null, [port2]);
    },
    grant(id, granted) {
      if (!child) return Promise.resolve();
      send(child, { kind: 'grant', id, granted });
      return new Promise((resolve) => unconfirmed.set(id, resolve));
    },
    async close() {
      turn++;
      await stop();
    },
  };
}

function send(child: UtilityProcess, message: ToEngine): void {
  child.postMessage(message);
}
