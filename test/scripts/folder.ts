// A folder for one test file, removed after it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** Makes a temporary folder that goes away with the tests of this file. */
export function makeTestFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'exhibit-scripts-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
