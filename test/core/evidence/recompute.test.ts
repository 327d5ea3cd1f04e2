import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { areas } from '#core/evidence/areas.ts';
import type { PackReport } from '#core/model.ts';
import { copyOf, create, openSeeds, sampling, signerFor } from './create.ts';
import { readPdf } from './pdf-text.ts';

type Recomputed = {
  events: number;
  populations: number;
  sampled: number;
  controls: number;
  differences: string[];
};

/** Computes the pack in this folder again, with another program in another language. */
function recompute(folder: string): Recomputed {
  const { pages } = readPdf(readFileSync(join(folder, 'data/01_Evidence_Report.pdf')));
  const script = join(import.meta.dirname, 'recompute.py');
  const run = spawnSync('python3', [script, folder], { input: JSON.stringify(pages), encoding: 'utf8' });
  if (run.error)
    throw new Error(`recompute.py needs Python 3, and it cannot be started: ${run.error.message}`);
  expect(run.status, run.stderr).toBe(0);
  return JSON.parse(run.stdout) as Recomputed;
}

const edit = (pack: PackReport, path: string, change: (lines: string[]) => string[]) => {
  const folder = copyOf(pack);
  const file = join(folder, path);
  writeFileSync(file, change(readFileSync(file, 'utf8').split('\n')).join('\n'));
  return recompute(folder).differences.join('\n');
};

it('roots, proofs, samples and the report’s figures follow from the pack’s own files, as another program computes them', async () => {
  const store = await openSeeds();
  const random = { method: 'random', strata: null, allocation: null } as const;
  const samples = [
    sampling({ seed: 'again', size: 5 }),
    sampling({ ...random, seed: 'rights', size: 20, categories: [...(areas[0]?.categories ?? [])] }),
    sampling({ ...random, method: 'systematic', seed: 'k', size: 7, categories: ['remote_access'] }),
  ];
  const pack = await create(store, { samples }, { signer: signerFor(store) });
  const found = recompute(pack.folder);
  expect(found).toMatchObject({ events: 2400, populations: 10, differences: [] });
  expect(found.sampled).toBeGreaterThan(50);
  expect(found.controls).toBeGreaterThan(20);

  const ndjson = 'data/10_populations/00_all-events.ndjson';
  const dropped = edit(pack, ndjson, (lines) => [...lines.slice(0, 9), ...lines.slice(10)]);
  expect(dropped).toContain('P-00 has 2399 rows');
  expect(dropped).toContain('the report does not say “2,399 events of 2 sources');
  const swapped = edit(pack, ndjson, ([first = '', second = '', ...rest]) => [second, first, ...rest]);
  expect(swapped).toContain('P-00 has 2400 rows and the root');
  const exchanged = edit(
    pack,
    'data/11_samples/02_sample.csv',
    ([head = '', first = '', second = '', ...rest]) => [head, second, first, ...rest],
  );
  expect(exchanged).toContain('02_sample.csv does not list the rows that its rule draws');
  const days = edit(pack, 'data/20_sources/days.csv', ([head = '', first = '', ...rest]) => [
    head,
    first.replace(/,(\d)/, ',9$1'),
    ...rest,
  ]);
  expect(days).toMatch(/has \d+ rows on/);
});
