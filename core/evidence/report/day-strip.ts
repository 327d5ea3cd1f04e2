// A strip a source: which days of the period have events in the pack. It shows at a glance where a log is silent,
// and claims no more than that; the figures stand in the table beside it.

import type { PackFacts, SourceFact } from '../facts.ts';
import { type Canvas, colours, styles } from './canvas.ts';

const shades = ['#c9dced', '#94bbdc', '#5a93c2', '#1d4f7c'];
const labelWidth = 130;
const height = 14;

export type DayFigures = {
  days: number;
  withEvents: number;
  longestWithout: number;
  first: string | null;
  last: string | null;
};

/** Figures of one source over the days of the period. */
export function dayFigures(source: SourceFact, days: readonly string[]): DayFigures {
  let withEvents = 0;
  let longest = 0;
  let run = 0;
  let first: string | null = null;
  let last: string | null = null;
  for (const day of days) {
    if ((source.days.get(day) ?? 0) > 0) {
      withEvents += 1;
      run = 0;
      first ??= day;
      last = day;
    } else {
      run += 1;
      longest = Math.max(longest, run);
    }
  }
  return { days: days.length, withEvents, longestWithout: longest, first, last };
}

/** Draws the strips of all sources with the months under them. */
export function drawDayStrips(canvas: Canvas, facts: PackFacts): void {
  const { page, left, doc } = canvas;
  const { days } = facts.period;
  if (days.length === 0 || facts.sources.length === 0) return;
  const width = page.width - labelWidth;
  // A day narrower than a point and a half cannot be seen: then several days share a mark.
  const perMark = Math.max(1, Math.ceil(days.length / (width / 1.5)));
  const marks = Math.ceil(days.length / perMark);
  const step = width / marks;
  for (const source of facts.sources) {
    canvas.ensure(height + 22);
    const counts = Array.from({ length: marks }, (_, mark) =>
      days
        .slice(mark * perMark, (mark + 1) * perMark)
        .reduce((sum, day) => sum + (source.days.get(day) ?? 0), 0),
    );
    const most = Math.max(...counts, 1);
    const top = page.y;
    canvas.tag('P', () => {
      const name = fitLabel(canvas, canvas.shower.show(source.name));
      canvas.line(name, left, top + height * 0.7, styles.cell);
    });
    canvas.artifact(() => {
      for (const [mark, count] of counts.entries()) {
        if (count === 0) continue;
        const shade = Math.min(shades.length - 1, Math.floor((count / most) * shades.length));
        doc
          .rect(left + labelWidth + mark * step, top, Math.max(step - (step > 3 ? 0.5 : 0), 0.6), height)
          .fill(shades[shade] as string);
      }
      doc
        .rect(left + labelWidth, top, width, height)
        .lineWidth(0.5)
        .strokeColor(colours.rule)
        .stroke();
    });
    page.y += height + 4;
  }
  drawMonths(canvas, days, left + labelWidth, width);
  canvas.gap(2);
  canvas.paragraph(
    `${perMark === 1 ? 'One mark a day' : `One mark for ${perMark} days`}, the darker the more events of the source in this pack; white: none.`,
    styles.small,
  );
}

function drawMonths(canvas: Canvas, days: readonly string[], x: number, width: number): void {
  const { page } = canvas;
  canvas.artifact(() => {
    let freeFrom = x;
    for (const [index, day] of days.entries()) {
      if (index > 0 && !day.endsWith('-01')) continue;
      const at = x + (index / days.length) * width;
      const label = day.slice(0, 7);
      const room = canvas.measure(label, styles.small) + 6;
      if (at < freeFrom || at + room - 6 > x + width) continue;
      canvas.line(label, at, page.y + 8, styles.small);
      freeFrom = at + room;
    }
  });
  page.y += 14;
}

function fitLabel(canvas: Canvas, name: string): string {
  if (canvas.measure(name, styles.cell) <= labelWidth - 8) return name;
  const letters = [...name];
  while (letters.length > 0 && canvas.measure(`${letters.join('')}…`, styles.cell) > labelWidth - 8)
    letters.pop();
  canvas.noteCut();
  return `${letters.join('')}…`;
}
