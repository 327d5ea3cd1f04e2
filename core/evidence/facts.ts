// Everything the pack says in figures, computed once. Report, workbook, tables and README take their numbers from
// these objects and make none of their own, so a figure in a sentence is the figure in the table.

import type { NotedFreeze } from '#core/freeze-model.ts';
import type { Category, Check, PackRequest } from '#core/model.ts';
import { controlsOf } from '#core/register-model.ts';
import type { Activity } from '#core/store/activity.ts';
import type { Inventory, InventoryImport, InventorySource } from '#core/store/inventory.ts';
import { checkCompleteness } from './check-completeness.ts';
import type { Control, ControlMap } from './control-map.ts';
import type { Population, Tallies } from './populations.ts';
import type { Recipe } from './recipe.ts';
import { type ReviewFacts, reviewFacts } from './review-facts.ts';
import type { ReviewTable } from './review-tables.ts';
import type { PackReviews } from './reviews.ts';
import type { Sample } from './sample.ts';

export type SourceFact = InventorySource & {
  inPeriod: number;
  inPack: number;
  /** Rows of this source in the pack by calendar day of the pack's zone. */
  days: Map<string, number>;
};
export type ImportFact = InventoryImport & { inPack: number; balanced: boolean };
export type CategoryFact = {
  category: Category;
  label: string;
  why: string;
  controls: string[];
  rows: number;
  areaId: string;
};
export type ControlFact = Control & {
  /** Events of all its categories; one event may count for several controls. */
  rows: number;
  sampled: number;
  areaIds: string[];
  /** How many of the register name it. */
  exceptions: number;
  /** The officer's words; null where there are none. */
  conclusion: string | null;
};
export type RejectedRow = { importId: number; file: string; source: string; row: number; reason: string };

/** Counts on the way from the files into the pack, each step a part of the one before. */
export type Funnel = {
  read: number;
  duplicates: number;
  rejected: number;
  imported: number;
  /** Counted in the log, not taken from the import reports. */
  stored: number;
  inPeriod: number;
  inPack: number;
};

/** A noted freeze, and the first one with the same populations where there was one before. */
export type FreezeFact = NotedFreeze & { earlier: NotedFreeze | null };

export type PackFacts = {
  packId: string;
  recipe: Recipe;
  recipeSha256: string;
  request: PackRequest;
  application: { name: string; version: string };
  /** When the pack was made, epoch milliseconds. Nothing in a data file depends on it. */
  generatedAt: number;
  period: { from: number; to: number; zone: string; days: string[] };
  log: Inventory['log'];
  map: ControlMap;
  funnel: Funnel;
  sources: SourceFact[];
  imports: ImportFact[];
  /** Imports whose records a later one maps again: in the log, not in the pack. */
  replaced: InventoryImport[];
  rejected: { rows: RejectedRow[]; total: number };
  timeBasis: Tallies['byTimeBasis'];
  whole: Population;
  parts: Population[];
  categories: CategoryFact[];
  controls: ControlFact[];
  /** How the activity log noted that the populations were fixed before a seed was used; null without that log. */
  freeze: FreezeFact | null;
  samples: readonly Sample[];
  /** How many names have a pseudonym; null where everybody stays named. */
  redaction: { redacted: number } | null;
  reviews: ReviewFacts;
  /** Null when the caller gave none. */
  activity: readonly Activity[] | null;
  /** Tests of the counts, then those of completeness, then those that are not made. */
  checks: Check[];
  /** Of the checks, those of completeness: what they find is about the exports, not about this pack. */
  completeness: Check[];
};

/** What was gathered before the facts can be drawn up. */
export type Gathered = Omit<
  PackFacts,
  | 'funnel'
  | 'sources'
  | 'imports'
  | 'replaced'
  | 'categories'
  | 'controls'
  | 'checks'
  | 'completeness'
  | 'timeBasis'
  | 'reviews'
> & {
  inventory: Inventory;
  answers: PackReviews;
  reviewTables: readonly ReviewTable[];
  /** Events that are in a sample, by category. */
  sampled: ReadonlyMap<Category, number>;
  tallies: Tallies;
  /** Events in the log, in the period by source, and matching the query: counted by the database on its own. */
  counted: { stored: number; inPeriod: Map<string, number>; matching: number };
};

/** Draws up the facts. */
export function drawUpFacts(gathered: Gathered): PackFacts {
  const { inventory, tallies, counted, answers, reviewTables, sampled, ...rest } = gathered;
  const { whole, parts, map, request } = gathered;
  const chosen = map.controls.filter(
    ({ id }) => request.controls.length === 0 || request.controls.includes(id),
  );
  const sum = (key: 'read' | 'imported' | 'duplicates' | 'rejected') =>
    inventory.imports.reduce((total, one) => total + one[key], 0);
  const funnel: Funnel = {
    read: sum('read'),
    duplicates: sum('duplicates'),
    rejected: sum('rejected'),
    imported: sum('imported'),
    stored: counted.stored,
    inPeriod: [...counted.inPeriod.values()].reduce((total, rows) => total + rows, 0),
    inPack: whole.rows,
  };
  const rowsOf = new Map(whole.categories.map(({ category, rows }) => [category, rows]));
  const areaOf = new Map(parts.flatMap(({ area }) => area.categories.map((key) => [key, area.id] as const)));
  const imports = inventory.imports.map((one) => ({
    ...one,
    inPack: tallies.byImport.get(one.id) ?? 0,
    balanced: one.read === one.imported + one.duplicates + one.rejected,
  }));
  const completeness = checkCompleteness(answers);
  return {
    ...rest,
    completeness,
    funnel,
    sources: inventory.sources.map((source) => ({
      ...source,
      inPeriod: counted.inPeriod.get(source.name) ?? 0,
      inPack: tallies.bySource.get(source.name) ?? 0,
      days: tallies.byDay.get(source.name) ?? new Map(),
    })),
    imports,
    replaced: inventory.replaced,
    timeBasis: tallies.byTimeBasis,
    reviews: reviewFacts(answers, reviewTables),
    categories: whole.area.categories.map((category) => ({
      category,
      ...map.categories[category],
      rows: rowsOf.get(category) ?? 0,
      areaId: areaOf.get(category) ?? '',
    })),
    controls: chosen.map((control) => ({
      ...control,
      rows: control.categories.reduce((total, category) => total + (rowsOf.get(category) ?? 0), 0),
      sampled: control.categories.reduce((total, category) => total + (sampled.get(category) ?? 0), 0),
      areaIds: parts
        .filter(({ categories }) => categories.some(({ category }) => control.categories.includes(category)))
        .map(({ area }) => area.id),
      exceptions: answers.exceptions.filter((one) => controlsOf(one).includes(control.id)).length,
      conclusion: request.conclusions.find((one) => one.control === control.id)?.words ?? null,
    })),
    checks: [
      ...checkCounts(funnel, imports, inventory.replaced, parts, gathered.log.size, counted.matching),
      ...completeness,
      ...skipped,
    ],
  };
}

/** The tests of the counts. */
function checkCounts(
  funnel: Funnel,
  imports: ImportFact[],
  replaced: InventoryImport[],
  parts: Population[],
  logSize: number,
  matching: number,
): Check[] {
  const unbalanced = imports.filter((one) => !one.balanced);
  const replacedLeaves = replaced.reduce((total, one) => total + one.imported + 1, 0);
  const partRows = parts.reduce((total, part) => total + part.rows, 0);
  const compare = (name: string, ok: boolean, detail: string): Check => ({
    name,
    status: ok ? 'passed' : 'failed',
    detail,
  });
  const n = (value: number) => value.toLocaleString('en-US');
  return [
    compare(
      'Balance of every import',
      unbalanced.length === 0,
      unbalanced.length === 0
        ? `read = stored + duplicates + rejected holds for each of ${n(imports.length)} imports`
        : `does not hold for import ${unbalanced.map((one) => one.id).join(', ')}`,
    ),
    compare(
      'Stored events',
      funnel.stored === funnel.imported,
      `the imports report ${n(funnel.imported)}, the log holds ${n(funnel.stored)}`,
    ),
    compare(
      'Leaves of the log',
      logSize === funnel.imported + imports.length + replacedLeaves,
      `one for each event and each import: ${n(funnel.imported)} + ${n(imports.length)}${replaced.length === 0 ? '' : ` + ${n(replacedLeaves)} of imports that were replaced`}, the log’s tree has ${n(logSize)}`,
    ),
    compare(
      'Rows of the pack',
      matching === funnel.inPack,
      `the database counts ${n(matching)} matching events, ${n(funnel.inPack)} were written`,
    ),
    compare(
      'Areas add up',
      partRows === funnel.inPack,
      `P-01 to P-09 hold ${n(partRows)} rows together, P-00 holds ${n(funnel.inPack)}`,
    ),
  ];
}

/** Tests that this version does not make, by name: skipped is not passed. */
const skipped = [
  'Comparison with the vendor’s own count',
  'Spot check against the vendor’s console',
  'Verification of the stored log before the pack',
].map((name): Check => ({ name, status: 'skipped', detail: 'not part of this template version' }));
