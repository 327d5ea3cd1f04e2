// Section 6: how the sample was drawn, so that anybody can draw it again, its strata, what is tested, what was replaced,
// and its rows.

import { attributeHeadings, basisWords, type SampleRequest } from '#core/sampling-model.ts';
import type { PackFacts } from '../facts.ts';
import type { Sample } from '../sample.ts';
import { sampleNdjson } from '../sample-files.ts';
import { ruleOf } from '../sample-rule.ts';
import { formatCount, plural } from '../wording.ts';
import { type Canvas, styles } from './canvas.ts';
import { columnsFor, createTimeCell, eventCells, grey, mono } from './sections-events.ts';
import { drawPairs, drawTable, fixed, listLimit, noteRest, right, share, type TableCell } from './table.ts';

/** Rows of the sample in the report. */
export const reportSampleRows = 200;

/** Draws the section where a sample was asked for. */
export function drawSample(canvas: Canvas, facts: PackFacts): void {
  const { sample, whole } = facts;
  if (!sample) return;
  const { request } = sample;
  const isDrawn = request.method !== 'judgemental';
  canvas.newPage('portrait');
  canvas.heading(1, '6  Sampling');
  for (const rule of ruleOf(request)) canvas.paragraph(rule.replaceAll('||', '‖'));
  canvas.paragraph(
    isDrawn
      ? 'The result depends on neither order nor program; verify.py draws it again.'
      : 'verify.py finds that they are the rows of the recipe and lie in the population.',
  );
  canvas.gap(4);
  drawPairs(canvas, [
    ['Method', methodWords(request)],
    ['Population', `P-00, ${populationWords(sample, whole.rows)}`],
    ['Population root', [{ text: whole.root, style: mono }]],
    ...(isDrawn
      ? ([
          ['Seed', request.seed],
          [request.allocation === 'fixed' ? 'Rows a stratum' : 'Rows asked for', formatCount(request.size)],
        ] as [string, TableCell][])
      : []),
    ['Rows listed', formatCount(sample.drawn)],
    ['Basis of the size', isDrawn ? basisWords(request.basis, request.size) : 'the officer’s judgement'],
    ['Files', [{ text: sample.csv }, { text: sampleNdjson }, { text: sample.tickSheet }]],
  ]);
  canvas.gap(2);
  if (isDrawn)
    canvas.paragraph(
      'The population’s root was computed before the seed was used. The seed was given together with the request; who needs proof that the ' +
        'population was fixed first takes a pack without a sample, notes its root, gives a seed and finds the same root here.',
      styles.small,
    );
  canvas.heading(2, 'Strata');
  const labels = facts.map.categories as Record<string, { label: string } | undefined>;
  const isLabelled = request.strata === 'category';
  drawTable(
    canvas,
    isLabelled
      ? [share('Stratum', 1), share('What it is', 1.6), right('Population', 70), right('Listed', 60)]
      : [share('Stratum', 1), right('Population', 70), right('Listed', 60)],
    sample.strata.slice(0, listLimit).map((one) => ({
      cells: [one.stratum, ...(isLabelled ? [labels[one.stratum]?.label ?? null] : []), one.rows, one.drawn],
    })),
  );
  if (sample.strata.length > listLimit)
    canvas.paragraph(
      `The first ${listLimit} of ${formatCount(sample.strata.length)} strata; all are in data/11_samples/sampling.json.`,
      styles.small,
    );
  drawAttributes(canvas, sample);
  drawReplacements(canvas, sample);
  drawSampleRows(canvas, facts, sample);
}

function methodWords({ method, strata, allocation }: SampleRequest): string {
  switch (method) {
    case 'random':
      return 'random by hash rank';
    case 'stratified':
      return `random by hash rank, stratified by ${strata}, ${allocation === 'fixed' ? 'as many rows of each stratum' : 'rows in proportion to the strata'}`;
    case 'systematic':
      return 'systematic: every so many rows in order of time, from a start that the seed gives';
    case 'judgemental':
      return 'judgemental: rows named by the officer';
  }
}

function populationWords({ request, rows }: Sample, whole: number): string {
  const { categories } = request;
  if (categories.length === 0) return plural(rows, 'row');
  return `${plural(rows, 'row')} of ${formatCount(whole)}: category ${categories.join(' or ')}`;
}

function drawAttributes(canvas: Canvas, { request, tickSheet }: Sample): void {
  canvas.heading(2, 'What is tested');
  canvas.paragraph(
    `${attributeHeadings(request).join('; ')}. Each is marked ✓, ✗ or NA for each row, with evidence, tester and date, in ${tickSheet} or in the sheet “Sample”. The cells are blank here: the pack was made before the test.`,
  );
}

function drawReplacements(canvas: Canvas, { replacements, request }: Sample): void {
  if (request.method === 'judgemental') return;
  canvas.heading(2, 'Replacements');
  if (replacements.length === 0) {
    canvas.paragraph('None: every row drawn is listed to be tested.');
    return;
  }
  canvas.paragraph(`${plural(replacements.length, 'row')} could not be tested; each stays listed.`);
  canvas.gap(3);
  drawTable(
    canvas,
    [
      fixed('Row', 100),
      share('Stratum', 0.8),
      right('Rank', 36),
      share('Why', 2),
      fixed('In its place', 110),
    ],
    replacements.slice(0, listLimit).map(({ uid, stratum, rank, reason, by }) => ({
      cells: [uid, stratum, rank, reason, by ?? 'none: no further row'],
    })),
  );
  noteRest(canvas, replacements.length, 'replacement', 'data/11_samples/replacements.csv');
}

function drawSampleRows(canvas: Canvas, facts: PackFacts, sample: Sample): void {
  if (sample.head.length === 0) return;
  canvas.newPage('landscape');
  canvas.heading(2, 'Rows drawn');
  const also = `in ${sample.csv} and, with room for the test, in the sheet “Sample” of the workbook`;
  canvas.paragraph(
    sample.head.length < sample.drawn
      ? `Rows 1–${formatCount(sample.head.length)} of ${formatCount(sample.drawn)}; all ${also}`
      : `All ${formatCount(sample.drawn)} rows; also ${also}`,
    { ...styles.body, font: 'bold', size: 8 },
  );
  canvas.gap(3);
  const timeCell = createTimeCell(facts);
  drawTable(
    canvas,
    columnsFor(facts, 'Rank'),
    sample.head.map(({ rank, state, reason, event }) => {
      const [time, ...cells] = eventCells(event, timeCell);
      const why = state === 'drawn' ? [] : [{ text: `${state}: ${reason}`, style: grey }];
      return { cells: [rank, [...(time as { text: string }[]), ...why], ...cells] };
    }),
    { maxLines: 4 },
  );
}
