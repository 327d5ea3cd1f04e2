// The calls about evidence packs and the register of exceptions: a part of the contract.

import type { Additions, CertificateFound, PdfSignature, TimeStamp } from './addition-model.ts';
import { command, gives, job, nothing, query } from './calls.ts';
import type { Category, PackReport, VerifyReport } from './model.ts';
import {
  exceptionDrafts,
  exceptionToSave,
  oneCertificate,
  oneException,
  oneFramework,
  onePack,
  packToCreate,
  packToStamp,
  recipeToSave,
  reportToSign,
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
  'pack.verify': job(onePack, gives<VerifyReport>()),
  /** The signature on a pack's report and its time stamps. */
  'additions.list': query(onePack, gives<Additions>()),
  /** What a certificate says; the password of its file is the secret `passwordOf` it. A job, whose thread ends with what it read. */
  'additions.readCertificate': job(oneCertificate, gives<CertificateFound>()),
  /** Signs the report of a pack with such a certificate, after a verification. */
  'additions.signReport': job(reportToSign, gives<PdfSignature>()),
  /** Has an authority stamp a pack, after a verification: the one call that sends something of a pack, a hash. */
  'additions.stamp': job(packToStamp, gives<TimeStamp & { authority: string }>()),
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
