// The product's main job on the exports that come with it, through the command line: import, then an evidence pack.
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { sampleFiles } from '#core/sample.ts';
import { projectFolder } from './build.ts';
import { run } from './commands.ts';

const samples = sampleFiles.map((name) => `assets/samples/${name}`);
const period = ['--framework', 'iso27001', '--from', '2026-01-01', '--to', '2026-03-31'];

/** Makes a workspace and a pack from the samples, and says where they are. Gives the exit code of the first failure. */
export async function packSample(): Promise<number> {
  const folder = prepareFolder();
  const workspace = join(folder, 'workspace');
  const packs = join(folder, 'pack');

  const imported = await exhibit(
    'import',
    ...samples.map((file) => join(projectFolder, file)),
    '-w',
    workspace,
  );
  if (imported !== 0) return imported;
  const packed = await exhibit('pack', '-w', workspace, ...period, '--out', packs);
  if (packed !== 0) return packed;

  const made = readdirSync(packs).map((name) => join(packs, name));
  const pack = made.find((path) => existsSync(join(path, 'manifest-sha256.txt')));
  const zip = made.find((path) => path.endsWith('.zip'));
  console.log(`\nThe evidence pack is in\n  ${pack ?? packs}`);
  if (zip) console.log(`and as one file in\n  ${zip}`);
  if (pack) {
    const shown = relative(process.cwd(), pack);
    const path = shown.startsWith('..') ? pack : shown;
    console.log(`\nCheck it:\n  (cd ${path} && sha256sum -c manifest-sha256.txt)`);
    console.log(`  npm run -s exhibit -- verify ${path}`);
  }
  console.log(`\nThe workspace it came from:\n  ${workspace}`);
  return 0;
}

// Straight from the sources: the command line needs no build and no Electron.
function exhibit(...args: string[]): Promise<number> {
  return run(process.execPath, [join(projectFolder, 'core', 'cli.ts'), ...args], { cwd: projectFolder });
}

// Emptied first: a second run is to show an import, not that everything is there already. `dist/` is what Git
// ignores; a checkout one may not write to leaves the folder for temporary files.
function prepareFolder(): string {
  const candidates = [
    join(projectFolder, 'dist', 'sample'),
    join(tmpdir(), `exhibit-sample-${userInfo().username}`),
  ];
  for (const folder of candidates) {
    try {
      rmSync(folder, { recursive: true, force: true });
      // The mode is for the sample, not for the folder around it.
      mkdirSync(dirname(folder), { recursive: true });
      mkdirSync(join(folder, 'pack'), { recursive: true, mode: 0o700 });
      if (statSync(folder).uid === (process.getuid?.() ?? statSync(folder).uid)) return folder;
    } catch {
      // the next one
    }
  }
  throw new Error(`None of these folders can be written to: ${candidates.join(', ')}`);
}
