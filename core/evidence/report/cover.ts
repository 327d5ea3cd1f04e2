// The cover and the contents: what this is, of whom, for which period, cut from which log, and how to tell it from
// any other pack.

import { formatInZone, formatUtc } from '#core/time.ts';
import type { PackFacts } from '../facts.ts';
import { signatureWords } from '../seal.ts';
import {
  disclaimer,
  formatCount,
  leftOutWords,
  notStated,
  periodLines,
  sectionsNotIncluded,
} from '../wording.ts';
import { type Canvas, colours, styles } from './canvas.ts';
import { drawPairs } from './table.ts';

/** Draws page 1. */
export function drawCover(canvas: Canvas, facts: PackFacts): void {
  const { request, map, application } = facts;
  const { page, doc } = canvas;
  const period = periodLines(facts);
  canvas.newPage('portrait');
  canvas.artifact(() => doc.rect(0, 0, doc.page.width, 7).fill(colours.accent));
  page.y = 92;
  canvas.paragraph('EVIDENCE PACK', { font: 'bold', size: 8.5, colour: colours.accent, leading: 14 });
  canvas.gap(6);
  canvas.paragraph(
    request.organisation || `Organisation ${notStated}`,
    { font: 'bold', size: 24, leading: 31 },
    { type: 'H1' },
  );
  canvas.gap(6);
  canvas.paragraph(map.title, { font: 'sans', size: 13, leading: 18 });
  canvas.paragraph(`Audit period ${period.asked}, ${facts.period.zone}`, {
    font: 'sans',
    size: 13,
    leading: 18,
  });
  canvas.gap(30);
  const mono = { ...styles.mono, size: 7.5, leading: 12 };
  drawPairs(canvas, [
    ['Pack id', [{ text: facts.packId, style: { font: 'bold', size: 8.5, leading: 12 } }]],
    ['Period in its zone', [{ text: period.zoned }, { text: facts.period.zone }]],
    ['Period in UTC', period.utc],
    ['Filter', facts.recipe.filter.words],
    ['Sections left out', leftOutWords(facts) ?? 'none'],
    ['Events in this pack', formatCount(facts.funnel.inPack)],
    ['Prepared by', request.preparedBy || notStated],
    ['Classification', `${notStated}; treat as confidential`],
    ['Made with', `${application.name} ${application.version}, pack template ${facts.recipe.template}`],
    ['Made at', `${formatUtc(facts.generatedAt)}  (${formatInZone(facts.generatedAt, facts.period.zone)})`],
    ['Log', `${formatCount(facts.log.size)} leaves (events and imports)`],
    ['Log root', [{ text: facts.log.root ?? 'the log is empty', style: mono }]],
    ['Recipe SHA-256', [{ text: facts.recipeSha256, style: mono }]],
    ['Signature', signatureWords(facts)],
  ]);
  canvas.gap(22);
  for (const text of disclaimer) canvas.bullet(text);
  canvas.gap(6);
  canvas.paragraph(
    'How to check this pack without any special program: appendix A, and 00_README.txt beside this report.',
    styles.small,
  );
}

/** Draws page 2 from what the first pass found. Always one page, so that the page numbers hold. */
export function drawContents(canvas: Canvas, facts: PackFacts): void {
  const { page, left, doc, known } = canvas;
  canvas.newPage('portrait');
  canvas.paragraph('Contents', { ...styles.h1, colour: colours.accent }, { type: 'H1' });
  canvas.gap(10);
  const room = page.bottom - page.y - 110;
  const entries =
    known.contents.length * 16 > room ? known.contents.filter(({ level }) => level === 1) : known.contents;
  canvas.group('TOC', () => {
    for (const entry of entries) {
      const style = entry.level === 1 ? { ...styles.body, font: 'bold' as const } : styles.body;
      const x = left + (entry.level === 1 ? 0 : 14);
      if (entry.level === 1) canvas.gap(4);
      const baseline = page.y + 10;
      const number = String(entry.page);
      canvas.tag('TOCI', () => {
        canvas.line(entry.title, x, baseline, style);
        canvas.line(number, left, baseline, style, { align: 'right', width: page.width });
        doc.goTo(x, page.y, page.width - (x - left), 14, entry.id);
      });
      canvas.artifact(() => {
        const from = x + canvas.measure(entry.title, style) + 6;
        const to = left + page.width - canvas.measure(number, style) - 6;
        if (from < to) {
          doc
            .moveTo(from, baseline - 0.5)
            .lineTo(to, baseline - 0.5)
            .lineWidth(0.5)
            .dash(0.5, { space: 2.5 });
          doc.strokeColor(colours.rule).stroke().undash();
        }
      });
      page.y += 14.5;
    }
  });
  canvas.gap(18);
  const missing = sectionsNotIncluded(facts);
  canvas.paragraph(
    missing === ''
      ? 'This pack has every section of the full form.'
      : `Sections of the full form that this pack does not have: ${missing}. They are missing, not passed.`,
    styles.small,
  );
}
