// `npm run package`: the application as a folder to run, and on Linux as tar.gz, zip and deb, in dist/. Needs no
// download beyond Electron itself. Windows and macOS packages are made on those systems; see docs/releasing.md.
//   --allow-fallback   also with the old Electron from the npm registry: to try the packaging, never to hand out
//   --dir              the folder alone
import { join } from 'node:path';
import { AppError } from '#core/errors.ts';
import { resolveElectron } from './electron-runtime.ts';
import { makeArchives } from './runtime/archives.ts';
import { projectFolder } from './runtime/build.ts';
import { makeDeb } from './runtime/deb.ts';
import { runScript } from './runtime/exit.ts';
import { packApplication } from './runtime/packaging.ts';

const known = ['--allow-fallback', '--dir'];

await runScript(async () => {
  const asked = process.argv.slice(2);
  const unknown = asked.filter((argument) => !known.includes(argument));
  if (unknown.length > 0)
    throw new AppError('usage', `Unknown: ${unknown.join(' ')}. Known are ${known.join(' and ')}.`);
  const electron = await resolveElectron();
  if (electron.source === 'registry' && !asked.includes('--allow-fallback')) {
    throw new AppError(
      'environment',
      `Electron itself could not be downloaded. The Electron ${electron.version} from the npm registry is for tests; ` +
        'it gets no security fixes and is not packaged. Run this where Electron can be downloaded, set ' +
        'ELECTRON_OVERRIDE_DIST_PATH to an unpacked Electron, or try the packaging with: npm run package -- --allow-fallback',
    );
  }
  const output = join(projectFolder, 'dist');
  const { folder } = await packApplication({ electron, output, trial: false });
  console.log(`The application is in ${folder}`);
  if (process.platform === 'linux' && !asked.includes('--dir')) {
    for (const file of [...(await makeArchives(folder, output)), await makeDeb(folder, output)])
      console.log(`  ${file}`);
  }
  if (electron.source === 'registry')
    console.log(`It is a trial with Electron ${electron.version}. Do not hand it out.`);
  return 0;
});
