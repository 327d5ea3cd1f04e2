// The engine's side of the boundary: takes calls from any number of ports, checks them against the contract, and
// hands them to the threads that do the work. It touches no database itself, so it always answers at once.

import type { ZodError } from 'zod';
import type { Columns } from '#core/browse/columns.ts';
import { type CallName, contract } from '#core/contract.ts';
import type { ErrorShape } from '#core/errors.ts';
import { noSecrets, type Secrets } from '#core/secrets.ts';
import { nodeFetch, type WebFetch } from '#core/sync/client.ts';
import { type Lane, type LaneOptions, openLane } from './lane.ts';
import type { GrantedPath, HostPort, Reply } from './protocol.ts';
import { createColumnsKeeper } from './shared-columns.ts';
import { createTurns } from './turns.ts';

export type HostOptions = {
  /** Folder of the workspace. */
  workspace: string;
  /** Path of better-sqlite3's native part, where the one in its package does not fit the runtime. */
  sqliteBinding?: string;
  /** Entry file of the worker threads. */
  worker: URL;
  /** How long a cancelled call may take to stop by itself, in ms. */
  cancelGrace?: number;
  /** Where handlers get secrets from; without it there are none. */
  secrets?: Secrets;
  /** The network for syncs; without it Node's own. */
  fetch?: WebFetch;
};

export type Host = {
  /** Answers the calls of this port until it closes; then they are cancelled. */
  serve(port: HostPort): void;
  /** Makes a file or folder known under an id; calls may name it from now on. */
  grant(id: string, granted: GrantedPath): void;
  /** Cancels what runs, closes the databases; settles when all threads have ended. */
  close(): Promise<void>;
};

/** Starts serving one workspace. */
export function createHost(options: HostOptions): Host {
  const { workspace, sqliteBinding, worker, cancelGrace = 3000, secrets = noSecrets } = options;
  const { fetch = nodeFetch } = options;
  const onColumnsWanted = () => keeper.want();
  const common = {
    entry: worker,
    workspace,
    sqliteBinding,
    grace: cancelGrace,
    secrets,
    fetch,
    onColumnsWanted,
    // SQLite has one writer; in line, an import does not run into another one's lock.
    turns: createTurns(),
  };
  const lane = (own: Pick<LaneOptions, 'size' | 'lifetime' | 'warm' | 'waiting'>) =>
    openLane({ ...common, ...own });
  const lanes = {
    // Two, so that a slow count does not hold up the rows a person is looking at.
    readers: lane({ size: 2, lifetime: 'host', warm: true }),
    // What has to wait for the columns waits here, and not in front of rows.
    counts: lane({ size: 1, lifetime: 'host' }),
    columns: lane({ size: 1, lifetime: 'host', warm: true }),
    // The index of tracks is large and made in one go: it is there once, and never in front of rows.
    reviews: lane({ size: 1, lifetime: 'host' }),
    commands: lane({ size: 1, lifetime: 'host' }),
    imports: lane({ size: 1, lifetime: 'call', waiting: 'Waits for the import before it.' }),
    // Beside the imports: a sync writes in its turn, and reads for much longer than it writes.
    syncs: lane({ size: 1, lifetime: 'call', waiting: 'Waits for the sync before it.' }),
    jobs: lane({ size: 2, lifetime: 'call', waiting: 'Waits for other work to finish.' }),
  };
  const grants = new Map<string, GrantedPath>();
  const keeper = createColumnsKeeper(
    (held, onProgress) =>
      new Promise((resolve, reject) => {
        lanes.columns.run({
          name: 'columns.grow',
          input: held,
          grants: [],
          onProgress,
          onDone: (outcome) => (outcome.ok ? resolve(outcome.value as Columns) : reject(outcome.error)),
        });
      }),
    (news) => {
      lanes.readers.tell(news);
      lanes.counts.tell(news);
      // It does not wait for them, but counts with them where they are there.
      lanes.reviews.tell(news);
    },
  );
  keeper.want();

  /** The first question after an import does not wait for the ledger; a warming that fails is told by that question. */
  function warmReviews(): void {
    lanes.reviews.run({
      name: 'reviews.warm',
      input: {},
      grants: [],
      onProgress: () => {},
      onDone: () => {},
    });
  }

  function laneOf(name: CallName): Lane {
    if (counting.has(name)) return lanes.counts;
    if (isReview(name)) return lanes.reviews;
    if (name === 'imports.sync') return lanes.syncs;
    switch (contract[name].kind as 'query' | 'command' | 'job') {
      case 'query':
        return lanes.readers;
      case 'command':
        return lanes.commands;
      case 'job':
        return name.startsWith('imports.') ? lanes.imports : lanes.jobs;
    }
  }

  return {
    serve(port) {
      const cancels = new Map<number, () => void>();

      port.onClose(() => {
        // Nothing runs that nobody can see or stop.
        for (const cancel of [...cancels.values()]) cancel();
        cancels.clear();
      });
      port.onMessage((message) => {
        const request = readRequest(message);
        if (!request) return;
        if (request.kind === 'cancel') cancels.get(request.id)?.();
        else call(request.id, request.name, request.input);
      });

      function call(id: number, name: unknown, rawInput: unknown): void {
        const checked = cancels.has(id)
          ? { refusal: `Call ${id} is still being worked on; give each call a number of its own.` }
          : checkCall(name, rawInput);
        if ('refusal' in checked) port.post(errorReply(id, { code: 'usage', message: checked.refusal }));
        else start(id, checked.name, checked.input);
      }

      function start(id: number, name: CallName, input: unknown): void {
        let answered = false;
        const answer = (reply: Reply) => {
          if (answered) return;
          answered = true;
          cancels.delete(id);
          port.post(reply);
        };
        // Entered before it runs: a lane that is closing answers at once.
        cancels.set(id, () => {});
        const cancel = laneOf(name).run({
          name,
          input,
          grants: namedGrants(input, grants),
          onProgress: (progress) => {
            if (!answered) port.post({ kind: 'progress', id, progress });
          },
          onDone: (outcome) => {
            answer(outcome.ok ? { kind: 'result', id, value: outcome.value } : errorReply(id, outcome.error));
            if (outcome.ok && name.startsWith('imports.') && contract[name].kind === 'job') warmReviews();
          },
        });
        if (answered) return;
        const isJob = contract[name].kind === 'job';
        cancels.set(id, () => {
          cancel();
          // A reader leaves nothing behind, so its caller need not wait until it has stopped; a job's caller must.
          if (!isJob) answer(errorReply(id, { code: 'cancelled', message: 'Cancelled.' }));
        });
      }
    },
    grant(id, granted) {
      grants.set(id, granted);
    },
    async close() {
      await Promise.all(Object.values(lanes).map((lane) => lane.close()));
    },
  };
}

/** Queries that need the columns, whatever they ask. */
const counting: ReadonlySet<CallName> = new Set([
  'events.total',
  'events.facets',
  'events.histogram',
  'events.overTime',
  'events.around',
]);

/** Whatever is answered from the tracks or the ledger, and files of it. Small writes and workbooks have lanes of their own. */
function isReview(name: CallName): boolean {
  if (['completeness.continuity', 'changes.save', 'access.save'].includes(name)) return true;
  return contract[name].kind === 'query' && /^(changes|access|campaigns)\./.test(name);
}

type ReadRequest =
  | { kind: 'call'; id: number; name: unknown; input: unknown }
  | { kind: 'cancel'; id: number };

/** A message without a usable number cannot be answered, so it is dropped. */
function readRequest(message: unknown): ReadRequest | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  const { kind, id, name, input } = message as Record<string, unknown>;
  if (typeof id !== 'number' || !Number.isSafeInteger(id)) return undefined;
  if (kind === 'call') return { kind, id, name, input };
  if (kind === 'cancel') return { kind, id };
  return undefined;
}

function checkCall(name: unknown, input: unknown): { name: CallName; input: unknown } | { refusal: string } {
  if (!isCallName(name)) return { refusal: `The engine knows no call named "${String(name)}".` };
  const parsed = contract[name].input.safeParse(input);
  if (parsed.success) return { name, input: parsed.data };
  return { refusal: `The call ${name} was refused: ${describeIssues(parsed.error)}.` };
}

function isCallName(name: unknown): name is CallName {
  return typeof name === 'string' && Object.hasOwn(contract, name);
}

function describeIssues(error: ZodError): string {
  const issues = error.issues.slice(0, 3).map(({ path, message }) => {
    return path.length > 0 ? `${path.join('.')}: ${message}` : message;
  });
  return issues.join('; ');
}

/** The grants whose ids occur in a call's input: a thread learns no other path. */
function namedGrants(input: unknown, grants: ReadonlyMap<string, GrantedPath>): [string, GrantedPath][] {
  if (typeof input === 'string') {
    const granted = grants.get(input);
    return granted ? [[input, granted]] : [];
  }
  if (typeof input !== 'object' || input === null) return [];
  return Object.values(input).flatMap((value) => namedGrants(value, grants));
}

function errorReply(id: number, error: ErrorShape): Reply {
  return { kind: 'error', id, error };
}
