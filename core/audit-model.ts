// A pack as somebody sees it who opens it without a workspace: what it says of itself, before anything was checked.

import type { SignOff } from './signoff-model.ts';

export const tableGroups = ['populations', 'sample', 'answers', 'sources', 'activity'] as const;
export type TableGroup = (typeof tableGroups)[number];

/** A CSV file of the pack that is read as a table. `rows` as the pack lists them; null where it lists none. */
export type PackTable = {
  /** `P-01`, `R-03`; the file's name where it has no id. */
  id: string;
  title: string;
  about: string;
  group: TableGroup;
  file: string;
  rows: number | null;
  /** Its IPE card: what was asked, in words and as SQL, its root; pairs of a heading and its words. */
  card: [heading: string, words: string][];
  /** Of a sample alone: its id, `S-01`, and the headings of the attributes to tick for each row. */
  sample?: { id: string; attributes: string[] };
};

/** A control of the pack's own map and what the pack holds for it. */
export type PackControl = {
  id: string;
  label: string;
  /** Events of the categories that are evidence for it. */
  rows: number;
  /** The tables that hold them, with how many of their events count. */
  tables: { id: string; rows: number }[];
  /** Chosen for this pack; a pack without a choice is about all of its map. */
  isChosen: boolean;
  /** What the officer concludes; null where nothing. */
  conclusion: string | null;
};

/** What a pack says of itself. */
export type AuditPack = {
  packId: string;
  /** Name of its folder. */
  name: string;
  organisation: string;
  preparedBy: string;
  /** `ISO/IEC 27001:2022`. */
  framework: string;
  period: { from: string; to: string; zone: string; fromUtc: string; toUtc: string };
  /** The filter in words. */
  filter: string;
  made: string;
  software: string;
  log: { origin: string; size: number; root: string | null };
  redacted: boolean;
  /** The key that the pack says it is signed with; only verification tells whether it is. Null for none. */
  key: { text: string; fingerprint: string } | null;
  sources: { name: string; preset: string; imports: number; read: number; imported: number }[];
  /** SHA-256 of its two manifests. */
  manifestSha256: string;
  tagManifestSha256: string;
  signOffs: SignOff[];
  /** Every file by its path. */
  files: { path: string; bytes: number }[];
  tables: PackTable[];
  controls: PackControl[];
};

/** Rows of a table; `total` is what was counted where its end was reached, else what the pack lists. */
export type PackRows = {
  columns: string[];
  rows: { index: number; cells: string[] }[];
  total: number;
};

/** A table with its id where it has one of its own, `P-01 Accounts and access rights`. */
export const tableName = ({ id, title }: Pick<PackTable, 'id' | 'title'>): string =>
  /^[A-Z]-\d/.test(id) ? `${id} ${title}` : title;

/** `Acme GmbH, ISO/IEC 27001:2022, 2026-01-01 to 2026-03-31`. */
export const packTitle = ({
  organisation,
  framework,
  period,
}: Pick<AuditPack, 'organisation' | 'framework' | 'period'>): string =>
  [organisation, framework, `${period.from} to ${period.to}`].filter((part) => part !== '').join(', ');

/** Files that can be read as text in a window. */
export const isTextFile = (path: string): boolean =>
  /\.(txt|csv|json|ndjson|sql|py|html|ps1|sig|tlog-proof)$/.test(path);

/** The letter of an attribute's heading, `A` of `A: approved before` and of `Attribute A`. */
export const letterOf = (heading: string): string =>
  /^(?:Attribute )?([A-Z]{1,2})(?::|$)/.exec(heading)?.[1] ?? heading;
