// Builds the three runtimes into out/: main and the engine's processes as modules for Node 20 (the oldest Electron
// tested with, 33, has no newer one), the preload as one CommonJS file (a sandboxed preload cannot be a module), and
// the page for Chrome 130. Everything is bundled, save what cannot be: an archive of few files starts faster, and
// what a package drags along unused never ships.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';

const project = import.meta.dirname;

/**
 * Loaded from node_modules at run time, so these are the `dependencies` of package.json; all else is bundled.
 * better-sqlite3 finds its addon, pdfkit its font metrics and colour profile, beside its own files.
 */
const unbundled = ['better-sqlite3', 'pdfkit'];

/** Writes down which packages the bundle took code from: scripts/runtime/bill-of-materials.ts names them. */
function noteBundled(runtime: string): Plugin {
  return {
    name: 'note-bundled-packages',
    generateBundle(_options, bundle) {
      const folders = Object.values(bundle)
        .flatMap((part) => (part.type === 'chunk' ? Object.keys(part.modules) : []))
        .map((module) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(module.split(sep).join('/'))?.[0])
        .filter((folder) => folder !== undefined)
        // From the last node_modules that lies in the project: a package can hold packages of its own.
        .map((folder) => folder.slice(folder.indexOf('node_modules/')));
      const lists = join(project, 'out', 'packages');
      mkdirSync(lists, { recursive: true });
      writeFileSync(join(lists, `${runtime}.json`), JSON.stringify([...new Set(folders)].sort(), null, 1));
    },
  };
}

export default defineConfig({
  main: {
    plugins: [noteBundled('main')],
    build: {
      outDir: 'out/main',
      target: 'node20',
      minify: false,
      sourcemap: false,
      externalizeDeps: { include: unbundled },
      rollupOptions: {
        input: {
          main: resolve(project, 'main/main.ts'),
          'engine-process': resolve(project, 'main/engine-process.ts'),
          worker: resolve(project, 'core/rpc/worker.ts'),
          'counting-thread': resolve(project, 'core/sync/counting-thread.ts'),
          'import-thread': resolve(project, 'core/ingest/import-thread.ts'),
        },
        // Beside the entries, not in a folder: code that looks around from `import.meta.dirname` may end up here.
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    plugins: [noteBundled('preload')],
    build: {
      outDir: 'out/preload',
      target: 'node20',
      minify: false,
      sourcemap: false,
      externalizeDeps: false,
      rollupOptions: {
        input: { preload: resolve(project, 'preload/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react(), noteBundled('page')],
    build: {
      outDir: resolve(project, 'out/renderer'),
      target: 'chrome130',
      sourcemap: false,
      // Fonts as files: the content security policy allows no data: fonts.
      assetsInlineLimit: (file) => (/\.(woff2?|ttf)$/.test(file) ? false : undefined),
      // A polyfill nobody needs, and an inline-looking one at that.
      modulePreload: { polyfill: false },
      rollupOptions: { input: resolve(project, 'renderer/index.html') },
    },
  },
});
