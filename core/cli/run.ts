// Runs one command of the command line: the same engine without a window. One JSON document on stdout with --json and nothing else
// there; progress and words for people go to stderr. Exit 0 done, 1 it found a failure, 2 wrong usage, 3 input or
// environment.

import { AppError, type ErrorCode, toErrorShape } from '#core/errors.ts';
import { commands } from './commands.ts';
import { printUsage, printUsageOf } from './usage.ts';

const exitCodes: Record<ErrorCode, number> = {
  usage: 2,
  input: 3,
  environment: 3,
  newer: 3,
  cancelled: 3,
  'not-found': 3,
  internal: 3,
};

/** Runs one command line (without node and script) and returns its exit code. */
export async function runCommandLine(args: readonly string[]): Promise<number> {
  const [name = 'help', ...rest] = args;
  const isHelp = ['help', '--help', '-h'].includes(name);
  if (isHelp || rest.includes('--help') || rest.includes('-h')) {
    const about = isHelp ? rest[0] : name;
    process.stdout.write(about !== undefined && commands.has(about) ? printUsageOf(about) : printUsage());
    return 0;
  }
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  process.once('SIGINT', interrupt);
  try {
    const load = commands.get(name);
    if (!load) throw new AppError('usage', `There is no command “${name}”.\n\n${printUsage()}`);
    const command = await load();
    return await command(rest, stop.signal);
  } catch (error) {
    const { code, message, place } = toErrorShape(error);
    process.stderr.write(`exhibit: ${message}\n`);
    const filter = filterIn(rest);
    if (place && filter !== undefined) {
      process.stderr.write(`  ${filter}\n  ${' '.repeat(place.at)}${'^'.repeat(place.length)}\n`);
    }
    if (code === 'internal' && error instanceof Error) process.stderr.write(`${error.stack}\n`);
    return exitCodes[code];
  } finally {
    process.off('SIGINT', interrupt);
  }
}

/** The filter as it was typed, to mark in it what was not understood. */
function filterIn(args: readonly string[]): string | undefined {
  const at = args.findIndex((one) => one === '--filter' || one.startsWith('--filter='));
  if (at === -1) return undefined;
  return args[at]?.startsWith('--filter=') ? args[at].slice('--filter='.length) : args[at + 1];
}
