import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { readJson, writeJson } from '../../main/json-file.ts';
import { makeFolder } from './folder.ts';

const shape = z.object({ n: z.int() });

test('what was written is read again, and no other file is left behind', () => {
  const folder = makeFolder();
  const file = join(folder, 'deep', 'a.json');
  writeJson(file, { n: 1 });
  writeJson(file, { n: 2 });
  expect(readJson(file, shape)).toEqual({ n: 2 });
  expect(readdirSync(join(folder, 'deep'))).toEqual(['a.json']);
  expect(readFileSync(file, 'utf8')).toBe('{\n  "n": 2\n}\n');
});

test('a file that is missing, damaged or of another shape counts as absent', () => {
  const folder = makeFolder();
  expect(readJson(join(folder, 'none.json'), shape)).toBeUndefined();
  for (const content of ['', '{"n":', '{"n":"1"}', 'null']) {
    writeFileSync(join(folder, 'a.json'), content);
    expect(readJson(join(folder, 'a.json'), shape)).toBeUndefined();
  }
});
