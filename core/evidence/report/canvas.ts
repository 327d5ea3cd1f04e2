// The report's paper: A4 pages with running head and foot, a cursor that goes down, headings that make the bookmarks
// and the contents, and tags for screen readers. Every text passes through here, so none is drawn unchecked or cut.

import PDFDocument from 'pdfkit';
import { type FontName, fontNames, loadFonts } from './fonts.ts';
import { breakLines } from './line-breaks.ts';
import { createTextShower, type TextShower } from './shown-text.ts';

export const colours = {
  ink: '#1b2330',
  grey: '#5a6572',
  rule: '#c6ced7',
  tint: '#eef2f6',
  accent: '#1d4f7c',
  failed: '#a4262c',
  skipped: '#7a5200',
  passed: '#1e6b3a',
} as const;

export type Style = { font: FontName; size: number; colour?: string; leading?: number };
export const styles = {
  body: { font: 'sans', size: 9, leading: 13 },
  small: { font: 'sans', size: 7.5, colour: colours.grey, leading: 10.5 },
  cell: { font: 'condensed', size: 7.5, leading: 9.6 },
  head: { font: 'condensedBold', size: 7.5, leading: 9.6 },
  mono: { font: 'mono', size: 6.4, leading: 9.6 },
  h1: { font: 'bold', size: 16, leading: 20 },
  h2: { font: 'bold', size: 10.5, leading: 14 },
} as const satisfies Record<string, Style>;

export type PageForm = 'portrait' | 'landscape';
export type ContentsEntry = { level: 1 | 2; title: string; page: number; id: string };
/** What the first pass over the report finds out, for the second. */
export type Known = {
  pages: number;
  contents: ContentsEntry[];
  tokens: ReturnType<TextShower['tokens']>;
  cut: number;
};
export const unknownYet: Known = { pages: 0, contents: [], tokens: { count: 0, kinds: [] }, cut: 0 };

export type Canvas = ReturnType<typeof createCanvas>;

const a4 = { width: 595.28, height: 841.89 };
const margin = { side: 48, top: 66, bottom: 54 };

/** A document to draw on. `running` is the text at the head and foot of each page but the first. */
export function createCanvas(options: {
  title: string;
  author: string;
  subject: string;
  creator: string;
  time: Date;
  running: { head: string; foot: string };
  known: Known;
}) {
  const { known, running } = options;
  const doc = new PDFDocument({
    autoFirstPage: false,
    margin: 0,
    pdfVersion: '1.7',
    tagged: true,
    lang: 'en',
    displayTitle: true,
    info: {
      Title: options.title,
      Author: options.author,
      Subject: options.subject,
      Creator: options.creator,
      Producer: options.creator,
      CreationDate: options.time,
      ModDate: options.time,
    },
  });
  const fonts = loadFonts();
  for (const name of fontNames) doc.registerFont(name, fonts[name] as unknown as PDFKit.Mixins.PDFFontSource);
  const glyphTests = fontNames.map((name) => glyphTest(doc, name));
  const hasGlyph = (codePoint: number) => glyphTests.every((has) => has(codePoint));
  const shower = createTextShower(hasGlyph);
  // Repeated on each page: not counted again.
  const runningShower = createTextShower(hasGlyph);

  const root = doc.struct('Document');
  doc.addStructure(root);
  let parent = root;
  const page = { form: 'portrait' as PageForm, number: 0, width: 0, bottom: 0, y: 0, cut: 0 };
  const contents: ContentsEntry[] = [];
  const bookmarks: PDFKit.PDFOutline[] = [];
  const left = margin.side;

  /** Draws one line; `y` is its baseline. */
  const line = (
    text: string,
    x: number,
    y: number,
    style: Style,
    more: { align?: 'right' | 'center'; width?: number } = {},
  ) => {
    const shift = more.align
      ? ((more.width ?? 0) - measure(text, style)) / (more.align === 'center' ? 2 : 1)
      : 0;
    doc
      .font(style.font)
      .fontSize(style.size)
      .fillColor(style.colour ?? colours.ink)
      .text(text, x + shift, y, { lineBreak: false, baseline: 'alphabetic' });
  };
  const widths = new Map<string, number>();
  const measure = (text: string, style: Style): number => {
    const key = `${style.font}\0${text}`;
    let width = widths.get(key);
    if (width === undefined) {
      width = doc.font(style.font).fontSize(100).widthOfString(text) / 100;
      if (widths.size < 50_000) widths.set(key, width);
    }
    return width * style.size;
  };
  const leadingOf = (style: Style) => style.leading ?? style.size * 1.35;
  const tag = (type: string, draw: () => void, more: object = {}) => {
    parent.add(doc.struct(type as PDFKit.Mixins.MarkingOptions['type'] & string, more, draw));
  };
  /** Draws outside the logical content: rules, running heads, repeated table heads. */
  const artifact = (draw: () => void, type: 'Layout' | 'Pagination' = 'Layout') => {
    doc.markContent('Artifact', { type });
    draw();
    doc.endMarkedContent();
  };
  /** Everything drawn inside becomes part of one structure element, over as many pages as it takes. */
  const group = (type: string, draw: () => void) => {
    const outer = parent;
    parent = doc.struct(type as PDFKit.Mixins.MarkingOptions['type'] & string);
    outer.add(parent);
    draw();
    parent.end();
    parent = outer;
  };

  /** The running head on one line of this page; what does not fit ends in an ellipsis. */
  const runningHead = () => {
    const shown = runningShower.show(running.head);
    return breakLines(shown, page.width, (part) => measure(part, styles.small), 1).lines[0] ?? '';
  };
  const newPage = (form: PageForm = page.form) => {
    doc.addPage({ size: 'A4', layout: form, margin: 0 });
    page.form = form;
    page.number += 1;
    const width = form === 'portrait' ? a4.width : a4.height;
    const height = form === 'portrait' ? a4.height : a4.width;
    page.width = width - 2 * margin.side;
    page.bottom = height - margin.bottom;
    page.y = margin.top;
    artifact(() => {
      const foot = height - 30;
      if (page.number > 1) {
        line(runningHead(), left, 38, styles.small);
        doc
          .moveTo(left, 46)
          .lineTo(left + page.width, 46)
          .lineWidth(0.5)
          .strokeColor(colours.rule)
          .stroke();
      }
      line(running.foot, left, foot, { ...styles.mono, size: 7, colour: colours.grey });
      const count = `Page ${page.number} of ${known.pages || '…'}`;
      line(count, left, foot, styles.small, { align: 'right', width: page.width });
    }, 'Pagination');
  };
  /** Goes to a new page unless that much height is left. Tells whether it did. */
  const ensure = (height: number): boolean => {
    if (page.y + height <= page.bottom) return false;
    newPage();
    return true;
  };
  const gap = (height: number) => {
    page.y += height;
  };

  /** A paragraph across the page (or `width`), kept together. The text is made printable first. */
  const paragraph = (
    text: string,
    style: Style = styles.body,
    more: { indent?: number; width?: number; type?: string } = {},
  ) => {
    const x = left + (more.indent ?? 0);
    const width = (more.width ?? page.width) - (more.indent ?? 0);
    const { lines } = breakLines(shower.show(text), width, (part) => measure(part, style));
    const leading = leadingOf(style);
    ensure(lines.length * leading);
    tag(more.type ?? 'P', () => {
      for (const one of lines) {
        line(one, x, page.y + leading * 0.75, style);
        page.y += leading;
      }
    });
  };
  /** `own` marks words of ours that show a token as an example and must not be made printable again. */
  const bullet = (text: string, style: Style = styles.body, own = false) => {
    const { lines } = breakLines(own ? text : shower.show(text), page.width - 14, (part) =>
      measure(part, style),
    );
    const leading = leadingOf(style);
    ensure(lines.length * leading);
    tag('P', () => {
      line('•', left + 2, page.y + leading * 0.75, style);
      for (const one of lines) {
        line(one, left + 14, page.y + leading * 0.75, style);
        page.y += leading;
      }
    });
    gap(2);
  };
  /** A heading with its bookmark and its line in the contents. Keeps some room for what it heads. */
  const heading = (level: 1 | 2, title: string, keep = 90) => {
    const style = level === 1 ? styles.h1 : styles.h2;
    const shown = shower.show(title);
    const { lines } = breakLines(shown, page.width, (part) => measure(part, style));
    if (!ensure(lines.length * style.leading + keep) && page.y > margin.top) gap(level === 1 ? 22 : 13);
    const id = `s${contents.length + 1}`;
    doc.addNamedDestination(id, 'XYZ', null, Math.max(0, page.y - 8), null);
    contents.push({ level, title: shown, page: page.number, id });
    const under = level === 1 ? doc.outline : bookmarks[0];
    const item = (under ?? doc.outline).addItem(shown, { expanded: level === 1 });
    if (level === 1) bookmarks[0] = item;
    tag(level === 1 ? 'H1' : 'H2', () => {
      for (const one of lines) {
        line(one, left, page.y + style.leading * 0.78, {
          ...style,
          colour: level === 1 ? colours.accent : colours.ink,
        });
        page.y += style.leading;
      }
    });
    gap(level === 1 ? 8 : 3);
  };

  return {
    doc,
    page,
    left,
    known,
    contents,
    shower,
    line,
    measure,
    leadingOf,
    tag,
    group,
    artifact,
    newPage,
    ensure,
    gap,
    paragraph,
    bullet,
    heading,
    /** Notes that a value was cut in a table. */
    noteCut: () => {
      page.cut += 1;
    },
    finish: () => {
      root.end();
      doc.end();
    },
    /** What this pass found out. */
    found: (): Known => ({ pages: page.number, contents, tokens: shower.tokens(), cut: page.cut }),
  };
}

type FontFile = { hasGlyphForCodePoint(codePoint: number): boolean };

function glyphTest(doc: PDFKit.PDFDocument, name: FontName): (codePoint: number) => boolean {
  doc.font(name);
  const { font } = (doc as unknown as { _font: { font: FontFile } })._font;
  return (codePoint) => font.hasGlyphForCodePoint(codePoint);
}
