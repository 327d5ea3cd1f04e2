// Recipes saved, used again for the next period, and compared in words.

import { describe, expect, it } from 'vitest';
import type { PackReport } from '#core/model.ts';
import { type Difference, nextPeriod, nextRequest, type SavedRecipe } from '#core/recipe-model.ts';
import { openReview } from '#core/store/open.ts';
import { listPacks } from '#core/store/recipes.ts';
import { exhibit, exhibitJson } from '../../support/command-line.ts';
import { temporaryFolder } from '../../support/workspace.ts';
import { openSmall, readPackText, request, sampling } from './create.ts';

describe('the next period', () => {
  it('is as many months where the period is whole months, else as many days', () => {
    const next = (from: string, to: string) => Object.values(nextPeriod({ from, to })).join(' ');
    expect(next('2026-01-01', '2026-03-31')).toBe('2026-04-01 2026-06-30');
    expect(next('2025-12-01', '2025-12-31')).toBe('2026-01-01 2026-01-31');
    expect(next('2024-01-01', '2024-02-29')).toBe('2024-03-01 2024-04-30');
    expect(next('2026-01-05', '2026-01-11')).toBe('2026-01-12 2026-01-18');
    expect(() => next('2026-01-01T00:00:00Z', '2026-01-31')).toThrow('whole days');
  });

  it('keeps how a sample is drawn, and neither its seed nor what was said of the last one', () => {
    const asked = request({
      samples: [sampling({ replacements: [{ uid: 'a', reason: 'b' }] }), sampling({ method: 'judgemental' })],
      conclusions: [{ control: '5.18', words: 'fine' }],
    });
    expect(nextRequest(asked)).toMatchObject({
      from: '2026-04-01',
      conclusions: [],
      samples: [{ seed: '', size: 3, replacements: [] }],
    });
  });
});

describe('recipes', () => {
  it('are saved by name, used again with the next period, compared in words, and taken from a pack', async () => {
    const { folder } = await openSmall();
    const at = ['-w', folder];
    const out = ['--out', temporaryFolder()];
    const usual = ['--framework', 'iso27001', '--seed', 's', '--sample', '2', '--organisation', 'Acme'];
    const first = exhibitJson<PackReport>(
      ...['pack', ...at, ...usual, '--from', '2026-01-01', '--to', '2026-01-31', ...out],
    );
    exhibitJson('recipes', 'save', 'Monthly', first.packId, ...at);
    const unseeded = exhibit(['pack', ...at, '--recipe', 'Monthly', '--next', ...out]);
    expect([unseeded.exit, unseeded.err]).toEqual([
      2,
      expect.stringContaining('needs both a seed and a size'),
    ]);
    const second = exhibitJson<PackReport>(
      ...['pack', ...at, '--recipe', 'Monthly', '--next', '--seed', 't', ...out],
    );
    expect(JSON.parse(readPackText(second.folder, 'data/30_query/recipe.json'))).toMatchObject({
      organisation: 'Acme',
      period: { from: '2026-02-01', to: '2026-02-28' },
      samples: [{ seed: 't', size: 2 }],
    });
    expect(
      exhibitJson<Difference[]>('recipes', 'diff', 'Monthly', second.packId, ...at).map(
        ({ what, before, after }) => `${what}: ${before} → ${after}`,
      ),
    ).toEqual(['Period: 2026-01-01 to 2026-01-31 → 2026-02-01 to 2026-02-28', 'S-01 seed: s → t']);
    // The recipe of a pack is a recipe like any other.
    const file = `${first.folder}/data/30_query/recipe.json`;
    const again = exhibitJson<PackReport>('pack', ...at, '--recipe', file, '--out', temporaryFolder());
    expect(again.packId).toBe(first.packId);

    const review = openReview(folder, { mode: 'read' });
    expect(
      listPacks(review).map((one) => [one.packId, one.version, one.versions, one.events, one.sampled]),
    ).toEqual([
      [first.packId, 2, 2, 31, first.sampled],
      [second.packId, 1, 1, 28, second.sampled],
      [first.packId, 1, 2, 31, first.sampled],
    ]);
    review.close();
    expect(exhibitJson<SavedRecipe[]>('recipes', 'remove', 'Monthly', ...at)).toEqual([]);
    expect(exhibit(['recipes', 'show', 'Monthly', ...at]).exit).toBe(3);
  });
});
