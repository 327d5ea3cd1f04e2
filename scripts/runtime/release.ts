// What a release is called and which moment its files bear.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from './build.ts';
import { capture } from './commands.ts';

/** Name and version as package.json says them. */
export function readRelease(): { name: string; productName: string; version: string } {
  return JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8'));
}

/**
 * The moment all files of an archive bear, so that the same commit gives the same archive: SOURCE_DATE_EPOCH
 * (reproducible-builds.org), else the commit's time, else the beginning of 2026 where there is no repository.
 * @returns seconds since 1970
 */
export async function sourceDate(): Promise<number> {
  const given = Number(process.env.SOURCE_DATE_EPOCH);
  if (Number.isInteger(given) && given > 0) return given;
  const { code, stdout } = await capture('git', ['-C', projectFolder, 'log', '-1', '--format=%ct']);
  return code === 0 ? Number(stdout) : 1_767_225_600;
}
