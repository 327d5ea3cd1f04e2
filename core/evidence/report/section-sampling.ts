// Section 6: how each sample was drawn, so that anybody can draw it again, its strata, what is tested, what was replaced,
// and its rows.

import { attributeHeadings, basisWords, type SampleRequest } from '#core/sampling-model.ts';
import { wholeArea } from '../areas.ts';
import type { PackFacts } from '../facts.ts';
import type { Sample, SampledPopulation } from '../sample.ts';
import { sampleSheet } from '../sample-files.ts';
import { ruleOf } from '../sample-rule.ts';
import { formatCount, plural, upperFirst } from '../wording.ts';
import { type Canvas, styles } from './canvas.ts';
import { columnsFor, createTimeCell, eventCells, grey, mono } from './sections-events.ts';
import { drawPairs, drawTable, fixed, listLimit, noteRest, right, share, type TableCell } from './table.ts';

/** Rows of each sample in the report. */
export const reportSampleRows = 200;

/** Draws the section where a sample was asked for. */
export function drawSampling(canvas: Canvas, facts: PackFacts): void {
  const { samples } = facts;
  if (samples.length === 0) return;
  canvas.newPage('portrait');
  canvas.heading(1, '6  Sampling');
  canvas.paragraph(
    `${plural(samples.length, 'sample')}, each from a population of this pack. The result depends on neither order nor program; verify.py draws what has a seed again, and finds that named rows lie in their population.`,
  );
  if (samples.some(({ request }) => request.method !== 'judgemental')) {
    canvas.gap(2);
    drawFreeze(canvas, facts);
  }
  canvas.gap(4);
  drawTable(
    canvas,
    [
      fixed('Sample', 38),
      share('Method', 1.2),
      share('Of', 1.2),
      right('Population', 58),
      right('Listed', 44),
      share('Seed', 0.7),
    ],
    samples.map(({ id, request, population, drawn }) => ({
      cells: [
        id,
        methodWords(request),
        populationName(population),
        population.rows,
        drawn,
        request.seed || 'none',
      ],
    })),
  );
  for (const [at, sample] of samples.entries()) {
    if (at > 0) canvas.newPage('portrait');
    drawSample(canvas, facts, sample);
  }
}

/** That the populations were fixed before a seed was used, where that is noted, and before it was known. */
function drawFreeze(canvas: Canvas, { freeze }: PackFacts): void {
  const usual =
    'The seeds are part of the recipe. Who needs proof that the populations were fixed before a seed was known takes a pack without a sample first and gives the seed then: the report names that earlier freeze.';
  if (!freeze) {
    canvas.paragraph(
      `The populations’ roots were computed before a seed was used; no activity log noted it. ${usual}`,
      styles.small,
    );
    return;
  }
  canvas.paragraph(
    `Freeze: before a seed was used, entry ${freeze.id} of the activity log noted on ${freeze.at} the SHA-256 of the recipe and the count and root of each of ${freeze.populations.length} populations. Its hash, ${freeze.hash}, covers all entries before it (section 12).`,
  );
  canvas.gap(2);
  const { earlier } = freeze;
  canvas.paragraph(
    earlier
      ? `The same populations were frozen before, as entry ${earlier.id} on ${earlier.at}, for ${earlier.packId}. A seed that was given after that could not choose them.`
      : usual,
    styles.small,
  );
}

function drawSample(canvas: Canvas, facts: PackFacts, sample: Sample): void {
  const { request, population, paths, id } = sample;
  const isDrawn = request.method !== 'judgemental';
  canvas.heading(2, `${id}  ${upperFirst(request.method)} sample of ${populationName(population)}`, 220);
  for (const rule of ruleOf(request)) canvas.paragraph(rule.replaceAll('||', '‖'));
  canvas.gap(4);
  drawPairs(canvas, [
    ['Method', methodWords(request)],
    ['Population', populationWords(population)],
    [`Root of ${population.id}`, [{ text: population.root, style: mono }]],
    ...(isDrawn
      ? ([
          ['Seed', request.seed],
          [request.allocation === 'fixed' ? 'Rows a stratum' : 'Rows asked for', formatCount(request.size)],
        ] as [string, TableCell][])
      : []),
    ['Rows listed', formatCount(sample.drawn)],
    ['Basis of the size', isDrawn ? basisWords(request.basis, request.size) : 'the officer’s judgement'],
    ['Files', [{ text: paths.csv }, { text: paths.ndjson }, { text: paths.tickSheet }]],
  ]);
  drawStrata(canvas, facts, sample);
  drawAttributes(canvas, sample);
  drawReplacements(canvas, sample);
  drawSampleRows(canvas, facts, sample);
}

function drawStrata(canvas: Canvas, facts: PackFacts, { request, strata, paths }: Sample): void {
  part(canvas, 'Strata');
  const labels = facts.map.categories as Record<string, { label: string } | undefined>;
  const isLabelled = request.strata === 'category';
  drawTable(
    canvas,
    isLabelled
      ? [share('Stratum', 1), share('What it is', 1.6), right('Population', 70), right('Listed', 60)]
      : [share('Stratum', 1), right('Population', 70), right('Listed', 60)],
    strata.slice(0, listLimit).map((one) => ({
      cells: [one.stratum, ...(isLabelled ? [labels[one.stratum]?.label ?? null] : []), one.rows, one.drawn],
    })),
  );
  if (strata.length > listLimit)
    canvas.paragraph(
      `The first ${listLimit} of ${formatCount(strata.length)} strata; all are in ${paths.sampling}.`,
      styles.small,
    );
}

/** A part of one sample: a heading below those of the contents. */
function part(canvas: Canvas, title: string): void {
  if (!canvas.ensure(80)) canvas.gap(9);
  canvas.paragraph(title, { ...styles.h2, size: 9 }, { type: 'H3' });
  canvas.gap(2);
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

/** `P-04 Configuration and deployment changes`, or the categories where they are no table of their own. */
function populationName({ id, title, categories }: SampledPopulation): string {
  return id === wholeArea.id && categories.length > 0
    ? `${id}, ${categories.join(', ')}`
    : `${id} ${lowerFirst(title)}`;
}

function populationWords(population: SampledPopulation): string {
  const { id, rows, wholeRows, categories } = population;
  if (rows === wholeRows) return `${populationName(population)}: ${plural(rows, 'row')}`;
  return `${plural(rows, 'row')} of the ${formatCount(wholeRows)} of ${id}: category ${categories.join(' or ')}`;
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

function drawAttributes(canvas: Canvas, sample: Sample): void {
  const { request, paths } = sample;
  part(canvas, 'What is tested');
  canvas.paragraph(
    `${attributeHeadings(request).join('; ')}. Each is marked ✓, ✗ or NA for each row, with evidence, tester and date, in ${paths.tickSheet} or in the sheet “${sampleSheet(sample)}”. The cells are blank here: the pack was made before the test.`,
  );
}

function drawReplacements(canvas: Canvas, { replacements, request, paths }: Sample): void {
  if (request.method === 'judgemental') return;
  part(canvas, 'Replacements');
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
  noteRest(canvas, replacements.length, 'replacement', paths.replacements);
}

function drawSampleRows(canvas: Canvas, facts: PackFacts, sample: Sample): void {
  if (sample.head.length === 0) return;
  canvas.newPage('landscape');
  part(canvas, `Rows of ${sample.id}`);
  const also = `in ${sample.paths.csv} and, with room for the test, in the sheet “${sampleSheet(sample)}” of the workbook`;
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
