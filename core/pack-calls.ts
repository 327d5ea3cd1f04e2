// The calls about evidence packs and the register of exceptions: a part of the contract.

import { command, gives, job, nothing, query } from './calls.ts';
import type { PackReport } from './model.ts';
import { exceptionDrafts, exceptionToSave, oneException, packToCreate, recipeToSave } from './pack-inputs.ts';
import type { MadePack, SavedRecipe } from './recipe-model.ts';
import type { ExceptionDraft, RegisteredException } from './register-model.ts';

export const packCalls = {
  'pack.create': job(packToCreate, gives<PackReport>()),
  /** Those made in this workspace, newest first. */
  'packs.list': query(nothing, gives<MadePack[]>()),
  'recipes.list': query(nothing, gives<SavedRecipe[]>()),
  /** Saves a recipe by its name, or takes the name away where there is none. Gives all that are saved now. */
  'recipes.save': command(recipeToSave, gives<SavedRecipe[]>()),
  /** The newest version of each exception, by number. */
  'exceptions.list': query(nothing, gives<RegisteredException[]>()),
  /** Every version of one, oldest first. */
  'exceptions.history': query(oneException, gives<RegisteredException[]>()),
  /** What was found in a period and stands in no exception yet. */
  'exceptions.drafts': query(exceptionDrafts, gives<ExceptionDraft[]>()),
  /** Keeps a version; without a number it begins a new exception. Gives all that stand now. */
  'exceptions.save': command(exceptionToSave, gives<RegisteredException[]>()),
} as const;
