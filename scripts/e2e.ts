// `npm run e2e [-- <files or Playwright options>]`: the window tests alone.
import { runScript } from './runtime/exit.ts';
import { runWindowTests } from './runtime/window-tests.ts';

await runScript(async () => (await runWindowTests(process.argv.slice(2))).code);
