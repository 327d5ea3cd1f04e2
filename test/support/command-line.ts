// The command line as a person runs it: a process of its own, with its exit code and what it prints.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

const cli = join(import.meta.dirname, '..', '..', 'core', 'cli.ts');

export type Run = { exit: number | null; signal: NodeJS.Signals | null; out: string; err: string };

/** Runs one command to its end. `under` is a program with its arguments that starts it, such as `fiu-run`. */
export function exhibit(args: readonly string[], under: readonly string[] = []): Run {
  const [program = '', ...rest] = [...under, process.execPath, cli, ...args];
  const run = spawnSync(program, rest, { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (run.error) throw run.error;
  return { exit: run.status, signal: run.signal, out: run.stdout, err: run.stderr };
}

/** Runs a command that answers with JSON, whatever its exit code. */
export function exhibitJson<T>(...args: string[]): T {
  const run = exhibit([...args, '--json']);
  if (run.out === '') throw new Error(`no answer to ${args.join(' ')}: ${run.err}`);
  return JSON.parse(run.out) as T;
}

/** Runs one command while this process goes on: for one that asks a server of the test. */
export function runExhibit(args: readonly string[], env: Record<string, string> = {}): Promise<Run> {
  const child = spawn(process.execPath, [cli, ...args], { env: { ...process.env, ...env } });
  const [out, err]: [string[], string[]] = [[], []];
  child.stdout.setEncoding('utf8').on('data', (text: string) => out.push(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => err.push(text));
  onTestFinished(() => void child.kill('SIGKILL'));
  return new Promise((resolve) =>
    child.once('close', (exit, signal) => resolve({ exit, signal, out: out.join(''), err: err.join('') })),
  );
}

/** Starts a command and leaves it running; it is killed when the test ends before it does. */
export function startExhibit(
  args: readonly string[],
  env: Record<string, string> = {},
): { child: ChildProcess; gone: Promise<void> } {
  const child = spawn(process.execPath, [cli, ...args], { stdio: 'ignore', env: { ...process.env, ...env } });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  onTestFinished(() => void child.kill('SIGKILL'));
  return { child, gone };
}
