// `npm run e2e -- --config bench/frames.config.ts frames.e2e.ts`: measures in the real window, see frames.e2e.ts.
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: '.',
  testMatch: 'frames.e2e.ts',
  workers: 1,
  timeout: 900_000,
  reporter: 'list',
});
