// Sections 1 to 3: results by control, scope, chain of custody. What an auditor asks before looking at any row: what
// was asked, of which systems, and of which files.

import { sizeInWords } from '../bag.ts';
import type { PackFacts } from '../facts.ts';
import { conclusionOpen, formatCount, leftOutWords, noEvent, plural, procedureOf } from '../wording.ts';
import { type Canvas, colours, type Style, styles } from './canvas.ts';
import { drawPairs, drawTable, fixed, listLimit, noteRest, right, share } from './table.ts';

export function drawSummary(canvas: Canvas, facts: PackFacts): void {
  const { funnel, map } = facts;
  const found = facts.controls.filter(({ rows }) => rows > 0);
  canvas.newPage('portrait');
  canvas.heading(1, '1  Summary of results');
  canvas.paragraph(
    `${plural(funnel.inPack, 'event')} of ${plural(facts.sources.length, 'source')} lie in the period and match the filter. ` +
      `They are evidence for ${formatCount(found.length)} of the ${formatCount(facts.controls.length)} controls that ${facts.request.controls.length === 0 ? 'the control map names' : 'were chosen'} ` +
      `(${map.name}, map version ${map.version}); for the others, ${noEvent(facts)}.`,
  );
  if (funnel.inPack < funnel.inPeriod) {
    canvas.gap(3);
    canvas.paragraph(
      `The filter leaves out ${formatCount(funnel.inPeriod - funnel.inPack)} of the ${plural(funnel.inPeriod, 'event')} in the period.`,
    );
  }
  const leftOut = leftOutWords(facts);
  if (leftOut !== null) {
    canvas.gap(3);
    canvas.paragraph(
      `Left out of this pack by its recipe: ${leftOut}. That is a choice of the officer, and nothing follows from it about what they would show.`,
    );
  }
  canvas.gap(4);
  canvas.paragraph(
    'The pack lists events; it does not test them. Exceptions are those of the register in section 9 that name the control; conclusions are the officer’s, printed as they were written.',
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
      right('Exceptions', 54),
      fixed('Tables', 66),
      share('Conclusion', 1.1),
    ],
    found.map((control) => ({
      cells: [
        control.id,
        control.onlyIf ? `${control.label} (if ${lowerFirst(control.onlyIf)})` : control.label,
        procedureOf(facts, control),
        control.rows,
        facts.samples.length > 0 ? control.sampled : '–',
        control.exceptions,
        control.areaIds.join(', '),
        control.conclusion ?? conclusionOpen,
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
  drawReplaced(canvas, facts);
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

/** Imports whose mapping was corrected: their events are in the log and its root, and in no table of this pack. */
function drawReplaced(canvas: Canvas, facts: PackFacts): void {
  if (facts.replaced.length === 0) return;
  canvas.heading(2, 'Imports that were replaced');
  canvas.paragraph(
    'Their records were mapped again from the log, by another preset or zone, as a later import. The events of the first mapping stay in the log and are in no table of this pack.',
    styles.small,
  );
  canvas.gap(3);
  drawTable(
    canvas,
    [
      right('No.', 26),
      share('File', 1.4),
      share('Mapped by', 1),
      right('Stored', 50),
      right('Replaced by', 62),
      fixed('On', 112),
    ],
    facts.replaced.map((one) => ({
      cells: [
        one.id,
        one.file,
        `${one.mapping.preset}, version ${one.mapping.version}`,
        one.imported,
        one.replacedBy?.import ?? null,
        one.replacedBy?.at ?? null,
      ],
    })),
  );
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
