import { expect, test } from 'vitest';
import { fitBounds } from '../../main/bounds.ts';

const laptop = { x: 0, y: 25, width: 1440, height: 875 };
const beside = { x: 1440, y: 0, width: 2560, height: 1440 };
const saved = { x: 1600, y: 100, width: 1800, height: 1100, maximized: false };

test('the window opens where it was', () => {
  expect(fitBounds(saved, [laptop, beside])).toEqual({ x: 1600, y: 100, width: 1800, height: 1100 });
});

test('a window whose screen is gone opens where the system puts it, no larger than usual', () => {
  expect(fitBounds(saved, [laptop])).toEqual({ width: 1360, height: 860 });
});

test('a window larger than its screen is made to fit', () => {
  expect(fitBounds({ ...saved, x: 0, y: 25 }, [laptop])).toEqual({ x: 0, y: 25, width: 1440, height: 875 });
});

test('a window is never smaller than its smallest size', () => {
  expect(fitBounds({ ...saved, width: 10, height: 10 }, [beside])).toMatchObject({
    width: 1024,
    height: 700,
  });
});

test('a title bar above the screen, below it or all but beside it cannot be reached, so it does not count', () => {
  for (const place of [{ y: -500 }, { y: 1400 }, { x: 3950 }, { x: -300 }]) {
    expect(fitBounds({ ...saved, ...place }, [beside])).not.toHaveProperty('x');
  }
});

test('the first time it has the usual size', () => {
  expect(fitBounds(undefined, [laptop])).toEqual({ width: 1360, height: 860 });
});
