// What the export of a view takes and gives, for engine, command line and page.

export const exportFormats = ['csv', 'ndjson', 'xlsx'] as const;
export type ExportFormat = (typeof exportFormats)[number];
/** An exported view. `file` and `card` are names in the folder that received them. */
export type ExportReport = {
  file: string;
  /** The IPE card beside it: what the file is, from what and how it was made. */
  card: string;
  format: ExportFormat;
  events: number;
  bytes: number;
  sha256: string;
  /** What is to be known of cells that are not as they are in the log; empty when all are. */
  notes: string[];
  ms: number;
};
