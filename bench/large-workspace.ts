// Makes a workspace of any size: imports up to a million events for real, then repeats them at later times straight
// into the log's tables, each repetition as an import of its own. Good for reading; its hashes prove nothing.

import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { writeIronflockExport } from './ironflock-export.ts';

const most = 1_000_000;

/** Fills `folder` with a workspace of `events` (whole millions beyond the first). */
export function makeLargeWorkspace(folder: string, events: number): void {
  const file = `${folder}.csv`;
  writeIronflockExport(file, Math.min(events, most));
  const cli = join(import.meta.dirname, '..', 'core', 'cli.ts');
  const run = spawnSync(process.execPath, [cli, 'import', file, '-w', folder], { encoding: 'utf8' });
  rmSync(file);
  if (run.status !== 0) throw new Error(`The import failed: ${run.stderr}`);
  if (events > most) repeatEvents(join(folder, 'events.db'), events / most);
}

function repeatEvents(file: string, times: number): void {
  const db = new Database(file);
  db.pragma('synchronous = OFF');
  db.pragma('cache_size = -200000');
  const indexes = db
    .prepare(`SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL`)
    .all() as { name: string; sql: string }[];
  const columnsOf = (table: string, changed: Record<string, string>) => {
    const names = db.prepare('SELECT name FROM pragma_table_info(?)').pluck().all(table) as string[];
    return names.map((name) => changed[name] ?? name).join(', ');
  };
  db.transaction(() => {
    for (const { name } of indexes) db.exec(`DROP INDEX ${name}`);
    const span = db.prepare('SELECT max(time) - min(time) + 1000 FROM event').pluck().get() as number;
    for (let copy = 1; copy < times; copy++) {
      const shift = copy * most;
      const event = columnsOf('stored_event', {
        id: `id + ${shift}`,
        import_id: `import_id + ${copy}`,
        uid_key: `uid_key + ${copy}`,
        time: `time + ${copy * span}`,
      });
      const record = columnsOf('stored_record', { event_id: `event_id + ${shift}` });
      const one = columnsOf('stored_import', {
        id: `id + ${copy}`,
        first_event_id: `first_event_id + ${shift}`,
        log_size: `log_size * ${copy + 1}`,
      });
      db.exec(`INSERT INTO stored_event SELECT ${event} FROM stored_event WHERE import_id = 1`);
      db.exec(`INSERT INTO stored_record SELECT ${record} FROM stored_record WHERE event_id <= ${most}`);
      db.exec(`INSERT INTO stored_import SELECT ${one} FROM stored_import WHERE id = 1`);
    }
    db.pragma('cache_size = -2000');
    for (const { sql } of indexes) db.exec(sql);
  })();
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
}
