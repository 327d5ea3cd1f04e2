// `npm run screens`: pictures of every screen with the sample, light and dark, into docs/screens. They are taken while
// the test of every screen walks through them, so that they show the real window and never an older one.
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectFolder } from './runtime/build.ts';
import { runScript } from './runtime/exit.ts';
import { runWindowTests } from './runtime/window-tests.ts';

await runScript(async () => {
  const taken = mkdtempSync(join(tmpdir(), 'exhibit-screens-'));
  // The tests may run as another user, who cannot write into the checkout.
  chmodSync(taken, 0o777);
  process.env.EXHIBIT_SCREENS = taken;
  const { code } = await runWindowTests(['test/e2e/every-screen.e2e.ts', '--grep', '(light|dark)$']);
  const pictures = readdirSync(taken).filter((name) => name.endsWith('.png'));
  if (code === 0) {
    const folder = join(projectFolder, 'docs', 'screens');
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    for (const name of pictures) copyFileSync(join(taken, name), join(folder, name));
    console.log(`${pictures.length} pictures are in ${folder}`);
  }
  rmSync(taken, { recursive: true, force: true });
  return code;
});
