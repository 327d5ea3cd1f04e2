// `exhibit exceptions`: the register of exceptions.

import { proposeExceptions } from '#core/engine/pack-handlers.ts';
import { AppError } from '#core/errors.ts';
import { frameworks } from '#core/model.ts';
import {
  type ExceptionWords,
  exceptionName,
  exceptionStatuses,
  mostRowsNamed,
  type RegisteredException,
  severities,
} from '#core/register-model.ts';
import { personOfMachine } from '#core/store/activity.ts';
import { listExceptions, listExceptionVersions, saveException } from '#core/store/exceptions.ts';
import { closing } from '#core/store/open.ts';
import {
  choiceOption,
  numberOption,
  type Options,
  readOptions,
  requiredOption,
  textOption,
  wantsJson,
} from './options.ts';
import { formatTable, printJson, write } from './output.ts';
import { readReview } from './settings-commands.ts';
import { withContext } from './with-context.ts';

const text = { type: 'string' } as const;
const words = {
  finding: text,
  control: text,
  rows: text,
  severity: text,
  cause: text,
  compensating: text,
  owner: text,
  due: text,
  status: text,
  response: text,
  person: text,
} as const;

/** `exceptions`, `exceptions propose`, `exceptions new`, `exceptions change N`, `exceptions history N`. */
export async function runExceptions(args: readonly string[], signal: AbortSignal): Promise<number> {
  const options = readOptions(args, {
    ...words,
    framework: text,
    from: text,
    to: text,
    zone: text,
    leavers: text,
    'sla-days': text,
    add: { type: 'boolean' },
  });
  const [action = 'list', number, ...more] = options.files;
  const isOfOne = action === 'change' || action === 'history';
  if (more.length > 0 || (number !== undefined) !== isOfOne)
    throw new AppError('usage', 'Name one of: exceptions, propose, new, change N, history N.');
  const id = isOfOne ? idOf(number as string) : null;
  return withContext(options, signal, async (context) => {
    const show = (list: readonly RegisteredException[]) => print(list, options);
    const save = (version: ExceptionWords) =>
      closing(context.review(), (review) => {
        saveException(review, { ...version, id, person: textOption(options, 'person') ?? personOfMachine() });
        return listExceptions(review);
      });
    switch (action) {
      case 'list':
        return show(readReview(context, listExceptions));
      case 'history':
        return show(readReview(context, (review) => listExceptionVersions(review, id as number)));
      case 'new':
        return show(
          save(
            withOptions(options, {
              ...blank,
              finding: requiredOption(options, 'finding', 'say what was found'),
            }),
          ),
        );
      case 'change': {
        const now = readReview(context, listExceptions).find((one) => one.id === id);
        if (!now) throw new AppError('not-found', `There is no exception ${exceptionName(id as number)}.`);
        const { id: _id, person: _person, account: _account, at: _at, versions: _versions, ...kept } = now;
        return show(save(withOptions(options, kept)));
      }
      case 'propose': {
        const framework = choiceOption(options, 'framework', frameworks) ?? 'iso27001';
        const leavers = textOption(options, 'leavers');
        readReview(context, () => undefined);
        const drafts = proposeExceptions(
          {
            framework,
            from: requiredOption(options, 'from', 'name the first day of the period'),
            to: requiredOption(options, 'to', 'name the last day of the period'),
            zone: textOption(options, 'zone') ?? 'UTC',
          },
          context,
          {
            leavers:
              leavers === null
                ? null
                : { path: leavers, slaDays: numberOption(options, 'sla-days', 0, 10_000) },
          },
        );
        if (options.values.add === true) {
          let list: RegisteredException[] = [];
          for (const { kind: _kind, ...draft } of drafts) list = save(draft);
          return show(list);
        }
        if (wantsJson(options)) await printJson(drafts);
        else await write(formatTable(drafts.map((one) => [one.severity, one.control, one.finding])));
        return 0;
      }
      default:
        throw new AppError('usage', `exceptions takes propose, new, change N or history N, not “${action}”.`);
    }
  });
}

const blank: ExceptionWords = {
  finding: '',
  control: '',
  rows: [],
  rowCount: 0,
  severity: 'medium',
  rootCause: '',
  compensating: '',
  owner: '',
  due: null,
  status: 'open',
  response: '',
};

function withOptions(options: Options, now: ExceptionWords): ExceptionWords {
  const rows = textOption(options, 'rows')
    ?.split(/[\s,]+/)
    .filter((uid) => uid !== '');
  const due = textOption(options, 'due');
  if (due !== null && due !== '' && !/^\d{4}-\d{2}-\d{2}$/.test(due))
    throw new AppError('usage', `--due takes a date such as 2026-06-30, not “${due}”.`);
  return {
    finding: textOption(options, 'finding') ?? now.finding,
    control: textOption(options, 'control') ?? now.control,
    rows: rows?.slice(0, mostRowsNamed) ?? now.rows,
    rowCount: rows?.length ?? now.rowCount,
    severity: choiceOption(options, 'severity', severities) ?? now.severity,
    rootCause: textOption(options, 'cause') ?? now.rootCause,
    compensating: textOption(options, 'compensating') ?? now.compensating,
    owner: textOption(options, 'owner') ?? now.owner,
    due: due === null ? now.due : due || null,
    status: choiceOption(options, 'status', exceptionStatuses) ?? now.status,
    response: textOption(options, 'response') ?? now.response,
  };
}

/** `7`, `E-007`. */
function idOf(text: string): number {
  const match = /^(?:E-)?0*([1-9]\d{0,6})$/i.exec(text);
  if (!match)
    throw new AppError('usage', `Exceptions are numbered like E-001; “${text}” is no number of one.`);
  return Number(match[1]);
}

async function print(list: readonly RegisteredException[], options: Options): Promise<number> {
  if (wantsJson(options)) await printJson(list);
  else
    await write(
      formatTable(
        list.map((one) => [
          exceptionName(one.id),
          one.status,
          one.severity,
          one.control,
          one.owner,
          one.finding,
        ]),
      ),
    );
  return 0;
}
