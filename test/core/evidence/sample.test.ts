import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { create, openSeeds, parseCsv, parseNdjson, readPackText } from './create.ts';

type Row = { event: { uid: string; category: string }; rank: number; score: string; stratum: string };

describe('the sample', () => {
  it('is what a plain sort of all rows by their hash gives, for each category', async () => {
    const { folder } = await create(await openSeeds(), { seed: 'Prüfer 7', sample: 4 });
    const all = parseNdjson<Row['event']>(readPackText(folder, 'data/10_populations/00_all-events.ndjson'));
    const scored = all
      .map(({ uid, category }) => ({
        uid,
        category,
        score: createHash('sha256').update('Prüfer 7').update(Buffer.of(0x1f)).update(uid).digest('hex'),
      }))
      .sort((a, b) => Buffer.compare(Buffer.from(a.score, 'hex'), Buffer.from(b.score, 'hex')));
    const expected = [...new Set(scored.map(({ category }) => category))].sort().flatMap((category) =>
      scored
        .filter((one) => one.category === category)
        .slice(0, 4)
        .map(({ uid, score }, index) => ({ category, rank: index + 1, score, uid })),
    );
    const drawn = parseNdjson<Row>(readPackText(folder, 'data/11_samples/01_sample.ndjson'));
    expect(
      drawn
        .map(({ stratum, rank, score, event }) => ({ category: stratum, rank, score, uid: event.uid }))
        .sort((a, b) => a.category.localeCompare(b.category) || a.rank - b.rank),
    ).toEqual(expected.sort((a, b) => a.category.localeCompare(b.category) || a.rank - b.rank));
    expect(parseCsv(readPackText(folder, 'data/11_samples/01_sample.csv'))).toHaveLength(drawn.length + 1);
  });

  it('takes a whole category when it is smaller than the sample', async () => {
    const { folder } = await create(await openSeeds(), { seed: 's', sample: 100_000 });
    const sampling = JSON.parse(readPackText(folder, 'data/11_samples/01_sampling.json'));
    expect(sampling.drawn).toBe(sampling.population.rows);
  });

  it('does not change the population it is drawn from', async () => {
    const store = await openSeeds();
    const without = await create(store);
    const withSample = await create(store, { seed: 's', sample: 3 });
    const roots = (folder: string) =>
      JSON.parse(readPackText(folder, 'data/30_query/populations.json')).map(
        ({ root }: { root: string }) => root,
      );
    expect(roots(withSample.folder)).toEqual(roots(without.folder));
    expect(withSample.packId).not.toBe(without.packId);
  });
});
