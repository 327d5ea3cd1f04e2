// Compiles and runs the C# of verify.ps1 where there is no PowerShell to do it: with Mono, as strictly as the oldest
// PowerShell that a pack may meet, which has version 5 of the language and no library but mscorlib and System.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { assetPath } from '#core/assets.ts';
import { cacheFolder } from '../../../scripts/runtime/cache.ts';

const starts = (program: string) => spawnSync(program, ['--version']).error === undefined;

/** Whether Mono and its compiler are here. */
export const hasMono: boolean = starts('mono') && starts('mcs');

/** The whole of verify.ps1. */
export const script: string = readFileSync(assetPath('pack', 'verify.ps1'), 'utf8');

/** The C# in it: the one text in quotation marks that PowerShell gives to its compiler. */
export function sourceOf(text: string): string {
  const found = /^\$Source = @'\n([\s\S]*?\n)'@$/m.exec(text)?.[1];
  if (found === undefined) throw new Error('verify.ps1 has no C# where it was.');
  return found;
}

/** What PowerShell does around the C#, and a way to its Ed25519: key, message and signature as hex. */
const main = `
static class Program {
  static int Main(string[] given) {
    using (System.IO.Stream stream = System.Console.OpenStandardOutput())
    using (System.IO.StreamWriter output = new System.IO.StreamWriter(stream)) {
      if (given[0] == "ed25519") {
        for (int at = 1; at < given.Length; at += 3) output.Write(Verifies(given, at) ? "yes " : "no ");
        return 0;
      }
      ExhibitPack.Verifier verifier = new ExhibitPack.Verifier();
      string current = System.Environment.CurrentDirectory;
      foreach (string line in verifier.Run(given[1], given[2], given[3], current)) output.Write(line + "\\n");
      return verifier.ExitCode;
    }
  }
  static bool Verifies(string[] hex, int at) {
    byte[][] parts = System.Array.ConvertAll<string, byte[]>(hex, delegate(string one) {
      return one == "ed25519" ? new byte[0] : ExhibitPack.Bytes.FromHex(one);
    });
    return ExhibitPack.Ed25519.Verify(parts[at], parts[at + 1], parts[at + 2]);
  }
}
`;

let program: string | undefined;

/** The compiled program, kept under the hash of its source. Throws what the compiler says, warnings too. */
function compiled(): string {
  const source = sourceOf(script) + main;
  program ??= join(cacheFolder(), `verifier-${createHash('sha256').update(source).digest('hex')}.exe`);
  if (existsSync(program)) return program;
  mkdirSync(cacheFolder(), { recursive: true });
  const folder = mkdtempSync(join(cacheFolder(), 'verifier-'));
  try {
    writeFileSync(join(folder, 'verifier.cs'), source);
    const options = ['-langversion:5', '-noconfig', '-r:System.dll', '-warn:4', '-warnaserror', '-optimize'];
    const { status, stdout, stderr } = spawnSync('mcs', [...options, '-out:verifier.exe', 'verifier.cs'], {
      cwd: folder,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`The C# of verify.ps1 does not compile.\n${stdout}${stderr}`);
    renameSync(join(folder, 'verifier.exe'), program);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return program;
}

function runProgram(cwd: string, args: string[]): { status: number | null; stdout: string } {
  const env = { ...process.env, LC_ALL: 'C.UTF-8' };
  const run = spawnSync('mono', [compiled(), ...args], { cwd, env, encoding: 'utf8' });
  if (run.status === null || run.stderr !== '') throw new Error(`verify.ps1 came to an end: ${run.stderr}`);
  return run;
}

/**
 * Runs the C# as verify.ps1 in that pack does when it is started from `cwd`.
 * @param options `pack` and `key` are the arguments of verify.ps1; empty ones were not given
 */
export function runMono(
  cwd: string,
  folder: string,
  { pack = '', key = '' }: { pack?: string; key?: string } = {},
): { status: number | null; stdout: string } {
  return runProgram(cwd, ['pack', pack, key, join(folder, 'data/40_integrity')]);
}

/** Whether the C# takes each signature of Ed25519: public key, message and signature as hex. */
export function verifiesEd25519(all: readonly (readonly [string, string, string])[]): boolean[] {
  const { stdout } = runProgram('/', ['ed25519', ...all.flat()]);
  return stdout
    .trim()
    .split(' ')
    .map((one) => one === 'yes');
}
