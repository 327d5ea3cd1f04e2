// Runs a command over the workspace that its options name.

import { resolve } from 'node:path';
import { createContext } from '#core/context.ts';
import { nodeFetch } from '#core/sync/client.ts';
import { type Options, workspaceOption } from './options.ts';
import { createProgressLine } from './output.ts';
import { commandSecrets } from './secrets.ts';

/** Runs with the arguments after its name; resolves to the exit code. */
export type Command = (args: readonly string[], signal: AbortSignal) => Promise<number>;

export type Context = ReturnType<typeof createContext>;

/** Runs with a context over the workspace that the options name, and closes it. */
export async function withContext(
  options: Options,
  signal: AbortSignal,
  run: (context: Context) => Promise<number>,
): Promise<number> {
  const line = createProgressLine();
  const context = createContext({
    workspace: resolve(workspaceOption(options)),
    grants: new Map(),
    signal,
    progress: line.show,
    creates: false,
    isAlone: true,
    secrets: commandSecrets(options),
    fetch: nodeFetch,
  });
  try {
    return await run(context);
  } finally {
    line.clear();
    context.close();
  }
}
