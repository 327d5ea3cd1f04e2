// Where the system chooses the colours (contrast themes of Windows): focus, selection, marks and charts stay visible, drawn
// with its colours and told apart by shape.

import { expect, type Locator, test } from '@playwright/test';
import { type LaunchedExhibit, launchExhibit } from './support/launch.ts';
import { places, sampleWorkspace, show } from './support/places.ts';
import { barriers, eventRow, watchErrors } from './support/window.ts';

let exhibit: LaunchedExhibit;
test.afterEach(() => exhibit.close());

const styleOf = (element: Locator, name: string): Promise<string> =>
  element.evaluate((one, property) => getComputedStyle(one).getPropertyValue(property), name);

for (const theme of ['light', 'dark'] as const) {
  test(`focus, selection, marks and charts are seen in the system’s colours, ${theme}`, async () => {
    test.setTimeout(120_000);
    exhibit = await launchExhibit({ workspace: sampleWorkspace(), address: null });
    const { page } = exhibit;
    const errors = watchErrors(page);
    await page.emulateMedia({ forcedColors: 'active', colorScheme: theme });
    const at = (name: string) => places.find((place) => place.name === name) as (typeof places)[number];
    const canvas = () => styleOf(page.locator('body'), 'background-color');

    await show(page, at('overview'));
    const bars = page.locator('.recharts-bar-rectangle path');
    await expect(bars.first()).toBeVisible();
    const fills = await bars.evaluateAll((all) => [...new Set(all.map((one) => one.getAttribute('fill')))]);
    const legend = page.getByRole('list', { name: 'Events by category' }).locator('svg rect');
    const named = await legend.evaluateAll((all) => all.map((one) => one.getAttribute('fill')));
    expect(new Set(named).size, 'each category has a pattern of its own').toBe(named.length);
    expect(
      fills.every((fill) => named.includes(fill)),
      'and the bars have those patterns',
    ).toBe(true);
    expect(await styleOf(legend.first(), 'fill')).not.toBe(await canvas());

    await show(page, at('events'));
    await page.getByRole('grid', { name: /^Events, / }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    const row = page.locator('[role=row][aria-selected=true]').first();
    expect(await styleOf(row, 'outline-style')).toBe('solid');
    const entry = page.getByRole('link', { name: 'Changes', exact: true });
    await entry.focus();
    await page.keyboard.press('Shift+Tab');
    const focused = page.locator(':focus-visible');
    expect(await styleOf(focused, 'outline-style')).toBe('solid');
    expect(await styleOf(focused, 'outline-color')).not.toBe(await canvas());
    const dot = eventRow(page, 1).locator('[data-family]').first();
    expect(await styleOf(dot, 'background-color')).not.toBe(await canvas());

    await show(page, at('settings'));
    const main = page.getByRole('button', { name: 'Save settings' });
    expect(await styleOf(main, 'forced-color-adjust')).toBe('none');
    expect(await styleOf(main, 'color')).not.toBe(await styleOf(main, 'background-color'));

    for (const name of ['overview', 'events', 'changes', 'access', 'completeness', 'settings']) {
      await show(page, at(name));
      expect(await barriers(page), name).toEqual([]);
    }
    expect(errors).toEqual([]);
  });
}
