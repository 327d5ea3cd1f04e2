// Tables that go over pages: the head is repeated, a row is never torn, a long value wraps and is only cut (visibly,
// and counted) where a table says how many lines a cell may have. Drawn by hand: pdfkit's own tables read the font
// file again for each cell.

import { plural } from '../wording.ts';
import { type Canvas, colours, type Style, styles } from './canvas.ts';
import { breakLines } from './line-breaks.ts';

export type TableColumn = {
  title: string;
  /** Share of the width, or points when `fixed`. */
  width: number;
  fixed?: boolean;
  align?: 'right';
  style?: Style;
};
/** A cell: paragraphs, each with its style or the column's. */
export type TableCell = string | number | null | readonly { text: string; style?: Style }[];
export type TableRow = { cells: readonly TableCell[]; strong?: boolean };

/** Column forms: points for figures and codes, a share of the rest for words. */
export const right = (title: string, width: number): TableColumn => ({
  title,
  width,
  fixed: true,
  align: 'right',
});
export const fixed = (title: string, width: number): TableColumn => ({ title, width, fixed: true });
export const share = (title: string, width: number): TableColumn => ({ title, width });

/** Rows of a list in the report; the rest is in a data file, which `noteRest` names. */
export const listLimit = 40;

const pad = { x: 4, y: 3 };

/** Draws a table from the left margin over the page's width. `maxLines` limits each paragraph of a cell. */
export function drawTable(
  canvas: Canvas,
  columns: readonly TableColumn[],
  rows: Iterable<TableRow>,
  options: { maxLines?: number } = {},
): void {
  const { page, left } = canvas;
  const widths = layOut(columns, page.width);
  const prepare = (row: TableRow) => prepareRow(canvas, columns, widths, row, options.maxLines);
  const head = { ...prepare({ cells: columns.map(({ title }) => title), strong: true }), head: true };

  const drawHead = (repeated: boolean) => {
    canvas.artifact(() => {
      canvas.doc.rect(left, page.y, page.width, head.height).fill(colours.tint);
    });
    if (repeated) canvas.artifact(() => drawCells(canvas, columns, widths, head, false));
    else canvas.group('TR', () => drawCells(canvas, columns, widths, head, true));
    page.y += head.height;
    rule(canvas, colours.grey, 0.7);
  };
  canvas.group('Table', () => {
    canvas.ensure(head.height + 40);
    drawHead(false);
    for (const row of rows) {
      const prepared = prepare(row);
      if (canvas.ensure(prepared.height)) drawHead(true);
      canvas.group('TR', () => drawCells(canvas, columns, widths, prepared, true));
      page.y += prepared.height;
      rule(canvas, colours.rule, 0.4);
    }
  });
  canvas.gap(4);
}

/** Label and value, without a head: for facts about one thing. */
export function drawPairs(
  canvas: Canvas,
  pairs: readonly (readonly [string, TableCell])[],
  options: { labelWidth?: number } = {},
): void {
  const { page } = canvas;
  const columns: TableColumn[] = [
    {
      title: '',
      width: options.labelWidth ?? 130,
      fixed: true,
      style: { ...styles.cell, size: 8.5, colour: colours.grey, leading: 12 },
    },
    { title: '', width: 1, style: { font: 'sans', size: 8.5, leading: 12 } },
  ];
  const widths = layOut(columns, page.width);
  canvas.group('Table', () => {
    for (const pair of pairs) {
      const row = prepareRow(canvas, columns, widths, { cells: pair }, undefined);
      canvas.ensure(row.height);
      canvas.group('TR', () => drawCells(canvas, columns, widths, row, true));
      page.y += row.height;
      rule(canvas, colours.rule, 0.4);
    }
  });
  canvas.gap(4);
}

type Prepared = { cells: { lines: { text: string; style: Style }[] }[]; height: number; head: boolean };

function layOut(columns: readonly TableColumn[], total: number): number[] {
  const fixed = columns.reduce((sum, column) => sum + (column.fixed ? column.width : 0), 0);
  const shares = columns.reduce((sum, column) => sum + (column.fixed ? 0 : column.width), 0);
  return columns.map((column) => (column.fixed ? column.width : ((total - fixed) * column.width) / shares));
}

function prepareRow(
  canvas: Canvas,
  columns: readonly TableColumn[],
  widths: readonly number[],
  row: TableRow,
  maxLines: number | undefined,
): Prepared {
  const cells = row.cells.map((cell, index) => {
    const column = columns[index] as TableColumn;
    const width = (widths[index] as number) - 2 * pad.x;
    const own: Style = row.strong ? styles.head : (column.style ?? styles.cell);
    const lines = paragraphsOf(cell).flatMap(({ text, style = own }) => {
      const broken = breakLines(
        canvas.shower.show(text),
        width,
        (part) => canvas.measure(part, style),
        maxLines,
      );
      if (broken.cut) canvas.noteCut();
      return broken.lines.map((line) => ({ text: line, style }));
    });
    return { lines };
  });
  const height = Math.max(
    ...cells.map(({ lines }) => lines.reduce((sum, { style }) => sum + canvas.leadingOf(style), 0)),
    9,
  );
  return { cells, height: height + 2 * pad.y, head: false };
}

function paragraphsOf(cell: TableCell): readonly { text: string; style?: Style }[] {
  if (cell === null) return [];
  if (typeof cell === 'number') return [{ text: cell.toLocaleString('en-US') }];
  return typeof cell === 'string' ? [{ text: cell }] : cell;
}

function drawCells(
  canvas: Canvas,
  columns: readonly TableColumn[],
  widths: readonly number[],
  row: Prepared,
  tagged: boolean,
): void {
  let x = canvas.left;
  for (const [index, { lines }] of row.cells.entries()) {
    const column = columns[index] as TableColumn;
    const width = widths[index] as number;
    const cellX = x;
    const draw = () => {
      let y = canvas.page.y + pad.y;
      for (const { text, style } of lines) {
        const leading = canvas.leadingOf(style);
        canvas.line(text, cellX + pad.x, y + leading * 0.76, style, {
          ...(column.align ? { align: column.align } : {}),
          width: width - 2 * pad.x,
        });
        y += leading;
      }
    };
    if (tagged) canvas.tag(row.head ? 'TH' : 'TD', draw, row.head ? { scope: 'Column' } : {});
    else draw();
    x += width;
  }
}

function rule(canvas: Canvas, colour: string, weight: number): void {
  const { doc, left, page } = canvas;
  canvas.artifact(() => {
    doc
      .moveTo(left, page.y)
      .lineTo(left + page.width, page.y)
      .lineWidth(weight)
      .strokeColor(colour)
      .stroke();
  });
}

/** Says under a list that it goes on, and where. */
export function noteRest(canvas: Canvas, total: number, one: string, file: string): void {
  if (total > listLimit) {
    canvas.paragraph(`The first ${listLimit} of ${plural(total, one)}; all are in ${file}.`, styles.small);
  }
}
