// Small JSON files of the application's own (which workspace, which window bounds). Losing one is no harm, so what
// cannot be read counts as absent; writing replaces the file in one step.

import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { z } from 'zod';

/** What the file holds, or undefined when it is missing, unreadable or not of this shape. */
export function readJson<T>(file: string, shape: z.ZodType<T>): T | undefined {
  try {
    return shape.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data;
  } catch {
    return undefined;
  }
}

/** Writes the file, whole or not at all. Throws the system's error. */
export function writeJson(file: string, value: unknown): void {
  mkdirSync(dirname(file), { recursive: true });
  const written = `${file}.${process.pid}.tmp`;
  writeFileSync(written, `${JSON.stringify(value, null, 2)}\n`);
  renameSync(written, file);
}
