// What the real Electron, a window without a screen and some tests need from Debian and its children. Missing packages are
// installed when the person is root, who asked for the tests to run; anybody else gets the one line to copy.
import { AppError } from '#core/errors.ts';
import { capture, isOnPath } from './commands.ts';

// Each need is a list of names for the same thing: Debian 13 and Ubuntu 24.04 renamed some packages.
const needs = {
  window: [
    ['libgtk-3-0', 'libgtk-3-0t64'],
    ['libnss3'],
    ['libasound2', 'libasound2t64'],
    ['libgbm1'],
    ['libxss1'],
    ['fonts-dejavu-core'],
  ],
  virtualDisplay: [['xvfb'], ['xauth']],
  windowList: [['x11-utils'], ['unzip']],
  compiler: [['g++']],
  packVerifier: [['python3']],
  diskFaults: [['fiu-utils']],
  // What compiles and runs C#: the checks of a pack's verify.ps1.
  mono: [['mono-mcs'], ['mono-runtime']],
} as const satisfies Record<string, readonly (readonly string[])[]>;

export type Need = keyof typeof needs;

/**
 * Makes sure that the packages are there; does nothing on systems without apt.
 * @throws AppError `environment` naming the command to run, when something is missing and this is not root
 */
export async function requireDebianPackages(wanted: readonly Need[]): Promise<void> {
  if (process.platform !== 'linux' || !isOnPath('apt-get') || !isOnPath('dpkg-query')) return;
  const groups = wanted.flatMap((need) => [...needs[need]]);
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the braces are dpkg-query's own
  const format = '${Package}\\t${db:Status-Status}\\n';
  const status = await capture('dpkg-query', ['-W', '-f', format, ...groups.flat()]);
  const missing = findMissing(groups, parseInstalled(status.stdout));
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0) {
    const names = pickNames(missing, await knownToApt(missing.flat()));
    throw new AppError(
      'environment',
      `Some packages of the system are missing. Install them and run this again:\n\n    ${installLine(names)}\n`,
    );
  }
  await aptGet(['update', '-qq']);
  const names = pickNames(missing, await knownToApt(missing.flat()));
  console.log(`Installing from the system's packages: ${names.join(' ')} …`);
  await aptGet(['install', '-y', '-qq', '--no-install-recommends', ...names]);
}

/** Names of installed packages in the output of dpkg-query (`name TAB status` a line). */
export function parseInstalled(output: string): Set<string> {
  const installed = new Set<string>();
  for (const line of output.split('\n')) {
    const [name, status] = line.split('\t');
    if (name && status === 'installed') installed.add(name);
  }
  return installed;
}

/** The needs none of whose names is installed. */
export function findMissing(
  groups: readonly (readonly string[])[],
  installed: ReadonlySet<string>,
): (readonly string[])[] {
  return groups.filter((names) => !names.some((name) => installed.has(name)));
}

/** Names of packages that can be installed, in the output of `apt-cache policy`. A virtual one has no candidate. */
export function parseCandidates(output: string): Set<string> {
  const known = new Set<string>();
  let name = '';
  for (const line of output.split('\n')) {
    const heading = /^(\S+):$/.exec(line);
    if (heading?.[1]) name = heading[1];
    const candidate = /^\s+Candidate: (.+)$/.exec(line);
    if (name && candidate && candidate[1] !== '(none)') known.add(name);
  }
  return known;
}

/** For each need the first name this system knows, else the first. */
export function pickNames(groups: readonly (readonly string[])[], known: ReadonlySet<string>): string[] {
  return groups.map((names) => names.find((name) => known.has(name)) ?? (names[0] as string));
}

/** The command for a person to copy. */
export function installLine(names: readonly string[]): string {
  return `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${names.join(' ')}`;
}

async function knownToApt(names: readonly string[]): Promise<Set<string>> {
  const policy = await capture('apt-cache', ['policy', ...names], { env: { ...process.env, LC_ALL: 'C' } });
  return parseCandidates(policy.stdout);
}

async function aptGet(args: readonly string[]): Promise<void> {
  // Another apt may be at work, on a machine that has just started it often is: wait for it.
  const result = await capture('apt-get', ['-o', 'DPkg::Lock::Timeout=300', ...args], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' },
  });
  if (result.code === 0) return;
  throw new AppError(
    'environment',
    `apt-get ${args[0]} failed. Look at what it says, then run this again.\n${result.stderr.trim() || result.stdout.trim()}`,
  );
}
