// The command line as a program. What it runs is in cli/run.ts, which the packaged application starts, too.

import { runCommandLine } from './cli/run.ts';

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // The reader of a pipe may leave early, as `head` does.
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});
// npm runs scripts in the project's folder; the person's paths are relative to where they stand.
const { npm_lifecycle_event: script, INIT_CWD: standing } = process.env;
if (script === 'exhibit' && standing) process.chdir(standing);
process.exitCode = await runCommandLine(process.argv.slice(2));
