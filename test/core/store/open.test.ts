import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { logMigrations, oldestLog } from '#core/store/log-schema.ts';
import { applicationIds, migrate } from '#core/store/migrate.ts';
import { openReview, openStore } from '#core/store/open.ts';
import { verifyFailures } from '../../support/log-content.ts';
import { fixture, importInto, openTemporaryStore, temporaryFolder } from '../../support/workspace.ts';

const logTables = [
  'workspace',
  'source',
  'mapping',
  'stored_import',
  'kind',
  'term',
  'actor',
  'target',
  'stored_event',
  'stored_record',
  'duplicate',
  'rejection',
  'line_block',
  'sync',
];

describe('opening a workspace', () => {
  it('creates it for a writer, and says that there is none to a reader', () => {
    const folder = join(temporaryFolder(), 'new', 'deeper');
    expect(() => openStore(folder, { mode: 'read' })).toThrow('There is no workspace');
    openStore(folder, { mode: 'write' }).close();
    openStore(folder, { mode: 'read' }).close();
  });

  it('is durable on every open, not only on the first', () => {
    const folder = temporaryFolder();
    for (let time = 0; time < 3; time++) {
      const store = openStore(folder, { mode: 'write' });
      expect(store.db.pragma('synchronous', { simple: true })).toBe(2);
      expect(store.db.pragma('journal_mode', { simple: true })).toBe('wal');
      expect(store.db.pragma('trusted_schema', { simple: true })).toBe(0);
      store.close();
    }
  });

  it('refuses a workspace of a newer Exhibit and leaves it unchanged', () => {
    const folder = temporaryFolder();
    openStore(folder, { mode: 'write' }).close();
    const db = new Database(join(folder, 'events.db'));
    db.pragma(`user_version = ${logMigrations.length + oldestLog}`);
    db.close();
    for (const mode of ['read', 'write'] as const) {
      expect(() => openStore(folder, { mode })).toThrow(expect.objectContaining({ code: 'newer' }));
    }
  });

  it('refuses a workspace of a development version, whose tables it does not know', () => {
    const folder = temporaryFolder();
    openStore(folder, { mode: 'write' }).close();
    const db = new Database(join(folder, 'events.db'));
    db.pragma('user_version = 1');
    db.close();
    for (const mode of ['read', 'write'] as const)
      expect(() => openStore(folder, { mode })).toThrow('was made by a development version of Exhibit');
  });

  it('refuses a file of another program, and one that is no database', () => {
    const folder = temporaryFolder();
    const db = new Database(join(folder, 'events.db'));
    db.exec('CREATE TABLE somebody_elses (a)');
    db.close();
    expect(() => openStore(folder, { mode: 'write' })).toThrow('is not an Exhibit workspace file');
    const other = temporaryFolder();
    writeFileSync(
      join(other, 'events.db'),
      'this is no database at all, but it is long enough to look like one'.repeat(50),
    );
    expect(() => openStore(other, { mode: 'write' })).toThrow(
      expect.objectContaining({ code: 'SQLITE_NOTADB' }),
    );
  });

  it('refuses a folder that is a file', () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    expect(() => openStore(file, { mode: 'write' })).toThrow('is a file, not a folder');
  });
});

describe('the log', () => {
  it('takes no update and no delete, in any of its tables', async () => {
    const store = openTemporaryStore();
    await importInto(store, fixture('flowtriq-export.csv'));
    await importInto(store, fixture('flowtriq-export.csv'));
    store.db.exec(`INSERT INTO rejection VALUES (1, 1, 1, 'a', 'b')`);
    store.db.exec(`INSERT INTO sync VALUES (1, NULL, 'a', 'b', NULL, NULL, 1, NULL, '{}')`);
    for (const table of logTables) {
      expect(store.db.prepare(`SELECT count(*) FROM ${table}`).pluck().get(), table).toBeGreaterThan(0);
      const column = store.db.prepare(`SELECT name FROM pragma_table_info('${table}') LIMIT 1`).pluck().get();
      expect(() => store.db.exec(`UPDATE ${table} SET ${column} = ${column}`), table).toThrow(
        'the log is never changed',
      );
      expect(() => store.db.exec(`DELETE FROM ${table}`), table).toThrow('the log is never deleted');
    }
  });

  it('covers every table with its triggers', () => {
    const store = openTemporaryStore();
    const tables = store.db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).pluck().all();
    expect(tables.toSorted()).toEqual(logTables.toSorted());
  });

  it('cannot be written by a reader', async () => {
    const folder = temporaryFolder();
    openTemporaryStore(folder);
    const reader = openStore(folder, { mode: 'read' });
    expect(() => reader.db.exec(`INSERT INTO term (kind, text) VALUES ('ip', 'x')`)).toThrow('readonly');
    reader.close();
  });

  it('refuses an import whose numbers do not add up', () => {
    const store = openTemporaryStore();
    const columns = store.db
      .prepare(`SELECT name FROM pragma_table_info('stored_import')`)
      .pluck()
      .all() as string[];
    const numbers: Record<string, unknown> = {
      read: 3,
      imported: 1,
      duplicates: 1,
      rejected: 0,
      source_id: 1,
      mapping_id: 1,
    };
    const values = Object.fromEntries(columns.map((name) => [name, numbers[name] ?? 0]));
    store.db.pragma('foreign_keys = off');
    const insert = () =>
      store.db
        .prepare(
          `INSERT INTO stored_import (${columns.join()}) VALUES (${columns.map((name) => `@${name}`).join()})`,
        )
        .run({
          ...values,
          ...Object.fromEntries(
            ['variant', 'file', 'sha256', 'format', 'encoding', 'warnings', 'root', 'log_root'].map(
              (name) => [name, ''],
            ),
          ),
          columns: null,
          zone: null,
          log_frontier: Buffer.alloc(0),
        });
    expect(insert).toThrow('CHECK constraint failed: read = imported + duplicates + rejected');
  });
});

describe('migration', () => {
  const open = (folder: string) => new Database(join(folder, 'any.db'));
  const kind = { file: 'any.db', applicationId: 7, write: true };

  it('takes a file from each version to the newest, once', () => {
    const steps = ['CREATE TABLE a (x)', 'CREATE TABLE b (x)', 'INSERT INTO a VALUES (1)'];
    for (let version = 0; version <= steps.length; version++) {
      const db = open(temporaryFolder());
      migrate(db, { ...kind, migrations: steps.slice(0, version) });
      migrate(db, { ...kind, migrations: steps });
      migrate(db, { ...kind, migrations: steps });
      expect(db.pragma('user_version', { simple: true })).toBe(3);
      expect(db.prepare('SELECT count(*) FROM a').pluck().get()).toBe(1);
      db.close();
    }
  });

  it('takes a log without the beginnings of lines to one that keeps them', async () => {
    const folder = temporaryFolder();
    const before = new Database(join(folder, 'events.db'));
    migrate(before, {
      file: 'events.db',
      applicationId: applicationIds.log,
      migrations: logMigrations.slice(0, 1),
      oldest: oldestLog,
      write: true,
    });
    before.close();
    expect(() => openStore(folder, { mode: 'read' })).toThrow('from an older Exhibit');
    const store = openTemporaryStore(folder);
    await importInto(store, fixture('flowtriq-export.csv'));
    expect(store.db.prepare('SELECT count(*) FROM line_block').pluck().get()).toBe(1);
  });

  it('takes a filled log without syncs to one that keeps them, and its proofs still hold', async () => {
    const folder = temporaryFolder();
    const before = openTemporaryStore(folder);
    await importInto(before, fixture('flowtriq-export.csv'));
    // As version 3 left it: what came later is taken out again.
    before.db.exec('DROP TABLE sync');
    before.db.pragma('user_version = 3');
    before.close();
    expect(() => openStore(folder, { mode: 'read' })).toThrow('from an older Exhibit');
    const store = openTemporaryStore(folder);
    expect(store.db.pragma('user_version', { simple: true })).toBe(oldestLog - 1 + logMigrations.length);
    expect(store.db.prepare('SELECT count(*) FROM sync').pluck().get()).toBe(0);
    expect(await verifyFailures(store)).toEqual([]);
  });

  it('leaves the version before when a step fails', () => {
    const db = open(temporaryFolder());
    const migrations = ['CREATE TABLE a (x)', 'CREATE TABLE b (x); CREATE TABLE b (x)'];
    expect(() => migrate(db, { ...kind, migrations })).toThrow('already exists');
    expect(db.pragma('user_version', { simple: true })).toBe(1);
    expect(db.prepare(`SELECT count(*) FROM sqlite_schema WHERE name = 'b'`).pluck().get()).toBe(0);
    db.close();
  });

  it('is not done by a reader', () => {
    const folder = temporaryFolder();
    mkdirSync(folder, { recursive: true });
    new Database(join(folder, 'events.db')).close();
    expect(() => openStore(folder, { mode: 'read' })).toThrow('is empty or from an older Exhibit');
  });
});

describe('the review file', () => {
  it('is a file of its own, whose activity log takes no update and no delete', async () => {
    const { recordActivity, listActivity, findBrokenActivity } = await import('#core/store/activity.ts');
    const folder = temporaryFolder();
    const review = openReview(folder, { mode: 'write' });
    recordActivity(review, 'import', { file: 'a.csv' });
    recordActivity(review, 'verify', { ok: true });
    expect(listActivity(review).map((activity) => activity.action)).toEqual(['import', 'verify']);
    expect(() => review.db.exec('DELETE FROM activity')).toThrow('never deleted');
    expect(() => review.db.exec('UPDATE activity SET person = 1')).toThrow('never changed');
    expect(findBrokenActivity(review)).toBeNull();
    review.db.exec(
      `DROP TRIGGER activity_no_update; UPDATE activity SET detail = '{"file":"b.csv"}' WHERE id = 1`,
    );
    expect(findBrokenActivity(review)).toBe(1);
    review.close();
  });
});
