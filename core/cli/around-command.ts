// The command that says what happened around an event.

import { handlers } from '#core/engine.ts';
import { AppError } from '#core/errors.ts';
import { type NeighbourKey, neighbourKeys } from '#core/event-model.ts';
import { numberOption, readOptions, textOption, wantsJson } from './options.ts';
import { formatTable, printJson, write } from './output.ts';
import { withContext } from './with-context.ts';

/** `exhibit around`: everything on the same target, by the same actor and from the same address. */
export async function runAround(args: readonly string[], signal: AbortSignal): Promise<number> {
  const options = readOptions(args, {
    minutes: { type: 'string' },
    same: { type: 'string' },
    limit: { type: 'string' },
  });
  const [uid, ...more] = options.files;
  if (uid === undefined || more.length > 0)
    throw new AppError('usage', 'Name one event by its uid; “exhibit events” lists them.');
  const asked = {
    uid,
    same: sameOption(textOption(options, 'same')),
    minutes: numberOption(options, 'minutes', 1, 10_080) ?? 60,
    limit: numberOption(options, 'limit', 1, 200) ?? 100,
  };
  return withContext(options, signal, async (context) => {
    const around = await handlers['events.around'](asked, context);
    if (wantsJson(options)) {
      await printJson(around);
      return 0;
    }
    if (around.earlier > 0) await write(`  ${around.earlier} more before\n`);
    const lines = around.rows.map((row) => [
      row.uid === uid ? '>' : '',
      row.time,
      row.actor ?? '',
      row.action,
      `${row.targetType ?? ''} ${row.targetName ?? row.targetId ?? ''}`.trim(),
      row.ip ?? '',
      row.uid === uid ? 'this event' : `same ${row.same.join(', ')}`,
    ]);
    await write(formatTable(lines));
    if (around.later > 0) await write(`  ${around.later} more after\n`);
    return 0;
  });
}

function sameOption(text: string | null): NeighbourKey[] {
  if (text === null) return [...neighbourKeys];
  return text.split(',').map((word) => {
    const key = neighbourKeys.find((one) => one === word.trim());
    if (key) return key;
    throw new AppError('usage', `--same takes ${neighbourKeys.join(', ')}, not “${word}”.`);
  });
}
