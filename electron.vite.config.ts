// Builds the three runtimes into out/: main and the engine's processes as modules for Node 20 (the oldest Electron
// tested with, 33, has no newer one), the preload as one CommonJS file (a sandboxed preload cannot be a module), and
// the page for Chrome 130.
import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const root = import.meta.dirname;

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      target: 'node20',
      minify: false,
      externalizeDeps: { exclude: ['zod'] },
      rollupOptions: {
        input: {
          main: resolve(root, 'main/main.ts'),
          'engine-process': resolve(root, 'main/engine-process.ts'),
          worker: resolve(root, 'core/rpc/worker.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      target: 'node20',
      minify: false,
      rollupOptions: {
        input: { preload: resolve(root, 'preload/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react()],
    build: {
      outDir: resolve(root, 'out/renderer'),
      target: 'chrome130',
      rollupOptions: { input: resolve(root, 'renderer/index.html') },
    },
  },
});
