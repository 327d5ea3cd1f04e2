// The command that merges the names of one person, takes them apart, and lists both persons and names that look alike.

import { handlers } from '#core/engine.ts';
import { AppError } from '#core/errors.ts';
import { personOfMachine } from '#core/store/activity.ts';
import { readOptions, textOption, wantsJson } from './options.ts';
import { formatTable, printJson, write } from './output.ts';
import { withContext } from './with-context.ts';

/** `exhibit identities`, `exhibit identities merge NAME --members A,B`, `exhibit identities split NAME`. */
export async function runIdentities(args: readonly string[], signal: AbortSignal): Promise<number> {
  const options = readOptions(args, { members: { type: 'string' }, person: { type: 'string' } });
  const [what, name, ...more] = options.files;
  const members = (textOption(options, 'members') ?? '').split(',').flatMap((one) => one.trim() || []);
  const isMerge = what === 'merge' && members.length > 0;
  const isSplit = what === 'split' && members.length === 0;
  const isChange = what !== undefined;
  if (more.length > 0 || (isChange && (name === undefined || (!isMerge && !isSplit))))
    throw new AppError(
      'usage',
      'Write exhibit identities, exhibit identities merge NAME --members A,B or exhibit identities split NAME.',
    );
  const person = textOption(options, 'person')?.trim() || personOfMachine();
  return withContext(options, signal, async (context) => {
    if (isSplit) {
      const { identities } = await handlers['identities.list']({}, context);
      if (!identities.some((one) => one.name === name))
        throw new AppError('not-found', `There is no person “${name}” whose names are merged.`);
    }
    const answer = isChange
      ? await handlers['identities.save']({ name: name as string, members, person }, context)
      : await handlers['identities.list']({}, context);
    if (wantsJson(options)) await printJson(answer);
    else {
      const { identities, proposals } = answer;
      await write(
        formatTable(identities.map((one) => [one.name, one.members.join(', '), one.person, one.at])),
      );
      for (const { members: alike } of proposals) await write(`  may be one person: ${alike.join(', ')}\n`);
    }
    return 0;
  });
}
