// Makes the application as a folder that runs, with electron-builder, and looks at it before anybody gets it.
import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { build } from 'electron-builder';
import type { ElectronRuntime } from '../electron-runtime.ts';
import { writeBillOfMaterials } from './bill-of-materials.ts';
import { buildIfNeeded, projectFolder } from './build.ts';
import { checkPackage } from './check-package.ts';

export type PackageOptions = {
  electron: ElectronRuntime;
  /** Where the folder is made, as `dist`. */
  output: string;
  /** For tests alone: the package may be driven through a debugging port. Everything else is as it ships. */
  trial: boolean;
};

export type Packaged = { folder: string; executable: string };

/**
 * Packs the application.
 * @returns the folder with the program in it, checked
 * @throws AppError `input` when the build fails or the package is not as it should be
 */
export async function packApplication({ electron, output, trial }: PackageOptions): Promise<Packaged> {
  await buildIfNeeded();
  let folder = '';
  await build({
    projectDir: projectFolder,
    dir: true,
    publish: 'never',
    config: {
      extends: 'electron-builder.yml',
      directories: { output },
      electronDist: findDist(electron.executable),
      electronVersion: electron.version,
      ...(trial ? { extraMetadata: { exhibitTrial: true } } : {}),
      afterPack: ({ appOutDir }) => {
        folder = appOutDir;
        if (electron.source === 'registry') completeFallback(folder, electron);
        writeBillOfMaterials(findResources(folder), electron.version);
      },
    },
  });
  const executable = findProgram(folder);
  await checkPackage(folder, executable, `${process.platform}-${process.arch}.node`, trial);
  return { folder, executable };
}

function findProgram(folder: string): string {
  if (process.platform === 'darwin') return join(folder, 'Exhibit.app', 'Contents', 'MacOS', 'Exhibit');
  return join(folder, process.platform === 'win32' ? 'Exhibit.exe' : 'exhibit');
}

function findResources(folder: string): string {
  return process.platform === 'darwin'
    ? join(folder, 'Exhibit.app', 'Contents', 'Resources')
    : join(folder, 'resources');
}

// On macOS the program lies three folders inside its bundle.
function findDist(executable: string): string {
  return process.platform === 'darwin' ? resolve(executable, '..', '..', '..', '..') : dirname(executable);
}

// Only ever for a trial: the registry's Electron carries a default application and needs its own build of SQLite.
function completeFallback(packaged: string, electron: ElectronRuntime): void {
  const resources = join(packaged, 'resources');
  rmSync(join(resources, 'app'), { recursive: true, force: true });
  rmSync(join(packaged, 'stamp.json'), { force: true });
  const prebuilds = join(resources, 'app.asar.unpacked', 'node_modules', 'better-sqlite3', 'prebuilds');
  const binding = join(prebuilds, `${process.platform}-${process.arch}.node`);
  if (electron.sqliteBinding && existsSync(binding)) copyFileSync(electron.sqliteBinding, binding);
}
