import { describe, expect, it } from 'vitest';
import { areas } from '#core/evidence/areas.ts';
import { loadControlMap } from '#core/evidence/control-map.ts';
import { categories, frameworks } from '#core/model.ts';

describe.each(frameworks)('the control map of %s', (framework) => {
  const map = loadControlMap(framework);

  it('knows every category and no other', () => {
    expect(Object.keys(map.categories).sort()).toEqual([...categories].sort());
  });

  it('names for each category only controls it lists, and lists no control without a category', () => {
    const listed = map.controls.map(({ id }) => id);
    expect(new Set(listed).size).toBe(listed.length);
    expect(new Set(Object.values(map.categories).flatMap(({ controls }) => controls))).toEqual(
      new Set(listed),
    );
    expect(map.controls.filter((control) => control.categories.length === 0)).toEqual([]);
  });

  it('labels each control and category in a few words of its own', () => {
    for (const { label } of [...map.controls, ...Object.values(map.categories)]) {
      expect(label.length).toBeGreaterThan(3);
      expect(label.length).toBeLessThan(64);
    }
  });
});

describe('the areas', () => {
  it('hold each category once', () => {
    expect(areas.flatMap((area) => area.categories).sort()).toEqual([...categories].sort());
  });

  it('have names a workbook allows, with room for a number', () => {
    for (const { sheet } of areas) expect(sheet).toMatch(/^[^\\/?*[\]:]{1,24}$/);
  });
});
