// The IPE card of an exported view (information produced by the entity): where its rows come from, what was asked, how
// many there were at each step, and who made it when. The same lines beside the file and in front of a workbook.

import type { ExportFormat } from '#core/export-model.ts';
import type { EventQuery, Period, TimeBasis } from '#core/model.ts';
import { planQuery } from '#core/query/compile.ts';
import type { Sort } from '#core/query/sort.ts';
import type { Inventory } from '#core/store/inventory.ts';
import { formatInZone, formatUtc } from '#core/time.ts';
import type { CardPart } from '#core/workbook/book.ts';

export type CardFacts = {
  /** Name of the exported file. */
  file: string;
  format: ExportFormat;
  query: EventQuery;
  sort: Sort;
  sql: { sql: string; params: readonly unknown[] };
  inventory: Inventory;
  counts: { stored: number; inPeriod: number; matching: number };
  bySource: ReadonlyMap<string, number>;
  byTimeBasis: Record<TimeBasis, number>;
  application: { name: string; version: string };
  /** The account of this computer, and when, epoch milliseconds. */
  person: string;
  at: number;
};

/** The parts of the card, as far as they are known before the file is written. */
export function cardParts(facts: CardFacts): CardPart[] {
  const { application, inventory, query } = facts;
  const { period, words } = planQuery(query);
  return [
    {
      title: 'What this is',
      lines: [
        ['File', facts.file],
        ['Holds', 'the events of a view of the log, each one a row, all rows of the view'],
        ['Made at', formatUtc(facts.at)],
        ['Made by', `${facts.person} (account of this computer)`],
        ['Made with', `${application.name} ${application.version}`],
      ],
    },
    {
      title: 'What was asked',
      lines: [
        ['Filter', query.filter === '' ? 'none' : query.filter],
        ['Filter in words', words],
        ['Period', askedPeriod(query)],
        ['Zone of its days', query.zone],
        ['Period in its zone', between(period, (at) => formatInZone(at, query.zone))],
        ['Period in UTC', between(period, formatUtc)],
        ['Order', orderWords(facts.sort)],
      ],
    },
    counts(facts),
    ...inventory.sources.map((source) => sourcePart(facts, source)),
    {
      title: 'How times are known',
      lines: [
        ['Zone written in the record', facts.byTimeBasis.explicit],
        ['Zone said by the vendor or a person', facts.byTimeBasis.declared],
        ['Zone assumed', facts.byTimeBasis.assumed],
      ],
    },
    {
      title: 'The log it was read from',
      lines: [
        ['Log', inventory.log.origin],
        ['Size (leaves)', inventory.log.size],
        ['Root (RFC 6962)', inventory.log.root ?? 'the log is empty'],
      ],
    },
    {
      title: 'Method',
      lines: [
        ['Read by', 'one query over one state of the log; nothing was written to it'],
        ...(facts.sort.by === 'time' ? [] : [orderedAfterwards(facts.sort)]),
        ['SQL', facts.sql.sql],
        ['Parameters of the SQL', JSON.stringify(facts.sql.params)],
        ['Values', valueWords[facts.format]],
      ],
    },
  ];
}

const orderedAfterwards = (sort: Sort): [string, string] => ['Then ordered', orderWords(sort)];

const valueWords: Record<ExportFormat, string> = {
  csv: 'CSV after RFC 4180, UTF-8. A text that a spreadsheet would calculate has an apostrophe in front of it; an export as NDJSON has it without.',
  ndjson: 'one JSON object a line, UTF-8; every value is as it is in the log',
  xlsx: 'times are typed dates of UTC, numbers are numbers, everything else is typed as text; no cell holds a formula',
};

function counts({ inventory, counts: { stored, inPeriod, matching } }: CardFacts): CardPart {
  const sum = (key: 'read' | 'duplicates' | 'rejected') =>
    inventory.imports.reduce((total, one) => total + one[key], 0);
  return {
    title: 'From the files into this one',
    lines: [
      ['Read from the files', sum('read')],
      ['Duplicates of stored records', sum('duplicates')],
      ['Rejected', sum('rejected')],
      ['Stored', stored],
      ['In the period', inPeriod],
      ['Matching the filter', matching],
      ['Exported', matching],
    ],
  };
}

function sourcePart(facts: CardFacts, source: Inventory['sources'][number]): CardPart {
  const imports = facts.inventory.imports.filter((one) => one.source === source.name);
  const mappings = new Set(
    imports.map(({ mapping }) => `${mapping.preset} ${mapping.version}, SHA-256 ${mapping.sha256}`),
  );
  return {
    title: `Source: ${source.name}`,
    lines: [
      ['Events exported', facts.bySource.get(source.name) ?? 0],
      ['Events stored', source.events],
      ['Imports', source.imports],
      ['Mapping and version', [...mappings].join('; ')],
      ['Zone of times without one', source.zone ?? 'as the mapping or the record says'],
      ['Known not to be captured', source.blindSpots.join(' ') || 'nothing stated'],
    ],
  };
}

function askedPeriod({ from, to }: EventQuery): string {
  if (from === null) return to === null ? 'all time' : `until ${to}`;
  return to === null ? `since ${from}` : `${from} to ${to}`;
}

function between({ from, to }: Period, format: (at: number) => string): string {
  if (from === null) return to === null ? 'all time' : `before ${format(to)}`;
  return to === null ? `from ${format(from)} on` : `from ${format(from)} to before ${format(to)}`;
}

/** The order of a view in words. */
function orderWords({ by, direction }: Sort): string {
  if (by === 'time') return direction === 'desc' ? 'by time, newest first' : 'by time, oldest first';
  const way = direction === 'asc' ? 'A to Z' : 'Z to A';
  return `by ${by}, ${way} without case; events without one last, equal ones newest first`;
}

/** The card as a text file. `ended` are the lines that are known once the file is written. */
export function cardText(parts: readonly CardPart[], ended: CardPart['lines']): string {
  const all = [...parts, { title: 'The file as it was written', lines: ended }];
  const width = Math.max(...all.flatMap(({ lines }) => lines.map(([label]) => label.length)));
  const text = all.map(({ title, lines }) => {
    const rows = lines.map(
      ([label, value]) => `  ${label.padEnd(width)}  ${inLines(value, width + 4, label === 'SQL')}`,
    );
    return `${inLines(title, 0, false)}\n${rows.join('\n')}\n`;
  });
  return `IPE card: information produced by the entity\n\n${text.join('\n')}`;
}

// What could pass for another line of the card, or turn its text around, is spelled out.
const spelled = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** Text under its label; only the SQL, which is ours, has more lines than one. */
function inLines(value: string | number, indent: number, isSql: boolean): string {
  if (typeof value === 'number') return value.toLocaleString('en-US');
  return (isSql ? value : value.replaceAll('\n', '\\n'))
    .replace(spelled, (sign) => `\\u{${(sign.codePointAt(0) as number).toString(16)}}`)
    .replaceAll('\n', `\n${' '.repeat(indent)}`);
}
