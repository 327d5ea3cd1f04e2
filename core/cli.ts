// The command line as a program. What it runs is in cli/run.ts, which the packaged application starts, too.

import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// Node takes the types out of each file and compiles it: half of what a short command takes. What that comes to is kept
// with the project's other packages and nowhere that another user could write.
const cache = join(import.meta.dirname, '../node_modules/.cache/exhibit');
enableCompileCache(cache);
// Threads look here.
process.env.NODE_COMPILE_CACHE ??= cache;
const { runCommandLine } = await import('./cli/run.ts');

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // The reader of a pipe may leave early, as `head` does.
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});
// npm runs scripts in the project's folder; the person's paths are relative to where they stand.
const { npm_lifecycle_event: script, INIT_CWD: standing } = process.env;
if (script === 'exhibit' && standing) process.chdir(standing);
process.exitCode = await runCommandLine(process.argv.slice(2));
