// `exhibit recipes`, and how `exhibit pack --recipe` finds one.

import { existsSync, readFileSync } from 'node:fs';
import { AppError } from '#core/errors.ts';
import type { Recipe } from '#core/evidence/recipe.ts';
import type { PackRequest } from '#core/model.ts';
import { packRequest } from '#core/pack-inputs.ts';
import { describeRequest, differencesOf, nextRequest } from '#core/recipe-model.ts';
import { closing } from '#core/store/open.ts';
import { listPacks, listRecipes, saveRecipe } from '#core/store/recipes.ts';
import { readOptions, wantsJson } from './options.ts';
import { formatTable, printJson, write } from './output.ts';
import { readReview } from './settings-commands.ts';
import { type Context, withContext } from './with-context.ts';

/** `recipes`, `recipes show X`, `recipes save NAME X`, `recipes remove NAME`, `recipes diff X Y`; X is a name, pack id or file. */
export async function runRecipes(args: readonly string[], signal: AbortSignal): Promise<number> {
  const options = readOptions(args, { next: { type: 'boolean' } });
  const [action = 'list', ...names] = options.files;
  const wanted = { list: 0, show: 1, save: 2, remove: 1, diff: 2 }[action];
  if (wanted === undefined || names.length !== wanted)
    throw new AppError('usage', 'Name one of: recipes, show X, save NAME X, remove NAME, diff X Y.');
  const [first = '', second = ''] = names;
  return withContext(options, signal, async (context) => {
    const find = (name: string) => {
      const request = findRecipe(name, context);
      return options.values.next === true ? nextRequest(request) : request;
    };
    const json = wantsJson(options);
    const list = async (recipes: ReturnType<typeof listRecipes>) => {
      if (json) return printJson(recipes);
      const rows = recipes.map(({ name, request, at }) => [
        name,
        request.framework,
        `${request.from} to ${request.to}`,
        at,
      ]);
      await write(formatTable(rows));
    };
    if (action === 'diff') {
      const differences = differencesOf(find(first), find(second));
      if (json) await printJson(differences);
      else if (differences.length === 0) await write('No difference.\n');
      else await write(formatTable(differences.map(({ what, before, after }) => [what, before, '→', after])));
      return 0;
    }
    if (action === 'show') {
      const request = find(first);
      if (json) await printJson(request);
      else await write(formatTable(describeRequest(request)));
      return 0;
    }
    if (action === 'list') await list(readReview(context, listRecipes));
    else {
      const request = action === 'save' ? find(second) : null;
      if (action === 'remove') findSaved(first, context);
      await list(closing(context.review(), (review) => saveRecipe(review, first, request)));
    }
    return 0;
  });
}

function findSaved(name: string, context: Context): PackRequest {
  const found = readReview(context, listRecipes).find((one) => one.name === name);
  if (!found) throw new AppError('not-found', `There is no recipe “${name}”. “exhibit recipes” lists them.`);
  return found.request;
}

/** What a saved name, the id of a pack made here, or a file asks for: a request, or the recipe.json of a pack. */
export function findRecipe(name: string, context: Context): PackRequest {
  const pack = readReview(context, listPacks).find(({ packId }) => packId === name);
  if (pack) return pack.request;
  if (readReview(context, listRecipes).some((one) => one.name === name) || !existsSync(name))
    return findSaved(name, context);
  try {
    const read = JSON.parse(readFileSync(name, 'utf8')) as PackRequest | Recipe;
    return packRequest.parse('form' in read ? asRequest(read) : read);
  } catch {
    throw new AppError(
      'input',
      `${name} is no recipe. Name the recipe.json of a pack, or what “recipes show” printed.`,
    );
  }
}

/** What the recipe of a pack was made of. A redacted one names pseudonyms, as its reader may know no more. */
function asRequest(recipe: Recipe): PackRequest {
  const { framework, organisation, preparedBy, period, filter, samples, redaction } = recipe;
  const { people, categories, also } = redaction ?? { people: [], categories: [], also: [] };
  return {
    ...{ framework, organisation, preparedBy, from: period.from, to: period.to, zone: period.zone },
    filter: filter.text,
    leftOut: recipe.sections.leftOut,
    samples,
    controls: recipe.controls,
    conclusions: recipe.conclusions,
    redaction: redaction && { people, categories, also },
  };
}
