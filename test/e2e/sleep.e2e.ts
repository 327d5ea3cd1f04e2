// The computer sleeps while Exhibit works: what runs goes on after waking up, and where the engine did not live through it
// the window says so and works again. The end of long work is told by a notification where nobody looks at the window.

import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { type LaunchedExhibit, launchExhibit } from './support/launch.ts';
import { dropFiles, enginePid, goTo } from './support/window.ts';
import { fixture, freshFolder, seededWorkspace, writeLongExport } from './support/workspaces.ts';

let exhibit: LaunchedExhibit;
test.afterEach(() => exhibit.close());

const power = (event: 'suspend' | 'resume') =>
  exhibit.app.evaluate(({ powerMonitor }, name) => void powerMonitor.emit(name), event);

test('an import goes on after sleep; one whose engine died says so, and is done again', async () => {
  test.setTimeout(120_000);
  const file = join(freshFolder(), 'ironflock-long.csv');
  await writeLongExport(file, 400_000);
  exhibit = await launchExhibit({ workspace: seededWorkspace(fixture('flowtriq-export.csv')) });
  const { page } = exhibit;
  await goTo(page, 'Sources');
  await expect(page.getByText('900 events held')).toBeVisible();
  const startImport = async () => {
    await dropFiles(page, [file]);
    await page.getByRole('button', { name: 'Import 1 file' }).click();
    await expect(page.getByText(/MB of /).first()).toBeVisible();
    return enginePid(exhibit);
  };

  // A process that stands still is what sleep is to it; one that is killed meanwhile is gone when the window wakes up.
  const first = await startImport();
  await power('suspend');
  process.kill(first, 'SIGSTOP');
  process.kill(first, 'SIGKILL');
  await power('resume');
  await expect(page.getByText('The engine stopped before it could answer').first()).toBeVisible();
  await expect(page.getByText('900 events held')).toBeVisible();

  // Nobody looks meanwhile, and this machine has nobody to show a notification either: what would be shown is written down.
  await exhibit.app.evaluate(({ BrowserWindow, Notification }) => {
    const shown: string[] = [];
    Object.assign(globalThis, { shown });
    Notification.isSupported = () => true;
    Notification.prototype.show = function (this: Electron.Notification) {
      shown.push(`${this.title} ${this.body}`);
    };
    BrowserWindow.prototype.isFocused = () => false;
  });
  const second = await startImport();
  await power('suspend');
  process.kill(second, 'SIGSTOP');
  await page.waitForTimeout(4000);
  process.kill(second, 'SIGCONT');
  await power('resume');
  await expect(page.getByText('400,900 events held')).toBeVisible({ timeout: 60_000 });
  await expect
    .poll(() => exhibit.app.evaluate(() => (globalThis as unknown as { shown: string[] }).shown))
    .toEqual(['Importing ironflock-long.csv It is done.']);
});
