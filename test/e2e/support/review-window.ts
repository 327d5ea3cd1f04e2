// The window that tests of a review share: one for each test, closed after it, with nothing gone wrong in its page; and
// the parts that every review has.

import { expect, type Locator, type Page, test } from '@playwright/test';
import { type LaunchedExhibit, launchExhibit } from './launch.ts';
import { watchErrors } from './window.ts';

/** Call it once at the top of a file. `list` begins the name of the rows, `pane` is that of what opens beside them. */
export function reviewWindow({ list, pane }: { list: string; pane: string }) {
  let exhibit: LaunchedExhibit;
  let wrong: string[] = [];

  test.afterEach(async () => {
    await exhibit.close();
    expect(wrong, 'errors in the page').toEqual([]);
  });

  const page = (): Page => exhibit.page;
  const rows = (): Locator => page().getByRole('grid', { name: new RegExp(`^${list}`) });
  return {
    get exhibit(): LaunchedExhibit {
      return exhibit;
    },
    get page(): Page {
      return page();
    },
    /** Opens the application; without a workspace as on its first run. */
    async open(workspace?: string): Promise<void> {
      exhibit = await launchExhibit(workspace === undefined ? {} : { workspace });
      wrong = watchErrors(exhibit.page);
    },
    /** Goes to an address. */
    show: (hash: string): Promise<void> =>
      page().evaluate((address) => {
        window.location.hash = address;
      }, hash),
    list: rows,
    /** A row by its place, from 1. */
    row: (index: number): Locator => rows().locator(`[role=row][aria-rowindex="${index + 1}"]`),
    pane: (): Locator => page().getByRole('complementary', { name: pane }),
    total: (): Locator => page().locator('output'),
  };
}
