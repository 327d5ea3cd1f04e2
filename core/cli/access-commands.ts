// The commands that say who had access to what, and whether a snapshot of it agrees.

import { accessBook } from '#core/access/access-book.ts';
import { leaversBook, matrixBook, reconciledBook } from '#core/access/access-tables.ts';
import { readAccess } from '#core/access/answers.ts';
import { readLeavers } from '#core/access/leavers.ts';
import { testLeavers } from '#core/access/leavers-test.ts';
import { readMatrix } from '#core/access/matrix.ts';
import { readSnapshot, reconcile } from '#core/access/reconcile.ts';
import { describeFile } from '#core/engine/access-files.ts';
import { AppError } from '#core/errors.ts';
import { createNamesLookup, createPersonLookup } from '#core/query/persons.ts';
import type { AccessInterval, AccessScope } from '#core/review-model.ts';
import type { Store } from '#core/store/open.ts';
import {
  type Options,
  queryOptions,
  readOptions,
  refuseFiles,
  requiredOption,
  textOption,
  wantsJson,
} from './options.ts';
import { formatTable, printJson, write } from './output.ts';
import { saveIfAsked, saveOptions } from './save-option.ts';
import { readSettings, settingsOptions } from './settings-commands.ts';
import { type Context, withContext } from './with-context.ts';

/** `exhibit access`: the ledger as of a date, between two dates, or all of it. */
export async function runAccess(args: readonly string[], signal: AbortSignal): Promise<number> {
  const options = readOptions(args, {
    ...queryOptions,
    ...settingsOptions,
    at: { type: 'string' },
    ledger: { type: 'boolean' },
    leavers: { type: 'string' },
    matrix: { type: 'boolean' },
    ...saveOptions,
  });
  refuseFiles(options);
  const zone = textOption(options, 'zone') ?? 'UTC';
  const leavers = textOption(options, 'leavers');
  const asked = {
    scope: scopeOption(options),
    zone,
    filter: textOption(options, 'filter') ?? '',
    leavers: leavers === null ? new Map<string, number>() : readLeavers(leavers, zone),
  };
  return withContext(options, signal, async (context) => {
    const settings = readSettings(options, context);
    const request = { ...asked, ...settings, personOf: createPersonLookup(context.reader()) };
    if (options.values.matrix === true) {
      const { zone, filter, scope } = asked;
      const matrix = { zone, filter, scope, privileged: settings.privileged };
      const date = Object.values(scope).slice(1).join(' to ');
      if (await saveIfAsked(options, (store) => matrixBook(store, matrix, date), context)) return 0;
      await showMatrix(options, context, matrix);
      return 0;
    }
    const make = (store: Store) => accessBook(store, request, settings, { flag: null });
    if (await saveIfAsked(options, make, context)) return 0;
    const all = { first: 0, limit: Number.MAX_SAFE_INTEGER, flag: null };
    const { rows: intervals, people } = readAccess(context.reader(), request, all);
    const { kind, ...bounds } = request.scope;
    if (wantsJson(options))
      await printJson({ ...bounds, zone, intervals, ...(kind === 'between' ? { people } : {}), settings });
    else {
      const lines = intervals.map((one) => [
        one.subject,
        targetOf(one),
        one.right,
        one.from ?? `(before the log)`,
        one.to ?? '',
        one.grantedBy ?? one.startCertainty,
        one.change ?? '',
        one.flags.join(', '),
      ]);
      await write(
        formatTable([['subject', 'target', 'right', 'from', 'to', 'granted by', '', 'flags'], ...lines]),
      );
      for (const person of people)
        await write(`  ${person.subject}: ${person.kind}, ${person.gained} gained, ${person.lost} lost\n`);
    }
    return 0;
  });
}

/** People, targets and the rights of each pair that has any. */
async function showMatrix(
  options: Options,
  context: Context,
  request: Parameters<typeof readMatrix>[1],
): Promise<void> {
  const whole = { row: 0, rows: Number.MAX_SAFE_INTEGER, column: 0, columns: Number.MAX_SAFE_INTEGER };
  const { rights, rowNames, columnNames, shown, atTime } = readMatrix(context.reader(), request, whole);
  if (wantsJson(options)) {
    const cells = shown.map(({ row, column, rights: held }) => ({
      subject: rowNames[row],
      ...columnNames[column],
      rights: held.map((at) => rights[at]?.right),
    }));
    await printJson({ atTime, people: rowNames, targets: columnNames, cells });
    return;
  }
  const held = new Map(shown.map((cell) => [`${cell.row} ${cell.column}`, cell.rights]));
  const codes = (row: number, column: number) =>
    (held.get(`${row} ${column}`) ?? []).map((at) => rights[at]?.code).join('');
  await write(
    formatTable([
      ['', ...columnNames.map((target) => target.targetName ?? target.targetId ?? '')],
      ...rowNames.map((name, row) => [name, ...columnNames.map((_, column) => codes(row, column))]),
    ]),
  );
  await write(`${rights.map(({ code, right }) => `  ${code}: ${right}\n`).join('')}`);
}

function scopeOption(options: Options): AccessScope {
  const [at, from, to] = ['at', 'from', 'to'].map((name) => textOption(options, name));
  const isLedger = options.values.ledger === true;
  if (at && !from && !to && !isLedger) return { kind: 'at', at };
  if (from && to && !at && !isLedger) return { kind: 'between', from, to };
  if (isLedger && !at && !from && !to) return { kind: 'ledger' };
  throw new AppError('usage', 'Name one of --at D, --from D with --to D, or --ledger.');
}

/** `exhibit leavers`: exit code 1 when a right outlived its time or was given after its holder had left. */
export async function runLeavers(args: readonly string[], signal: AbortSignal): Promise<number> {
  const options = readOptions(args, {
    ...settingsOptions,
    ...saveOptions,
    at: { type: 'string' },
    zone: { type: 'string' },
  });
  const [file, ...more] = options.files;
  if (file === undefined || more.length > 0)
    throw new AppError('usage', 'Name one CSV file with the columns user and date.');
  const at = requiredOption(options, 'at', 'name the date to test them as of');
  const zone = textOption(options, 'zone') ?? 'UTC';
  const leavers = readLeavers(file, zone);
  return withContext(options, signal, async (context) => {
    const { slaDays } = readSettings(options, context);
    const all = { first: 0, limit: Number.MAX_SAFE_INTEGER };
    const namesOf = createNamesLookup(context.reader());
    const request = { leavers, at, zone, slaDays, namesOf };
    const test = testLeavers(context.reader(), request, null, all);
    const make = (store: Store) => leaversBook(store, request, null, describeFile(file));
    if (await saveIfAsked(options, make, context)) {
      // The file was written; the exit code still says whether the test passed.
    } else if (wantsJson(options)) await printJson({ at, zone, slaDays, ...test });
    else {
      await write(
        formatTable(test.rows.map((row) => [row.subject, targetOf(row), row.right, row.state, row.reason])),
      );
      if (test.unknown.length > 0)
        await write(`  the imported logs give no right to: ${test.unknown.join(', ')}\n`);
    }
    const { counts } = test;
    return counts['given-after'] + counts.held + counts.late === 0 ? 0 : 1;
  });
}

/** `exhibit reconcile`: exit code 1 when something does not match. */
export async function runReconcile(args: readonly string[], signal: AbortSignal): Promise<number> {
  const options = readOptions(args, { ...saveOptions, at: { type: 'string' }, zone: { type: 'string' } });
  const [file, ...more] = options.files;
  if (file === undefined || more.length > 0)
    throw new AppError('usage', 'Name one CSV file with the columns user, target and rights.');
  const asked = {
    at: requiredOption(options, 'at', 'name the date of the snapshot'),
    zone: textOption(options, 'zone') ?? 'UTC',
  };
  const snapshot = readSnapshot(file);
  return withContext(options, signal, async (context) => {
    const personOf = createPersonLookup(context.reader());
    const request = { ...asked, personOf };
    const result = reconcile(context.reader(), snapshot, request);
    const { matched, inSnapshotOnly, inLogOnly, blindSpots } = result;
    const make = (store: Store) => reconciledBook(store, snapshot, request, describeFile(file));
    if (await saveIfAsked(options, make, context)) {
      // The file was written; the exit code still says whether all of it matched.
    } else if (wantsJson(options)) await printJson(result);
    else {
      await write(
        `${matched.length} rights match, ${inSnapshotOnly.length} are in the snapshot without a grant in the log, ${inLogOnly.length} are in the log but not in the snapshot\n`,
      );
      for (const one of inSnapshotOnly)
        await write(`  snapshot only: ${one.subject}, ${one.target}, ${one.right} (line ${one.line})\n`);
      for (const one of inLogOnly)
        await write(
          `  log only: ${one.subject}, ${targetOf(one)}, ${one.right}, since ${one.from ?? 'before the log'}\n`,
        );
      for (const { source, blindSpots: spots } of blindSpots)
        for (const spot of spots) await write(`  ${source} does not log: ${spot}\n`);
    }
    return inSnapshotOnly.length + inLogOnly.length === 0 ? 0 : 1;
  });
}

function targetOf(row: Pick<AccessInterval, 'targetType' | 'targetId' | 'targetName'>): string {
  return `${row.targetType ?? ''} ${row.targetName ?? row.targetId ?? ''}`.trim();
}
