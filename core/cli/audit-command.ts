// `exhibit audit`: a pack for who has no workspace. What it says of itself, whether that is so, its tables, and what was
// asked about it.

import { resolve } from 'node:path';
import { type AuditPack, packTitle } from '#core/audit-model.ts';
import { readPackAtHand, readRequestList } from '#core/engine/request-lists.ts';
import { AppError } from '#core/errors.ts';
import { readPackRows } from '#core/evidence/pack-rows.ts';
import { readPack, withPack } from '#core/evidence/read-pack.ts';
import { verifyPack } from '#core/evidence/verify-pack.ts';
import { groupFingerprint } from '#core/integrity/note.ts';
import type { VerifyReport } from '#core/model.ts';
import type { RequestList } from '#core/request-model.ts';
import { knownKey } from './key-commands.ts';
import { numberOption, readOptions, textOption, wantsJson } from './options.ts';
import { createProgressLine, formatTable, printJson, write } from './output.ts';
import { describeRequests } from './request-command.ts';

/** `audit PACK`, with --table one of its tables, with --requests the request list beside it. */
export async function runAudit(args: readonly string[], signal: AbortSignal): Promise<number> {
  const options = readOptions(args, {
    requests: { type: 'string' },
    pubkey: { type: 'string' },
    table: { type: 'string' },
    first: { type: 'string' },
    limit: { type: 'string' },
  });
  const [path, ...more] = options.files;
  if (path === undefined || more.length > 0)
    throw new AppError('usage', 'Name one pack: its folder or its ZIP file.');
  const json = wantsJson(options);
  const table = textOption(options, 'table');
  if (table !== null) {
    const place = {
      first: (numberOption(options, 'first', 1, 1e9) ?? 1) - 1,
      limit: numberOption(options, 'limit', 1, 100_000) ?? 50,
    };
    return printTable(resolve(path), table, place, json);
  }
  const pack = await readPack(resolve(path));
  const line = createProgressLine();
  const verification = await verifyPack(resolve(path), {
    signal,
    progress: line.show,
    known: knownKey(options),
  });
  line.clear();
  const file = textOption(options, 'requests');
  const requests = file === null ? null : readRequestList(resolve(file), await readPackAtHand(resolve(path)));
  if (json) await printJson({ pack, verification, requests });
  else await write(describe(pack, verification, requests));
  return verification.ok ? 0 : 1;
}

async function printTable(
  path: string,
  wanted: string,
  place: { first: number; limit: number },
  json: boolean,
): Promise<number> {
  const { tables } = await readPack(path);
  const table = tables.find(({ id, file }) => id === wanted || file === wanted);
  if (!table)
    throw new AppError(
      'usage',
      `The pack has no table ${wanted}. It has ${tables.map(({ id }) => id).join(', ')}.`,
    );
  const { columns, rows, total } = await withPack(path, (files) =>
    readPackRows(files, { ...place, file: table.file, listed: table.rows, longest: json ? 1e9 : 60 }),
  );
  if (json) await printJson({ table: table.id, title: table.title, columns, rows, total });
  else
    await write(
      formatTable([
        ['row', ...columns],
        ...rows.map(({ index, cells }) => [index + 1, ...cells.map(oneLine)]),
        [`${total} rows`],
      ]),
    );
  return 0;
}

/** Nothing that a pack holds steers a terminal. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]/gu, '␣');

function describe(pack: AuditPack, { checks, failures, ok }: VerifyReport, list: RequestList | null): string {
  const count = (status: string) => checks.filter((check) => check.status === status).length;
  const held = pack.controls.filter(({ rows, isChosen }) => rows > 0 && isChosen);
  const none = pack.controls.filter(({ rows, isChosen }) => rows === 0 && isChosen);
  const parts = [
    formatTable(
      [
        ['Pack', pack.packId],
        ['About', packTitle(pack)],
        ['Period', `${pack.period.fromUtc} to ${pack.period.toUtc} (${pack.period.zone})`],
        ['Filter', pack.filter],
        ['Made', `${pack.made}, ${pack.software}${pack.preparedBy === '' ? '' : `, by ${pack.preparedBy}`}`],
        [
          'Sources',
          pack.sources
            .map(({ name, imports }) => `${name} (${imports} ${imports === 1 ? 'file' : 'files'})`)
            .join(', '),
        ],
        ['Log', `${pack.log.size} leaves, root ${pack.log.root ?? 'none'}`],
        ['Key', pack.key ? groupFingerprint(pack.key.fingerprint) : 'not signed'],
        [
          'Signed off',
          pack.signOffs.map(({ role, name }) => `${role} ${name}`).join(', ') || 'by nobody in this pack',
        ],
        [
          'Verified',
          `${ok ? 'no check failed' : 'FAILED'}: ${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`,
        ],
      ].map((row) => row.map(oneLine)),
    ),
    ...failures.map(({ check, where, detail }) => `  ${oneLine(`${check}: ${where}: ${detail}`)}\n`),
    '\nTables (--table ID shows one)\n',
    formatTable(
      pack.tables.map(({ id, title, rows }) => [oneLine(id), oneLine(title), rows ?? 'not listed']),
    ),
    '\nControls with events\n',
    formatTable(
      held.map(({ id, label, rows, tables }) => [
        ...[id, label].map(oneLine),
        rows,
        tables.map((table) => oneLine(table.id)).join(', '),
      ]),
    ),
    none.length === 0
      ? ''
      : `No event observed in the imported logs for ${none.map(({ id }) => oneLine(id)).join(', ')}\n`,
    list === null ? '' : `\n${describeRequests(list)}`,
  ];
  return parts.join('');
}
