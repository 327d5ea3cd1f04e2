// The small data files of a pack: chain of custody of the sources, and the question that was asked of the log.
// Nothing in them depends on the time of generation, so the same recipe gives the same bytes.

import { canonicalJson } from '#core/integrity/canonical.ts';
import type { ControlMap } from './control-map.ts';
import { csvTable } from './csv.ts';
import type { PackFacts } from './facts.ts';
import type { Payload } from './payload.ts';
import { type Population, wholeNdjson } from './populations.ts';

/** The question put to the database for one population. */
export type PopulationQuery = { id: string; filter: string; words: string; sql: string; params: unknown[] };

/** Writes data/20_sources/. */
export function writeSourceTables(payload: Payload, facts: PackFacts): void {
  payload.write(
    'data/20_sources/inventory.csv',
    csvTable(
      [
        'import',
        'source',
        'file',
        'bytes',
        'sha256',
        'format',
        'importedAt',
        'firstEvent',
        'lastEvent',
        'read',
        'stored',
        'duplicates',
        'rejected',
        'balanced',
        'conflicts',
        'inPack',
        'preset',
        'presetVersion',
        'presetSha256',
        'declaredZone',
        'merkleRoot',
        'warnings',
      ],
      facts.imports.map((one) => [
        one.id,
        one.source,
        one.file,
        one.bytes,
        one.sha256,
        one.format,
        one.startedAt,
        one.firstTime,
        one.lastTime,
        one.read,
        one.imported,
        one.duplicates,
        one.rejected,
        one.balanced ? 'yes' : 'NO',
        one.conflicts,
        one.inPack,
        one.mapping.preset,
        one.mapping.version,
        one.mapping.sha256,
        facts.sources.find(({ name }) => name === one.source)?.zone ?? null,
        one.root,
        one.warnings.map(({ message }) => message).join(' | ') || null,
      ]),
    ),
  );
  payload.write(
    'data/20_sources/sources.csv',
    csvTable(
      [
        'source',
        'preset',
        'presetName',
        'declaredZone',
        'vendorRetention',
        'imports',
        'stored',
        'inPeriod',
        'inPack',
        'firstEvent',
        'lastEvent',
        'knownNotCaptured',
        'assumed',
      ],
      facts.sources.map((source) => [
        source.name,
        source.preset,
        source.presetName,
        source.zone,
        source.retention,
        source.imports,
        source.events,
        source.inPeriod,
        source.inPack,
        source.firstTime,
        source.lastTime,
        source.blindSpots.join(' | ') || null,
        source.assumed.join(' | ') || null,
      ]),
    ),
  );
  if (facts.replaced.length > 0) {
    payload.write(
      'data/20_sources/replaced.csv',
      csvTable(
        [
          'import',
          'source',
          'file',
          'sha256',
          'preset',
          'presetVersion',
          'presetSha256',
          'stored',
          'merkleRoot',
          'replacedBy',
          'replacedAt',
        ],
        facts.replaced.map((one) => [
          one.id,
          one.source,
          one.file,
          one.sha256,
          one.mapping.preset,
          one.mapping.version,
          one.mapping.sha256,
          one.imported,
          one.root,
          one.replacedBy?.import ?? null,
          one.replacedBy?.at ?? null,
        ]),
      ),
    );
  }
  payload.write(
    'data/20_sources/rejected.csv',
    csvTable(
      ['import', 'source', 'file', 'row', 'reason'],
      facts.rejected.rows.map((one) => [one.importId, one.source, one.file, one.row, one.reason]),
    ),
  );
  payload.write(
    'data/20_sources/days.csv',
    csvTable(
      ['source', 'day', 'eventsInPack'],
      facts.sources.flatMap((source) =>
        facts.period.days.map((day) => [source.name, day, source.days.get(day) ?? 0]),
      ),
    ),
  );
}

/** Writes data/30_query/ except the recipe itself, which is written first. */
export function writeQueryTables(
  payload: Payload,
  facts: PackFacts,
  queries: readonly PopulationQuery[],
): void {
  const { recipe, whole, parts } = facts;
  const queryOf = new Map(queries.map((query) => [query.id, query]));
  payload.write(
    'data/30_query/populations.json',
    `${JSON.stringify(
      [whole, ...parts].map((population) => describe(population, queryOf.get(population.area.id))),
      null,
      2,
    )}\n`,
  );
  payload.write(
    'data/30_query/reviews.json',
    `${JSON.stringify(
      facts.reviews.tables.map(({ id, title, about, isFiltered, csv, rows, columns }) => ({
        id,
        title,
        definition: about,
        filter: isFiltered ? recipe.filter.text : '',
        csv,
        rows,
        columns: columns.map(({ key, title: heading }) => ({ key, title: heading })),
      })),
      null,
      2,
    )}\n`,
  );
  payload.write(
    'data/30_query/filters.txt',
    [
      `Period      ${recipe.period.from} to ${recipe.period.to}, ${recipe.period.zone}`,
      `            [${recipe.period.fromUtc}, ${recipe.period.toUtc}): the first instant is in, the last is not`,
      `Filter      ${recipe.filter.text === '' ? '(none)' : recipe.filter.text}`,
      `In words    ${recipe.filter.words}`,
      '',
      ...[whole, ...parts].map(({ area, rows }) => `${area.id}  ${area.title}: ${area.about} ${rows} rows.`),
      '',
      ...facts.reviews.tables.map(
        ({ id, title, about, rows, isFiltered }) =>
          `${id}  ${title}: ${about}${isFiltered ? '' : ' The filter does not narrow it.'} ${rows} rows.`,
      ),
      '',
    ].join('\n'),
  );
  for (const query of queries) {
    const params = query.params
      .map((value, index) => `--   ${index + 1}: ${JSON.stringify(value)}\n`)
      .join('');
    payload.write(
      `data/30_query/sql/${query.id}.sql`,
      `-- ${query.words}\n-- Parameters, in order:\n${params}${query.sql}\n`,
    );
  }
  payload.write(
    'data/30_query/mappings/control-map.json',
    `${JSON.stringify(printable(facts.map), null, 2)}\n`,
  );
}

/**
 * Writes data/50_activity/: the imports, which made the log and so belong to the recipe. What was done later (checks,
 * earlier packs) would make equal packs differ; it stands in the report.
 */
export function writeActivity(payload: Payload, facts: PackFacts): void {
  if (!facts.activity) return;
  payload.write(
    'data/50_activity/app_activity.csv',
    csvTable(
      ['no', 'at', 'person', 'action', 'detail', 'hash'],
      facts.activity
        .filter(({ action }) => action === 'import')
        .map(({ id, at, person, action, detail, hash }) => [
          id,
          at,
          person,
          action,
          canonicalJson(detail),
          hash,
        ]),
    ),
  );
}

function describe(population: Population, query: PopulationQuery | undefined) {
  const { area } = population;
  return {
    id: area.id,
    title: area.title,
    definition: area.about,
    categories: area.categories,
    filter: query?.filter ?? '',
    words: query?.words ?? '',
    sql: query?.sql ?? '',
    parameters: query?.params ?? [],
    csv: population.csv,
    ndjson: wholeNdjson,
    rows: population.rows,
    root: population.root,
    rootOf:
      'RFC 6962 tree over the lines of ndjson whose category is listed, in their order, without line feeds',
    firstTime: population.firstTime,
    lastTime: population.lastTime,
    rowsByCategory: Object.fromEntries(population.categories.map(({ category, rows }) => [category, rows])),
  };
}

function printable(map: ControlMap) {
  return {
    framework: map.framework,
    name: map.name,
    title: map.title,
    version: map.version,
    labels: 'Our own short labels; the standard’s words are its publisher’s.',
    notes: map.notes,
    controls: map.controls,
    categories: map.categories,
  };
}
