import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { figuresFile, interFile, readWoff2, withEqualFigures } from '#scripts/figures-font.ts';

test('the font of figures is made of the Inter that is installed', () => {
  const kept = readWoff2(readFileSync(figuresFile));
  const made = readWoff2(withEqualFigures(readFileSync(interFile)));
  expect(kept.tables.equals(made.tables), 'run node scripts/figures-font.ts').toBe(true);
  expect(kept.tables.includes('tnum')).toBe(false);
});

test('what is no such font is refused', () => {
  const { head, tables } = readWoff2(readFileSync(figuresFile));
  expect(head.toString('latin1', 0, 4)).toBe('wOF2');
  expect(tables.length).toBeGreaterThan(100_000);
  expect(() => withEqualFigures(readFileSync(figuresFile))).toThrow('no figures of equal width');
});
