// Draws a pack's sample again from its population, by sorting instead of a heap, and compares it with the sample's file.

import type { SampleRequest } from '#core/sampling-model.ts';
import { categoryOfLine } from './event-line.ts';
import type { Recipe } from './recipe.ts';
import { allocate, reach, sampleScore, stratumOf, systematicSteps } from './sample-rule.ts';
import type { Verdicts } from './verify-bag.ts';

type Scored = { score: string; uid: string };

/** Packs of template 2 knew one method alone: so many rows of each category. */
type Old = { method: 'hash-rank'; seed: string; perStratum: number };

function asRequest(sampling: SampleRequest | Old): SampleRequest {
  if (sampling.method !== 'hash-rank') return sampling;
  const { seed, perStratum } = sampling;
  return {
    method: 'stratified',
    seed,
    size: perStratum,
    basis: { kind: 'given', words: '' },
    strata: 'category',
    allocation: 'fixed',
    categories: [],
    chosen: [],
    replacements: [],
    attributes: [],
  };
}

/** Sees each line of the whole population, in order; `drawn` then gives what its rules draw. */
export function watchSample(asked: Recipe['sampling']): { see(line: string): void; drawn(): string[] } {
  if (!asked) return { see: () => undefined, drawn: () => [] };
  const { method, seed, size, strata, categories, replacements, chosen, allocation } = asRequest(asked);
  const counts = new Map<string, number>();
  const ranked = new Map<string, Scored[]>();
  const inOrder: string[] = [];
  const named = new Set(chosen.map(({ uid }) => uid));
  const found = new Set<string>();
  const replaced = new Set(replacements.map(({ uid }) => uid));
  const most = size + replacements.length;
  const best = (stratum: string) => (ranked.get(stratum) ?? []).sort(byScore).slice(0, most);
  return {
    see(line) {
      if (categories.length > 0 && !(categories as string[]).includes(categoryOfLine(line))) return;
      const event = JSON.parse(line) as Parameters<typeof stratumOf>[0] & { uid: string };
      const { uid } = event;
      if (method === 'judgemental') {
        if (named.has(uid)) found.add(uid);
        return;
      }
      if (method === 'systematic') inOrder.push(uid);
      if (method === 'systematic' && replaced.size === 0) return;
      const stratum = strata === null ? 'all' : stratumOf(event, strata);
      counts.set(stratum, (counts.get(stratum) ?? 0) + 1);
      const rows = ranked.get(stratum) ?? [];
      rows.push({ score: sampleScore(seed, uid), uid });
      ranked.set(stratum, rows.length > 2 * most + 1000 ? rows.sort(byScore).slice(0, most) : rows);
    },
    drawn() {
      if (method === 'judgemental')
        return chosen.flatMap(({ uid }, at) =>
          found.has(uid) ? [sampleKey('chosen', at + 1, '', uid)] : [],
        );
      if (method === 'systematic') {
        const { every, start } = systematicSteps(seed, inOrder.length, size);
        const positions = Array.from(
          { length: Math.min(size, inOrder.length) },
          (_, at) => start + at * every,
        );
        const taken = new Set(positions.map((position) => inOrder[position]));
        const others = best('all').filter(({ uid }) => !taken.has(uid));
        return [
          ...positions.map((at, index) => sampleKey('all', index + 1, String(at), inOrder[at] as string)),
          ...others
            .slice(0, replaced.size)
            .map(({ score, uid }, index) => sampleKey('replacement', index + 1, score, uid)),
        ];
      }
      const shares = allocation === 'proportional' ? allocate(counts, size) : null;
      return [...counts.keys()].flatMap((stratum) => {
        const rows = best(stratum);
        return rows
          .slice(0, reach(rows, shares?.get(stratum) ?? size, replaced))
          .map(({ score, uid }, index) => sampleKey(stratum, index + 1, score, uid));
      });
    },
  };
}

/** The rows of the sample file are the rows that the rules draw. */
export function judgeSample(
  verdicts: Verdicts,
  recipe: Recipe,
  sampleText: string | null,
  drawn: string[],
): void {
  if (!recipe.sampling) {
    verdicts.checks.push({ name: 'Sample', status: 'skipped', detail: 'none was asked for' });
    return;
  }
  const listed = (sampleText ?? '')
    .split('\n')
    .filter((line) => line !== '')
    .map(
      (line) => JSON.parse(line) as { stratum: string; rank: number; score: string; event: { uid: string } },
    )
    .map((row) => sampleKey(row.stratum, row.rank, row.score, row.event.uid));
  const expected = new Set(drawn);
  const faults = listed
    .filter((key) => !expected.has(key))
    .map((key) => ({ where: key, detail: 'in the sample, but not drawn by the seed' }));
  const missing = recipe.sampling.method === 'judgemental' ? recipe.sampling.chosen.length : drawn.length;
  if (listed.length !== missing) {
    faults.push({
      where: 'data/11_samples',
      detail: `${listed.length} rows listed, the recipe gives ${missing}`,
    });
  }
  verdicts.judge('Sample', faults, `${drawn.length} rows drawn again, ${recipe.sampling.method}`);
}

const sampleKey = (stratum: string, rank: number, score: string, uid: string) =>
  `${stratum} ${rank} ${score} ${uid}`;
const byScore = (a: Scored, b: Scored) => (a.score < b.score ? -1 : 1);
