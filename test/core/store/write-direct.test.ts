import { expect, it } from 'vitest';
import { openStore, type Store } from '#core/store/open.ts';
import { writeDirect } from '#core/store/write-direct.ts';
import { fixture, importInto, temporaryFolder } from '../../support/workspace.ts';

const modeOf = ({ db }: Store) => db.pragma('journal_mode', { simple: true });

it('a log that holds nothing and is open nowhere else is written without the write-ahead log, and has it back afterwards', () => {
  const store = openStore(temporaryFolder(), { mode: 'write', isAlone: true });
  const asEver = writeDirect(store);
  expect(modeOf(store)).toBe('delete');
  asEver();
  expect(modeOf(store)).toBe('wal');
  store.close();
});

it('a log that is open elsewhere keeps its write-ahead log, and nobody waits for that', () => {
  const folder = temporaryFolder();
  const store = openStore(folder, { mode: 'write', isAlone: true });
  const reader = openStore(folder, { mode: 'read' });
  expect(reader.db.prepare('SELECT count(*) FROM event').pluck().get()).toBe(0);
  const timeout = store.db.pragma('busy_timeout', { simple: true });
  const start = performance.now();
  const asEver = writeDirect(store);
  expect(performance.now() - start).toBeLessThan(5000);
  expect(modeOf(store)).toBe('wal');
  asEver();
  expect([modeOf(store), store.db.pragma('busy_timeout', { simple: true })]).toEqual(['wal', timeout]);
  store.close();
  reader.close();
});

it('somebody who opens the log meanwhile keeps it without its write-ahead log until the next who writes', () => {
  const folder = temporaryFolder();
  const store = openStore(folder, { mode: 'write', isAlone: true });
  const asEver = writeDirect(store);
  const reader = openStore(folder, { mode: 'read' });
  asEver();
  reader.close();
  store.close();
  const next = openStore(folder, { mode: 'write' });
  expect(modeOf(next)).toBe('wal');
  next.close();
});

it('a log with events, and one that this process may read meanwhile, are written as ever', async () => {
  const filled = openStore(temporaryFolder(), { mode: 'write', isAlone: true });
  await importInto(filled, fixture('flowtriq-export.csv'));
  writeDirect(filled)();
  expect(modeOf(filled)).toBe('wal');
  filled.close();
  const shared = openStore(temporaryFolder(), { mode: 'write' });
  const asEver = writeDirect(shared);
  expect(modeOf(shared)).toBe('wal');
  asEver();
  shared.close();
});
