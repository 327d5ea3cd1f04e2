// The calls about evidence packs and the register of exceptions: a part of the contract.

import { command, gives, job, nothing, query } from './calls.ts';
import type { Category, PackReport, VerifyReport } from './model.ts';
import {
  exceptionDrafts,
  exceptionToSave,
  oneException,
  oneFramework,
  packToCreate,
  packToVerify,
  recipeToSave,
} from './pack-inputs.ts';
import type { MadePack, SavedRecipe } from './recipe-model.ts';
import type { ExceptionDraft, RegisteredException } from './register-model.ts';

/** What a person may choose from for a pack of one framework. */
export type ControlChoices = {
  controls: { id: string; label: string; categories: Category[] }[];
  /** The populations of a pack beside that of all events. */
  areas: { id: string; title: string; categories: readonly Category[] }[];
  sizes: {
    frequencies: { id: string; label: string; least: number; most: number }[];
    attributes: { confidence: number; tolerable: number }[];
  };
};

export const packCalls = {
  'pack.create': job(packToCreate, gives<PackReport>()),
  /** Checks a pack that was made in a granted folder; `name` is that of its own folder there. */
  'pack.verify': job(packToVerify, gives<VerifyReport>()),
  /** The controls of a framework with the categories that are evidence for each, and the usual sizes of samples. */
  'pack.controls': query(oneFramework, gives<ControlChoices>()),
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
