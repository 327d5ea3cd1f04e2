// A copy of the checkout for a user who may not look into it (it lies under /root, or in a private folder).
// Installed packages are linked rather than copied where the disk allows.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '#core/errors.ts';
import { capture } from './commands.ts';

const leftOut = new Set(['.git', 'node_modules', 'dist', 'test-results', 'playwright-report', 'coverage']);

/** Copies what running the built application and its tests takes from `project` into the existing folder `target`. */
export async function stageCheckout(project: string, target: string): Promise<void> {
  const own = readdirSync(project).filter((name) => !leftOut.has(name));
  await copy(['-a', ...own.map((name) => join(project, name))], target);
  const modules = join(project, 'node_modules');
  const linked = await capture('cp', ['-al', modules, target]);
  if (linked.code === 0) return;
  // Another file system, or one without hard links.
  await capture('rm', ['-rf', join(target, 'node_modules')]);
  await copy(['-a', modules], target);
}

async function copy(args: string[], target: string): Promise<void> {
  const result = await capture('cp', [...args, target]);
  if (result.code === 0) return;
  throw new AppError(
    'environment',
    `The checkout could not be copied to ${target} for the user who runs the window tests. ` +
      `Free some space, or run the tests as an ordinary user.\n${result.stderr.trim().split('\n').slice(-3).join('\n')}`,
  );
}
