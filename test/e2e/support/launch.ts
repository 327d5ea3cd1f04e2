// Opens the built application the way a person would: the real Electron, its sandbox on, a fresh profile.
// Everything an end-to-end test opens goes through here, so that no test can quietly weaken a setting.
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';

export type LaunchOptions = {
  /** Folder of the workspace to open; without one the application starts as on its first run. */
  workspace?: string;
  /** More arguments for the application. */
  args?: readonly string[];
  /** Set on top of this process's environment; undefined removes a variable. */
  env?: Readonly<Record<string, string | undefined>>;
  /** A profile to use again, for tests of a second start; it is then not removed by `close`. */
  userData?: string;
  /** The address to go to at once; most tests are about events. Null stays where the application opens. */
  address?: string | null;
};

export type LaunchedExhibit = {
  app: ElectronApplication;
  /** The first window, its document loaded. */
  page: Page;
  /** The application's profile folder. */
  userData: string;
  /** Quits the application, and removes its profile when it was made here. */
  close: () => Promise<void>;
};

const applicationFolder = resolve(import.meta.dirname, '..', '..', '..');

/** Starts Exhibit and waits for its first window. Expects EXHIBIT_ELECTRON, which `npm run e2e` sets. */
export async function launchExhibit(options: LaunchOptions = {}): Promise<LaunchedExhibit> {
  const executablePath = process.env.EXHIBIT_ELECTRON;
  if (!executablePath) throw new Error('EXHIBIT_ELECTRON is not set. Run the tests with: npm run e2e');
  const userData = options.userData ?? mkdtempSync(join(tmpdir(), 'exhibit-profile-'));
  const app = await _electron.launch({
    executablePath,
    args: [
      `--user-data-dir=${userData}`,
      applicationFolder,
      ...(options.workspace ? [`--workspace=${options.workspace}`] : []),
      ...(options.args ?? []),
    ],
    cwd: applicationFolder,
    env: mergeEnvironment(options.env),
    // Without this Playwright adds --no-sandbox by itself.
    chromiumSandbox: true,
  });
  const close = async () => {
    await app.close();
    if (!options.userData) await rm(userData, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    const page = await app.firstWindow();
    await page.waitForLoadState('domcontentloaded');
    const { address = '#/events' } = options;
    if (address !== null) await page.evaluate((hash) => window.location.replace(hash), address);
    return { app, page, userData, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function mergeEnvironment(changes: LaunchOptions['env'] = {}): Record<string, string> {
  const merged: Record<string, string> = {};
  for (const [name, value] of Object.entries({ ...process.env, ...changes })) {
    if (value !== undefined) merged[name] = value;
  }
  return merged;
}
