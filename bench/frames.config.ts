// `npm run e2e -- --config bench/frames.config.ts`: measures in the real window, see frames.ts.
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: '.',
  testMatch: 'frames.ts',
  workers: 1,
  timeout: 900_000,
  reporter: 'list',
});
