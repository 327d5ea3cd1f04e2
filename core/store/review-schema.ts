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

const explanation = `
-- What an officer says of a gap, a silence or a break. Each one is an activity too, whose hash covers it.
CREATE TABLE explanation (
  id INTEGER PRIMARY KEY,
  activity_id INTEGER NOT NULL UNIQUE REFERENCES activity(id),
  at INTEGER NOT NULL,
  person TEXT NOT NULL,           -- as they named themselves
  account TEXT NOT NULL,          -- of this computer
  source TEXT NOT NULL,
  kind TEXT NOT NULL,             -- gap, silence, id-gap, break
  key TEXT NOT NULL,              -- which one, see model.Explanation
  zone TEXT,                      -- of the key's days
  note TEXT NOT NULL
) STRICT;
CREATE INDEX explanation_key ON explanation(source, kind, key);
CREATE TRIGGER explanation_no_update BEFORE UPDATE ON explanation BEGIN SELECT RAISE(ABORT, 'an explanation is never changed'); END;
CREATE TRIGGER explanation_no_delete BEFORE DELETE ON explanation BEGIN SELECT RAISE(ABORT, 'an explanation is never deleted'); END;
`;

const view = `
-- Saved views of the events. The newest row of a name counts; one without text removes it.
CREATE TABLE view (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  account TEXT NOT NULL,          -- of this computer
  name TEXT NOT NULL,
  text TEXT                       -- as it is shared, see core/query/view.ts
) STRICT;
CREATE INDEX view_name ON view(name);
CREATE TRIGGER view_no_update BEFORE UPDATE ON view BEGIN SELECT RAISE(ABORT, 'a saved view is never changed'); END;
CREATE TRIGGER view_no_delete BEFORE DELETE ON view BEGIN SELECT RAISE(ABORT, 'a saved view is never deleted'); END;
`;

const campaign = `
-- Rights as an access review froze them, a line of canonical JSON each. Their hash stands in the activity that opened the
-- review, whose id names it; reviewers, decisions and the closing are activities too.
CREATE TABLE campaign_entry (
  campaign_id INTEGER NOT NULL REFERENCES activity(id),
  number INTEGER NOT NULL,
  frozen TEXT NOT NULL,
  PRIMARY KEY (campaign_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX activity_action ON activity(action, id);
CREATE TRIGGER campaign_entry_no_update BEFORE UPDATE ON campaign_entry BEGIN SELECT RAISE(ABORT, 'a frozen right is never changed'); END;
CREATE TRIGGER campaign_entry_no_delete BEFORE DELETE ON campaign_entry BEGIN SELECT RAISE(ABORT, 'a frozen right is never deleted'); END;
`;

/** The review file's migrations: reviewMigrations[n] takes a file from version n to n + 1. */
export const reviewMigrations: readonly string[] = [activity, explanation, view, campaign];
