// The sheets before the populations: what the pack is, where its events come from, whether the counts balance, and
// which category is evidence for which control. Only facts, in the order in which an auditor asks for them.

import { formatUtc } from '#core/time.ts';
import type { Cell, RowStyle, SheetColumn } from '#core/workbook/sheet.ts';
import { sizeInWords } from '../bag.ts';
import type { PackFacts } from '../facts.ts';
import {
  conclusionOpen,
  disclaimer,
  freezeWords,
  leftOutWords,
  notStated,
  periodLines,
  procedureOf,
  statusWords,
} from '../wording.ts';

export type FactSheet = {
  name: string;
  columns: SheetColumn[];
  /** A table has its heading in the first row; the other form is a page of pairs. */
  table: boolean;
  rows: { cells: Cell[]; style?: RowStyle }[];
};

/** The sheets in order. `wholeFits` says whether all events have a sheet of their own. */
export function factSheets(facts: PackFacts, options: { wholeFits: boolean }): FactSheet[] {
  return [
    summary(facts, options.wholeFits),
    sources(facts),
    balance(facts),
    rejected(facts),
    categories(facts),
    controls(facts),
    populations(facts, options.wholeFits),
  ];
}

const column = (title: string, width: number): SheetColumn => ({ title, width });
const figure = (title: string, width: number): SheetColumn => ({ title, width, number: true });
const row = (...cells: Cell[]) => ({ cells, style: 'wrapped' as const });

function summary(facts: PackFacts, wholeFits: boolean): FactSheet {
  const { request, funnel, application } = facts;
  const period = periodLines(facts);
  const pair = (label: string, value: Cell) => ({ cells: [label, value] as Cell[], style: 'pair' as const });
  const head = (...cells: Cell[]) => ({ cells, style: 'head' as const });
  return {
    name: 'Summary',
    table: false,
    columns: [column('', 40), column('', 74), column('', 90)],
    rows: [
      { cells: [`Evidence pack ${facts.packId}`], style: 'title' },
      pair('Organisation', request.organisation || notStated),
      pair('Framework', facts.map.title),
      pair('Period', period.asked),
      pair('Period in its zone', `${period.zoned} ${facts.period.zone}`),
      pair('Period in UTC', period.utc),
      pair('Filter', facts.recipe.filter.words),
      pair('Sections left out', leftOutWords(facts) ?? 'none'),
      pair('Prepared by', request.preparedBy || notStated),
      pair('Made with', `${application.name} ${application.version}`),
      pair('Made at', formatUtc(facts.generatedAt)),
      pair('Recipe SHA-256', facts.recipeSha256),
      pair('Populations frozen', freezeWords(facts)),
      pair('Log root', facts.log.root ?? 'the log is empty'),
      { cells: [] },
      head('From the files into the pack', 'Records'),
      pair('Read from the files', funnel.read),
      pair('Duplicates of stored records', funnel.duplicates),
      pair('Rejected', funnel.rejected),
      pair('Stored', funnel.stored),
      pair('In the period', funnel.inPeriod),
      pair('Matching the filter, in this pack', funnel.inPack),
      { cells: [] },
      head('Check', 'Status', 'Detail'),
      ...facts.checks.map((check) => ({
        cells: [check.name, statusWords[check.status], check.detail] as Cell[],
        style: 'wrapped' as const,
      })),
      { cells: [] },
      ...disclaimer.map((line) => ({ cells: [line] })),
      { cells: ['Times are text in ISO 8601, UTC. Every text is typed as text; no cell holds a formula.'] },
      ...(wholeFits
        ? [
            {
              cells: [
                'Sheet P-00 has every event; P-01 to P-09 have the same events by area. Do not add them up.',
              ],
            },
          ]
        : [
            {
              cells: [
                'All events are in P-01 to P-09, each once; P-00 is longer than a sheet and is in the CSV.',
              ],
            },
          ]),
    ],
  };
}

function sources(facts: PackFacts): FactSheet {
  return {
    name: 'Scope & sources',
    table: true,
    columns: [
      column('Source', 24),
      column('Preset', 28),
      column('Zone for times without one', 18),
      column('Vendor keeps', 26),
      figure('Imports', 11),
      figure('Stored', 12),
      figure('In the period', 12),
      figure('In the pack', 12),
      column('First event', 25),
      column('Last event', 25),
      column('Kinds known not to be captured', 70),
      column('Assumed of the export', 70),
    ],
    rows: facts.sources.map((source) =>
      row(
        source.name,
        source.presetName,
        source.zone,
        source.retention,
        source.imports,
        source.events,
        source.inPeriod,
        source.inPack,
        source.firstTime,
        source.lastTime,
        source.blindSpots.join('\n'),
        source.assumed.join('\n'),
      ),
    ),
  };
}

function balance(facts: PackFacts): FactSheet {
  return {
    name: 'Import balance',
    table: true,
    columns: [
      figure('Import', 10),
      column('Source', 20),
      column('File', 34),
      figure('Bytes', 13),
      column('Size', 10),
      column('SHA-256', 68),
      column('Imported at', 25),
      figure('Read', 10),
      figure('Stored', 10),
      figure('Duplicates', 14),
      figure('Rejected', 10),
      column('Balance', 10),
      figure('Conflicts', 10),
      figure('In the pack', 12),
      column('First event', 25),
      column('Last event', 25),
      column('Preset and version', 20),
      column('Preset SHA-256', 68),
      column('Merkle root', 68),
      column('Warnings', 80),
    ],
    rows: facts.imports.map((one) =>
      row(
        one.id,
        one.source,
        one.file,
        one.bytes,
        sizeInWords(one.bytes),
        one.sha256,
        one.startedAt,
        one.read,
        one.imported,
        one.duplicates,
        one.rejected,
        one.balanced ? 'holds' : 'FAILED',
        one.conflicts,
        one.inPack,
        one.firstTime,
        one.lastTime,
        `${one.mapping.preset} ${one.mapping.version}`,
        one.mapping.sha256,
        one.root,
        one.warnings.map(({ message }) => message).join('\n'),
      ),
    ),
  };
}

function rejected(facts: PackFacts): FactSheet {
  const missing = facts.rejected.total - facts.rejected.rows.length;
  return {
    name: 'Rejected rows',
    table: true,
    columns: [
      figure('Import', 10),
      column('Source', 20),
      column('File', 34),
      figure('Row in the file', 14),
      column('Reason', 100),
    ],
    rows: [
      ...facts.rejected.rows.map((one) => row(one.importId, one.source, one.file, one.row, one.reason)),
      ...(missing > 0 ? [row(null, null, null, missing, 'further rejected rows, not listed here')] : []),
    ],
  };
}

function categories(facts: PackFacts): FactSheet {
  return {
    name: 'Categories & controls',
    table: true,
    columns: [
      column('Category', 22),
      column('What it is', 50),
      figure('Events in the pack', 12),
      column('Table', 8),
      column(`${facts.map.name} ${facts.map.controlWord}`, 34),
      column('Why it is evidence', 70),
    ],
    rows: facts.categories.map((one) =>
      row(one.category, one.label, one.rows, one.areaId, one.controls.join(', '), one.why),
    ),
  };
}

function controls(facts: PackFacts): FactSheet {
  return {
    name: 'Controls',
    table: true,
    columns: [
      column(`${facts.map.name} ${facts.map.controlWord}`, 18),
      column('Our label', 44),
      column('Applies', 26),
      figure('Events in the pack', 12),
      figure('In the sample', 12),
      column('Tables', 22),
      column('Categories', 60),
      column('Procedure', 44),
      figure('Exceptions', 12),
      column('Conclusion', 60),
    ],
    rows: facts.controls.map((one) =>
      row(
        one.id,
        one.label,
        one.onlyIf ? `if: ${one.onlyIf}` : 'always',
        one.rows,
        facts.samples.length > 0 ? one.sampled : null,
        one.areaIds.join(', '),
        one.categories.join(', '),
        procedureOf(facts, one),
        one.exceptions,
        one.conclusion ?? conclusionOpen,
      ),
    ),
  };
}

function populations(facts: PackFacts, wholeFits: boolean): FactSheet {
  return {
    name: 'Populations',
    table: true,
    columns: [
      column('Table', 8),
      column('Title', 40),
      column('Definition', 80),
      column('Categories', 60),
      figure('Rows', 12),
      column('First event', 25),
      column('Last event', 25),
      column('Root (RFC 6962)', 68),
      column('CSV in the pack', 58),
      column('Sheet', 26),
    ],
    rows: [facts.whole, ...facts.parts].map((population) =>
      row(
        population.area.id,
        population.area.title,
        `${population.area.about} Filter: ${facts.recipe.filter.words}.`,
        population === facts.whole ? 'all' : population.area.categories.join(', '),
        population.rows,
        population.firstTime,
        population.lastTime,
        population.root,
        population.csv,
        population.rows === 0
          ? 'none: no rows'
          : population === facts.whole && !wholeFits
            ? 'none: longer than a sheet'
            : population.area.sheet,
      ),
    ),
  };
}
