import { appendFileSync, copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openStore } from '#core/store/open.ts';
import { verifyFailures } from '../../support/log-content.ts';
import { fixture, ironflockCsv, temporaryFolder } from '../../support/workspace.ts';
import { connectTo, logOf, syncAt } from './workspace.ts';

const row = (n: number) => `2026-02-0${n}T10:00:00.000Z,ann,device,7,press-07,plant,Name,,a,b${n}`;
const later = () => Date.now() + 120_000;

it('a watched folder brings its new files once, when they have settled', async () => {
  const watched = temporaryFolder();
  const folder = connectTo({ kind: 'folder', folder: watched, settleSeconds: 60 });
  writeFileSync(join(watched, 'a.csv'), ironflockCsv([row(1), row(2)]));
  writeFileSync(join(watched, '.hidden.csv'), 'no');
  writeFileSync(join(watched, 'notes.md'), 'no');
  const early = await syncAt(folder, Date.now);
  expect(early).toMatchObject({ imported: 0, error: null });
  expect(early.warnings[0]).toContain('1 files changed less than 60 seconds ago');
  expect(await syncAt(folder, later)).toMatchObject({ imported: 2, error: null, warnings: [] });
  expect(await syncAt(folder, later)).toMatchObject({ read: 0, imports: [] });

  mkdirSync(join(watched, 'deeper'));
  writeFileSync(join(watched, 'deeper', 'b.csv'), ironflockCsv([row(2), row(3)]));
  expect(await syncAt(folder, later)).toMatchObject({ imported: 1, duplicates: 1 });
  expect(logOf(folder)).toHaveLength(3);
  const store = openStore(folder, { mode: 'read' });
  expect(await verifyFailures(store)).toEqual([]);
  store.close();
});

it('a file that grew is read again and said, one that cannot be read keeps no other out and is tried again', async () => {
  const watched = temporaryFolder();
  const folder = connectTo({ kind: 'folder', folder: watched, settleSeconds: 1 });
  writeFileSync(join(watched, 'a.csv'), ironflockCsv([row(1)]));
  writeFileSync(join(watched, 'b.json'), '{"no":"list"}');
  writeFileSync(join(watched, 'c.csv'), ironflockCsv([row(2)]));
  const first = await syncAt(folder, later);
  expect(first.error?.message).toMatch(/1 of 3 new files could not be read: b\.json/);
  expect(first.imported).toBe(2);
  appendFileSync(join(watched, 'a.csv'), `${row(3)}\n`);
  copyFileSync(fixture('flowtriq-export.csv'), join(watched, 'b.json'));
  const second = await syncAt(folder, later);
  expect(second.error?.message).toContain('holds ironflock events and this file is flowtriq');
  expect(second.imported).toBe(1);
  expect(second.warnings.join()).toContain('a.csv is another one than when it was read before');
  expect(logOf(folder)).toHaveLength(3);
});

it('a folder that is gone is named', async () => {
  const folder = connectTo({ kind: 'folder', folder: '/nowhere/at/all', settleSeconds: 1 });
  expect((await syncAt(folder, later)).error?.message).toContain('The folder /nowhere/at/all is not there');
});
