// review.db: what people add beside the log. A file of its own, so that no note or review ever writes to the log.

const activity = `
-- What was done in the application, each row's hash covering the one before it.
CREATE TABLE activity (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  person TEXT NOT NULL,
  action TEXT NOT NULL,
  detail TEXT NOT NULL,           -- canonical JSON
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE TRIGGER activity_no_update BEFORE UPDATE ON activity BEGIN SELECT RAISE(ABORT, 'the activity log is never changed'); END;
CREATE TRIGGER activity_no_delete BEFORE DELETE ON activity BEGIN SELECT RAISE(ABORT, 'the activity log is never deleted'); END;
`;

/** The review file's migrations: reviewMigrations[n] takes a file from version n to n + 1. */
export const reviewMigrations: readonly string[] = [activity];
