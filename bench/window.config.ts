// `npm run e2e -- --config bench/window.config.ts bench/startup.e2e.ts` (or `frames.e2e.ts`): measures in the real window.
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: '.',
  testMatch: '*.e2e.ts',
  workers: 1,
  timeout: 900_000,
  reporter: 'list',
  outputDir: process.env.EXHIBIT_TEST_RESULTS ?? '../test-results',
});
