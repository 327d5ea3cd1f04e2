// What the files say about each other: populations have the rows and roots that were frozen, areas add up, imports
// balance, samples are those the seeds give, the id follows from the recipe. Same checks as verify.py.

import { hash } from 'node:crypto';
import { createMerkleTree, leafHash } from '#core/integrity/merkle.ts';
import { categoryOfLine } from './event-line.ts';
import { packIdOf, type Recipe } from './recipe.ts';
import type { Observer, Verdicts } from './verify-bag.ts';
import { watchSample } from './verify-sample.ts';

/** What is used of data/30_query/populations.json. */
export type ListedPopulation = {
  id: string;
  categories: string[];
  csv: string;
  ndjson: string;
  rows: number;
  root: string;
  rowsByCategory: Readonly<Record<string, number>>;
};

type Fault = { where: string; detail: string };

/** Rows that a population lists for these categories, all of them when empty. */
function rowsOf({ rows, rowsByCategory }: ListedPopulation, categories: readonly string[]): number {
  if (categories.length === 0) return rows;
  return categories.reduce((sum, category) => sum + (rowsByCategory[category] ?? 0), 0);
}

/** Counts rows and grows trees while the files pass, showing each line to `see`; `judge` compares once all have passed. */
export function watchPopulations(
  populations: readonly ListedPopulation[],
  samples: Recipe['samples'],
  see: (line: string) => void,
): { observers: Map<string, Observer>; judge(verdicts: Verdicts): void; drawn(): string[][] } {
  const [whole, ...parts] = populations;
  if (!whole) throw new Error('populations.json is empty.');
  const observers = new Map<string, Observer>();
  const trees = new Map(populations.map(({ id }) => [id, createMerkleTree()]));
  const homes = new Map(
    parts.flatMap(({ id, categories }) => categories.map((category) => [category, id] as const)),
  );
  const drawers = samples.map((asked) => watchSample(asked, rowsOf(whole, asked.categories)));
  observers.set(
    whole.ndjson,
    observeLines((line) => {
      const leaf = leafHash(line);
      const text = line.toString('utf8');
      const category = categoryOfLine(text);
      trees.get(whole.id)?.append(leaf);
      trees.get(homes.get(category) ?? (parts.at(-1) as ListedPopulation).id)?.append(leaf);
      for (const drawer of drawers) drawer.see(text);
      see(text);
    }),
  );
  const csvRows = new Map<string, () => number>();
  for (const { csv } of populations) {
    const counter = observeRecords();
    observers.set(csv, counter.observe);
    csvRows.set(csv, counter.rows);
  }
  return {
    observers,
    judge(verdicts) {
      for (const listed of populations) {
        const tree = trees.get(listed.id);
        const faults: Fault[] = [];
        const found = {
          rows: tree?.size() ?? 0,
          root: tree?.root().toString('hex') ?? '',
          csv: csvRows.get(listed.csv)?.(),
        };
        if (found.rows !== listed.rows)
          faults.push({ where: listed.id, detail: `${found.rows} rows, ${listed.rows} were frozen` });
        if (found.csv !== listed.rows)
          faults.push({ where: listed.csv, detail: `${found.csv} rows, ${listed.rows} were frozen` });
        if (found.root !== listed.root)
          faults.push({ where: listed.id, detail: `root ${found.root}, ${listed.root} was frozen` });
        verdicts.judge(`Population ${listed.id}`, faults, `${found.rows} rows, root ${found.root}`);
      }
      const sum = parts.reduce((total, { rows }) => total + rows, 0);
      verdicts.judge(
        'Areas add up',
        sum === whole.rows
          ? []
          : [{ where: 'populations.json', detail: `${sum} rows in the areas, ${whole.rows} in all` }],
        `${sum} rows in the areas, ${whole.rows} in all`,
      );
    },
    drawn: () => drawers.map(({ drawn }) => drawn()),
  };
}

/** What is used of data/30_query/reviews.json. */
export type ListedAnswer = { csv: string; rows: number };

/** Counts the rows of the tables of answers while the files pass. */
export function watchAnswers(answers: readonly ListedAnswer[]): {
  observers: Map<string, Observer>;
  judge(verdicts: Verdicts): void;
} {
  const counters = new Map(answers.map(({ csv }) => [csv, observeRecords()]));
  return {
    observers: new Map([...counters].map(([csv, { observe }]) => [csv, observe])),
    judge(verdicts) {
      const faults = answers.flatMap(({ csv, rows }): Fault[] => {
        const found = counters.get(csv)?.rows();
        return found === rows ? [] : [{ where: csv, detail: `${found} rows, ${rows} were frozen` }];
      });
      verdicts.judge('Answers', faults, `${answers.length} tables with as many rows as listed`);
    },
  };
}

/** The pack's id and the recipe's hash as bag-info.txt has them. */
export function judgeRecipe(verdicts: Verdicts, recipeText: string, info: Map<string, string>): void {
  const sha256 = hash('sha256', recipeText);
  const id = packIdOf(Buffer.from(sha256, 'hex'));
  const faults: Fault[] = [];
  if (info.get('External-Identifier') !== id) {
    faults.push({
      where: 'bag-info.txt',
      detail: `names ${info.get('External-Identifier')}, the recipe gives ${id}`,
    });
  }
  if (info.get('Internal-Sender-Identifier') !== `recipe sha256 ${sha256}`) {
    faults.push({ where: 'bag-info.txt', detail: `the recipe’s SHA-256 is ${sha256}` });
  }
  verdicts.judge('Pack id', faults, `${id} follows from recipe.json`);
}

/** The checkpoint names the log the recipe was frozen on. */
export function judgeCheckpoint(verdicts: Verdicts, checkpoint: string, recipe: Recipe): void {
  const [, size, root] = checkpoint.split('\n');
  const found = Buffer.from(root ?? '', 'base64').toString('hex');
  const ok = Number(size) === recipe.log.size && (recipe.log.root === null || recipe.log.root === found);
  verdicts.judge(
    'Checkpoint',
    ok ? [] : [{ where: 'data/40_integrity/checkpoint.txt', detail: 'not the log of recipe.json' }],
    `log of ${size} leaves, root ${found}`,
  );
}

/** read = imported + duplicates + rejected. */
export function judgeBalance(verdicts: Verdicts, recipe: Recipe): void {
  const imports = recipe.sources.flatMap((source) => source.imports);
  verdicts.judge(
    'Balance',
    imports
      .filter((one) => one.read !== one.imported + one.duplicates + one.rejected)
      .map((one) => ({ where: `import ${one.id}`, detail: 'read is not stored + duplicates + rejected' })),
    `read = stored + duplicates + rejected for each of ${imports.length} imports`,
  );
}

/** Splits passing bytes at line feeds. */
function observeLines(take: (line: Buffer) => void): Observer {
  let carry: Buffer[] = [];
  return (chunk) => {
    let start = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, start)) {
      const tail = chunk.subarray(start, end);
      take(carry.length === 0 ? tail : Buffer.concat([...carry, tail]));
      carry = [];
      start = end + 1;
    }
    if (start < chunk.length) carry.push(Buffer.from(chunk.subarray(start)));
  };
}

/** Counts the records of an RFC 4180 file without its heading: line feeds outside quotes. */
function observeRecords(): { observe: Observer; rows(): number } {
  let feeds = 0;
  let inside = false;
  return {
    observe(chunk) {
      for (let start = 0; start < chunk.length; ) {
        const quote = chunk.indexOf(34, start);
        const end = quote === -1 ? chunk.length : quote;
        if (!inside) feeds += countFeeds(chunk, start, end);
        if (quote !== -1) inside = !inside;
        start = end + 1;
      }
    },
    rows: () => feeds - 1,
  };
}

function countFeeds(chunk: Buffer, start: number, end: number): number {
  let count = 0;
  for (let at = chunk.indexOf(10, start); at !== -1 && at < end; at = chunk.indexOf(10, at + 1)) count += 1;
  return count;
}
