// Real workspaces in temporary folders, removed when the test is over.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type ImportOptions, importFile } from '#core/ingest/import-file.ts';
import type { EventQuery, ImportReport } from '#core/model.ts';
import { openStore, type Store } from '#core/store/open.ts';

/** A new empty folder. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'exhibit-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A new workspace, open for writing. */
export function openTemporaryStore(folder = temporaryFolder()): Store {
  const store = openStore(folder, { mode: 'write' });
  onTestFinished(() => store.close());
  return store;
}

/** Absolute path of a file in test/fixtures. */
export function fixture(name: string): string {
  return join(import.meta.dirname, '..', 'fixtures', name);
}

/** Writes text to a file in a new folder and returns its path. */
export function temporaryFile(name: string, content: string | Uint8Array): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, content);
  return path;
}

/** Imports one file with the defaults of the command line. */
export function importInto(
  store: Store,
  from: Parameters<typeof importFile>[1],
  options: Partial<ImportOptions> = {},
): Promise<ImportReport> {
  return importFile(store, from, {
    source: null,
    preset: null,
    zone: null,
    signal: new AbortController().signal,
    progress: () => {},
    ...options,
  });
}

/** A query for everything, with what the test sets. */
export function query(parts: Partial<EventQuery> = {}): EventQuery {
  return { filter: '', from: null, to: null, zone: 'UTC', ...parts };
}

/** Lines of an IronFlock CSV export. */
export function ironflockCsv(rows: readonly string[]): string {
  const header = 'timestamp,user,asset_type,asset_key,asset_name,project,aspect,subject,old_value,new_value';
  return `${[header, ...rows].join('\n')}\n`;
}
