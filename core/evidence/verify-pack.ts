// Checks a pack, folder or ZIP file, without the workspace it came from. Reads, never writes. The pack's own
// verify.py makes the same checks for people who do not have this application.

import { AppError } from '#core/errors.ts';
import type { NotedFreeze } from '#core/freeze-model.ts';
import type { NoteKey } from '#core/integrity/note.ts';
import type { Progress, VerifyReport } from '#core/model.ts';
import { createPace } from '#core/pace.ts';
import { openPackFiles, type PackFiles } from './pack-files.ts';
import { type Recipe, templateVersion } from './recipe.ts';
import { samplePaths } from './sample-files.ts';
import { integrityPaths, keyOfRecipe, signaturePath, tagManifestPath } from './seal.ts';
import { judgeSignOffs, signOffPaths } from './sign-off-file.ts';
import { createVerdicts, type Observer, readText, type Verdicts, verifyBag } from './verify-bag.ts';
import {
  judgeBalance,
  judgeCheckpoint,
  judgeRecipe,
  type ListedAnswer,
  type ListedPopulation,
  watchAnswers,
  watchPopulations,
} from './verify-content.ts';
import { judgeFreeze } from './verify-freeze.ts';
import { judgePdfSignature } from './verify-pdf-signature.ts';
import { judgeProofs, watchSampledRows } from './verify-proofs.ts';
import { judgeSamples } from './verify-sample.ts';
import { judgeSignatures } from './verify-signatures.ts';
import { judgeTimeStamps, readTimeStamps } from './verify-time-stamps.ts';

/**
 * Verifies the pack at `path`, a folder or a .zip. `ok` is false when any check failed; skipped checks are listed and
 * do not count as passed. Throws AppError('input') when there is no pack, AppError('cancelled') when aborted.
 */
export async function verifyPack(
  path: string,
  options: {
    signal: AbortSignal;
    progress(progress: Progress): void;
    /** A key that the reader knows: a pack signed with another one, or with none, fails. */
    known?: NoteKey | null;
    /** The freezes that the workspace of the pack noted; without them nobody looks. */
    freezes?: readonly NotedFreeze[];
  },
): Promise<VerifyReport> {
  const pace = createPace(options.signal, options.progress);
  pace.check();
  const files = await openPackFiles(path);
  try {
    if (!files.sizes.has('bagit.txt')) {
      throw new AppError(
        'input',
        `${path} is not an evidence pack: it has no bagit.txt. Name the pack’s folder or ZIP file.`,
      );
    }
    const verdicts = createVerdicts();
    const content = await readContent(files, verdicts);
    const info = await verifyBag(
      files,
      verdicts,
      new Map<string, Observer>([...(content?.watch.observers ?? []), ...(content?.answers.observers ?? [])]),
      pace,
    );
    if (content) {
      const { recipeText, recipe, checkpoint, sampleTexts, watch, answers } = content;
      judgeRecipe(verdicts, recipeText, info);
      judgeCheckpoint(verdicts, checkpoint, recipe);
      judgeSignatures(
        verdicts,
        { ...content, packId: info.get('External-Identifier') ?? '' },
        options.known ?? null,
      );
      if (options.freezes)
        judgeFreeze(verdicts, { ...content, packId: info.get('External-Identifier') ?? '' }, options.freezes);
      judgeBalance(verdicts, recipe);
      watch.judge(verdicts);
      answers.judge(verdicts);
      judgeSamples(verdicts, recipe, sampleTexts, watch.drawn());
      await judgeProofs(verdicts, files, content.rows, content);
      judgeSignOffs(verdicts, content.signOffs, {
        packId: info.get('External-Identifier') ?? '',
        log: recipe.log,
        manifest: content.manifest ?? '',
        key: keyOfRecipe(recipe),
      });
      await judgePdfSignature(verdicts, files);
      judgeTimeStamps(verdicts, content.timeStamps, content.tagManifest ?? '');
    }
    return { ok: verdicts.failures.length === 0, checks: verdicts.checks, failures: verdicts.failures };
  } finally {
    files.close();
  }
}

/** The small files the other checks need; null, with a failed check, when one is missing or not what it should be. */
async function readContent(files: PackFiles, verdicts: Verdicts) {
  try {
    const recipeText = await need(files, 'data/30_query/recipe.json');
    const recipe = JSON.parse(recipeText) as Recipe;
    if (recipe.template !== templateVersion)
      throw new Error(
        `the pack has template ${recipe.template}, this version of Exhibit checks template ${templateVersion}; its own verify.py checks it`,
      );
    const populations = JSON.parse(await need(files, 'data/30_query/populations.json')) as ListedPopulation[];
    const sampleTexts = await Promise.all(
      recipe.samples.map((_sample, at) => readText(files, samplePaths(at).ndjson)),
    );
    const rows = watchSampledRows(sampleTexts);
    return {
      recipeText,
      recipe,
      populations,
      checkpoint: await need(files, integrityPaths.checkpoint),
      key: await readText(files, integrityPaths.key),
      tagManifest: await readText(files, tagManifestPath),
      signature: await readText(files, signaturePath),
      manifest: await readText(files, 'manifest-sha256.txt'),
      signOffs: await Promise.all(
        signOffPaths(files.sizes.keys()).map(async (path) => ({
          path,
          text: (await readText(files, path)) ?? '',
        })),
      ),
      timeStamps: await readTimeStamps(files),
      sampleTexts,
      rows,
      watch: watchPopulations(populations, recipe.samples, rows.see),
      answers: watchAnswers(JSON.parse(await need(files, 'data/30_query/reviews.json')) as ListedAnswer[]),
    };
  } catch (error) {
    verdicts.judge('Readable data', [{ where: files.name, detail: (error as Error).message }], '');
    return null;
  }
}

async function need(files: PackFiles, path: string): Promise<string> {
  const text = await readText(files, path);
  if (text === null) throw new Error(`${path} is missing`);
  return text;
}
