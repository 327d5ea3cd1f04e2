// Where the pages of a sync are counted and spooled (counting.ts): here, or in a thread of its own once there are pages
// that are worth one. Then this thread only asks, cuts and says what follows, and the server waits for nothing else.

import { Worker } from 'node:worker_threads';
import { AppError, type ErrorShape } from '#core/errors.ts';
import {
  type CountedPage,
  type Counting,
  type CountingState,
  createCounting,
  type Seen,
} from './counting.ts';
import { giveBack } from './page-records.ts';
import { openSpoolFile, type Spool } from './spool.ts';

/** Where pages go. What goes wrong with one is thrown by a later call at the latest; then only `remove` is of use. */
export type Intake = {
  /** Takes in the next page of the reading: its memory belongs to the intake. Waits while too many are under way. */
  take(page: CountedPage): Promise<void>;
  /** Ends the reading; the next page begins another. */
  conclude(): Promise<Seen>;
  /** What came in several pages of the reading that ended last is there as often as it came. */
  keepRepeats(): Promise<void>;
  /** Records that were kept until the last call that was waited for; not of pages that are under way. */
  lines(): number;
  /** Ends the intake: the spool can be read. */
  finish(): Promise<Spool>;
  /** Ends it however far it came, and removes the spool. */
  remove(): Promise<void>;
};

/** To a counting thread; each is answered, in this order. */
export type CountingAsked =
  | { what: 'take'; page: CountedPage }
  | { what: 'conclude' | 'keepRepeats' | 'flush' };
/** From a counting thread. */
export type CountingAnswer =
  | { seen: Seen | null; lines: number; canonical: Buffer<ArrayBuffer> | null }
  | { error: ErrorShape };

/** Pages of this many bytes come faster than they are counted; of smaller ones the network is what is waited for. */
const usuallyWorthAThread = 128 * 1024;
/** Bytes of pages that may be under way to the thread: enough that neither waits for the other, few enough for the memory. */
const mostUnderWay = 16 * 1024 * 1024;

/** An intake whose spool lies in the folder of a workspace. `worthAThread` is a page's size in bytes. */
export function createIntake(workspace: string, worthAThread = usuallyWorthAThread): Intake {
  const spool = openSpoolFile(workspace);
  let here: Counting | null = createCounting({ file: spool.file, lines: 0 });
  let counter = counterHere(here);
  let isBetween = true;
  let lines = 0;
  /** Pages are done with in the order in which they were handed over. */
  const underWay: Promise<unknown>[] = [];
  let bytesUnderWay = 0;

  async function ask(asked: CountingAsked): Promise<Seen | null> {
    const answered = await counter.ask(asked);
    lines = answered.lines;
    if (answered.canonical) giveBack(answered.canonical);
    return answered.seen;
  }

  return {
    async take(page) {
      // Only between two readings is the state of a counting plain data.
      if (here && isBetween && page.records.bytes.length >= worthAThread) {
        counter = startThread(here.state());
        here = null;
      }
      isBetween = false;
      // Before it is handed over and has no length any more.
      const { length } = page.records.bytes;
      bytesUnderWay += length;
      const taken = ask({ what: 'take', page }).finally(() => {
        bytesUnderWay -= length;
        underWay.shift();
      });
      // What goes wrong with it is thrown when it is waited for.
      taken.catch(() => {});
      underWay.push(taken);
      if (here) await taken;
      while (bytesUnderWay > mostUnderWay) await underWay[0];
    },
    async conclude() {
      isBetween = true;
      return (await ask({ what: 'conclude' })) as Seen;
    },
    async keepRepeats() {
      await ask({ what: 'keepRepeats' });
    },
    lines: () => lines,
    async finish() {
      await ask({ what: 'flush' });
      // The import that follows needs the memory itself.
      await counter.end();
      spool.close();
      return { path: spool.path, records: lines, remove: spool.remove };
    },
    async remove() {
      // Before the file is closed: its number may be another one's afterwards.
      await counter.end();
      spool.remove();
    },
  };
}

type Answered = Exclude<CountingAnswer, { error: ErrorShape }>;
type Counter = { ask(asked: CountingAsked): Promise<Answered>; end(): Promise<void> };

const counterHere = (counting: Counting): Counter => ({
  ask: async (asked) => answer(counting, asked),
  end: async () => {},
});

/** Does what is asked. */
export function answer(counting: Counting, asked: CountingAsked): Answered {
  let seen: Seen | null = null;
  let canonical: Buffer<ArrayBuffer> | null = null;
  if (asked.what === 'take') {
    counting.take(asked.page);
    canonical = asked.page.records.canonical;
  } else if (asked.what === 'conclude') seen = counting.conclude();
  else counting[asked.what]();
  return { seen, lines: counting.lines(), canonical };
}

/** Goes on with a counting in a thread of its own. */
function startThread(state: CountingState): Counter {
  const entry = new URL(
    /\.ts$/.test(import.meta.url) ? './counting-thread.ts' : './counting-thread.js',
    import.meta.url,
  );
  const resourceLimits = { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 512 };
  const worker = new Worker(entry, { workerData: state, resourceLimits });
  const waiting: { resolve(answered: Answered): void; reject(error: Error): void }[] = [];
  let failed: AppError | null = null;
  const fail = (error: AppError) => {
    failed ??= error;
    for (const { reject } of waiting.splice(0)) reject(failed);
  };
  const failWith = (why: string) => fail(new AppError('internal', `The thread that counts records ${why}.`));
  worker.on('message', (message: CountingAnswer) => {
    if ('error' in message) fail(new AppError(message.error.code, message.error.message));
    else waiting.shift()?.resolve(message);
  });
  worker.on('error', (error) => failWith(`failed: ${error.message}`));
  worker.on('exit', () => failWith('ended before the sync'));
  return {
    ask: (asked) =>
      new Promise((resolve, reject) => {
        if (failed) return reject(failed);
        waiting.push({ resolve, reject });
        worker.postMessage(asked, asked.what === 'take' ? memoryOf(asked.page) : []);
      }),
    async end() {
      worker.removeAllListeners();
      await worker.terminate();
      failWith('has ended');
    },
  };
}

/** The memory of a page that can be handed over: small buffers may share theirs, and are copied. */
function memoryOf({ records, isInFront }: CountedPage): ArrayBuffer[] {
  const { bytes, canonical, places } = records;
  const all = [bytes, canonical, places, isInFront].flatMap((one) => (one ? [one.buffer] : []));
  return all.filter(({ byteLength }) => byteLength > Buffer.poolSize);
}
