// `npm start`: opens the application where there is a screen; does the product's main job on the bundled sample where
// there is none, so that the first command anybody types shows something everywhere.
import { describeForApplication, resolveElectron } from './electron-runtime.ts';
import { buildIfNeeded, projectFolder } from './runtime/build.ts';
import { run } from './runtime/commands.ts';
import { requireDebianPackages } from './runtime/debian-packages.ts';
import { hasDisplay } from './runtime/display.ts';
import { runScript } from './runtime/exit.ts';
import { packSample } from './runtime/sample.ts';

await runScript(async () => {
  if (!hasDisplay()) {
    console.log('There is no display here, so Exhibit works on its sample from the command line instead.\n');
    return packSample();
  }
  if (process.platform === 'linux' && process.getuid?.() === 0) {
    // --no-sandbox would not help: the application asks for the sandbox itself, and its pages would stay blank.
    console.log(
      'The window opens for ordinary users only: Chromium has no sandbox for root, and Exhibit does not run ' +
        'without it.\nHere is the same work on the sample, from the command line.\n',
    );
    return packSample();
  }
  await requireDebianPackages(['window']);
  const electron = await resolveElectron();
  await buildIfNeeded();
  return run(electron.executable, [projectFolder, ...process.argv.slice(2)], {
    cwd: process.cwd(),
    env: { ...process.env, ...describeForApplication(electron) },
  });
});
