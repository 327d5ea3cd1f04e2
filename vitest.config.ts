// Unit and integration tests: real SQLite files, no window. What needs a window ends in .e2e.ts and runs in Playwright.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    exclude: ['test/e2e/**', 'node_modules/**'],
    setupFiles: ['test/support/property-seed.ts'],
    environment: 'node',
    globals: false,
    // Processes, not threads: a native addon that aborts takes only its own file with it.
    pool: 'forks',
    maxWorkers: 2,
    // Generous: it is there for what hangs; a machine at work on other things must not fail a slow property test.
    testTimeout: 60_000,
  },
});
