// Runs the verifiers that lie in a pack and read the same files in two languages: verify.py, and verify.ps1 where there
// is Mono for its C#. Whatever a test does to a pack, both have to say the same of it.

import { spawnSync } from 'node:child_process';
import { expect } from 'vitest';
import { hasMono, runMono } from './mono.ts';

type Run = { status: number | null; stdout: string };

/**
 * Runs verify.py in its pack, with these arguments, and holds verify.ps1 to the same lines and the same exit code.
 * Fails where there is no Python to run it.
 */
export function python(folder: string, ...args: string[]): Run {
  const run = spawnSync('python3', ['data/40_integrity/verify.py', ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (run.error) throw new Error(`verify.py needs Python 3, and it cannot be started: ${run.error.message}`);
  if (hasMono) {
    const key = args[0] === '--pubkey' ? args[1] : undefined;
    expectSame(run, runMono(folder, folder, key === undefined ? {} : { key }));
  }
  return run;
}

/** Holds what another verifier said to what verify.py said. */
export function expectSame(said: Run, other: Run): void {
  const lines = said.stdout.split('\n');
  const otherLines = other.stdout.replaceAll('\r\n', '\n').split('\n');
  // Why a file cannot be read is said by the language or the system.
  const isOwn = (line: string) =>
    /^failed {3}(Readable data: |[a-z-]+(\d+)?\.txt: (\[Errno|'utf-8'))/.test(line);
  const part = (line: string) => line.slice(0, line.indexOf(': '));
  const comparable = otherLines.map((line, at) => (isOwn(lines[at] ?? '') ? part(line) : line));
  expect(comparable).toEqual(lines.map((line) => (isOwn(line) ? part(line) : line)));
  expect(other.status).toBe(said.status);
}
