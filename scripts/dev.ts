// `npm run dev`: the application with the page reloading as it is edited. Needs a display and an ordinary user.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { AppError } from '#core/errors.ts';
import { describeForApplication, resolveElectron } from './electron-runtime.ts';
import { projectFolder } from './runtime/build.ts';
import { run } from './runtime/commands.ts';
import { requireDebianPackages } from './runtime/debian-packages.ts';
import { hasDisplay } from './runtime/display.ts';
import { runScript } from './runtime/exit.ts';

await runScript(async () => {
  if (!hasDisplay()) {
    throw new AppError(
      'environment',
      'There is no display to develop on. Use `npm run e2e` to look at the window through tests, or ' +
        '`npm run -s exhibit -- …` for the command line.',
    );
  }
  if (process.platform === 'linux' && process.getuid?.() === 0) {
    throw new AppError('environment', 'Electron has no sandbox for root. Run this as an ordinary user.');
  }
  await requireDebianPackages(['window']);
  const electron = await resolveElectron();
  const vite = dirname(createRequire(import.meta.url).resolve('electron-vite/package.json'));
  return run(process.execPath, [join(vite, 'bin', 'electron-vite.js'), 'dev', ...process.argv.slice(2)], {
    cwd: projectFolder,
    env: {
      ...process.env,
      ...describeForApplication(electron),
      // Where electron-vite looks for Electron before it asks Electron's own package, which would download it.
      ELECTRON_EXEC_PATH: electron.executable,
    },
  });
});
