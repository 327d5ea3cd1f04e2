// Brings a SQLite file to the version this application knows, one numbered step at a time, and refuses files that
// are not ours or come from a newer Exhibit. The version lives in the file's own user_version.

import type { Database } from 'better-sqlite3';
import { AppError } from '#core/errors.ts';

/** 'EXHL' and 'EXHR' as SQLite application ids: say what the file is to any tool that looks. */
export const applicationIds = { log: 0x4558484c, review: 0x45584852 } as const;

/**
 * Checks that `db` is ours and no newer than `migrations`, then applies what is missing, each step in a transaction
 * with its version. The first step makes version `oldest` (1 unless named): what is older was never released and is
 * refused. `write: false` only checks: a reader cannot migrate and says so.
 */
export function migrate(
  db: Database,
  options: {
    file: string;
    applicationId: number;
    migrations: readonly string[];
    oldest?: number;
    write: boolean;
  },
): void {
  const { file, applicationId, migrations, oldest = 1, write } = options;
  const newest = oldest - 1 + migrations.length;
  const version = db.pragma('user_version', { simple: true }) as number;
  const id = db.pragma('application_id', { simple: true }) as number;
  const isNew = id === 0 && version === 0 && tableCount(db) === 0;
  if (!isNew && id !== applicationId) {
    throw new AppError('input', `${file} is not an Exhibit workspace file. Choose another folder.`);
  }
  if (version > newest) {
    throw new AppError(
      'newer',
      `${file} was written by a newer Exhibit (format ${version}; this one knows ${newest}). Nothing was changed. Install the newer version to open it.`,
    );
  }
  if (version === newest) return;
  if (version > 0 && version < oldest) {
    throw new AppError(
      'input',
      `${file} was made by a development version of Exhibit (format ${version}), which no release reads. Nothing was changed. Import the exports again, into another folder.`,
    );
  }
  if (!write) {
    throw new AppError(
      'input',
      `${file} is empty or from an older Exhibit. Open the workspace once in the application.`,
    );
  }
  for (let next = Math.max(version + 1, oldest); next <= newest; next++) {
    const sql = migrations[next - oldest] as string;
    db.transaction(() => {
      // Another connection may have come first: only the version seen under the write lock counts.
      if ((db.pragma('user_version', { simple: true }) as number) >= next) return;
      db.pragma(`application_id = ${applicationId}`);
      db.exec(sql);
      db.pragma(`user_version = ${next}`);
    }).immediate();
  }
}

function tableCount(db: Database): number {
  return db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() as number;
}
