// `npm test`: everything that must hold before a change is taken, cheapest first, stopping at the first failure.
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { projectFolder } from './runtime/build.ts';
import { isOnPath, run } from './runtime/commands.ts';
import { requireDebianPackages } from './runtime/debian-packages.ts';
import { runScript } from './runtime/exit.ts';
import { addTotals, readVitestTotals, type Totals } from './runtime/totals.ts';
import { runWindowTests } from './runtime/window-tests.ts';

type Step = { name: string; work: () => Promise<{ code: number; totals?: Totals }> };

const reports = mkdtempSync(join(tmpdir(), 'exhibit-test-'));
const vitestReport = join(reports, 'vitest.json');

const steps: Step[] = [
  { name: 'biome', work: () => runTool('@biomejs/biome', 'bin/biome', ['check', '.']) },
  { name: 'tsc', work: () => runTool('typescript', 'bin/tsc', ['--noEmit']) },
  { name: 'unit and integration', work: runVitest },
  { name: 'window', work: () => runWindowTests([]) },
];

await runScript(async () => {
  const totals: (Totals | undefined)[] = [];
  try {
    for (const step of steps) {
      console.log(`\n── ${step.name}`);
      const start = performance.now();
      const result = await step.work();
      totals.push(result.totals);
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      console.log(`── ${step.name}: ${result.code === 0 ? 'ok' : 'FAILED'} (${seconds} s)`);
      if (result.code !== 0) return report(totals, step.name, result.code);
    }
    return report(totals);
  } finally {
    rmSync(reports, { recursive: true, force: true });
  }
});

// The last line is for machines as well as people: nothing but the two numbers.
function report(all: (Totals | undefined)[], failedStep?: string, code = 0): number {
  const totals = addTotals(all);
  if (totals.skipped > 0) console.log(`\n${totals.skipped} skipped`);
  if (failedStep) console.log(`\nStopped at: ${failedStep}. Nothing after it was run.`);
  console.log(`\n${totals.passed} passed, ${totals.failed} failed`);
  return code;
}

async function runVitest(): Promise<{ code: number; totals?: Totals }> {
  // A pack's verifier is run as its receiver runs it.
  if (!isOnPath('python3')) await requireDebianPackages(['packVerifier']);
  // A disk that fails needs a program that plays one. Without it those tests are counted as skipped.
  if (!isOnPath('fiu-run'))
    await requireDebianPackages(['diskFaults']).catch((error: Error) =>
      console.log(`The tests with a failing disk are skipped. ${error.message}`),
    );
  // So does the C# of verify.ps1 where there is no PowerShell.
  if (!isOnPath('mcs') || !isOnPath('mono'))
    await requireDebianPackages(['mono']).catch((error: Error) =>
      console.log(`The checks of verify.ps1 are not run. ${error.message}`),
    );
  const result = await runTool('vitest', 'vitest.mjs', [
    ...['run', '--reporter=default', '--reporter=json', `--outputFile.json=${vitestReport}`],
  ]);
  return { ...result, totals: readVitestTotals(vitestReport) };
}

async function runTool(name: string, file: string, args: string[]): Promise<{ code: number }> {
  const folder = dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
  return { code: await run(process.execPath, [join(folder, file), ...args], { cwd: projectFolder }) };
}
