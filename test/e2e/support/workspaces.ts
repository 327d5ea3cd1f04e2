// Folders and files for window tests: fixtures, throw-away folders, workspaces that already hold a log.

import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const project = resolve(import.meta.dirname, '..', '..', '..');

/** Path of an export in test/fixtures. */
export const fixture = (name: string): string => join(project, 'test', 'fixtures', name);

export const freshFolder = (): string => mkdtempSync(join(tmpdir(), 'exhibit-e2e-'));

/** A workspace into which the command line imported these files. */
export function seededWorkspace(...files: string[]): string {
  const folder = freshFolder();
  importInto(folder, ...files);
  return folder;
}

/** Imports more files into a workspace that no window shows. */
export const importInto = (folder: string, ...files: string[]): void =>
  runExhibit('import', ...files, '-w', folder);

/** Runs the command line, which has to end well. */
export function runExhibit(...words: string[]): void {
  execFileSync(process.execPath, [join(project, 'core', 'cli.ts'), ...words, '--json'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** An IronFlock export of `rows` events, one each second from 2026-01-01 on. */
export async function writeLongExport(path: string, rows: number): Promise<void> {
  const file = createWriteStream(path);
  file.write('timestamp,user,asset_type,asset_key,asset_name,project,aspect,subject,old_value,new_value\n');
  const start = Date.UTC(2026, 0, 1);
  for (let row = 0; row < rows; row++) {
    const time = new Date(start + row * 1000).toISOString();
    const line = `${time},user${row % 40}@acme.example,device,${4000 + (row % 90)},press-${row % 90},plant-0,Name,,name ${row},name ${row + 1}\n`;
    if (!file.write(line)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'finish');
}
