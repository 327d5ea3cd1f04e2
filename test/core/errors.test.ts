import { mkdtempSync, readSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { toErrorShape } from '#core/errors.ts';
import { temporaryFile } from '../support/workspace.ts';

/** What a function throws. */
function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

describe('an error of the system', () => {
  it('is told with its remedy, also where SQLite says more than its kind', () => {
    const sqlite = (code: string) => toErrorShape(new Database.SqliteError('disk I/O error', code));
    for (const code of ['SQLITE_IOERR', 'SQLITE_IOERR_READ', 'SQLITE_IOERR_SHORT_READ']) {
      expect(sqlite(code)).toEqual({
        code: 'environment',
        message: expect.stringMatching(/^The disk reported an error .* \(disk I\/O error\)$/),
      });
    }
    expect(sqlite('SQLITE_BUSY_SNAPSHOT').message).toContain('Another Exhibit is writing');
    expect(sqlite('SQLITE_READONLY_DIRECTORY').message).toContain('read-only');
    expect(sqlite('SQLITE_MISUSE').code).toBe('internal');
  });

  it('while reading a file is none of ours, whatever its number', () => {
    const folder = thrownBy(() => readSync(1 << 20, Buffer.alloc(1)));
    expect(toErrorShape(folder)).toEqual({
      code: 'environment',
      message: expect.stringMatching(/^The disk reported an error .*EBADF/),
    });
    const notSqlite = thrownBy(() =>
      new Database(temporaryFile('a.db', 'no database')).pragma('user_version'),
    );
    expect(toErrorShape(notSqlite).message).toContain('not an Exhibit workspace');
  });

  it('names the place it is about, and leaves out words that help nobody', () => {
    const damaged = new Database.SqliteError('database disk image is malformed', 'SQLITE_CORRUPT');
    expect(toErrorShape(damaged).message).toMatch(/is damaged: .* into a new one\.$/);
    const folder = temporaryFile('a.txt', '');
    const unwritable = thrownBy(() => mkdtempSync(join(folder, '.exhibit-unfinished-')));
    expect(toErrorShape(unwritable).message).toBe(`A part of that path is a file, not a folder. (${folder})`);
  });

  it('that nobody expected is a bug, and said to be one', () => {
    expect(toErrorShape(new TypeError('x is undefined'))).toEqual({
      code: 'internal',
      message: 'Something went wrong inside Exhibit: x is undefined',
    });
  });
});
