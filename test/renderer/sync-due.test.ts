// A source is synced by itself when it is due, also where the computer's clock was set meanwhile.
import { expect, test } from 'vitest';
import { isDue } from '../../renderer/sources/sync-due.ts';

const noon = Date.UTC(2026, 10, 22, 12);

test('a source is due once its hours have gone by, and when it was never synced', () => {
  expect(isDue(null, 6, noon)).toBe(true);
  expect(isDue('2026-11-22T06:00:00.000Z', 6, noon)).toBe(true);
  expect(isDue('2026-11-22T06:00:01.000Z', 6, noon)).toBe(false);
});

test('a last sync that lies ahead does not keep a source waiting until then', () => {
  expect(isDue('2027-01-01T00:00:00.000Z', 6, noon)).toBe(true);
});
