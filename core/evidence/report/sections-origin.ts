// Sections 1 to 4: results by control, scope, chain of custody, completeness. What an auditor asks before looking at
// any row: what was asked, of which files, and whether nothing was lost on the way.

import { sizeInWords } from '../bag.ts';
import type { PackFacts } from '../facts.ts';
import {
  conclusionOpen,
  formatCount,
  formatShare,
  noEvent,
  plural,
  procedureOf,
  statusWords,
} from '../wording.ts';
import { type Canvas, colours, type Style, styles } from './canvas.ts';
import { dayFigures, drawDayStrips } from './day-strip.ts';
import { drawPairs, drawTable, type TableColumn } from './table.ts';

const right = (title: string, width: number): TableColumn => ({ title, width, fixed: true, align: 'right' });
const fixed = (title: string, width: number): TableColumn => ({ title, width, fixed: true });
const share = (title: string, width: number): TableColumn => ({ title, width });
/** Rejected rows and warnings shown in the report; all are in the data files. */
const listLimit = 40;

export function drawSummary(canvas: Canvas, facts: PackFacts): void {
  const { funnel, map } = facts;
  const found = facts.controls.filter(({ rows }) => rows > 0);
  canvas.newPage('portrait');
  canvas.heading(1, '1  Summary of results');
  canvas.paragraph(
    `${plural(funnel.inPack, 'event')} of ${plural(facts.sources.length, 'source')} lie in the period and match the filter. ` +
      `They are evidence for ${formatCount(found.length)} of the ${formatCount(facts.controls.length)} controls that the control map names ` +
      `(${map.title}, map version ${map.version}); for the others, ${noEvent.charAt(0).toLowerCase()}${noEvent.slice(1)}.`,
  );
  canvas.gap(4);
  canvas.paragraph(
    'The pack lists events; it does not test them. Exceptions and conclusions are the officer’s and are not part of this template version.',
    styles.small,
  );
  canvas.gap(6);
  drawTable(
    canvas,
    [
      fixed('Control', 44),
      share('Our label', 1.5),
      share('Procedure', 1),
      right('Population', 54),
      right('Sample', 40),
      fixed('Tables', 76),
      fixed('Conclusion', 62),
    ],
    found.map((control) => ({
      cells: [
        control.id,
        control.onlyIf ? `${control.label} (if ${lowerFirst(control.onlyIf)})` : control.label,
        procedureOf(control),
        control.rows,
        facts.sample ? control.sampled : '–',
        control.areaIds.join(', '),
        conclusionOpen,
      ],
    })),
  );
  canvas.paragraph(
    'Population: events in this pack whose category the control map assigns to the control. One event can count for several controls.',
    styles.small,
  );
}

export function drawScope(canvas: Canvas, facts: PackFacts): void {
  canvas.heading(1, '2  Scope and systems');
  canvas.paragraph(
    'In scope are the sources below, all that the workspace holds. What a vendor’s log is known not to record cannot be in this pack; ' +
      'what is assumed about an export because the vendor does not publish its form is said beside it.',
  );
  for (const source of facts.sources) {
    canvas.heading(2, source.name, 130);
    drawPairs(canvas, [
      ['Preset', `${source.presetName} (${source.preset})`],
      ['Zone for times without one', source.zone ?? 'none declared by a person'],
      ['Vendor keeps its log', source.retention],
      [
        'Stored / in period / in pack',
        `${formatCount(source.events)} / ${formatCount(source.inPeriod)} / ${formatCount(source.inPack)} events`,
      ],
      [
        'First and last event stored',
        source.firstTime ? `${source.firstTime} to ${source.lastTime}` : 'none',
      ],
      ['Known not to be captured', listOr(source.blindSpots, 'the preset names none')],
      ['Assumed of the export', listOr(source.assumed, 'nothing')],
    ]);
  }
}

export function drawSources(canvas: Canvas, facts: PackFacts): void {
  canvas.heading(1, '3  Source inventory');
  canvas.paragraph(
    `${plural(facts.imports.length, 'import')}, in the order in which they were made. For each, read = stored + duplicates + rejected. ` +
      'A duplicate is a record that an earlier import had stored already. The files themselves are not part of the pack: compare their SHA-256.',
  );
  canvas.gap(6);
  drawTable(
    canvas,
    [right('No.', 26), share('File', 1), fixed('SHA-256 of the file', 258), right('Size', 50)],
    facts.imports.map((one) => ({
      cells: [
        one.id,
        [
          { text: one.file, style: styles.head },
          { text: `${one.source}, imported ${one.startedAt.slice(0, 19)}Z`, style: grey },
        ],
        [
          { text: one.sha256, style: styles.mono },
          {
            text: `preset ${one.mapping.preset}, version ${one.mapping.version}, SHA-256 ${one.mapping.sha256.slice(0, 16)}…`,
            style: grey,
          },
        ],
        sizeInWords(one.bytes),
      ],
    })),
  );
  canvas.heading(2, 'Counts and balance');
  drawTable(
    canvas,
    [
      right('No.', 26),
      share('First and last event', 1),
      right('Read', 50),
      right('Stored', 50),
      right('Duplicates', 50),
      right('Rejected', 46),
      right('Conflicts', 44),
      right('In pack', 50),
      fixed('Balance', 44),
    ],
    [
      ...facts.imports.map((one) => ({
        cells: [
          one.id,
          one.firstTime ? [{ text: one.firstTime }, { text: one.lastTime ?? '' }] : 'no events',
          one.read,
          one.imported,
          one.duplicates,
          one.rejected,
          one.conflicts,
          one.inPack,
          [
            {
              text: one.balanced ? 'holds' : 'FAILED',
              style: { ...styles.head, colour: one.balanced ? colours.passed : colours.failed },
            },
          ],
        ],
      })),
      {
        cells: [
          'All',
          '',
          facts.funnel.read,
          facts.funnel.imported,
          facts.funnel.duplicates,
          facts.funnel.rejected,
          facts.imports.reduce((sum, { conflicts }) => sum + conflicts, 0),
          facts.funnel.inPack,
          '',
        ],
        strong: true,
      },
    ],
  );
  const warnings = facts.imports.flatMap((one) =>
    one.warnings.map((warning) => ({ id: one.id, ...warning })),
  );
  if (warnings.length > 0) {
    canvas.heading(2, 'Warnings of the imports');
    drawTable(
      canvas,
      [right('Import', 40), share('Warning', 1)],
      warnings.slice(0, listLimit).map(({ id, message }) => ({ cells: [id, message] })),
    );
    noteRest(canvas, warnings.length, 'warning', 'data/20_sources/inventory.csv');
  }
}

export function drawCompleteness(canvas: Canvas, facts: PackFacts): void {
  const { funnel } = facts;
  canvas.heading(1, '4  Completeness and accuracy', 200);
  canvas.paragraph(
    'From the files into the pack, each step counted. Stored, in period and in pack are counted by the database; read, duplicates and rejected are the import reports.',
  );
  canvas.gap(6);
  const step = (name: string, count: number, of: number, note: string) => ({
    cells: [name, count, formatShare(count, of), note],
  });
  drawTable(
    canvas,
    [fixed('Step', 150), right('Records', 70), right('Share', 52), share('Meaning', 1)],
    [
      step('Read from the files', funnel.read, funnel.read, 'every record of every imported file'),
      step('− duplicates', funnel.duplicates, funnel.read, 'found equal to a stored record'),
      step('− rejected', funnel.rejected, funnel.read, 'not readable; listed with row and reason'),
      step('= stored in the log', funnel.stored, funnel.read, 'share of the records read'),
      step('In the period', funnel.inPeriod, funnel.stored, 'share of the stored events'),
      step(
        'Matching the filter, in this pack',
        funnel.inPack,
        funnel.stored,
        `${facts.recipe.filter.words}; share of the stored events`,
      ),
    ],
  );
  canvas.heading(2, 'Checks');
  drawTable(
    canvas,
    [fixed('Check', 190), fixed('Status', 54), share('Detail', 1)],
    facts.checks.map((check) => ({
      cells: [
        check.name,
        [{ text: statusWords[check.status], style: { ...styles.head, colour: colours[check.status] } }],
        check.detail,
      ],
    })),
  );
  canvas.heading(2, 'Basis of times');
  const bases = ['explicit', 'declared', 'assumed'] as const;
  const meanings = {
    explicit: 'the record carries an offset, Z or an epoch',
    declared: 'the preset or a person named the zone',
    assumed: 'neither: taken for UTC; treat the time of day with care',
  };
  drawTable(
    canvas,
    [fixed('Basis', 80), right('Events', 70), right('Share', 52), share('Meaning', 1)],
    bases.map((basis) => {
      const rows = facts.timeBasis.get(basis) ?? 0;
      return { cells: [basis, rows, formatShare(rows, funnel.inPack), meanings[basis]] };
    }),
  );
  drawDays(canvas, facts);
  drawRejected(canvas, facts);
}

function drawDays(canvas: Canvas, facts: PackFacts): void {
  canvas.heading(2, 'Days with events', 150);
  canvas.paragraph(
    `Calendar days of the period in ${facts.period.zone} on which a source has events in this pack. A day without is silent: no event observed in the imported logs` +
      `${facts.recipe.filter.text === '' ? '' : ' that matches the filter'}. Whether the export covers that day is not tested by this version.`,
  );
  canvas.gap(6);
  drawDayStrips(canvas, facts);
  canvas.gap(4);
  drawTable(
    canvas,
    [
      share('Source', 1),
      right('Days', 50),
      right('With events', 62),
      right('Without', 52),
      right('Longest without', 80),
      fixed('First', 66),
      fixed('Last', 66),
    ],
    facts.sources.map((source) => {
      const figures = dayFigures(source, facts.period.days);
      return {
        cells: [
          source.name,
          figures.days,
          figures.withEvents,
          figures.days - figures.withEvents,
          figures.longestWithout,
          figures.first ?? '–',
          figures.last ?? '–',
        ],
      };
    }),
  );
}

function drawRejected(canvas: Canvas, facts: PackFacts): void {
  canvas.heading(2, 'Rejected rows');
  if (facts.rejected.total === 0) {
    canvas.paragraph('None: every record of every imported file was read.');
    return;
  }
  drawTable(
    canvas,
    [right('Import', 40), fixed('File', 150), right('Row', 50), share('Reason', 1)],
    facts.rejected.rows
      .slice(0, listLimit)
      .map((one) => ({ cells: [one.importId, one.file, one.row, one.reason] })),
    { maxLines: 3 },
  );
  noteRest(canvas, facts.rejected.total, 'rejected row', 'data/20_sources/rejected.csv');
}

function noteRest(canvas: Canvas, total: number, one: string, file: string): void {
  if (total > listLimit) {
    canvas.paragraph(`The first ${listLimit} of ${plural(total, one)}; all are in ${file}.`, styles.small);
  }
}

const grey: Style = { ...styles.cell, size: 7, colour: colours.grey };

function listOr(items: readonly string[], none: string): { text: string }[] {
  return items.length === 0
    ? [{ text: none }]
    : items.map((text) => ({ text: items.length > 1 ? `– ${text}` : text }));
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
