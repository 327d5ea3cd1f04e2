// The engine: one handler for each call of the contract. A call missing here does not compile. Handlers are glue;
// what they do lives in the rooms. They run in worker threads (rpc/) and know nothing of ports or threads.

import { basename, resolve } from 'node:path';
import { assetPath } from './assets.ts';
import type { Columns } from './browse/columns.ts';
import { type ColumnsAccess, withColumns } from './browse/columns-access.ts';
import { readChoices, readDetail } from './browse/detail.ts';
import { readFacets } from './browse/facets.ts';
import { readHistogram } from './browse/histogram.ts';
import { readNeighbours } from './browse/neighbours.ts';
import { readOverTime } from './browse/over-time.ts';
import { readTotal, readWindow } from './browse/windows.ts';
import { testContinuity } from './completeness/continuity.ts';
import { readCoverage } from './completeness/coverage.ts';
import { checkExplanation } from './completeness/explanation-key.ts';
import { readRetention } from './completeness/retention.ts';
import type { CallName, Input, Output, PresetInfo, WorkspaceSummary } from './contract.ts';
import { auditHandlers } from './engine/audit-handlers.ts';
import { campaignHandlers } from './engine/campaign-handlers.ts';
import { exportInto } from './engine/export-view.ts';
import { identityHandlers } from './engine/identity-handlers.ts';
import { noteHandlers } from './engine/note-handlers.ts';
import { packHandlers } from './engine/pack-handlers.ts';
import { reviewHandlers } from './engine/review-handlers.ts';
import { importFiles, remapImports } from './engine/run-imports.ts';
import { signOffHandlers } from './engine/sign-off-handlers.ts';
import { createKey, describeKey } from './engine/signing.ts';
import { syncHandlers } from './engine/sync-handlers.ts';
import { AppError } from './errors.ts';
import { countEventNames } from './ingest/event-names.ts';
import { eventNamesOfPath, previewExport, previewPath, probePath } from './ingest/probe.ts';
import { importToOpen, probeImport } from './ingest/remap.ts';
import { saveRejections } from './ingest/save-rejections.ts';
import { verifyEvent } from './integrity/verify-event.ts';
import { verifyLog } from './integrity/verify-log.ts';
import { isPresetText, namePreset, parseCustomPreset, readPresetFile } from './mapping/custom-preset.ts';
import { loadPresets, type Preset } from './mapping/preset.ts';
import { groupOwnPresets, listOwnPresets } from './mapping/used-presets.ts';
import type { EventQuery, Progress } from './model.ts';
import { fileStem, writeNewFile } from './new-file.ts';
import { planQuery } from './query/compile.ts';
import { groupEvents, readPage } from './query/events.ts';
import { sampleFiles } from './sample.ts';
import type { Secrets } from './secrets.ts';
import { latestActivity, recordActivity } from './store/activity.ts';
import { addExplanation, listExplanations } from './store/explanations.ts';
import {
  lastImportId,
  listDuplicates,
  listImports,
  listRejections,
  listSources,
  readLogState,
} from './store/imports.ts';
import { closing, type Store } from './store/open.ts';
import { listViews, removeView, saveView } from './store/views.ts';
import type { WebFetch } from './sync/client.ts';

/** What a handler gets beside its input. */
export type CallContext = {
  /** Folder of the workspace. */
  workspace: string;
  /** This thread's read-only store, opened on first use. */
  reader(): Store;
  /** Opens the log for writing; whoever calls it closes it. */
  writer(): Store;
  /** Opens the review file for writing; whoever calls it closes it. */
  review(): Store;
  /** Opens the review file for reading alone; whoever calls it closes it. */
  reviewReader(): Store;
  /** The columns of the log in memory. */
  columns: ColumnsAccess;
  /** Secrets by name. None of them belongs in an answer, a message or a database. */
  secrets: Secrets;
  /** The network, for syncs alone. */
  fetch: WebFetch;
  /** Does what writes to the log when it is its turn. Rejects where the call is cancelled before. */
  turn<T>(work: () => Promise<T>): Promise<T>;
  signal: AbortSignal;
  progress(progress: Progress): void;
  /** The file or folder behind a grant. Throws AppError('not-found') for an unknown one. */
  grant(id: string): { path: string; kind: 'file' | 'folder' };
};

export type Handlers = {
  [N in CallName]: (input: Input<N>, context: CallContext) => Output<N> | Promise<Output<N>>;
};

/** Every call of the contract. */
export const handlers: Handlers = {
  'workspace.summary': (_input, { reader, workspace }) => summarise(reader(), workspace),
  'activity.latest': ({ action, limit }, { reviewReader }) =>
    closing(reviewReader(), (review) => latestActivity(review, action, limit)),
  'sources.list': (_input, { reader }) => listSources(reader()),
  'presets.list': (_input, { reader }) => listPresets(reader()),
  'imports.list': (_input, { reader }) => listImports(reader()),
  'imports.rejections': (input, { reader }) => listRejections(reader(), input.import, input.limit),
  'imports.duplicates': (input, { reader }) => listDuplicates(reader(), input.import),
  'imports.probe': ({ grant }, { grant: granted, reader, signal }) =>
    probePath(granted(grant).path, listOwnPresets(reader()), signal),
  'imports.preview': ({ grant, file, preset, zone }, { grant: granted }) =>
    previewPath(granted(grant).path, file, presetOfPage(preset), zone),
  'imports.names': ({ grant, file, preset }, { grant: granted, signal }) =>
    eventNamesOfPath(granted(grant).path, file, presetOfPage(preset), signal),
  'remap.probe': ({ import: id }, { reader }) => probeImport(reader(), id),
  'remap.preview': ({ import: id, preset, zone }, { reader }) =>
    previewExport(importToOpen(reader(), id), presetOfPage(preset), zone),
  'remap.names': ({ import: id, preset }, { reader, signal }) =>
    countEventNames(importToOpen(reader(), id), presetOfPage(preset), signal),
  'imports.saveRejections': ({ import: id, into }, { grant, reader }) => ({
    file: saveRejections(reader(), id, grant(into).path),
  }),
  'presets.open': ({ grant }, { grant: granted }) => ({
    text: JSON.stringify(readPresetFile(granted(grant).path)),
  }),
  'presets.save': ({ preset, into }, { grant }) => {
    const own = parseCustomPreset(preset, 'The mapping');
    const text = `${JSON.stringify(own, null, 2)}\n`;
    return { file: writeNewFile(grant(into).path, `${fileStem(own.vendor)} mapping.json`, [text]) };
  },
  'events.total': async (query, context) => ({
    total: await fromColumns(query, context, (columns) => readTotal(context.reader(), columns, query)),
  }),
  'events.window': async ({ first, limit, sort, ...query }, context) => {
    const store = context.reader();
    const place = { first, limit, sort };
    const isThere = context.columns.now(store) !== null;
    const rows = isThere ? null : readWindow(store, null, query, place);
    const read = (columns: Columns) => readWindow(store, columns, query, place) ?? [];
    return { first, rows: rows ?? (await fromColumns(query, context, read)) };
  },
  'events.facets': ({ facets, ...query }, context) =>
    fromColumns(query, context, (columns) => readFacets(context.reader(), columns, query, facets)),
  'events.histogram': (query, context) =>
    fromColumns(query, context, (columns) => readHistogram(context.reader(), columns, query)),
  'events.overTime': (query, context) =>
    fromColumns(query, context, (columns) => readOverTime(context.reader(), columns, query)),
  'events.page': ({ limit, after, ...query }, { reader }) => readPage(reader(), query, { limit, after }),
  'events.get': ({ uid }, { reader }) => readDetail(reader(), uid),
  'events.around': (asked, context) =>
    withColumns(context.columns, context.reader(), context, (columns) =>
      readNeighbours(context.reader(), columns, asked),
    ),
  'events.count': ({ by, ...query }, { reader }) => groupEvents(reader(), query, by),
  'events.choices': (_input, { reader }) => readChoices(reader()),
  'views.list': (_input, { reviewReader }) => closing(reviewReader(), listViews),
  'views.save': (view, { review }) =>
    closing(review(), (store) => {
      saveView(store, view);
      return listViews(store);
    }),
  'views.remove': ({ name }, { review }) =>
    closing(review(), (store) => {
      removeView(store, name);
      return listViews(store);
    }),
  ...noteHandlers,
  ...identityHandlers,
  ...reviewHandlers,
  ...campaignHandlers,
  ...signOffHandlers,
  ...syncHandlers,
  'completeness.coverage': (asked, { reader }) => readCoverage(reader(), { ...asked, now: Date.now() }),
  'completeness.continuity': (_input, { reader }) => testContinuity(reader(), 1000),
  'completeness.retention': (_input, { reader }) => readRetention(reader(), Date.now()),
  'completeness.explanations': (_input, { reviewReader }) => closing(reviewReader(), listExplanations),
  'completeness.explain': (explanation, { reader, review }) => {
    checkExplanation(reader(), explanation);
    return closing(review(), (store) => addExplanation(store, explanation));
  },
  'imports.run': ({ grants, source, preset, zone }, context) => {
    const paths = grants.map((id) => context.grant(id).path);
    if (preset !== null) presetOfPage(preset);
    return context.turn(() => importFiles(paths, { source, preset, zone }, context));
  },
  'imports.remap': ({ imports, preset, zone }, context) =>
    context.turn(() =>
      remapImports(
        imports,
        { preset: preset === null ? null : presetOfPage(preset), zone, dates: null },
        context,
      ),
    ),
  'imports.sample': (_input, context) => {
    const paths = sampleFiles.map((file) => assetPath('samples', file));
    return context.turn(() => importFiles(paths, { source: null, preset: null, zone: null }, context));
  },
  ...packHandlers,
  ...auditHandlers,
  'events.export': ({ into, sort, format, ...query }, context) =>
    exportInto(context.grant(into).path, { query, sort, format }, context),
  'keys.show': (_input, context) => describeKey(context),
  'keys.create': (wanted, context) => createKey(wanted, context),
  'verify.run': async (_input, context) => {
    const review = context.review();
    try {
      // What comes in meanwhile may be verified or not; before is what counts.
      const lastImport = lastImportId(context.reader());
      const report = await verifyLog(context.reader(), review, context);
      recordActivity(review, 'verify', { ok: report.ok, failures: report.failures.length, lastImport });
      return report;
    } finally {
      review.close();
    }
  },
  'verify.event': ({ uid }, context) => verifyEvent(context.reader(), uid, context),
};

/** What the columns say, as soon as they are there; a query that makes no sense is told without waiting for them. */
function fromColumns<T>(query: EventQuery, context: CallContext, read: (columns: Columns) => T): Promise<T> {
  planQuery(query);
  return withColumns(context.columns, context.reader(), context, read);
}

/** A preset the page names: bundled, or as text. A path would let it read files that nobody chose. */
function presetOfPage(name: string): Preset {
  if (isPresetText(name) || loadPresets().some(({ id }) => id === name)) return namePreset(name, []);
  throw new AppError('usage', `There is no preset “${name.slice(0, 100)}”.`);
}

function summarise(store: Store, folder: string): WorkspaceSummary {
  const sources = listSources(store);
  const log = readLogState(store);
  const times = (edge: 'firstTime' | 'lastTime') => sources.flatMap((source) => source[edge] ?? []).sort();
  return {
    name: basename(resolve(folder)),
    folder,
    events: sources.reduce((sum, source) => sum + source.events, 0),
    imports: sources.reduce((sum, source) => sum + source.imports, 0),
    firstTime: times('firstTime')[0] ?? null,
    lastTime: times('lastTime').at(-1) ?? null,
    logRoot: log.root,
    logSize: log.size,
  };
}

/** The presets that come with Exhibit and, where there is a log, those that persons made and imported with. */
export function listPresets(store: Store | null): Output<'presets.list'> {
  const info = (preset: Preset): PresetInfo => {
    const { id, vendor, name, version, retention, blindSpots, assumed } = preset;
    return { id, vendor, name, version, retention: retention.text, blindSpots, assumed, own: null };
  };
  const own = store ? groupOwnPresets(listOwnPresets(store)) : [];
  return [
    ...loadPresets().map(info),
    ...own.map(({ preset, sources }) => ({
      ...info(preset),
      own: { sources, text: JSON.stringify(preset), zone: preset.zone },
    })),
  ];
}
