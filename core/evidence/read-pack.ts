// Opens a pack for somebody who has no workspace: its identity, files, tables and controls, from its own small files.
// Reads, never writes, and believes nothing: what it finds is shaped, and checking is verify-pack's.

import { hash } from 'node:crypto';
import { basename } from 'node:path';
import { z } from 'zod';
import type { AuditPack, PackControl, PackTable, TableGroup } from '#core/audit-model.ts';
import { AppError } from '#core/errors.ts';
import { fingerprintOf, parseNoteKey } from '#core/integrity/note.ts';
import { attributeHeadings, sampleId } from '#core/sampling-model.ts';
import { openPackFiles, type PackFiles } from './pack-files.ts';
import { tagManifestPath } from './seal.ts';
import { parseSignOff, signOffPaths } from './sign-off-file.ts';
import { readText } from './verify-bag.ts';

/** Tables or controls of a pack: more is none that Exhibit made. */
const mostListed = 1000;

const recipeShape = z.object({
  organisation: z.string(),
  preparedBy: z.string(),
  period: z.object({
    from: z.string(),
    to: z.string(),
    zone: z.string(),
    fromUtc: z.string(),
    toUtc: z.string(),
  }),
  filter: z.object({ words: z.string() }),
  samples: z.array(z.object({ attributes: z.array(z.string()) })).default([]),
  controls: z.array(z.string()).default([]),
  conclusions: z.array(z.object({ control: z.string(), words: z.string() })).default([]),
  redaction: z.unknown(),
  log: z.object({ origin: z.string(), size: z.number(), root: z.string().nullable() }),
  signing: z.string().nullish(),
  sources: z.array(
    z.object({
      name: z.string(),
      preset: z.string(),
      imports: z.array(z.object({ read: z.number(), imported: z.number() })),
    }),
  ),
});

const populationsShape = z
  .array(
    z.object({
      id: z.string(),
      title: z.string(),
      definition: z.string(),
      words: z.string().default(''),
      sql: z.string().default(''),
      csv: z.string(),
      rows: z.number(),
      root: z.string(),
      rowsByCategory: z.record(z.string(), z.number()).default({}),
    }),
  )
  .max(mostListed);

const answersShape = z
  .array(
    z.object({
      id: z.string(),
      title: z.string(),
      definition: z.string(),
      csv: z.string(),
      rows: z.number(),
    }),
  )
  .max(mostListed);

const mapShape = z.object({
  title: z.string(),
  controls: z
    .array(z.object({ id: z.string(), label: z.string(), categories: z.array(z.string()) }))
    .max(mostListed),
});

/** Opens, runs and closes. Throws AppError('input') for what is no pack. */
export async function withPack<T>(path: string, run: (files: PackFiles) => Promise<T>): Promise<T> {
  const files = await openPackFiles(path);
  try {
    if (!files.sizes.has('bagit.txt'))
      throw new AppError(
        'input',
        `${basename(path)} is not an evidence pack: it has no bagit.txt. Choose the pack’s own folder or its ZIP file.`,
      );
    return await run(files);
  } finally {
    files.close();
  }
}

/** What the pack at `path`, a folder or a ZIP file, says of itself. Throws AppError('input') for what is none. */
export function readPack(path: string): Promise<AuditPack> {
  return withPack(path, describePack);
}

async function describePack(files: PackFiles): Promise<AuditPack> {
  const info = (await readText(files, 'bag-info.txt')) ?? '';
  const line = (label: string) => new RegExp(`^${label}: (.*)$`, 'm').exec(info)?.[1]?.trim() ?? '';
  const recipe = await readJson(files, 'data/30_query/recipe.json', recipeShape);
  const populations = await readJson(files, 'data/30_query/populations.json', populationsShape);
  const answers = await readJson(files, 'data/30_query/reviews.json', answersShape);
  const map = await readJson(files, 'data/30_query/mappings/control-map.json', mapShape);
  const key = parseNoteKey(recipe.signing ?? '');
  return {
    packId: line('External-Identifier'),
    name: files.name,
    organisation: recipe.organisation,
    preparedBy: recipe.preparedBy,
    framework: map.title,
    period: recipe.period,
    filter: recipe.filter.words,
    made: line('Bagging-Date'),
    software: line('Bag-Software-Agent'),
    log: recipe.log,
    redacted: Boolean(recipe.redaction),
    key: key && { text: recipe.signing as string, fingerprint: fingerprintOf(key) },
    sources: recipe.sources.map(({ name, preset, imports }) => ({
      name,
      preset,
      imports: imports.length,
      read: imports.reduce((sum, { read }) => sum + read, 0),
      imported: imports.reduce((sum, { imported }) => sum + imported, 0),
    })),
    ...(await manifestHashes(files)),
    signOffs: await readSignOffs(files),
    files: [...files.sizes]
      .map(([path, bytes]) => ({ path, bytes }))
      .sort((a, b) => (a.path < b.path ? -1 : 1)),
    tables: tablesOf(files, populations, answers, recipe.samples),
    controls: controlsOf(map, recipe, populations),
  };
}

/** What ties a request list to a pack: hashes of its two manifests, hex. */
export async function manifestHashes(
  files: PackFiles,
): Promise<{ manifestSha256: string; tagManifestSha256: string }> {
  const of = async (path: string) => {
    const text = await readText(files, path);
    if (text === null) throw notWhole(files, path);
    return hash('sha256', text);
  };
  return { manifestSha256: await of('manifest-sha256.txt'), tagManifestSha256: await of(tagManifestPath) };
}

async function readSignOffs(files: PackFiles) {
  const texts = await Promise.all(signOffPaths(files.sizes.keys()).map((path) => readText(files, path)));
  return texts.flatMap((text) => parseSignOff(text ?? '') ?? []);
}

async function readJson<T>(files: PackFiles, path: string, shape: z.ZodType<T>): Promise<T> {
  let text: string | null;
  try {
    text = await readText(files, path);
  } catch (cause) {
    throw new AppError(
      'input',
      `${path} of ${files.name} cannot be read (${(cause as Error).message}). Get the pack again.`,
      { cause },
    );
  }
  if (text === null) throw notWhole(files, path);
  try {
    return shape.parse(JSON.parse(text));
  } catch (cause) {
    throw new AppError(
      'input',
      `${path} of ${files.name} is not as Exhibit writes it, so the pack cannot be opened. Get it again; “exhibit verify” names every file that differs.`,
      { cause },
    );
  }
}

const notWhole = (files: PackFiles, path: string) =>
  new AppError('input', `${files.name} is no whole evidence pack: ${path} is missing. Get the pack again.`);

type Populations = z.infer<typeof populationsShape>;

const others: [folder: string, group: TableGroup, titles: Record<string, [title: string, about: string]>][] =
  [
    [
      'data/11_samples/',
      'sample',
      {
        'sample.csv': ['Sample', 'The rows that were drawn, with the whole events.'],
        'tick-sheet.csv': ['Tick sheet', 'The same rows, to be tested attribute by attribute.'],
        'replacements.csv': ['Replacements', 'Rows that could not be tested, and what took their places.'],
      },
    ],
    [
      'data/20_sources/',
      'sources',
      {
        'inventory.csv': ['Files read', 'Each export with its SHA-256, counts and times.'],
        'sources.csv': ['Sources', 'Each source with its preset, zone and retention.'],
        'days.csv': ['Events by day', 'How many events each source has on each day.'],
        'rejected.csv': ['Rejected rows', 'Records that were not imported, with the reason.'],
      },
    ],
    [
      'data/50_activity/',
      'activity',
      { 'app_activity.csv': ['Activity', 'What the officer did in Exhibit until the pack was made.'] },
    ],
  ];

function tablesOf(
  files: PackFiles,
  populations: Populations,
  answers: z.infer<typeof answersShape>,
  samples: z.infer<typeof recipeShape>['samples'],
): PackTable[] {
  const listed: PackTable[] = [
    ...populations.map(({ id, title, definition, csv, rows, words, sql, root }) => ({
      ...{ id, title, about: definition, group: 'populations' as const, file: csv, rows },
      card: [
        ['Definition', definition],
        ['Filter', words],
        ['SQL', sql],
        ['Root', root],
      ] satisfies [string, string][],
    })),
    ...answers.map(({ id, title, definition, csv, rows }) => ({
      ...{ id, title, about: definition, group: 'answers' as const, file: csv, rows },
      card: [['Definition', definition]] satisfies [string, string][],
    })),
  ];
  const known = new Set(listed.map(({ file }) => file));
  const more = [...files.sizes.keys()]
    .filter((file) => file.endsWith('.csv') && !known.has(file))
    .sort()
    .map((file): PackTable => {
      const name = basename(file);
      const [, group, titles] = others.find(([folder]) => file.startsWith(folder)) ?? ['', 'activity', {}];
      // The files of samples begin with the number of theirs.
      const [, number, rest = name] = (group === 'sample' && /^(\d+)_(.+)$/.exec(name)) || [];
      const [title, about] = Object.hasOwn(titles, rest) ? (titles[rest] as [string, string]) : [name, ''];
      const sample = number === undefined ? undefined : samples[Number(number) - 1];
      return {
        ...{ id: name, about, group, file, rows: null, card: [] },
        title: number === undefined ? title : `${sampleId(Number(number) - 1)} ${title}`,
        ...(sample
          ? { sample: { id: sampleId(Number(number) - 1), attributes: attributeHeadings(sample) } }
          : {}),
      };
    });
  return [...listed, ...more].filter(({ file }) => files.sizes.has(file));
}

function controlsOf(
  map: z.infer<typeof mapShape>,
  { controls: chosen, conclusions }: z.infer<typeof recipeShape>,
  [, ...areas]: Populations,
): PackControl[] {
  return map.controls.map(({ id, label, categories }) => {
    const tables = areas
      .map((area) => ({
        id: area.id,
        rows: categories.reduce(
          (sum, category) =>
            sum + (Object.hasOwn(area.rowsByCategory, category) ? (area.rowsByCategory[category] ?? 0) : 0),
          0,
        ),
      }))
      .filter(({ rows }) => rows > 0);
    return {
      id,
      label,
      rows: tables.reduce((sum, { rows }) => sum + rows, 0),
      tables,
      isChosen: chosen.length === 0 || chosen.includes(id),
      conclusion: conclusions.find(({ control }) => control === id)?.words ?? null,
    };
  });
}
