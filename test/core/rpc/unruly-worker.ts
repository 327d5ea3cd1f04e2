// A worker thread whose handlers do on demand what real ones must never do: block, crash, ignore the cancel. It is
// served by the product's own thread code; only the handlers are the test's.

import { threadId } from 'node:worker_threads';
import Database from 'better-sqlite3';
import type { CallContext, Handlers } from '#core/engine.ts';
import { AppError } from '#core/errors.ts';
import { serveThread } from '#core/rpc/thread.ts';

type ImportInput = { grants: string[]; source: string | null };

const unruly = {
  'workspace.summary': (_input: unknown, { workspace }: CallContext) => ({ workspace, thread: threadId }),
  'events.get': async ({ uid }: { uid: string }) => {
    if (uid === 'exit') process.exit(7);
    if (uid === 'crash') {
      setTimeout(() => {
        throw new Error('out of nowhere');
      });
      await new Promise(() => {});
    }
    if (uid === 'bug') throw new TypeError('x is not a function');
    if (uid === 'missing')
      throw new AppError('not-found', 'There is no event with that number. Search again.');
    if (uid.startsWith('block-')) block(Number(uid.slice(6)));
    return { thread: threadId };
  },
  'events.choices': async (_input: unknown, { secrets }: CallContext) => {
    const first = await secrets.get('source:acme:token');
    const kept = await secrets.keep('signing:acme', `${first} and more`);
    const refused = await secrets
      .get('source:locked')
      .catch((error: AppError) => [error.code, error.message]);
    return { length: first?.length, kept, none: await secrets.get('source:none'), refused };
  },
  /** Holds its turn as its name says. */
  'imports.sync': async ({ names: [how] }: { names: string[] }, context: CallContext) =>
    context.turn(async () => {
      context.progress(at('writing', 0));
      if (how === 'dies') process.exit(7);
      if (how === 'until cancelled')
        await new Promise((_, reject) => {
          context.signal.addEventListener('abort', () => reject(context.signal.reason), { once: true });
        });
      return [{ thread: threadId, at: Date.now() }];
    }),
  'imports.run': async (input: ImportInput, context: CallContext) => {
    switch (input.source) {
      case 'yielding':
        for (let done = 0; ; done++) {
          context.progress(at('reading', done));
          await new Promise((resolve) => setTimeout(resolve, 5));
          context.signal.throwIfAborted();
        }
      case 'never yielding':
        for (let done = 0; ; done++) {
          block(5);
          context.progress(at('reading', done));
          context.signal.throwIfAborted();
        }
      case 'in turn':
        return context.turn(async () => [{ thread: threadId, at: Date.now() }]);
      case 'stubborn':
        return insertForEver(context);
      case 'burst':
        for (let done = 1; done <= 5000; done++) context.progress(at('reading', done));
        return [];
      case 'brief':
        block(300);
        return [{ thread: threadId, at: Date.now() }];
      default:
        return input.grants.map((id) => context.grant(id));
    }
  },
};

/** Inserts in one transaction and looks at no signal. */
function insertForEver(context: CallContext): never {
  const db = new Database(`${context.workspace}/stubborn.db`);
  db.pragma('journal_mode = WAL');
  db.exec('CREATE TABLE IF NOT EXISTS t (n INTEGER)');
  const insert = db.prepare('INSERT INTO t VALUES (?)');
  db.exec('BEGIN IMMEDIATE');
  for (let done = 0; ; done++) {
    insert.run(done);
    if (done % 1000 === 0) context.progress(at('inserting', done));
  }
}

function at(stage: string, done: number) {
  return { stage, done, total: null, unit: 'rows' };
}

function block(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

serveThread(unruly as unknown as Handlers);
