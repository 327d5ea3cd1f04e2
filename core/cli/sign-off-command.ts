// `exhibit sign-off`: puts a name under a pack, or shows whose names are there.

import { resolve } from 'node:path';
import { signOffPack } from '#core/engine/sign-off-handlers.ts';
import { AppError } from '#core/errors.ts';
import { type SignOff, signRoles, usualStatement } from '#core/signoff-model.ts';
import { requireKey } from './key-commands.ts';
import { choiceOption, readOptions, requiredOption, textOption, wantsJson } from './options.ts';
import { formatTable, printJson, write } from './output.ts';
import { withContext } from './with-context.ts';

/** With --role it signs off, without it lists. */
export async function runSignOff(args: readonly string[], signal: AbortSignal): Promise<number> {
  const options = readOptions(args, {
    role: { type: 'string' },
    name: { type: 'string' },
    title: { type: 'string' },
    statement: { type: 'string' },
    override: { type: 'string' },
    key: { type: 'string' },
  });
  const [pack, ...more] = options.files;
  if (pack === undefined || more.length > 0)
    throw new AppError('usage', 'Name one pack: its folder, or its ZIP file to see who signed.');
  const role = choiceOption(options, 'role', signRoles);
  const print = async (signOffs: SignOff[]) => {
    if (wantsJson(options)) await printJson({ signOffs });
    else if (signOffs.length === 0) await write('Nobody has signed off in this pack.\n');
    else
      await write(
        formatTable(
          signOffs.map((one) => [one.at, one.role, one.name, one.title, one.method, one.statement]),
        ),
      );
    return 0;
  };
  const { listSignOffs } = await import('#core/evidence/sign-off.ts');
  if (role === null) return print(await listSignOffs(resolve(pack)));
  const wanted = {
    role,
    name: requiredOption(options, 'name', 'name who signs').trim(),
    title: textOption(options, 'title')?.trim() ?? '',
    statement: textOption(options, 'statement')?.trim() || usualStatement,
    override: textOption(options, 'override')?.trim() || null,
  };
  return withContext(options, signal, async (context) => {
    await requireKey(options, context);
    await signOffPack(resolve(pack), wanted, context);
    return print(await listSignOffs(resolve(pack)));
  });
}
