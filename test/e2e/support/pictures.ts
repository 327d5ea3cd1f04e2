// Pictures of the window at its two usual sizes, to be looked at by a person.

import { join } from 'node:path';
import type { LaunchedExhibit } from './launch.ts';

/** Takes them where EXHIBIT_PICTURES names a folder; else does nothing. */
export async function takePictures({ app, page }: LaunchedExhibit, name: string): Promise<void> {
  const folder = process.env.EXHIBIT_PICTURES;
  if (!folder) return;
  for (const [width, height] of [
    [1440, 900],
    [1024, 700],
  ] as const) {
    await app.evaluate(
      ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(...size),
      [width, height] as [number, number],
    );
    await page.waitForTimeout(250);
    await page.screenshot({ path: join(folder, `${name}-${width}.png`) });
  }
}
