// Reads what is new in an API's log, and how far the log is settled with it. Oldest first and in bounded periods where the
// API can be asked for one, so that nothing that comes in meanwhile moves what is read; else everything, or as far back as
// the last sync settled. What is younger than the source's lag is read too, and again next time: late records are in it.

import { AppError } from '#core/errors.ts';
import type { AnswerLook } from '#core/sync-model.ts';
import { formatUtc } from '#core/time.ts';
import { type Client, createClient, type WebFetch } from './client.ts';
import { type ApiConnection, addressOf, narrowedBy } from './connection.ts';
import { createIntake } from './intake.ts';
import { lookAt } from './look.ts';
import { type ReadPage, readFault, readPage } from './page.ts';
import { countOf, noRecords, type PageRecords, textOf } from './page-records.ts';
import { eachPage, type Page } from './paging.ts';
import { type Facts, type PassEnd, readList } from './pass.ts';
import { createLengths, isBounded, narrowTolerance, periodQuery, type Span, tolerance } from './period.ts';
import type { Spool } from './spool.ts';

export type ReadOptions = {
  connection: ApiConnection;
  workspace: string;
  /** Everything before it is settled, epoch ms; null before the first sync. */
  settledUntil: number | null;
  /** Days the vendor keeps its log; null where that is not known. */
  keepsDays: number | null;
  token: string | null;
  fetch: WebFetch;
  factsOf(text: string): Facts;
  signal: AbortSignal;
  /** Records so far, and what is waited for. */
  progress(received: number, note: string): void;
  now?: (() => number) | undefined;
  pace?: Pace | undefined;
};

/** What tests and measurements make smaller. */
export type Pace = {
  firstBackoff?: number;
  timeout?: number;
  mostInPeriod?: number;
  mostInBatch?: number;
  worthAThread?: number;
};

export type Gap = { from: string; until: string; why: string };

/** A part of the log that is ready to be imported, with how far it is settled when it is. Remove the spool afterwards. */
export type Batch = { spool: Spool; settledUntil: number | null; said: Said };

/** What is to be said of a sync; counts since its beginning. */
export type Said = {
  from: string | null;
  until: string | null;
  pages: number;
  requests: number;
  retries: number;
  /** Records as they came, and those of them that were the same one again. */
  received: number;
  repeated: number;
  gaps: Gap[];
  warnings: string[];
  /** How far the server's clock is ahead of this computer's, in ms. */
  clockSkewMs: number | null;
};

const usualMostInPeriod = 200_000;
/** Each further import of many records has to look at all that the log holds: few large ones are quicker. */
const usualMostInBatch = 2_000_000;

/**
 * Reads what is new. Each batch has to be imported before the next is asked for; there is at least one. Throws AppError
 * when the API cannot be read any further, after a batch with what came before.
 */
export async function* readApi(options: ReadOptions): AsyncGenerator<Batch> {
  const { connection, workspace, now = Date.now, pace = {} } = options;
  const { connector } = connection;
  const { mostInPeriod = usualMostInPeriod, mostInBatch = usualMostInBatch } = pace;
  // However reading ends, no request outlives it.
  const ended = new AbortController();
  const client = clientFor({ ...options, signal: AbortSignal.any([options.signal, ended.signal]) });
  const begin = options.settledUntil ?? beginOf(connection, now());
  const state = {
    settledUntil: options.settledUntil,
    from: begin as number | null,
    until: null as number | null,
    pages: 0,
    received: 0,
    kept: 0,
    gaps: [] as Gap[],
    warnings: [] as string[],
  };
  const serverNow = () => now() + (client.tally.skewMs ?? 0);
  const lag = (connection.lagMinutes ?? connector.lagMinutes) * 60_000;
  let intake = createIntake(workspace, pace.worthAThread);

  const batch = async (): Promise<Batch> => {
    const spool = await intake.finish();
    return { spool, settledUntil: state.settledUntil, said: say() };
  };
  const say = (): Said => ({
    from: state.from === null ? null : formatUtc(state.from),
    until: state.until === null ? null : formatUtc(state.until),
    pages: state.pages,
    requests: client.tally.requests,
    retries: client.tally.retries,
    received: state.received,
    repeated: state.received - state.kept,
    gaps: [...state.gaps],
    warnings: [...state.warnings],
    clockSkewMs: client.tally.skewMs,
  });

  const count = (end: PassEnd) => {
    state.pages += end.pages;
    state.received += end.received;
    state.kept += end.kept;
  };
  const timeOf = (text: string) => options.factsOf(text).time;
  const timeAt = (records: PageRecords, index: number) => timeOf(textOf(records, index));

  /** The periods from `begin` to now; false when the API gives what was not asked for. */
  async function* readPeriods(): AsyncGenerator<Batch, boolean> {
    const period = connector.period as NonNullable<typeof connector.period>;
    const lengths = createLengths(mostInPeriod, period.mostDays);
    let isHeld = false;
    for (let at = begin, settled = serverNow() - lag; ; ) {
      // As of the period before: what settles while one is read would else be asked for without an end.
      const isTail = at >= Math.min(settled, serverNow() - lag);
      settled = serverNow() - lag;
      let until = isTail
        ? Math.max(Math.ceil(serverNow() / 1000) * 1000 + 1000, at + 1000)
        : Math.min(at + lengths.next(), settled);
      const span = { from: at, until };
      const seen = { received: 0, first: null as number | null, last: null as number | null };
      let [isIgnored, isTooLarge] = [false, false];
      const end = await readList({
        open: () => {
          Object.assign(seen, { received: 0, first: null, last: null });
          return eachPage(askFor(client, connection, span), connector.paging, connector.vendor);
        },
        intake,
        factsOf: options.factsOf,
        isFinal: !isTail,
        belongs: null,
        seePage({ records }) {
          const count = countOf(records);
          const ends = count === 0 ? [null, null] : [timeAt(records, 0), timeAt(records, count - 1)];
          seen.first ??= ends[0] ?? null;
          seen.last = ends[1] ?? seen.last;
          seen.received += count;
          options.progress(state.received + seen.received, '');
          const isOutside = (most: number) =>
            ends.some((time) => time != null && (time < at - most || time >= until + most));
          isTooLarge ||= !isTail && seen.received > mostInPeriod && until - at > 60_000;
          // A shorter period is no help where it is not what comes.
          isIgnored ||= isOutside(isTooLarge && period.format !== 'date' ? narrowTolerance : tolerance);
          return isIgnored || isTooLarge;
        },
      });
      count(end);
      if (isIgnored) return false;
      if (isTooLarge) {
        const { first, last } = seen;
        const isRising =
          connector.order === 'oldest-first' && first !== null && last !== null && first < last;
        const covered = isRising ? Math.min(last, until) : at;
        lengths.tooMany(seen.received, first === null || last === null ? 0 : Math.abs(last - first));
        // Oldest first, everything before the last record was read: it is a shorter period, read whole.
        if (covered <= at || !end.isStable) continue;
        until = covered;
      } else lengths.held(seen.received);
      state.until = Math.max(state.until ?? until, Math.min(until, serverNow()));
      if (isTail) return true;
      if (!end.isStable) {
        isHeld = true;
        state.gaps.push(gapOf({ from: at, until }, movingWhy));
      }
      if (!isHeld) state.settledUntil = until;
      at = until;
      if (intake.lines() >= mostInBatch) {
        yield await batch();
        intake = createIntake(workspace, pace.worthAThread);
      }
    }
  }

  /** Everything, or everything since the last sync settled where the newest come first. */
  async function readAll(): Promise<void> {
    const startedAt = now();
    const since = state.settledUntil;
    const settled = () => startedAt + (client.tally.skewMs ?? 0) - lag;
    const { period } = connector;
    const asked = period && !isBounded(period) && since !== null ? { from: since, until: startedAt } : null;
    let received = 0;
    const end = await readList({
      open: () => eachPage(askFor(client, connection, asked), connector.paging, connector.vendor),
      intake,
      factsOf: options.factsOf,
      isFinal: true,
      belongs(text) {
        const time = timeOf(text);
        return time !== null && time < settled() && (since === null || time >= since);
      },
      seePage({ records }: Page) {
        const count = countOf(records);
        received += count;
        options.progress(state.received + received, '');
        if (connector.order !== 'newest-first' || since === null || count === 0) return false;
        for (let index = 0; index < count; index++)
          if ((timeAt(records, index) ?? since) >= since) return false;
        return true;
      },
    });
    count(end);
    state.from = since;
    state.until = startedAt + (client.tally.skewMs ?? 0);
    if (end.isStable) state.settledUntil = Math.max(settled(), since ?? Number.NEGATIVE_INFINITY);
    else state.gaps.push(gapOf({ from: since ?? begin, until: settled() }, movingWhy));
  }

  try {
    const narrowed = narrowedBy(connection);
    if (narrowed.length > 0)
      state.warnings.push(
        `Only a part of the log is synced (${narrowed.join(', ')}): what else happened is not in it.`,
      );
    noteForgotten(options, state.gaps, now());
    let isWhole = connector.period === null || !isBounded(connector.period);
    if (!isWhole) {
      const isHeeded = yield* readPeriods();
      if (!isHeeded) {
        isWhole = true;
        state.warnings.push(
          `${connector.vendor} was asked for a period and answered with other times as well: the names for the period are probably not the right ones. All of its log is read each time.`,
        );
      }
    } else if (connector.period === null && connector.order !== 'newest-first')
      state.warnings.push(`${connector.vendor} is not asked for a period: all of its log is read each time.`);
    if (isWhole) await readAll();
    yield await batch();
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'cancelled') throw error;
    // Where it is the intake that failed, there is nothing to import: it says so again.
    const read = await batch();
    if (read.spool.records > 0) yield read;
    throw error;
  } finally {
    ended.abort();
    await intake.remove();
  }
}

const movingWhy =
  'the list changed each time it was read, so its records may not be all there yet; the next sync reads them again';

const gapOf = ({ from, until }: Span, why: string): Gap => ({
  from: formatUtc(from),
  until: formatUtc(until),
  why,
});

/** Says what the vendor has forgotten since the last sync. */
function noteForgotten({ settledUntil, keepsDays, connection }: ReadOptions, gaps: Gap[], now: number): void {
  if (settledUntil === null || keepsDays === null) return;
  const kept = now - keepsDays * 86_400_000;
  if (settledUntil >= kept) return;
  const why = `${connection.connector.vendor} keeps its log for ${keepsDays} days and may have forgotten what was not synced in time`;
  gaps.push(gapOf({ from: settledUntil, until: kept }, why));
}

type FirstPage = { page: ReadPage; fault: string | null; look: AnswerLook };

/** The first page of what a sync would read, for looking at; `fault` says why it is none. */
export async function readFirstPage(options: ReadOptions): Promise<FirstPage> {
  const { connection, now = Date.now } = options;
  const { connector } = connection;
  const { period, paging } = connector;
  const client = clientFor(options);
  const span = { from: options.settledUntil ?? beginOf(connection, now()), until: now() };
  const url = addressOf(connection);
  const place =
    paging.kind === 'offset'
      ? { [paging.offset]: '0', [paging.limit]: String(paging.size) }
      : paging.kind === 'page'
        ? { [paging.page]: String(paging.first) }
        : {};
  const asked = { ...(period ? periodQuery(period, span) : {}), ...place };
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
  return client.get<FirstPage>(
    url,
    (answer) => {
      const text = answer.body.toString();
      const look = lookAt(text, answer.link);
      const reading = readPage(answer, connector);
      if ('value' in reading) return { value: { page: reading.value, fault: null, look } };
      // An answer that says what is wrong is told as a fault of the request; one without a list shows what it has.
      const isOther = 'refused' in reading && readFault(text, connector) === null;
      if (!isOther) return reading;
      return { value: { page: { records: noRecords(), next: null }, fault: reading.refused, look } };
    },
    (text) => readFault(text, connector),
  );
}

function clientFor({ connection, token, fetch, signal, progress, now, pace = {} }: ReadOptions): Client {
  const { firstBackoff, timeout } = pace;
  return createClient({
    connector: connection.connector,
    base: connection.base,
    token,
    fetch,
    signal,
    say: (note) => progress(0, note),
    ...(now ? { now } : {}),
    ...(firstBackoff === undefined ? {} : { firstBackoff }),
    ...(timeout === undefined ? {} : { timeout }),
  });
}

/** Asks for pages of a period; null asks for everything. */
function askFor(client: Client, connection: ApiConnection, span: Span | null) {
  const { connector } = connection;
  return (more: Record<string, string>, address?: string): Promise<ReadPage> => {
    const url = address === undefined ? addressOf(connection) : new URL(address);
    if (address === undefined) {
      const period = connector.period && span ? periodQuery(connector.period, span) : {};
      for (const [name, value] of Object.entries({ ...period, ...more })) url.searchParams.set(name, value);
    }
    return client.get(
      url,
      (answer) => readPage(answer, connector),
      (text) => readFault(text, connector),
    );
  };
}

/** When the first sync of a connection begins, epoch ms. */
function beginOf({ since, connector }: ApiConnection, now: number): number {
  if (since !== null) return Date.parse(since);
  const { begins } = connector;
  return 'date' in begins ? Date.parse(begins.date) : now - begins.days * 86_400_000;
}
