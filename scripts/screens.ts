// `npm run screens`: pictures of every screen and each of its states, light and dark, into docs/screens, with an index. They
// are taken while tests walk through them, so that they show the real window and never an older one.
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectFolder } from './runtime/build.ts';
import { runScript } from './runtime/exit.ts';
import { smallPng } from './runtime/small-png.ts';
import { runWindowTests } from './runtime/window-tests.ts';

/** In the order of the navigation; a picture is named `<screen>[-<state>]-<light, dark or small>`. */
const screens = {
  welcome: 'First start',
  workspace: 'Workspace',
  overview: 'Overview',
  events: 'Events',
  event: 'Events, one opened',
  changes: 'Changes',
  change: 'Changes, one opened',
  access: 'Access',
  reviews: 'Reviews',
  review: 'Reviews, one opened',
  sessions: 'Sessions',
  'look-up': 'Look up',
  evidence: 'Evidence',
  sources: 'Sources',
  completeness: 'Completeness',
  integrity: 'Integrity',
  settings: 'Settings',
  glossary: 'Glossary',
  audit: 'Audit',
  palette: 'Command palette',
  shortcuts: 'Shortcuts',
};

await runScript(async () => {
  const taken = mkdtempSync(join(tmpdir(), 'exhibit-screens-'));
  // The tests may run as another user, who cannot write into the checkout.
  chmodSync(taken, 0o777);
  process.env.EXHIBIT_SCREENS = taken;
  const tests = ['test/e2e/every-screen.e2e.ts', 'test/e2e/every-state.e2e.ts'];
  const { code } = await runWindowTests([...tests, '--grep-invert', 'contrast$|cut off sideways$']);
  const pictures = readdirSync(taken).filter((name) => name.endsWith('.png'));
  if (code === 0) {
    const folder = join(projectFolder, 'docs', 'screens');
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    for (const name of pictures) writeFileSync(join(folder, name), smallPng(readFileSync(join(taken, name))));
    writeFileSync(join(folder, 'README.md'), indexOf(pictures));
    console.log(`${pictures.length} pictures are in ${folder}`);
  }
  rmSync(taken, { recursive: true, force: true });
  return code;
});

/** A table of all pictures, by screen and state. */
function indexOf(pictures: readonly string[]): string {
  const names = [...new Set(pictures.map((name) => name.replace(/-(light|dark|small)\.png$/, '')))];
  const rows = Object.entries(screens).flatMap(([screen, title]) =>
    names
      .filter((name) => name === screen || name.startsWith(`${screen}-`))
      .sort()
      .map((name) => {
        const state = name === screen ? 'full' : name.slice(screen.length + 1).replaceAll('-', ' ');
        const links = ['light', 'dark', 'small']
          .filter((look) => pictures.includes(`${name}-${look}.png`))
          .map((look) => `[${look}](${name}-${look}.png)`);
        return `| ${title} | ${state} | ${links.join(' · ')} |`;
      }),
  );
  const head = [
    '# Every screen, and each of its states',
    '',
    'Taken in the real window by `npm run screens`, with the sample where nothing else is said; 1440 × 900, “small” is',
    '1024 × 700 in the dark. An empty overview is the first start.',
    '',
    '| Screen | State | Pictures |',
    '|---|---|---|',
  ];
  return `${[...head, ...rows].join('\n')}\n`;
}
