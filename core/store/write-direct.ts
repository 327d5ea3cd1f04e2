// Writing a large first import straight into the log. A write-ahead log lets others read while one writes, and for that
// everything is written twice, needs twice its room on the disk, and is removed again. A log that holds no event yet has
// nothing that others would read.

import type { Store } from './open.ts';

/**
 * Lets the next transaction write without the write-ahead log where that keeps nobody from reading: nobody else in this
 * process or another has the log open. Call it outside a transaction; what it returns brings the write-ahead log back.
 * A crash in between is undone by whoever opens the log next.
 */
export function writeDirect({ db, isAlone }: Store): () => void {
  if (!isAlone || db.prepare('SELECT 1 FROM stored_event LIMIT 1').get() !== undefined) return () => {};
  const timeout = db.pragma('busy_timeout', { simple: true });
  const change = (mode: 'DELETE' | 'WAL') => {
    db.pragma('busy_timeout = 0');
    try {
      db.pragma(`journal_mode = ${mode}`);
    } catch (error) {
      // Somebody else has the log open: it stays as it is. Whoever next opens it for writing brings the WAL back.
      if (!(error as { code?: string }).code?.startsWith('SQLITE_BUSY')) throw error;
    } finally {
      db.pragma(`busy_timeout = ${timeout}`);
    }
  };
  change('DELETE');
  return () => change('WAL');
}
