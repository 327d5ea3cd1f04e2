// Section 4: whether the counts add up from the files into the pack, what was tested and what was not, how sure the
// times are, on which days a source is silent, and which rows could not be read.

import type { PackFacts } from '../facts.ts';
import { formatShare, statusWords } from '../wording.ts';
import { type Canvas, colours, styles } from './canvas.ts';
import { dayFigures, drawDayStrips } from './day-strip.ts';
import { drawReview } from './sections-reviews.ts';
import { drawTable, fixed, listLimit, noteRest, right, share } from './table.ts';

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
  drawFindings(canvas, facts);
  drawRejected(canvas, facts);
}

function drawDays(canvas: Canvas, facts: PackFacts): void {
  canvas.heading(2, 'Days with events', 150);
  canvas.paragraph(
    `Calendar days of the period in ${facts.period.zone} on which a source has events in this pack. A day without is silent: no event observed in the imported logs` +
      `${facts.recipe.filter.text === '' ? '' : ' that matches the filter'}. Which days the exports span is in table R-07, days that none spans in R-08.`,
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

/** Gaps and silence with what the officer says, then values that do not follow on. */
function drawFindings(canvas: Canvas, facts: PackFacts): void {
  drawReview(
    canvas,
    facts,
    'R-08',
    [
      share('Source', 0.8),
      fixed('Finding', 50),
      fixed('From and to', 112),
      right('Size', 44),
      share('The officer’s explanation', 1.6),
    ],
    (row) => [
      String(row.source),
      String(row.kind),
      [{ text: String(row.from) }, { text: String(row.to) }],
      row.size ?? null,
      row.explanation == null ? 'none yet' : `${row.explanation} (${row.by}, ${row.at})`,
    ],
  );
  drawReview(
    canvas,
    facts,
    'R-06',
    [
      share('Target and field', 1.1),
      share('Earlier event left', 1),
      share('Later event found', 1),
      share('The officer’s explanation', 1.1),
    ],
    (row) => [
      [
        { text: String(row.targetName ?? row.targetId ?? '') },
        { text: String(row.field), style: styles.head },
      ],
      [{ text: String(row.expected) }, { text: `${row.earlierTime}  ${row.earlier}`, style: styles.small }],
      [{ text: String(row.found) }, { text: `${row.laterTime}  ${row.later}`, style: styles.small }],
      row.explanation == null ? 'none yet' : String(row.explanation),
    ],
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
