// `npm run package:smoke`: tries what `npm run package` made, each file from its own beginning: unpacked or installed,
// the sample turned into a pack that checks, the window opened, and removed again. Linux, where they were made.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '#core/errors.ts';
import { projectFolder } from './runtime/build.ts';
import { capture, isOnPath } from './runtime/commands.ts';
import { requireDebianPackages } from './runtime/debian-packages.ts';
import { runScript } from './runtime/exit.ts';
import { asUser, findOrdinaryUser, makeFolderFor } from './runtime/ordinary-user.ts';
import { readRelease } from './runtime/release.ts';

const { productName, name, version } = readRelease();
const output = join(projectFolder, 'dist');
const user = await findOrdinaryUser();

await runScript(async () => {
  await requireDebianPackages(['window', 'virtualDisplay', 'windowList']);
  const place = mkdtempSync(join(tmpdir(), 'exhibit-smoke-'));
  try {
    await tryFolder('the folder', join(output, 'linux-unpacked'), place);
    await tryUnpacked('tar.gz', (file, to) => ['tar', '-xzf', file, '-C', to], place);
    await tryUnpacked('zip', (file, to) => ['unzip', '-q', file, '-d', to], place);
    await tryInstalled(place);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
  return 0;
});

async function tryUnpacked(
  kind: 'tar.gz' | 'zip',
  command: (file: string, to: string) => [string, ...string[]],
  place: string,
): Promise<void> {
  const to = join(place, kind);
  mkdirSync(to);
  const [program, ...args] = command(
    join(output, `${productName}-${version}-linux-${process.arch}.${kind}`),
    to,
  );
  await succeed(`unpacking ${kind}`, program, args);
  await tryFolder(kind, join(to, `${productName}-${version}`), place);
}

async function tryInstalled(place: string): Promise<void> {
  if (process.getuid?.() !== 0 || !isOnPath('dpkg')) {
    console.log('deb: not installed, since that takes root on a Debian system.');
    return;
  }
  const file = readdirSync(output).find((one) => one.startsWith(`${name}_${version}_`));
  await succeed('installing', 'apt-get', ['install', '-y', '-qq', join(output, file ?? 'no deb')]);
  try {
    await tryFolder('deb', '/opt/Exhibit', place);
    await succeed('the command', '/usr/bin/exhibit', ['help']);
  } finally {
    await succeed('removing', 'dpkg', ['--remove', name]);
  }
  if (existsSync('/opt/Exhibit') || existsSync('/usr/bin/exhibit'))
    throw new AppError('input', 'deb: something was left behind after removing the package.');
}

// As an ordinary user throughout: that is who runs it.
async function tryFolder(what: string, folder: string, place: string): Promise<void> {
  const home = makeFolderFor(user, mkdtempSync(join(place, 'home-')));
  const workspace = join(home, 'workspace');
  const exhibit = (...args: string[]) => succeedAs(home, what, join(folder, 'bin', 'exhibit'), ...args);
  const packs = makeFolderFor(user, home, 'packs');
  const samples = join(projectFolder, 'assets', 'samples');
  await capture('chmod', ['-R', 'a+rX', place]);
  await exhibit(
    'import',
    ...readdirSync(samples)
      .filter((one) => one.endsWith('.csv'))
      .map((one) => join(samples, one)),
    '-w',
    workspace,
  );
  await exhibit(
    ...['pack', '-w', workspace, '--framework', 'iso27001', '--out', packs],
    ...['--from', '2026-01-01', '--to', '2026-03-31'],
  );
  const pack = readdirSync(packs).find((one) => !one.endsWith('.zip')) ?? '';
  await exhibit('verify', join(packs, pack));
  const size = await seeWindow(home, join(folder, 'exhibit'), workspace);
  console.log(`${what}: a pack was made and checks; a window of ${size} opened`);
}

/** Opens the window on a display of its own and gives its size, as the display's server knows it. */
async function seeWindow(home: string, program: string, workspace: string): Promise<string> {
  // The program goes on until it is stopped; a display's list of windows is the proof that one is there.
  const script =
    '"$0" --user-data-dir="$1" --workspace="$2" >/dev/null 2>&1 & started=$!; ' +
    'for turn in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do sleep 0.5; ' +
    'xwininfo -root -tree | grep \'"Exhibit": ("exhibit"\' && break; done; kill $started';
  const { stdout } = await succeedAs(
    home,
    'the window',
    ...(['xvfb-run', '-a', '-s', '-screen 0 1600x1000x24', 'sh', '-c', script, program] as const),
    join(home, 'profile'),
    workspace,
  );
  const size = /\)\s+(\d+x\d+)\+/.exec(stdout)?.[1];
  if (!size) throw new AppError('input', `No window appeared within ten seconds from ${program}.`);
  return size;
}

async function succeedAs(home: string, what: string, program: string, ...args: string[]) {
  const command = ['env', `HOME=${home}`, `TMPDIR=${home}`, program, ...args];
  const [first = '', ...rest] = user ? asUser(user, command) : command;
  return succeed(what, first, rest);
}

async function succeed(what: string, program: string, args: readonly string[]) {
  const done = await capture(program, args, { cwd: '/', timeout: 300_000 });
  if (done.code === 0) return done;
  const said = `${done.stdout}\n${done.stderr}`.trim().slice(-1500);
  throw new AppError('input', `${what}: ${program} ended with ${done.code}.\n${said}`);
}
