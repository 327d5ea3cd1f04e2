// Section 5: the events themselves, by category and control, then each population with its first rows. Bounded: the report shows the beginning of a table and names the file that has all of it.

import type { PackFacts } from '../facts.ts';
import { createLocalClock } from '../local-clock.ts';
import { type BriefEvent, type Population, wholeNdjson } from '../populations.ts';
import { formatCount, formatShare, freezeWords, noEvent, plural, upperFirst } from '../wording.ts';
import { type Canvas, colours, type Style, styles } from './canvas.ts';
import { drawBars, drawOverTime } from './charts.ts';
import { drawPairs, drawTable, type TableCell, type TableColumn } from './table.ts';

/** Rows of a population in the report. */
export const reportRows = 100;

/** Draws the section; without rows each population has a line of a table instead of its first rows. */
export function drawEvents(canvas: Canvas, facts: PackFacts, { withRows }: { withRows: boolean }): void {
  const { whole } = facts;
  canvas.newPage('portrait');
  canvas.heading(1, '5  Events by category and control');
  const seen = facts.categories.filter(({ rows }) => rows > 0);
  canvas.paragraph(
    `The ${plural(whole.rows, 'event')} of table P-00 fall into ${formatCount(seen.length)} of ${formatCount(facts.categories.length)} categories. ` +
      'Tables P-01 to P-09 hold the same events by area, each once.',
  );
  canvas.gap(6);
  drawOverTime(canvas, facts);
  drawBars(
    canvas,
    'Events by category',
    seen.map(({ category, rows }) => ({ label: category, value: rows })).sort((a, b) => b.value - a.value),
  );
  drawTable(
    canvas,
    [
      { title: 'Category', width: 1.1 },
      { title: 'What it is', width: 1.9 },
      { title: 'Table', width: 36, fixed: true },
      { title: 'Events', width: 52, fixed: true, align: 'right' },
      { title: 'Share', width: 44, fixed: true, align: 'right' },
      { title: `Controls (${facts.map.name})`, width: 1.6 },
    ],
    [
      ...seen.map((one) => ({
        cells: [
          one.category,
          one.label,
          one.areaId,
          one.rows,
          formatShare(one.rows, whole.rows),
          one.controls.join(', ') || '–',
        ],
      })),
      { cells: ['All', '', 'P-00', whole.rows, formatShare(whole.rows, whole.rows), ''], strong: true },
    ],
  );
  const silent = facts.categories.filter(({ rows }) => rows === 0);
  if (silent.length > 0) {
    canvas.paragraph(
      `${upperFirst(noEvent(facts))}, of the categories: ${silent.map(({ category }) => category).join(', ')}.`,
      styles.small,
    );
  }
  canvas.heading(2, 'P-00  All events');
  const empty = facts.parts.filter(({ rows }) => rows === 0);
  drawPairs(canvas, [
    ['Definition', `${whole.area.about} Filter: ${facts.recipe.filter.words}.`],
    ['Rows', formatCount(whole.rows)],
    ['First and last', whole.firstTime ? `${whole.firstTime} to ${whole.lastTime}` : 'none'],
    ['Root (RFC 6962)', [{ text: whole.root, style: mono }]],
    ['Files', [{ text: whole.csv }, { text: wholeNdjson }]],
    ['Frozen', freezeWords(facts)],
    [
      'Areas without rows',
      empty.length === 0 ? 'none' : empty.map(({ area }) => ({ text: `${area.id}  ${area.title}` })),
    ],
  ]);
  if (withRows) for (const part of facts.parts) if (part.rows > 0) drawPopulation(canvas, facts, part);
  if (!withRows) drawPopulationList(canvas, facts);
}

/** The populations without their rows, which the officer left out of the report. */
function drawPopulationList(canvas: Canvas, facts: PackFacts): void {
  canvas.heading(2, 'P-01 to P-09  The events by area');
  canvas.paragraph(
    'Their rows were left out of this report by the recipe; the files and the workbook have all of them.',
    styles.small,
  );
  canvas.gap(3);
  drawTable(
    canvas,
    [
      { title: 'Table', width: 36, fixed: true },
      { title: 'Title and root', width: 2.2 },
      { title: 'Rows', width: 52, fixed: true, align: 'right' },
      { title: 'File', width: 1.2 },
    ],
    facts.parts
      .filter(({ rows }) => rows > 0)
      .map(({ area, rows, root, csv }) => ({
        cells: [area.id, [{ text: area.title }, { text: root, style: styles.mono }], rows, csv],
      })),
  );
}

function drawPopulation(canvas: Canvas, facts: PackFacts, population: Population): void {
  const { area, rows, head } = population;
  canvas.newPage('landscape');
  canvas.heading(2, `${area.id}  ${area.title}`);
  canvas.paragraph(
    `${area.about} Filter: ${facts.recipe.filter.words}; category is ${area.categories.join(', ')}.`,
    styles.small,
  );
  canvas.gap(3);
  canvas.paragraph(
    population.categories.map((one) => `${one.category} ${formatCount(one.rows)}`).join('  ·  '),
    styles.small,
  );
  canvas.paragraph(`Root ${population.root}`, { ...styles.mono, colour: colours.grey });
  canvas.gap(2);
  canvas.paragraph(
    head.length < rows
      ? `Rows 1–${formatCount(head.length)} of ${formatCount(rows)}, in order of time; all in ${population.csv}`
      : `${rows === 1 ? 'The only row' : `All ${formatCount(rows)} rows`}, in order of time; also in ${population.csv}`,
    { ...styles.body, font: 'bold', size: 8 },
  );
  canvas.gap(3);
  drawTable(canvas, columnsFor(facts), eventRows(head, createTimeCell(facts)), { maxLines: 4 });
}

export const grey: Style = { ...styles.cell, size: 6.8, colour: colours.grey };
export const mono: Style = { ...styles.mono, size: 7, leading: 12 };

const eventColumns: TableColumn[] = [
  { title: 'Row', width: 30, fixed: true, align: 'right', style: { ...styles.cell, colour: colours.grey } },
  { title: 'Time (UTC)', width: 110, fixed: true },
  { title: 'Actor and IP address', width: 1.25 },
  { title: 'Action and category', width: 1 },
  { title: 'Target', width: 1.15 },
  { title: 'What changed', width: 1.9 },
  { title: 'Where it comes from', width: 100, fixed: true },
];

function* eventRows(events: readonly BriefEvent[], timeCell: TimeCell): Generator<{ cells: TableCell[] }> {
  for (const [index, event] of events.entries()) yield { cells: [index + 1, ...eventCells(event, timeCell)] };
}

/** The columns, with the heading of the first changed and the zone named where times are shown in it too. */
/** The columns of a table of events; `first` heads its number. */
export function columnsFor(facts: PackFacts, first = 'Row'): TableColumn[] {
  const { zone } = facts.period;
  return eventColumns.map((column, index) => {
    if (index === 0) return { ...column, title: first };
    return index === 1 && zone !== 'UTC' ? { ...column, title: `Time (UTC, ${zone})` } : column;
  });
}

type TimeCell = (event: { time: string }) => TableCell;

/** The time in UTC and under it, to the second, in the zone of the pack. */
/** How the report shows an event’s time: in UTC and in the pack’s zone. */
export function createTimeCell(facts: PackFacts): TimeCell {
  const { zone } = facts.period;
  const clock = createLocalClock(zone);
  return ({ time }) => {
    const utc = time.replace('T', ' ').replace('Z', '');
    return lines(utc, zone === 'UTC' ? '' : clock.format(Date.parse(time)).replace(/\.\d{3} /, ' '));
  };
}

/** An event’s cells behind its number. */
export function eventCells(event: BriefEvent, timeCell: TimeCell): TableCell[] {
  const target = event.targetName ?? event.targetId;
  const targetNote = [event.targetType, event.targetName === null ? null : event.targetId].filter(
    (part) => part !== null,
  );
  return [
    timeCell(event),
    [
      event.actor === null ? { text: '(no actor)', style: grey } : { text: event.actor },
      ...(event.ip === null ? [] : [{ text: event.ip, style: grey }]),
    ],
    lines(event.action, event.category + (event.outcome === 'failure' ? ' · failure' : '')),
    target === null && targetNote.length === 0 ? null : lines(target ?? '', targetNote.join(' ')),
    changeCell(event),
    lines(`import ${event.import}, row ${event.row}`, event.uid),
  ];
}

function lines(first: string, second: string): TableCell {
  return [
    ...(first === '' ? [] : [{ text: first }]),
    ...(second === '' ? [] : [{ text: second, style: grey }]),
  ];
}

/** `subject` on its own line, then old → new; an absent value is said, an empty one is quoted. */
function changeCell(event: BriefEvent): TableCell {
  const cell: { text: string; style?: Style }[] = [];
  if (event.subject !== null) cell.push({ text: event.subject, style: styles.head });
  if (event.oldValue !== null || event.newValue !== null) {
    cell.push({ text: `${valueText(event.oldValue)} → ${valueText(event.newValue)}` });
  }
  if (event.field !== null && event.field !== event.action) cell.push({ text: event.field, style: grey });
  return cell;
}

function valueText(value: string | null): string {
  if (value === null) return '(no value)';
  return value === '' ? '“”' : value;
}
