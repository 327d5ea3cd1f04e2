// End-to-end tests in the real Electron. Run them with `npm run e2e`: it finds Electron, builds and opens a display.
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.e2e.ts',
  // One application at a time: it owns the display's focus, and two cores are soon busy.
  workers: 1,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  // On a strange and busy machine a second start is tried; the list then says “flaky” and does not hide it.
  retries: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  outputDir: process.env.EXHIBIT_TEST_RESULTS ?? 'test-results',
  use: { trace: 'retain-on-failure' },
});
