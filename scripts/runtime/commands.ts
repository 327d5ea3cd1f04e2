// Runs other programs. Two ways only: shown to the person (`run`) or captured to be read (`capture`).
// Standard input is never handed on, so that no step can wait for an answer on a machine without a person.
import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

export type CommandOptions = {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Milliseconds after which the program is killed; the exit code is then 124. */
  timeout?: number;
};

export type Captured = { code: number; stdout: string; stderr: string };

/** Runs a program with its output shown. Gives its exit code; 127 when it cannot be started. */
export function run(command: string, args: readonly string[], options: CommandOptions = {}): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(command, [...args], { ...options, stdio: ['ignore', 'inherit', 'inherit'] });
    let late = false;
    const timer = options.timeout
      ? setTimeout(() => (late = child.kill('SIGKILL')), options.timeout)
      : undefined;
    const stopForwarding = forwardSignals(child);
    child.on('error', () => resolve(127));
    child.on('close', (code) => {
      clearTimeout(timer);
      stopForwarding();
      resolve(late ? 124 : (code ?? 1));
    });
  });
}

/** Runs a program and gives what it printed; never throws. Code 127 when it cannot be started, 124 when it took too long. */
export function capture(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<Captured> {
  return new Promise((resolve) => {
    const child = spawn(command, [...args], { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    let late = false;
    const timer = options.timeout
      ? setTimeout(() => (late = child.kill('SIGKILL')), options.timeout)
      : undefined;
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    const finish = (code: number) => {
      clearTimeout(timer);
      resolve({
        code: late ? 124 : code,
        stdout: Buffer.concat(out).toString('utf8'),
        stderr: Buffer.concat(err).toString('utf8'),
      });
    };
    child.on('error', () => finish(127));
    child.on('close', (code) => finish(code ?? 1));
  });
}

/** Whether a program of this name is on the PATH. */
export function isOnPath(name: string, path = process.env.PATH ?? ''): boolean {
  return path.split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

// Each program gets a process group of its own, and the whole group is ended with this process: xvfb-run and runuser
// do not pass a signal on, and would leave Electron and the virtual display behind.
const hasGroups = process.platform !== 'win32';

function killGroup(child: ChildProcess, signal: NodeJS.Signals): boolean {
  if (child.pid === undefined) return false;
  try {
    return hasGroups ? process.kill(-child.pid, signal) : child.kill(signal);
  } catch {
    return false;
  }
}

function forwardSignals(child: ChildProcess): () => void {
  const forward = (signal: NodeJS.Signals) => {
    killGroup(child, signal);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, forward);
  return () => {
    for (const signal of signals) process.off(signal, forward);
  };
}
