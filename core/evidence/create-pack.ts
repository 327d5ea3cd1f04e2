// Makes an evidence pack: freeze the recipe, freeze the populations, note that, then everything that is made from them, then the
// seal. Built in a hidden folder beside the target, checked there, and named only when it is whole.

import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readApplication } from '#core/assets.ts';
import { AppError } from '#core/errors.ts';
import type { Freeze } from '#core/freeze-model.ts';
import { fingerprintOf, formatNoteKey, type Signer } from '#core/integrity/note.ts';
import type { PackReport, PackRequest, Progress } from '#core/model.ts';
import { syncFolder } from '#core/new-file.ts';
import { createPace, type Pace } from '#core/pace.ts';
import { refuseBeside } from '#core/query/beside.ts';
import { compileQuery } from '#core/query/compile.ts';
import type { Activity } from '#core/store/activity.ts';
import type { Store } from '#core/store/open.ts';
import { writeBagFiles } from './bag.ts';
import { loadControlMap } from './control-map.ts';
import type { FreezeFact } from './facts.ts';
import { gatherFacts } from './gather.ts';
import { writeGuides } from './guides.ts';
import { packFolderName } from './pack-name.ts';
import { createPayload, type Payload } from './payload.ts';
import { isRedacted, type Prover, writeProofs } from './proofs.ts';
import { readPeriod } from './recipe.ts';
import { readSecret, redactionKey } from './redaction.ts';
import { writeReport } from './report/report.ts';
import type { ReviewReader } from './reviews.ts';
import { checkpointOf } from './seal.ts';
import { writeActivity, writeQueryTables, writeSourceTables } from './tables.ts';
import { tightenHeap } from './tight-heap.ts';
import { verifyPack } from './verify-pack.ts';
import { packWarnings } from './warnings.ts';
import { writeWorkbook } from './workbook/workbook.ts';
import { zipPack } from './zip-pack.ts';

export type PackOptions = {
  /** Existing folder that receives the pack's folder and its ZIP file. */
  into: string;
  signal: AbortSignal;
  progress(progress: Progress): void;
  /** The answers of the reviews for the same request. */
  reviews: ReviewReader;
  /** The application's activity log, oldest first; without it the pack has none and says so. */
  activity?: readonly Activity[];
  /** Notes that the populations are fixed, before a seed is used; without it the pack says that nobody did. */
  freeze?: (freeze: Freeze) => FreezeFact;
  /** Proves sampled rows against the log; without it a sample has no proofs. */
  prove?: Prover;
  /** Signs checkpoint and pack; without it the pack is not signed and says so. */
  signer?: Signer | null;
  /** 32 bytes for pseudonyms, where the request asks for them; new ones by default. */
  redactionSecret?: Uint8Array;
  /** The time of generation, printed in report and workbook; now by default. */
  now?: Date;
};

/**
 * Writes `<into>/<name>/` and `<into>/<name>.zip`. The same request on the same log, signed with the same key or not at all, gives the same pack id and the same
 * bytes in every CSV, JSON and NDJSON file; with the same `now` also in PDF, XLSX and ZIP.
 *
 * Throws AppError: `usage` for a request that makes no sense, `input` when the folder is missing or the pack is already
 * there, `cancelled`. After a failure or a cancel nothing is left behind.
 */
export async function createPack(
  store: Store,
  request: PackRequest,
  options: PackOptions,
): Promise<PackReport> {
  const started = performance.now();
  const signer = options.signer ?? null;
  const pace = createPace(options.signal, options.progress);
  pace.check();
  readPeriod(request);
  refuseBeside(request.filter, 'A pack');
  compileQuery(store, { filter: request.filter, from: request.from, to: request.to, zone: request.zone });
  if (!statSync(options.into, { throwIfNoEntry: false })?.isDirectory()) {
    throw new AppError('input', `${options.into} is not a folder. Choose an existing folder for the pack.`);
  }
  const building = mkdtempSync(join(options.into, '.exhibit-unfinished-'));
  const payload = createPayload(join(building, 'pack'));
  const loosenHeap = tightenHeap();
  try {
    mkdirSync(payload.folder);
    const redactionSecret = options.redactionSecret ?? readSecret(null);
    const { facts, queries, redactor } = await gatherFacts(store, request, payload, {
      map: loadControlMap(request.framework),
      application: readApplication(),
      activity: options.activity ?? null,
      signing: signer ? formatNoteKey(signer.key) : null,
      reviews: options.reviews,
      freeze: options.freeze ?? null,
      redactionSecret,
      generatedAt: (options.now ?? new Date()).getTime(),
      pace,
      beforeRows: (packId) => refuseExisting(options.into, packFolderName(request, packId)),
    });
    const drawn = facts.samples.map(({ paths }) => paths.ndjson);
    if (options.prove && !isRedacted(facts.recipe))
      await writeProofs(payload, drawn, options.prove, facts.log, checkpointOf(facts.recipe, signer));
    pace.check();
    const name = packFolderName(facts.request, facts.packId);
    writeSourceTables(payload, facts);
    writeQueryTables(payload, facts, queries);
    writeActivity(payload, facts);
    writeGuides(payload, facts, signer);
    const workbook = await writeWorkbook(payload, facts, { pace });
    pace.report('Writing the report', 0, null, 'pages');
    await pace.turn();
    const report = await writeReport(payload, facts);
    await pace.turn();
    writeBagFiles(payload, facts, signer);
    await checkBuilt(payload.folder, options, pace);
    await zipPack(payload.folder, name, payload.files, join(building, 'pack.zip'), pace);
    pace.check();
    const key = redactor && redactionKey(facts.packId, redactionSecret, redactor.names);
    const { folder, zip, redactionKey: keyPath } = publish(building, options.into, name, payload, key);
    return {
      packId: facts.packId,
      folder,
      zip,
      redactionKey: keyPath,
      events: facts.funnel.inPack,
      freeze: facts.freeze?.id ?? null,
      sampled:
        facts.samples.length === 0 ? null : facts.samples.reduce((sum, { drawn: rows }) => sum + rows, 0),
      root: facts.whole.root,
      categories: facts.whole.categories,
      signedBy: signer ? fingerprintOf(signer.key) : null,
      files: payload.files.length,
      bytes: payload.files.reduce((sum, file) => sum + file.bytes, 0),
      warnings: packWarnings(facts, {
        cutCells: workbook.cutCells,
        tokens: report.tokens,
        cutValues: report.cut,
      }),
      ms: Math.round(performance.now() - started),
    };
  } finally {
    loosenHeap();
    payload.abandon();
    rmSync(building, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** A pack is evidence: it is never written over, not even by its twin. */
function refuseExisting(into: string, name: string): void {
  for (const path of ['', '.zip', '.redaction-key.json'].map((end) => join(into, `${name}${end}`))) {
    if (existsSync(path)) {
      throw new AppError(
        'input',
        `This pack is already there: ${path}. The same request on the same log gives the same pack; use that one, move it away, or choose another folder.`,
      );
    }
  }
}

/** Reads back what was written and checks it as a stranger would. A failure here is a fault of the disk or a bug. */
async function checkBuilt(folder: string, options: PackOptions, pace: Pace): Promise<void> {
  const { ok, failures } = await verifyPack(folder, {
    signal: options.signal,
    progress: (progress) => options.progress({ ...progress, stage: 'Checking the pack' }),
  });
  pace.check();
  if (ok) return;
  const [first] = failures;
  throw new AppError(
    'environment',
    `The pack did not read back as it was written (${first?.check}, ${first?.where}: ${first?.detail}). Nothing was kept; check the disk and try again.`,
  );
}

/** Gives the pack its name: the archive first, so that a folder with its name is always a finished pack. */
function publish(
  building: string,
  into: string,
  name: string,
  payload: Payload,
  key: string | null,
): { folder: string; zip: string; redactionKey: string | null } {
  const folder = join(into, name);
  const zip = `${folder}.zip`;
  refuseExisting(into, basename(folder));
  syncFolder(payload.folder);
  const keyPath = key === null ? null : `${folder}.redaction-key.json`;
  // Readable by this account alone: it names everybody.
  if (keyPath !== null && key !== null) writeFileSync(keyPath, key, { flag: 'wx', mode: 0o600 });
  try {
    renameSync(join(building, 'pack.zip'), zip);
    renameSync(payload.folder, folder);
  } catch (error) {
    rmSync(zip, { force: true });
    if (keyPath !== null) rmSync(keyPath, { force: true });
    throw error;
  }
  syncFolder(into);
  return { folder, zip, redactionKey: keyPath };
}
