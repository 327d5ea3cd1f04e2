// What every IPE card says of the log behind a table: how many records were read and stored, which sources and mappings
// they came through, and the root of the log.

import type { ReviewSettings } from '#core/review-model.ts';
import type { Inventory } from '#core/store/inventory.ts';
import { formatUtc } from '#core/time.ts';
import { hoursInWords } from '#core/working-hours.ts';
import type { BookTable, CardPart } from './book.ts';

/** The parts of a card about the log. `stored`: events it holds. */
export function logParts({ imports, sources, log }: Inventory): CardPart[] {
  const sum = (key: 'read' | 'duplicates' | 'rejected' | 'imported') =>
    imports.reduce((total, one) => total + one[key], 0);
  return [
    {
      title: 'From the files into the log',
      lines: [
        ['Read from the files', sum('read')],
        ['Duplicates of stored records', sum('duplicates')],
        ['Rejected', sum('rejected')],
        ['Stored', sum('imported')],
      ],
    },
    ...sources.map((source): CardPart => {
      const mappings = imports
        .filter((one) => one.source === source.name)
        .map(({ mapping }) => `${mapping.preset} ${mapping.version}, SHA-256 ${mapping.sha256}`);
      return {
        title: `Source: ${source.name}`,
        lines: [
          ['Events stored', source.events],
          ['Imports', source.imports],
          ['Mapping and version', [...new Set(mappings)].join('; ')],
          ['Zone of times without one', source.zone ?? 'as the mapping or the record says'],
          ['Known not to be captured', source.blindSpots.join(' ') || 'nothing stated'],
        ],
      };
    }),
    {
      title: 'The log it was read from',
      lines: [
        ['Log', log.origin],
        ['Size (leaves)', log.size],
        ['Root (RFC 6962)', log.root ?? 'the log is empty'],
      ],
    },
  ];
}

/** A review as a workbook: what its card says beside what every card says, and its tables. */
export type ReviewBook = {
  /** What the tables hold, as a sentence without its end. */
  holds: string;
  asked: CardPart['lines'];
  figures: CardPart['lines'];
  method: CardPart['lines'];
  tables: BookTable[];
};

/** What reviews are measured by, as lines of a card. */
export function settingsLines({
  hours,
  dormantDays,
  privileged,
  slaDays,
}: ReviewSettings): CardPart['lines'] {
  return [
    ['Working hours', hours === null ? 'not set, so nothing is marked by them' : hoursInWords(hours)],
    ['Dormant after days', dormantDays],
    ['Privileged rights', privileged.join(', ') || 'none'],
    ['Days to take a right away', slaDays],
  ];
}

/** All parts of a review's card. */
export function reviewCard(
  book: ReviewBook,
  inventory: Inventory,
  made: { file: string; person: string; at: number; application: { name: string; version: string } },
): CardPart[] {
  return [
    {
      title: 'What this is',
      lines: [
        ['File', made.file],
        ['Holds', book.holds],
        ['Made at', formatUtc(made.at)],
        ['Made by', `${made.person} (account of this computer)`],
        ['Made with', `${made.application.name} ${made.application.version}`],
      ],
    },
    { title: 'What was asked', lines: book.asked },
    { title: 'Figures', lines: book.figures },
    ...logParts(inventory),
    {
      title: 'Method',
      lines: [
        ...book.method,
        ['Read by', 'one reading of one state of the log; nothing was written to it'],
        [
          'Values',
          'times are typed dates of UTC, numbers are numbers, all else is typed as text; no cell holds a formula',
        ],
      ],
    },
  ];
}
