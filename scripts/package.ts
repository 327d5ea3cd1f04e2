// `npm run package`: the application as a folder to run, in dist/. Needs no download beyond Electron itself.
//   --allow-fallback   also with the old Electron from the npm registry: to try the packaging, never to hand out
import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { build } from 'electron-builder';
import { AppError } from '#core/errors.ts';
import { type ElectronRuntime, resolveElectron } from './electron-runtime.ts';
import { buildIfNeeded, projectFolder } from './runtime/build.ts';
import { checkPackage } from './runtime/check-package.ts';
import { runScript } from './runtime/exit.ts';

await runScript(async () => {
  const unknown = process.argv.slice(2).filter((argument) => argument !== '--allow-fallback');
  if (unknown.length > 0)
    throw new AppError('usage', `Unknown: ${unknown.join(' ')}. Known is --allow-fallback.`);
  const electron = await resolveElectron();
  if (electron.source === 'registry' && !process.argv.includes('--allow-fallback')) {
    throw new AppError(
      'environment',
      `Electron itself could not be downloaded. The Electron ${electron.version} from the npm registry is for tests; ` +
        'it gets no security fixes and is not packaged. Run this where Electron can be downloaded, set ' +
        'ELECTRON_OVERRIDE_DIST_PATH to an unpacked Electron, or try the packaging with: npm run package -- --allow-fallback',
    );
  }
  await buildIfNeeded();
  let packaged = '';
  await build({
    projectDir: projectFolder,
    dir: true,
    publish: 'never',
    config: {
      extends: 'electron-builder.yml',
      electronDist: findDist(electron.executable),
      electronVersion: electron.version,
      afterPack: ({ appOutDir }) => {
        packaged = appOutDir;
        if (electron.source === 'registry') completeFallback(packaged, electron);
      },
    },
  });
  await checkPackage(packaged, findProgram(packaged), `${process.platform}-${process.arch}.node`);
  console.log(`The application is in ${packaged}`);
  if (electron.source === 'registry')
    console.log(`It is a trial with Electron ${electron.version}. Do not hand it out.`);
  return 0;
});

function findProgram(packaged: string): string {
  if (process.platform === 'darwin') return join(packaged, 'Exhibit.app', 'Contents', 'MacOS', 'Exhibit');
  return join(packaged, process.platform === 'win32' ? 'Exhibit.exe' : 'exhibit');
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
