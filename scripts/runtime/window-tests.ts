// Runs the end-to-end tests: the real Electron, its sandbox on, on a virtual display when there is no other.
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { cp, rm } from 'node:fs/promises';
import { homedir, tmpdir, userInfo } from 'node:os';
import { isAbsolute, join, relative } from 'node:path';
import { describeForApplication, resolveElectron } from '#scripts/electron-runtime.ts';
import { buildIfNeeded, projectFolder } from './build.ts';
import { cacheFolder, makeShared, withLock } from './cache.ts';
import { run } from './commands.ts';
import { requireDebianPackages } from './debian-packages.ts';
import { hasDisplay } from './display.ts';
import { asUser, canRead, findOrdinaryUser, makeFolderFor, type OrdinaryUser } from './ordinary-user.ts';
import { packApplication } from './packaging.ts';
import { mountSmallDisk, unmountSmallDisk } from './small-disk.ts';
import { stageCheckout } from './stage.ts';
import { readPlaywrightTotals, type Totals } from './totals.ts';

// What the tests may see of the caller's environment; a person's own settings must not decide whether they pass.
const carried = [
  'PATH',
  'LANG',
  'LC_ALL',
  'TZ',
  'TERM',
  'CI',
  'FORCE_COLOR',
  'DEBUG',
  'DISPLAY',
  'XAUTHORITY',
];

/**
 * Runs the window tests.
 * @param args handed to Playwright: files, `--grep`, …
 * @returns its exit code, and the totals when it got as far as counting
 */
export async function runWindowTests(args: readonly string[]): Promise<{ code: number; totals?: Totals }> {
  const user = await findOrdinaryUser();
  // Root's screen is closed to the other user, and one that speaks only Wayland to the older Electron.
  const display = hasDisplay() && !user && (process.platform !== 'linux' || Boolean(process.env.DISPLAY));
  await requireDebianPackages(display ? ['window'] : ['window', 'virtualDisplay']);
  const electron = await resolveElectron();
  console.log(
    `Window tests: Electron ${electron.version} (${electron.source})${user ? `, as ${user.name}` : ''}, sandbox on`,
  );

  const place = await preparePlace(user);
  try {
    if (user && !display) makeDisplaySockets();
    const project = place.project;
    const command = [
      ...(display ? [] : ['xvfb-run', '-a', '-s', '-screen 0 1600x1000x24 -nolisten tcp']),
      findNode(project),
      join(project, 'node_modules', '@playwright', 'test', 'cli.js'),
      ...['test', '--reporter=list,json', ...args],
    ];
    const [program, ...rest] = (user ? asUser(user, command) : command) as [string, ...string[]];
    const disk = await mountSmallDisk(user, smallDiskOf(place.root));
    const totalsFile = join(place.home, 'totals.json');
    const code = await run(program, rest, {
      cwd: project,
      env: {
        ...carryEnvironment(),
        ...describeForApplication(electron),
        HOME: place.home,
        TMPDIR: makeFolderFor(user, place.home, 'tmp'),
        XDG_RUNTIME_DIR: makeFolderFor(user, place.home, 'run'),
        ...(await packForTests(place, args)),
        ...(disk === undefined ? {} : { EXHIBIT_SMALL_DISK: disk }),
        EXHIBIT_TEST_RESULTS: place.results,
        PLAYWRIGHT_JSON_OUTPUT_FILE: totalsFile,
      },
    });
    await keepResults(place.results);
    if (code !== 0)
      console.log(`Traces and pictures of what failed are in ${join(projectFolder, 'test-results')}`);
    return { code, totals: readPlaywrightTotals(totalsFile) };
  } finally {
    await unmountSmallDisk(smallDiskOf(place.root));
    await rm(place.root, { recursive: true, force: true });
  }
}

const prefix = 'window-tests-';
const smallDiskOf = (root: string): string => join(root, 'small-disk');

type Place = { root: string; project: string; home: string; results: string };

// One build at a time for each checkout: two test runs would empty out/ under each other's feet.
async function preparePlace(user: OrdinaryUser | undefined): Promise<Place> {
  const parent = user ? cacheFolder() : join(tmpdir(), `exhibit-${userInfo().username}`);
  makeShared(parent);
  await removeForgotten(parent);
  const root = mkdtempSync(join(parent, prefix));
  chmodSync(root, 0o755);
  const home = makeFolderFor(user, root, 'home');
  const results = makeFolderFor(user, root, 'home', 'results');
  const project = await withLock('build', async () => {
    await buildIfNeeded();
    if (
      !user ||
      ((await canRead(user, process.execPath)) &&
        (await canRead(user, join(projectFolder, 'out', 'main', 'main.js'))))
    ) {
      return projectFolder;
    }
    const copy = join(root, 'project');
    mkdirSync(copy, { mode: 0o755 });
    await stageCheckout(projectFolder, copy);
    return copy;
  });
  return { root, project, home, results };
}

/** Packages for test/e2e/packaged.e2e.ts: as they ship, and one that may be driven. Some seconds, so only where asked for. */
async function packForTests(place: Place, args: readonly string[]): Promise<Record<string, string>> {
  const files = args.filter((argument) => argument.includes('.e2e'));
  if (files.length > 0 && !files.some((file) => file.includes('packaged'))) return {};
  const pack = async (name: string, trial: boolean) => {
    const output = join(place.root, 'packages', name);
    return (await packApplication({ electron: await resolveElectron(), output, trial })).folder;
  };
  return {
    EXHIBIT_PACKAGE: await pack('release', false),
    EXHIBIT_TRIAL_PACKAGE: await pack('trial', true),
  };
}

// What runs left that were killed. A day is longer than any run.
async function removeForgotten(parent: string): Promise<void> {
  for (const name of readdirSync(parent).filter((each) => each.startsWith(prefix))) {
    const age = Date.now() - (statSync(join(parent, name), { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age <= 86_400_000) continue;
    await unmountSmallDisk(smallDiskOf(join(parent, name)));
    rmSync(join(parent, name), { recursive: true, force: true });
  }
}

// Traces and pictures of failures go where a person looks for them.
async function keepResults(results: string): Promise<void> {
  const kept = join(projectFolder, 'test-results');
  await rm(kept, { recursive: true, force: true });
  if (existsSync(results)) await cp(results, kept, { recursive: true });
}

// The X server makes this folder itself, but only for root.
function makeDisplaySockets(): void {
  const sockets = '/tmp/.X11-unix';
  if (existsSync(sockets)) return;
  mkdirSync(sockets);
  chmodSync(sockets, 0o1777);
}

function carryEnvironment(): NodeJS.ProcessEnv {
  // Windows and macOS do not work without dozens of variables of their own.
  if (process.platform !== 'linux') return process.env;
  const env: NodeJS.ProcessEnv = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (carried.includes(name) || name.startsWith('EXHIBIT_')) env[name] = value;
  }
  // HOME becomes another folder, and with it the place where the key to the display is looked for.
  env.XAUTHORITY ??= join(homedir(), '.Xauthority');
  return env;
}

// The Node among the packages, where the tests are; a Node of the machine's own, where it is.
function findNode(project: string): string {
  const inside = relative(projectFolder, process.execPath);
  return inside.startsWith('..') || isAbsolute(inside) ? process.execPath : join(project, inside);
}
