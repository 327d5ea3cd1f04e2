// `exhibit request`: what an auditor asks about a pack, and what the officer answers, in one signed file.

import { resolve } from 'node:path';
import {
  addToRequests,
  makeRequestKey,
  readPackAtHand,
  readRequestList,
  requestSecret,
  requestSigner,
} from '#core/engine/request-lists.ts';
import { AppError } from '#core/errors.ts';
import { groupFingerprint } from '#core/integrity/note.ts';
import { said as saidShape } from '#core/request-inputs.ts';
import {
  aboutWords,
  type Party,
  parties,
  type RequestList,
  requestName,
  type Said,
  tickResults,
  verdicts,
} from '#core/request-model.ts';
import { personOfMachine } from '#core/store/activity.ts';
import { writeSecretFile } from './key-commands.ts';
import { choiceOption, type Options, readOptions, requiredOption, textOption, wantsJson } from './options.ts';
import { printJson, write } from './output.ts';
import { commandSecrets } from './secrets.ts';

const text = { type: 'string' } as const;

/** `request list|new PACK`, `request answer|comment|status N PACK`, `request tick UID PACK`, `request key`. */
export async function runRequest(args: readonly string[]): Promise<number> {
  const options = readOptions(args, {
    ...{ requests: text, earlier: text, question: text, control: text, file: text, row: text, due: text },
    ...{ text, status: text, results: text, sample: text, as: text, person: text, key: text, out: text },
  });
  const [action = '', ...operands] = options.files;
  if (action === 'key') return makeKeyFile(operands, options);
  const isOfOne = ['answer', 'comment', 'status', 'tick'].includes(action);
  if (!isOfOne && action !== 'new' && action !== 'list')
    throw new AppError(
      'usage',
      'Name one of: request list, new, answer N, comment N, status N, tick UID, key.',
    );
  const [one = '', path] = isOfOne ? operands : ['', ...operands];
  if (path === undefined || operands.length !== (isOfOne ? 2 : 1))
    throw new AppError(
      'usage',
      `Write “exhibit request ${action} ${isOfOne ? `${action === 'tick' ? 'UID' : 'N'} ` : ''}PACK --requests FILE”.`,
    );
  const file = resolve(requiredOption(options, 'requests', 'name the file of the request list'));
  const pack = await readPackAtHand(resolve(path));
  if (action === 'list') {
    const earlier = textOption(options, 'earlier');
    return print(readRequestList(file, pack, earlier && resolve(earlier)), options);
  }
  const { party, said } = readSaid(action, one, options);
  const secret = await commandSecrets(options).get(requestSecret);
  if (secret === null)
    throw new AppError(
      'usage',
      'Name the key that signs with --key FILE; “exhibit request key --out FILE” makes one.',
    );
  const person = textOption(options, 'person')?.trim() || personOfMachine();
  return print(addToRequests(file, pack, { party, person, said }, requestSigner(secret, pack.key)), options);
}

function readSaid(action: string, one: string, options: Options): { party: Party; said: Said } {
  const given = (name: string) => textOption(options, name)?.trim() || null;
  const words = (name: string, hint: string) => requiredOption(options, name, hint).trim();
  const as = choiceOption(options, 'as', parties);
  const isOfRequest = action !== 'new' && action !== 'tick';
  const request = isOfRequest ? numberOf(one) : 0;
  const wanted = ((): Said => {
    switch (action) {
      case 'new':
        return {
          kind: 'request',
          question: words('question', 'say what is asked'),
          control: given('control'),
          file: given('file'),
          row: given('row'),
          due: given('due'),
        };
      case 'answer':
        return { kind: 'answer', request, text: words('text', 'say what is answered') };
      case 'comment':
        return { kind: 'comment', request, text: words('text', 'say what is remarked') };
      case 'status': {
        const status = choiceOption(options, 'status', verdicts);
        if (status === null)
          throw new AppError('usage', `--status is missing: name one of ${verdicts.join(', ')}.`);
        return { kind: 'status', request, status, text: given('text') ?? '' };
      }
      default:
        return {
          kind: 'tick',
          sample: given('sample') ?? 'S-01',
          row: one,
          results: readResults(options),
          text: given('text') ?? '',
        };
    }
  })();
  const parsed = saidShape.safeParse(wanted);
  if (parsed.success)
    return { party: action === 'answer' ? 'officer' : (as ?? 'auditor'), said: parsed.data };
  const [issue] = parsed.error.issues;
  throw new AppError(
    'usage',
    issue?.path.includes('due')
      ? `--due takes a date such as 2026-06-30, not “${given('due')}”.`
      : `--${issue?.path.join('.')} cannot be that: ${issue?.message}.`,
  );
}

/** `A=pass,B=fail`. */
function readResults(options: Options): Record<string, (typeof tickResults)[number]> {
  const list = requiredOption(options, 'results', 'name the attributes, such as A=pass,B=fail');
  return Object.fromEntries(
    list.split(',').map((part) => {
      const [letter = '', result] = part.split('=').map((word) => word.trim());
      const found = tickResults.find((known) => known === result);
      if (!/^[A-Z]{1,2}$/.test(letter) || !found)
        throw new AppError(
          'usage',
          `--results takes ${tickResults.join(', ')} for letters, such as A=pass, not “${part}”.`,
        );
      return [letter, found];
    }),
  );
}

/** `3`, `Q-03`. */
function numberOf(text: string): number {
  const match = /^(?:Q-)?0*([1-9]\d{0,4})$/i.exec(text);
  if (!match) throw new AppError('usage', `Requests are numbered like Q-01; “${text}” is no number of one.`);
  return Number(match[1]);
}

async function makeKeyFile(operands: readonly string[], options: Options): Promise<number> {
  if (operands.length > 0) throw new AppError('usage', 'Write “exhibit request key --out FILE”.');
  const file = resolve(requiredOption(options, 'out', 'name the file that receives the private key'));
  const { pem, key, fingerprint } = makeRequestKey();
  writeSecretFile(file, pem);
  if (wantsJson(options)) await printJson({ key, fingerprint, file });
  else
    await write(
      `${key}\nFingerprint ${groupFingerprint(fingerprint)}\nThe private key is in ${file}. Keep it where others cannot read it: Exhibit has no copy.\n`,
    );
  return 0;
}

async function print(list: RequestList, options: Options): Promise<number> {
  if (wantsJson(options)) await printJson(list);
  else await write(describeRequests(list));
  return 0;
}

/** A request list for a terminal. */
export function describeRequests({ pack, requests, ticks, notes }: RequestList): string {
  const lines = requests.flatMap((one) => [
    `${requestName(one.number)}  ${one.status}  ${aboutWords(one)}${one.due === null ? '' : `  due ${one.due}`}`,
    ...indent(`${one.person}: ${one.question}`),
    ...one.remarks.flatMap(({ at, party, person, kind, status, text: words }) =>
      indent(
        `${at.slice(0, 16).replace('T', ' ')} UTC, ${party} ${person}${kind === 'status' ? ` (${status})` : kind === 'answer' ? ' answers' : ''}${words === '' ? '' : `: ${words}`}`,
      ),
    ),
  ]);
  return [
    `Requests about ${pack.id}: ${requests.length}${ticks.length > 0 ? `; rows ticked: ${ticks.length}` : ''}`,
    ...notes.map((note) => `  ! ${note}`),
    ...lines,
    '',
  ]
    .map((line) => line.replace(/[\p{Cc}\u2028\u2029]/gu, '␣'))
    .join('\n');
}

const indent = (words: string): string[] => words.split(/\r?\n/).map((line) => `      ${line}`);
