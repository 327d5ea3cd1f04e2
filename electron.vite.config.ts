// Builds the three runtimes into out/: main and the engine's processes as modules for Node 20 (the oldest Electron
// tested with, 33, has no newer one), the preload as one CommonJS file (a sandboxed preload cannot be a module), and
// the page for Chrome 130. Everything is bundled, save what cannot be: an archive of few files starts faster, and
// what a package drags along unused never ships.
import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const project = import.meta.dirname;

/**
 * Loaded from node_modules at run time, so these are the `dependencies` of package.json; all else is bundled.
 * better-sqlite3 finds its addon, pdfkit its font metrics and colour profile, beside its own files.
 */
const unbundled = ['better-sqlite3', 'pdfkit'];

export default defineConfig({
  main: {
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
          'reading-thread': resolve(project, 'core/ingest/reading-thread.ts'),
        },
        // Beside the entries, not in a folder: code that looks around from `import.meta.dirname` may end up here.
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
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
    plugins: [react()],
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
