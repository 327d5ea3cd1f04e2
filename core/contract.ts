// What the page may ask the engine: every call, its kind, its input (parsed by zod in the engine) and its
// output. Adding a call touches this file and its handler in engine.ts; a missing handler does not compile.
// The page imports the types alone: zod stays out of its bundle.

import { z } from 'zod';
import { auditCalls } from './audit-calls.ts';
import { type CallKind, command, gives, job, nothing, query } from './calls.ts';
import type { ErrorShape } from './errors.ts';
import { annotation, facetQuery, identity, neighbourQuery, oneEvent } from './event-inputs.ts';
import type {
  Annotation,
  EventDetail,
  EventVerification,
  Identity,
  IdentityProposal,
  Neighbours,
} from './event-model.ts';
import { type ExportReport, exportFormats } from './export-model.ts';
import {
  filesToImport,
  fileToName,
  fileToPreview,
  importsToRemap,
  importToName,
  importToPreview,
  oneImport,
  preset,
  rejectionsToSave,
  rejectionsWanted,
} from './import-inputs.ts';
import type { EventNames, ExportProbe, Preview, Probe } from './mapping/export-probe.ts';
import type {
  ContinuityReport,
  CoverageReport,
  DuplicateOf,
  Event,
  EventRow,
  Explanation,
  Group,
  ImportReport,
  Rejection,
  SourceSummary,
  VerifyReport,
} from './model.ts';
import { explanationKinds, groupings } from './model.ts';
import { packCalls } from './pack-calls.ts';
import { onePack } from './pack-inputs.ts';
import { sortKeys } from './query/sort.ts';
import type { Facet, Histogram, OverTime } from './query/summaries.ts';
import type { SavedView } from './query/view.ts';
import type { SourceRetention } from './retention-model.ts';
import { reviewCalls } from './review-calls.ts';
import { eventQuery, grant } from './review-inputs.ts';
import { type SignOff, signRoles } from './signoff-model.ts';
import type { Activity } from './store/activity.ts';
import type { RecordedKey } from './store/signing-keys.ts';
import { syncCalls } from './sync-calls.ts';

const sort = z.strictObject({ by: z.enum(sortKeys), direction: z.enum(['asc', 'desc']) });
const viewName = z.string().trim().min(1).max(200);
/** Where the next page begins; opaque to the caller. */
const cursor = z.string().max(100);

export type WorkspaceSummary = {
  name: string;
  folder: string;
  events: number;
  imports: number;
  firstTime: string | null;
  lastTime: string | null;
  /** Root of the whole log, hex; null while it is empty. */
  logRoot: string | null;
  logSize: number;
};
/** In the order asked for. `first` is the index of rows[0] in the whole result. */
export type EventWindow = { first: number; rows: EventRow[] };
/** A page of whole events, newest first; `next` is null on the last one. */
export type EventPage = { events: Event[]; next: string | null };
export type EventCount = { total: number; groups: Group[] };
export type Identities = { identities: Identity[]; proposals: IdentityProposal[] };
export type ImportSummary = Omit<ImportReport, 'rejections'>;
export type FilterChoices = {
  sources: string[];
  actions: string[];
  actors: string[];
  targets: string[];
  fields: string[];
};
export type PresetInfo = {
  id: string;
  vendor: string;
  name: string;
  version: number;
  retention: string;
  /** What the vendor's log is known not to hold. */
  blindSpots: string[];
  /** What is assumed about the vendor's export because it is not published; empty when nothing is. */
  assumed: string[];
  /** Of a preset that a person made: the sources it was last used for, its JSON text, and its zone. Else null. */
  own: { sources: string[]; text: string; zone: string | null } | null;
};
/**
 * One file of an import job: a report, or why nothing of it was stored. `already`: the file was not read again, because
 * the import of the report had all of it.
 */
export type ImportOutcome =
  | { file: string; ok: true; report: ImportReport; already?: true }
  | { file: string; ok: false; error: ErrorShape };

export const contract = {
  'workspace.summary': query(nothing, gives<WorkspaceSummary>()),
  /** The latest packs, verifications, exports and time stamps of this workspace, newest first. */
  'activity.latest': query(
    z.strictObject({
      action: z.enum(['pack', 'verify', 'export', 'time-stamp']),
      limit: z.int().min(1).max(100),
    }),
    gives<Activity[]>(),
  ),
  'sources.list': query(nothing, gives<SourceSummary[]>()),
  'presets.list': query(nothing, gives<PresetInfo[]>()),
  /** Newest import first. */
  'imports.list': query(nothing, gives<ImportSummary[]>()),
  'imports.rejections': query(rejectionsWanted, gives<Rejection[]>()),
  /** Which earlier imports hold what this one found to be there already. */
  'imports.duplicates': query(oneImport, gives<DuplicateOf[]>()),
  /** What the exports behind a grant are, and how they would be mapped; nothing is stored. */
  'imports.probe': query(z.strictObject({ grant }), gives<Probe>()),
  /** The first events a mapping makes of an export; nothing is stored. `file` is one in a folder or archive. */
  'imports.preview': query(fileToPreview, gives<Preview>()),
  /** The event names of an export as a mapping reads it, with their counts. */
  'imports.names': query(fileToName, gives<EventNames>()),
  /** What an import's records in the log are, mapped as they were; for correcting the mapping. */
  'remap.probe': query(oneImport, gives<ExportProbe>()),
  /** The first events another mapping makes of them; nothing is stored. */
  'remap.preview': query(importToPreview, gives<Preview>()),
  /** Their event names as another mapping reads them, with their counts. */
  'remap.names': query(importToName, gives<EventNames>()),
  /** The mapping in a granted file, checked, as JSON text. */
  'presets.open': query(z.strictObject({ grant }), gives<{ text: string }>()),
  /** Writes a mapping into a granted folder; never over another file. */
  'presets.save': command(z.strictObject({ preset, into: grant }), gives<{ file: string }>()),
  /** Writes the rejected rows of an import as CSV into a granted folder; never over another file. */
  'imports.saveRejections': command(rejectionsToSave, gives<{ file: string }>()),
  /** How many events match: exact. */
  'events.total': query(eventQuery, gives<{ total: number }>()),
  /** A window of the result by index, newest first unless sorted otherwise: what a scrolling grid asks for. */
  'events.window': query(
    eventQuery.extend({
      first: z.int().min(0),
      limit: z.int().min(1).max(500),
      sort: sort.optional(),
    }),
    gives<EventWindow>(),
  ),
  /** The most frequent values of some keys among the events that match, with `like` those that hold this text. */
  'events.facets': query(facetQuery, gives<{ total: number; facets: Facet[] }>()),
  /** How many events match in each hour, day, week, month or year, as the span asks for. */
  'events.histogram': query(eventQuery, gives<Histogram>()),
  /** The same by category. */
  'events.overTime': query(eventQuery, gives<OverTime>()),
  'events.page': query(
    eventQuery.extend({ limit: z.int().min(1).max(1000), after: cursor.nullable() }),
    gives<EventPage>(),
  ),
  'events.get': query(oneEvent, gives<EventDetail>()),
  /** What else happened to its target, by its actor and from its address, so many minutes before and after. */
  'events.around': query(neighbourQuery, gives<Neighbours>()),
  /** What is said of events now, newest first. */
  'notes.list': query(nothing, gives<Annotation[]>()),
  /** Every version of what was said of one event, newest first. */
  'notes.of': query(oneEvent, gives<Annotation[]>()),
  /** Says something of an event; what was said before stays. Without note and tags it is taken back. */
  'notes.save': command(annotation, gives<Annotation[]>()),
  /** Who is one person under several names, and which names may be. */
  'identities.list': query(nothing, gives<Identities>()),
  /** Merges names into one person; without members the person is taken apart. */
  'identities.save': command(identity, gives<Identities>()),
  'events.count': query(eventQuery.extend({ by: z.enum(groupings) }), gives<EventCount>()),
  /** Distinct values for the filter's pick lists, at most 500 each, in alphabetical order. */
  'events.choices': query(nothing, gives<FilterChoices>()),
  /** Saved views, by name. */
  'views.list': query(nothing, gives<SavedView[]>()),
  /** Saves a view; an earlier one of the same name counts no more. */
  'views.save': command(
    z.strictObject({
      name: viewName,
      setup: eventQuery.extend({
        shown: z.string().min(1).max(60).nullable(),
        sort,
        columns: z
          .array(
            z.strictObject({
              id: z.string().regex(/^[a-z-]{1,40}$/),
              width: z.int().min(0).max(9999).nullable(),
            }),
          )
          .min(1)
          .max(100),
      }),
    }),
    gives<SavedView[]>(),
  ),
  'views.remove': command(z.strictObject({ name: viewName }), gives<SavedView[]>()),
  ...reviewCalls,
  /** The coverage calendar of every source, day by day. */
  'completeness.coverage': query(
    z.strictObject({
      from: z.string().min(1).max(40),
      to: z.string().min(1).max(40),
      zone: z.string().min(1).max(60),
    }),
    gives<CoverageReport>(),
  ),
  /** The continuity test over all tracks; of each source the first 1,000 breaks are listed, and all are counted. */
  'completeness.continuity': query(nothing, gives<ContinuityReport>()),
  /** Until when each source must be exported again. */
  'completeness.retention': query(nothing, gives<SourceRetention[]>()),
  /** What officers said of gaps, silences and breaks, newest first, with what was said before. */
  'completeness.explanations': query(nothing, gives<Explanation[]>()),
  /** Adds an explanation; earlier ones of the same thing stay. */
  'completeness.explain': command(
    z.strictObject({
      source: z.string().min(1).max(200),
      kind: z.enum(explanationKinds),
      key: z.string().min(1).max(100),
      zone: z.string().min(1).max(60).nullable(),
      person: z.string().trim().min(1).max(200),
      note: z.string().trim().min(1).max(10_000),
    }),
    gives<Explanation>(),
  ),
  /** Files, folders and archives by grant, in the given order, each export in a transaction of its own. */
  'imports.run': job(filesToImport, gives<ImportOutcome[]>()),
  /** Maps imports again from the raw records in the log, each as a new one that replaces it; `zone` null leaves its zone. */
  'imports.remap': job(importsToRemap, gives<ImportOutcome[]>()),
  /** Imports the bundled sample exports into this workspace. */
  'imports.sample': job(nothing, gives<ImportOutcome[]>()),
  ...packCalls,
  ...auditCalls,
  ...syncCalls,
  /** Writes all events of a view, in its order, with an IPE card; never over another file. */
  'events.export': job(
    eventQuery.extend({
      sort,
      format: z.enum(exportFormats),
      /** Grant of the folder that receives both. */
      into: grant,
    }),
    gives<ExportReport>(),
  ),
  /** Who signed off a pack. */
  'signoffs.list': query(onePack, gives<SignOff[]>()),
  /** Signs off, after a verification, and gives all sign-offs of the pack. */
  'signoffs.add': job(
    onePack.extend({
      role: z.enum(signRoles),
      name: z.string().trim().min(1).max(200),
      title: z.string().trim().max(200),
      statement: z.string().trim().min(1).max(2000),
      override: z.string().trim().min(1).max(2000).nullable(),
    }),
    gives<SignOff[]>(),
  ),
  /** The key that signs this workspace's packs, and whether its private half can be had now. */
  'keys.show': query(nothing, gives<{ key: RecordedKey | null; isHere: boolean }>()),
  /** Makes that key; `replace` says that an earlier one may be replaced. Its private half goes to who keeps secrets. */
  'keys.create': command(
    z.strictObject({ person: z.string().trim().max(200), replace: z.boolean() }),
    gives<RecordedKey>(),
  ),
  'verify.run': job(nothing, gives<VerifyReport>()),
  /** Computes one event again and proves that it is in the log; reads all events from its import on. */
  'verify.event': job(oneEvent, gives<EventVerification>()),
} as const;

export type Contract = typeof contract;
export type CallName = keyof Contract;
export type Input<N extends CallName> = z.infer<Contract[N]['input']>;
export type Output<N extends CallName> = NonNullable<Contract[N]['output']>;
export type NamesOfKind<K extends CallKind> = {
  [N in CallName]: Contract[N]['kind'] extends K ? N : never;
}[CallName];
