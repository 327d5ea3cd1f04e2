// One sheet at a time, row by row. exceljs makes the package (parts, styles, widths, panes, filters); the rows are
// written as XML here, because its cell objects cost four times the time and know no back pressure: a million rows
// would sit in memory. Text is always `inlineStr`, numbers are numbers, and nothing can become a formula.

import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type ExcelJS from 'exceljs';
import { gatherText } from '#core/text-bytes.ts';
import { cellText, xmlText } from './cell-text.ts';

/** A Date becomes a typed date of UTC, to the millisecond. */
export type Cell = string | number | Date | null;
/** `width` in characters; `number` aligns the heading with the figures below it. */
export type SheetColumn = { title: string; width: number; number?: unknown };
export type RowStyle = 'plain' | 'title' | 'head' | 'pair' | 'wrapped';

export type Sheet = {
  name: string;
  /** Data rows so far, the heading not counted. */
  rows: number;
  add(cells: readonly Cell[], style?: RowStyle): void;
  /** Waits until the packer has taken what was written; call every few hundred rows. */
  drain(): Promise<void>;
  finish(): void;
};

type StyleIds = { text: number; number: number; date: number };
/** Styles of the workbook by name: ids into xl/styles.xml. */
export type Styles = Record<RowStyle | 'headOfNumbers', StyleIds>;

/** What of exceljs' streaming writer is used beyond its types; the version is pinned, and it has none newer. */
type Internals = {
  styles: { addStyleModel(style: Partial<ExcelJS.Style>): number };
};
type SheetInternals = { stream: { write(chunk: Buffer): unknown; pipes: PipeState[] } };
type PipeState = Writable & { _writableState: { length: number } };

const flushBytes = 128 * 1024;
const highWater = 2 * 1024 * 1024;

/** Points; a row without one is as high as its text needs. */
const heights: Partial<Record<RowStyle, number>> = { head: 30, title: 28 };

/** Registers the styles once for a workbook; `@` keeps text text when somebody edits the cell. */
export function createStyles(workbook: ExcelJS.stream.xlsx.WorkbookWriter): Styles {
  const { styles } = workbook as unknown as Internals;
  const font = { name: 'Calibri', size: 11, family: 2 };
  const make = (style: Partial<ExcelJS.Style>, ofNumbers: Partial<ExcelJS.Style> = {}) => ({
    text: styles.addStyleModel({ font, numFmt: '@', ...style }),
    number: styles.addStyleModel({ font, numFmt: '#,##0', ...style, ...ofNumbers }),
    date: styles.addStyleModel({ font, numFmt: 'yyyy-mm-dd hh:mm:ss.000', ...style }),
  });
  const head: Partial<ExcelJS.Style> = {
    font: { ...font, bold: true },
    fill: { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFE8EDF3' } },
    border: { bottom: { style: 'thin', color: { argb: 'FF7A8794' } } },
  };
  return {
    plain: make({}, { alignment: { horizontal: 'right', indent: 1 } }),
    title: make({ font: { ...font, size: 16, bold: true } }),
    head: make({ ...head, alignment: { vertical: 'middle', wrapText: true } }),
    headOfNumbers: make({
      ...head,
      alignment: { vertical: 'middle', wrapText: true, horizontal: 'right', indent: 1 },
    }),
    pair: make({ alignment: { horizontal: 'left', vertical: 'top', wrapText: true } }),
    wrapped: make(
      { alignment: { vertical: 'top', wrapText: true } },
      { alignment: { vertical: 'top', horizontal: 'right', indent: 1 } },
    ),
  };
}

/**
 * Opens a sheet. With `table`, the first row is its heading: frozen, with filters. Only one sheet may be open at a
 * time. `onCut` is called for each cell that had to be cut to what a cell can hold.
 */
export function openSheet(
  workbook: ExcelJS.stream.xlsx.WorkbookWriter,
  styles: Styles,
  options: {
    name: string;
    columns: readonly SheetColumn[];
    table: boolean;
    onCut(): void;
    /** Which file has all of a text that was cut, for its mark. */
    whole?: string;
  },
): Sheet {
  const { columns, name, table } = options;
  const sheet = workbook.addWorksheet(name, {
    views: table ? [{ state: 'frozen', ySplit: 1 }] : [{ state: 'normal', showGridLines: false }],
    pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  });
  sheet.columns = columns.map(({ width }) => ({ width }));
  const stream = (sheet as unknown as SheetInternals).stream;
  let at = 0;
  const output = gatherText(flushBytes, (bytes) => stream.write(bytes));
  const write = (cells: readonly Cell[], styleIds: (column: number) => StyleIds, height: number | null) => {
    at += 1;
    output.add(rowXml(at, cells, styleIds, height, options));
  };
  const add = (cells: readonly Cell[], style: RowStyle = 'plain') => {
    const height =
      style === 'wrapped' || style === 'pair' ? heightOf(cells, columns) : (heights[style] ?? null);
    write(cells, () => styles[style], height);
  };
  // exceljs opens <sheetData> with the first row it writes itself, and skips a row without values.
  beginData(sheet);
  if (table) {
    write(
      columns.map(({ title }) => title),
      (column) => (columns[column]?.number ? styles.headOfNumbers : styles.head),
      heights.head ?? null,
    );
  }
  return {
    name,
    get rows() {
      return at - (table ? 1 : 0);
    },
    add,
    async drain() {
      for (const pipe of stream.pipes) {
        if (pipe._writableState.length > highWater) await once(pipe, 'drain');
      }
    },
    finish() {
      output.flush();
      if (table) sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: at, column: columns.length } };
      sheet.commit();
    },
  };
}

/** Lets exceljs write the columns and open the rows, without a row of its own. */
function beginData(sheet: ExcelJS.Worksheet): void {
  const own = sheet as unknown as {
    _writeColumns(): void;
    _writeOpenSheetData(): void;
    startedData: boolean;
  };
  own._writeColumns();
  own._writeOpenSheetData();
  own.startedData = true;
}

const lineHeight = 15;

/** Points for a row whose cells wrap: not every program fits a row to its text when it opens the file. */
function heightOf(cells: readonly Cell[], columns: readonly SheetColumn[]): number {
  const lines = cells.map((cell, index) => {
    const room = Math.max(4, (columns[index]?.width ?? 10) - 1);
    return String(cell ?? '')
      .split('\n')
      .reduce((sum, paragraph) => sum + Math.max(1, Math.ceil((paragraph.length * 1.05) / room)), 0);
  });
  // 409 points is the most a row may have.
  return Math.min(409, Math.max(1, ...lines) * lineHeight);
}

function rowXml(
  row: number,
  cells: readonly Cell[],
  styleIds: (column: number) => StyleIds,
  height: number | null,
  { onCut, whole }: { onCut(): void; whole?: string },
): string {
  let xml = height === null ? `<row r="${row}">` : `<row r="${row}" ht="${height}" customHeight="1">`;
  for (let column = 0; column < cells.length; column++) {
    const cell = cells[column] as Cell;
    if (cell === null || cell === '') continue;
    const style = styleIds(column);
    const place = `<c r="${columnName(column)}${row}" s="`;
    if (typeof cell === 'number' && Number.isFinite(cell)) {
      xml += `${place}${style.number}"><v>${cell}</v></c>`;
    } else if (cell instanceof Date && cell.getTime() >= firstDate) {
      xml += `${place}${style.date}"><v>${serialOf(cell)}</v></c>`;
    } else {
      const { text, cut } = cellText(cell instanceof Date ? cell.toISOString() : cell, whole);
      if (cut) onCut();
      // Without xml:space a reader may trim blanks at the ends and fold line breaks.
      const space = /^\s|\s$|\n/.test(text) ? ' xml:space="preserve"' : '';
      xml += `${place}${style.text}" t="inlineStr"><is><t${space}>${xmlText(text)}</t></is></c>`;
    }
  }
  return `${xml}</row>`;
}

/** Spreadsheets disagree on earlier dates: one of them thinks that 1900 was a leap year. */
const firstDate = Date.UTC(1900, 2, 1);

/** Days since 30 December 1899, as ECMA-376 Part 1, 18.17.4.1 counts them. */
const serialOf = (date: Date): number => date.getTime() / 86_400_000 + 25_569;

/** A … Z, AA … XFD. */
function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter;
}
