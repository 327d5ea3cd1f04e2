// Which number of dates like 03/04/2026 is the day, found before an import: the whole file is read once more, and one
// date with a number beyond 12 proves it for all. What nobody proves or says stays unread, since a guess would be a
// wrong date.

import { AppError } from '#core/errors.ts';
import type { DateOrder } from '#core/mapping/draft-preset.ts';
import { createFieldCompiler, valueText } from '#core/mapping/fields.ts';
import type { FieldSpec, Preset, TimeSpec, Variant } from '#core/mapping/form.ts';
import { isTimeSpec } from '#core/mapping/record-time.ts';
import { createOrderEvidence, type DatedValue, type DateOrderEvidence } from '#core/mapping/time-evidence.ts';
import type { ImportWarning, Progress } from '#core/model.ts';
import type { OpenExport } from './read-export.ts';

export type DatedShape = { preset: Preset; variant: Variant };

type Asked = {
  /** What the person says of the order. */
  dates?: DateOrder | null;
  signal: AbortSignal;
  progress(progress: Progress): void;
};

// In JSON a slash may be written \/.
const localDate = /\d\\?[/.-]\d{1,2}\\?[/.-]\d{4}/;

/** Whether a text holds something like 03/04/2026. */
export const looksLikeLocalDate = (text: string): boolean => localDate.test(text);

/**
 * The preset and variant with which `file` is read: where the variant leaves the order of dates open, with the one the
 * file proves, else with the one the person says; and what the report says of it. `reopen` opens the file a second
 * time, which only files with such dates need. Throws AppError('usage') where the person says what cannot be.
 */
export async function settleDateOrder(
  file: OpenExport,
  { preset, variant }: DatedShape,
  reopen: () => Promise<OpenExport>,
  { dates: said = null, signal, progress }: Asked,
): Promise<DatedShape & { warnings: ImportWarning[] }> {
  const { time } = variant.fields;
  const specs: (FieldSpec | TimeSpec)[] = Array.isArray(time) ? time : [time];
  const stated = specs.flatMap((spec) => (isTimeSpec(spec) ? (spec.dates ?? []) : []));
  const other = stated.find((order) => said !== null && order !== said);
  if (other !== undefined) {
    throw new AppError(
      'usage',
      `The preset “${preset.id}” says that its dates have the ${first(other)} first, so --dates ${said} does not fit. Leave --dates out.`,
    );
  }
  const isOpen = stated.length < specs.length;
  if (!isOpen || (said === null && !file.hasLocalDates)) return { preset, variant, warnings: [] };

  const evidence = await readEvidence(reopen, variant, specs, said !== null, { signal, progress });
  const { rowKind, name } = file.info;
  const place = ({ value, row }: DatedValue) => `“${clip(value)}” in ${rowKind} ${row}`;
  const warnings: ImportWarning[] = [];
  const told = new Set<number | undefined>();
  const settled = specs.map((spec, at): FieldSpec | TimeSpec => {
    const found = evidence[at];
    if (!found || found.order === null) return spec;
    const [proof, opposite] = found.proofs;
    // A column read alone and with another is told of once.
    const row = (proof ?? found.open)?.row;
    const warn = (message: string) => {
      if (!told.has(row)) warnings.push({ code: 'date-order', message });
      told.add(row);
    };
    const withOrder = (dates: DateOrder, datesBy: string): TimeSpec => ({
      ...(isTimeSpec(spec) ? spec : { from: spec }),
      dates,
      datesBy,
    });
    if (found.order === 'contradictory' && proof && opposite) {
      if (said !== null) throw contradicted(said, place(said === 'day-first' ? opposite : proof));
      warn(
        `The dates of ${name} contradict each other: ${place(proof)} has the day first, ${place(opposite)} the month. Dates that can mean two days are rejected. Divide the file into parts with one order each, and import those.`,
      );
      return spec;
    }
    if (proof && (found.order === 'day-first' || found.order === 'month-first')) {
      if (said !== null && said !== found.order) throw contradicted(said, place(proof));
      if (found.open === null) return spec;
      warn(
        `The dates of ${name} have the ${first(found.order)} first: ${place(proof)} proves it. Dates like “${clip(found.open.value)}” were read that way.`,
      );
      return withOrder(found.order, place(proof));
    }
    if (found.open === null) return spec;
    if (said === null) {
      warn(
        `Nothing in ${name} proves which number of dates like ${place(found.open)} is the day, so records with them are rejected. Import it again with --dates day-first or --dates month-first, or answer the question on the mapping screen.`,
      );
      return spec;
    }
    warn(
      `Dates of ${name} like ${place(found.open)} were read with the ${first(said)} first because the person who imported it says so; no date in the file proves it.`,
    );
    return withOrder(said, 'the person who imported it');
  });
  const timed = (Array.isArray(time) ? settled : settled[0]) as Variant['fields']['time'];
  const own = { ...variant, fields: { ...variant.fields, time: timed } };
  const variants = preset.variants.map((one) => (one === variant ? own : one));
  return { preset: { ...preset, variants }, variant: own, warnings };
}

/** What the values of each time prove, over the whole file; where `mustRead` is not set, only if its beginning has such dates. */
async function readEvidence(
  reopen: () => Promise<OpenExport>,
  variant: Variant,
  specs: readonly (FieldSpec | TimeSpec)[],
  mustRead: boolean,
  { signal, progress }: Omit<Asked, 'dates'>,
): Promise<(DateOrderEvidence | null)[]> {
  const file = await reopen();
  try {
    const { compile } = createFieldCompiler(variant, file.info.format === 'csv' ? file.info.names : []);
    const columns = specs.map((spec) => {
      if (isTimeSpec(spec) && spec.dates !== undefined) return null;
      return { get: compile(isTimeSpec(spec) ? spec.from : spec), evidence: createOrderEvidence() };
    });
    let sawDate = mustRead;
    for await (const { records, bytesRead } of file.batches()) {
      if (signal.aborted)
        throw new AppError(
          'cancelled',
          `The import of ${file.info.name} was cancelled. Nothing of it was stored.`,
        );
      for (const record of records) {
        if ('fault' in record) continue;
        for (const column of columns) {
          const text = column && valueText(column.get(record.value));
          if (!column || text === null || !looksLikeLocalDate(text)) continue;
          sawDate = true;
          column.evidence.see(text, record.row);
        }
      }
      // The first piece of a file may end before its first record does.
      if (!sawDate && records.length > 0) break;
      const stage = `Looking at the dates of ${file.info.name}`;
      progress({ stage, done: bytesRead, total: file.info.bytes, unit: 'bytes' });
    }
    return columns.map((column) => column?.evidence.conclude() ?? null);
  } finally {
    await file.close();
  }
}

function contradicted(said: DateOrder, where: string): AppError {
  return new AppError(
    'usage',
    `--dates ${said} cannot be right: ${where} has the ${first(said === 'day-first' ? 'month-first' : 'day-first')} first. Leave --dates out.`,
  );
}

const first = (order: DateOrder): string => (order === 'day-first' ? 'day' : 'month');
const clip = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text);
