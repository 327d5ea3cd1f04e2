// The command that says who was logged in or connected from when until when, and who failed to.

import { readFailures, readSessions } from '#core/sessions/answers.ts';
import { sessionsBook } from '#core/sessions/sessions-book.ts';
import { queryOption, queryOptions, readOptions, refuseFiles, wantsJson } from './options.ts';
import { formatTable, printJson, write } from './output.ts';
import { saveIfAsked, saveOptions } from './save-option.ts';
import { withContext } from './with-context.ts';

/** `exhibit sessions`: logins, remote access, and failures by actor and address. */
export async function runSessions(args: readonly string[], signal: AbortSignal): Promise<number> {
  const options = readOptions(args, { ...queryOptions, ...saveOptions });
  refuseFiles(options);
  const query = queryOption(options);
  return withContext(options, signal, async (context) => {
    if (await saveIfAsked(options, (store) => sessionsBook(store, query), context)) return 0;
    const all = { first: 0, limit: Number.MAX_SAFE_INTEGER };
    const { rows: sessions } = readSessions(context.reader(), query, { ...all, kind: null, state: null });
    const { rows: failures } = readFailures(context.reader(), query, { ...all, by: null });
    if (wantsJson(options)) await printJson({ sessions, failures });
    else {
      const duration = (ms: number | null) => (ms === null ? '' : `${Math.round(ms / 60_000)} min`);
      const ends = {
        closed: '',
        'no-end': '(no end logged)',
        'no-start': '',
        started: '(ends are not logged)',
      };
      const lines = sessions.map((one) => [
        one.actor ?? '',
        one.kind,
        one.targetName ?? one.targetId ?? '',
        [one.port, one.app].filter((part) => part !== null).join(' '),
        one.start ?? '(no start logged)',
        one.end ?? ends[one.state],
        duration(one.durationMs),
      ]);
      await write(formatTable([['who', 'kind', 'device', 'port, app', 'from', 'to', ''], ...lines]));
      for (const one of failures)
        await write(
          `  ${one.count} failed, by ${one.by} ${one.key ?? '(none)'}: ${one.actions.map((each) => each.action).join(', ')}, ${one.first} to ${one.last}\n`,
        );
    }
    return 0;
  });
}
