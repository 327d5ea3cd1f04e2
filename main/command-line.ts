// The packaged application as a command line: whoever installs Exhibit needs no Node for `exhibit import …`. The
// starter in assets/linux/exhibit puts the mark before a person's words and keeps Chromium from looking for a display.

import type { App } from 'electron';

const mark = '--command-line';

/** The words of the command that is asked for; undefined where the window is. `argv` is the process's. */
export function askedCommand(argv: readonly string[]): string[] | undefined {
  const at = argv.indexOf(mark);
  return at === -1 ? undefined : argv.slice(argv[at + 1] === '--' ? at + 2 : at + 1);
}

/** Runs a command without opening anything and ends the application with its exit code. */
export async function runAskedCommand(app: App, command: readonly string[]): Promise<void> {
  app.disableHardwareAcceleration();
  // Node keeps quiet about what packages still use, but cannot tell the bundled ones from our own code.
  process.noDeprecation = true;
  const { runCommandLine } = await import('#core/cli/run.ts');
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // The reader of a pipe may leave early, as `head` does.
    if (error.code === 'EPIPE') app.exit(0);
    else throw error;
  });
  app.exit(await runCommandLine(command));
}
