// Charts as vectors, in one colour with direct labels: columns over the days of the period, and bars of named figures. Each
// says its figures to a screen reader; the tables beside them have the same ones.

import type { PackFacts } from '../facts.ts';
import { formatCount, plural } from '../wording.ts';
import { type Canvas, colours, styles } from './canvas.ts';

export type BarFigure = { label: string; value: number };

const labelWidth = 150;
const barHeight = 11;
/** Bars of a chart; the rest is one bar. */
const mostBars = 12;

/** Horizontal bars from zero, in the given order; more than twelve end in one for all others. */
export function drawBars(canvas: Canvas, about: string, figures: readonly BarFigure[]): void {
  const { page, left, doc } = canvas;
  if (figures.length === 0) return;
  const shown = figures.slice(0, mostBars);
  const rest = figures.slice(mostBars);
  if (rest.length > 0)
    shown.push({
      label: `${formatCount(rest.length)} more`,
      value: rest.reduce((sum, { value }) => sum + value, 0),
    });
  const most = Math.max(1, ...shown.map(({ value }) => value));
  const room = page.width - labelWidth - 60;
  canvas.ensure(shown.length * (barHeight + 3) + 26);
  canvas.paragraph(about, { ...styles.body, font: 'bold', size: 8 });
  canvas.gap(2);
  const alt = `${about}: ${shown.map(({ label, value }) => `${label} ${formatCount(value)}`).join(', ')}`;
  const draw = () => {
    for (const { label, value } of shown) {
      const width = Math.max(0.6, (value / most) * room);
      const text = fitted(canvas, canvas.shower.show(label), labelWidth - 8);
      canvas.line(text, left, page.y + barHeight * 0.75, styles.cell);
      doc.rect(left + labelWidth, page.y + 1, width, barHeight - 3).fill(colours.accent);
      canvas.line(formatCount(value), left + labelWidth + width + 5, page.y + barHeight * 0.75, styles.cell);
      page.y += barHeight + 3;
    }
  };
  canvas.tag('Figure', draw, { alt: canvas.shower.show(alt) });
  canvas.gap(6);
}

const columnsHeight = 74;

/** Events of the pack over the days of the period, all sources together; several days share a column where they are many. */
export function drawOverTime(canvas: Canvas, facts: PackFacts): void {
  const { page, left, doc } = canvas;
  const { days } = facts.period;
  if (facts.whole.rows === 0 || days.length === 0) return;
  const axis = 40;
  const width = page.width - axis;
  const perColumn = Math.max(1, Math.ceil(days.length / (width / 3)));
  const counts = Array.from({ length: Math.ceil(days.length / perColumn) }, (_, at) =>
    days
      .slice(at * perColumn, (at + 1) * perColumn)
      .reduce((sum, day) => sum + facts.sources.reduce((all, one) => all + (one.days.get(day) ?? 0), 0), 0),
  );
  const most = Math.max(1, ...counts);
  const highest = counts.indexOf(most);
  const about = `Events over time, ${perColumn === 1 ? 'one column a day' : `one column for ${plural(perColumn, 'day')}`}`;
  canvas.ensure(columnsHeight + 44);
  canvas.paragraph(about, { ...styles.body, font: 'bold', size: 8 });
  canvas.gap(2);
  const top = page.y;
  const alt = `${about}. The most are ${formatCount(most)}, from ${days[highest * perColumn]}.`;
  const draw = () => {
    const base = top + columnsHeight;
    const step = width / counts.length;
    for (const [value, y] of [
      [most, top],
      [0, base],
    ] as const) {
      doc
        .moveTo(left + axis, y)
        .lineTo(left + axis + width, y)
        .lineWidth(0.5)
        .strokeColor(colours.rule)
        .stroke();
      canvas.line(formatCount(value), left, y + 3, styles.small, { align: 'right', width: axis - 6 });
    }
    for (const [at, count] of counts.entries()) {
      if (count === 0) continue;
      const height = Math.max(0.6, (count / most) * columnsHeight);
      doc
        .rect(left + axis + at * step, base - height, Math.max(0.6, step - (step > 4 ? 1 : 0.3)), height)
        .fill(colours.accent);
    }
    let freeFrom = left;
    for (const [at, day] of days.entries()) {
      if (at > 0 && !day.endsWith('-01')) continue;
      const x = left + axis + (at / days.length) * width;
      const room = canvas.measure(day.slice(0, 7), styles.small) + 6;
      if (x < freeFrom || x + room > left + page.width + 6) continue;
      canvas.line(day.slice(0, 7), x, base + 10, styles.small);
      freeFrom = x + room;
    }
  };
  canvas.tag('Figure', draw, { alt });
  page.y = top + columnsHeight + 18;
}

function fitted(canvas: Canvas, text: string, width: number): string {
  if (canvas.measure(text, styles.cell) <= width) return text;
  const letters = [...text];
  while (letters.length > 0 && canvas.measure(`${letters.join('')}…`, styles.cell) > width) letters.pop();
  canvas.noteCut();
  return `${letters.join('')}…`;
}
