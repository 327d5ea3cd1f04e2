// Draws a pack's samples again from their population, by sorting instead of a heap, and compares each with its file.

import { type SampleRequest, sampleId } from '#core/sampling-model.ts';
import { categoryOfLine } from './event-line.ts';
import type { Recipe } from './recipe.ts';
import { samplePaths } from './sample-files.ts';
import { allocate, reach, sampleScore, stratumOf, systematicSteps } from './sample-rule.ts';
import type { Verdicts } from './verify-bag.ts';

type Scored = { score: string; uid: string };

/**
 * Sees each line of the whole population, in order; `drawn` then gives what its rules draw. `rows` is how many the sampled
 * population should have: a systematic sample of another number is none.
 */
export function watchSample(
  asked: SampleRequest,
  rows: number,
): { see(line: string): void; drawn(): string[] } {
  const { method, seed, size, strata, categories, replacements, chosen, allocation } = asked;
  const counts = new Map<string, number>();
  const ranked = new Map<string, Scored[]>();
  const { every, start } = systematicSteps(seed, rows, size);
  const due = Math.min(size, rows);
  const positions: string[] = [];
  let position = 0;
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
      if (method === 'systematic') {
        const isDue = position >= start && (position - start) % every === 0;
        if (isDue && positions.length < due) positions.push(uid);
        position += 1;
      }
      if (method === 'systematic' && replaced.size === 0) return;
      const stratum = strata === null ? 'all' : stratumOf(event, strata);
      counts.set(stratum, (counts.get(stratum) ?? 0) + 1);
      const held = ranked.get(stratum) ?? [];
      held.push({ score: sampleScore(seed, uid), uid });
      ranked.set(stratum, held.length > 2 * most + 1000 ? held.sort(byScore).slice(0, most) : held);
    },
    drawn() {
      if (method === 'judgemental')
        return chosen.flatMap(({ uid }, at) =>
          found.has(uid) ? [sampleKey('chosen', at + 1, '', uid)] : [],
        );
      if (method === 'systematic') {
        if (position !== rows) return [];
        const taken = new Set(positions);
        const others = best('all').filter(({ uid }) => !taken.has(uid));
        return [
          ...positions.map((uid, at) => sampleKey('all', at + 1, String(start + at * every), uid)),
          ...others
            .slice(0, replaced.size)
            .map(({ score, uid }, index) => sampleKey('replacement', index + 1, score, uid)),
        ];
      }
      const shares = allocation === 'proportional' ? allocate(counts, size) : null;
      return [...counts.keys()].flatMap((stratum) => {
        const taken = best(stratum);
        return taken
          .slice(0, reach(taken, shares?.get(stratum) ?? size, replaced))
          .map(({ score, uid }, index) => sampleKey(stratum, index + 1, score, uid));
      });
    },
  };
}

/** The rows of each sample's file are the rows that its rules draw. `texts` and `drawn` are in the recipe's order. */
export function judgeSamples(
  verdicts: Verdicts,
  { samples }: Pick<Recipe, 'samples'>,
  texts: readonly (string | null)[],
  drawn: readonly string[][],
): void {
  if (samples.length === 0) {
    verdicts.checks.push({ name: 'Sample', status: 'skipped', detail: 'none was asked for' });
    return;
  }
  for (const [at, asked] of samples.entries())
    judgeSample(verdicts, at, asked, texts[at] ?? null, drawn[at] ?? []);
}

function judgeSample(
  verdicts: Verdicts,
  at: number,
  { method, chosen }: SampleRequest,
  text: string | null,
  drawn: readonly string[],
): void {
  const listed = (text ?? '')
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
  const wanted = method === 'judgemental' ? chosen.length : drawn.length;
  if (listed.length !== wanted || new Set(listed).size !== listed.length) {
    faults.push({
      where: samplePaths(at).ndjson,
      detail: `${listed.length} rows listed, the recipe gives ${wanted} different ones`,
    });
  }
  verdicts.judge(`Sample ${sampleId(at)}`, faults, `${drawn.length} rows drawn again, ${method}`);
}

const sampleKey = (stratum: string, rank: number, score: string, uid: string) =>
  `${stratum} ${rank} ${score} ${uid}`;
const byScore = (a: Scored, b: Scored) => (a.score < b.score ? -1 : 1);
