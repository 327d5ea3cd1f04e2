// Recipes that were saved by name, and the packs that were made, in review.db: activities, of which the newest of a name
// counts.

import { AppError } from '#core/errors.ts';
import type { PackReport, PackRequest } from '#core/model.ts';
import type { MadePack, SavedRecipe } from '#core/recipe-model.ts';
import type { SampleRequest } from '#core/sampling-model.ts';
import { formatUtc } from '#core/time.ts';
import { recordActivity } from './activity.ts';
import type { Store } from './open.ts';

/** Saves a recipe by its name in a review file opened for writing, or takes the name away where there is none. */
export function saveRecipe(review: Store, name: string, request: PackRequest | null): SavedRecipe[] {
  recordActivity(review, 'recipe', { name, request });
  return listRecipes(review);
}

/** The recipes that are saved now, by name. */
export function listRecipes({ db }: Store): SavedRecipe[] {
  const newest = new Map<string, SavedRecipe | null>();
  for (const { at, person, detail } of readDetails(db, 'recipe')) {
    const { name, request } = detail as { name: string; request: PackRequest | null };
    newest.set(name, request && { name, request: wholeRequest(request), at, account: person });
  }
  return [...newest.values()].filter((one) => one !== null).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** A saved recipe. Throws AppError('not-found') for a name that none has. */
export function readRecipe(review: Store, name: string): SavedRecipe {
  const found = listRecipes(review).find((one) => one.name === name);
  if (!found) throw new AppError('not-found', `There is no recipe “${name}”. “exhibit recipes” lists them.`);
  return found;
}

/** Figures of a pack that the list of packs shows. */
export type PackFigures = Pick<PackReport, 'folder' | 'events' | 'sampled' | 'root' | 'categories'>;

/** The packs made in this workspace, newest first. */
export function listPacks({ db }: Store): MadePack[] {
  const rows = readDetails(db, 'pack').map(({ at, person, detail }) => {
    const { packId, folder, events, sampled, root, categories, ...rest } = detail as PackRequest &
      Partial<PackFigures> & { packId: string };
    const request = wholeRequest(rest);
    return {
      packId,
      at,
      account: person,
      request,
      folder: folder ?? null,
      events: events ?? null,
      sampled: sampled ?? null,
      root: root ?? null,
      categories: categories ?? [],
      key: JSON.stringify([request.framework, request.from, request.to, request.zone, request.filter]),
    };
  });
  const counts = new Map<string, number>();
  const numbered = rows.map((row) => {
    const version = (counts.get(row.key) ?? 0) + 1;
    counts.set(row.key, version);
    return { ...row, version };
  });
  return numbered.map(({ key, ...pack }) => ({ ...pack, versions: counts.get(key) as number })).reverse();
}

/** A request of an earlier version of Exhibit lacks what it did not know; there was one sample at most. */
function wholeRequest(request: PackRequest & { sampling?: SampleRequest | null }): PackRequest {
  const { framework, from, to, zone, filter, organisation, preparedBy } = request;
  return {
    ...{ framework, from, to, zone, filter, organisation, preparedBy },
    leftOut: request.leftOut ?? [],
    samples: request.samples ?? (request.sampling ? [request.sampling] : []),
    controls: request.controls ?? [],
    conclusions: request.conclusions ?? [],
    redaction: request.redaction ?? null,
  };
}

function readDetails(db: Store['db'], action: string): { at: string; person: string; detail: unknown }[] {
  const rows = db.prepare('SELECT at, person, detail FROM activity WHERE action = ? ORDER BY id').all(action);
  return (rows as { at: number; person: string; detail: string }[]).map(({ at, person, detail }) => ({
    at: formatUtc(at),
    person,
    detail: JSON.parse(detail) as unknown,
  }));
}
