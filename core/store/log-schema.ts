// events.db: the append-only log. Migrations are numbered from 1 and never edited once released; each has a test
// that starts from the version before. Rows can be added and never changed: triggers abort UPDATE and DELETE.
//
// Two tables hold an event: `stored_event` is narrow and all integers (what lists, counts and filters touch),
// `stored_record` holds its texts (what a person reads). Words that repeat are dictionary-coded, and those that go
// together are coded together: binding a value costs more than storing it, so an event binds few.
//
// `stored_import`, `stored_event` and `stored_record` keep everything that ever came in. What readers mean by `import`,
// `event` and `record` are views on them, without the imports that another one replaced: see live.ts.

import { liveViews } from './live.ts';

const tables = `
CREATE TABLE workspace (
  id TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

-- Preset and zone of a source are those of its newest import.
CREATE TABLE source (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL
) STRICT;

-- The preset as it was when it mapped an import: verification maps again with exactly this.
CREATE TABLE mapping (
  id INTEGER PRIMARY KEY,
  preset TEXT NOT NULL,
  version INTEGER NOT NULL,
  sha256 TEXT NOT NULL UNIQUE,
  json TEXT NOT NULL
) STRICT;

CREATE TABLE stored_import (
  id INTEGER PRIMARY KEY,
  remaps INTEGER REFERENCES stored_import(id), -- the import whose records this one maps again, and which it replaces
  source_id INTEGER NOT NULL REFERENCES source(id),
  mapping_id INTEGER NOT NULL REFERENCES mapping(id),
  variant TEXT NOT NULL,          -- which of the preset's shapes the file has
  file TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  format TEXT NOT NULL,           -- csv, json, ndjson
  encoding TEXT NOT NULL,
  columns TEXT,                   -- CSV header as a JSON array: names the cells of record.raw
  zone TEXT,
  newest_first INTEGER NOT NULL,
  read INTEGER NOT NULL,
  first_event_id INTEGER NOT NULL, -- its events are the next (imported) ids from here
  imported INTEGER NOT NULL,
  duplicates INTEGER NOT NULL,
  conflicts INTEGER NOT NULL,
  rejected INTEGER NOT NULL,
  first_time INTEGER,             -- of all mapped records, duplicates included
  last_time INTEGER,
  warnings TEXT NOT NULL,         -- JSON array of {code, message}
  root TEXT NOT NULL,             -- Merkle root of this import's event leaves, hex
  log_size INTEGER NOT NULL,      -- leaves in the whole log after this import
  log_root TEXT NOT NULL,
  log_frontier BLOB NOT NULL,     -- lets the next import go on without reading the log again
  started_at INTEGER NOT NULL,
  ms INTEGER NOT NULL,
  CHECK (read = imported + duplicates + rejected)
) STRICT;

-- What happened, without who did it, when and to what: a few hundred in most logs.
CREATE TABLE kind (
  id INTEGER PRIMARY KEY,
  action TEXT NOT NULL,
  category TEXT NOT NULL,
  field TEXT,
  outcome INTEGER NOT NULL,       -- index into model.outcomes
  time_basis INTEGER NOT NULL,    -- index into model.timeBases
  UNIQUE (action, category, field, outcome, time_basis)
) STRICT;

CREATE TABLE term (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,             -- subject, ip
  text TEXT NOT NULL,
  UNIQUE (kind, text)
) STRICT;

CREATE TABLE actor (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  UNIQUE (name, type)
) STRICT;

-- A target and the scope it was seen in. Only the scope is there when an event names no target.
CREATE TABLE target (
  id INTEGER PRIMARY KEY,
  type TEXT,
  target_id TEXT,
  name TEXT,
  scope TEXT,
  UNIQUE (type, target_id, name, scope)
) STRICT;

CREATE TABLE stored_event (
  id INTEGER PRIMARY KEY,         -- order of import, then of the file: the order of the log's leaves
  import_id INTEGER NOT NULL,     -- the import row is written last, in the same transaction
  source_id INTEGER NOT NULL,
  row INTEGER NOT NULL,
  part INTEGER NOT NULL,          -- 0, or the number of the event within its record
  occurrence INTEGER NOT NULL,    -- 1, or n for the n-th identical record of one file
  version INTEGER NOT NULL,       -- 1, or n where this is the n-th mapping of the record into the log
  uid_key INTEGER NOT NULL,       -- first 52 bits of the record's identity: finds it again, and is the event's checksum
  uid_tail INTEGER NOT NULL,      -- the 28 bits behind them: together they are the uid
  vendor_key INTEGER,             -- 52 bits of a hash of the vendor's own id: finds it again, the ids decide
  time INTEGER NOT NULL,
  kind_id INTEGER NOT NULL,
  actor_id INTEGER,
  target_id INTEGER,
  subject_id INTEGER,
  ip_id INTEGER
) STRICT;

CREATE TABLE stored_record (
  event_id INTEGER PRIMARY KEY,
  vendor_id TEXT,
  time_text TEXT,                 -- null where it is the time in ISO 8601, UTC, milliseconds
  old_value TEXT,
  new_value TEXT,
  raw TEXT,                       -- the JSON record as written, or a CSV record's cells as a JSON array
  raw_of INTEGER,                 -- the event that has the raw record, where an earlier mapping of it stored it
  CHECK ((raw IS NULL) <> (raw_of IS NULL))
) STRICT;

-- Which stored event a record of a later file was found equal to.
CREATE TABLE duplicate (
  import_id INTEGER NOT NULL,
  event_id INTEGER NOT NULL,
  row INTEGER NOT NULL,
  PRIMARY KEY (import_id, event_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE rejection (
  import_id INTEGER NOT NULL,
  number INTEGER NOT NULL,        -- from 1 within the import
  row INTEGER NOT NULL,
  reason TEXT NOT NULL,
  raw TEXT NOT NULL,              -- what stood there, up to a million characters
  PRIMARY KEY (import_id, number)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX import_remaps ON stored_import(remaps) WHERE remaps IS NOT NULL;
CREATE INDEX event_time ON stored_event(time);
CREATE INDEX event_actor ON stored_event(actor_id, time);
CREATE INDEX event_target ON stored_event(target_id, time);
CREATE INDEX event_uid ON stored_event(uid_key);
CREATE INDEX event_vendor ON stored_event(vendor_key) WHERE vendor_key IS NOT NULL;
`;

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
];

const appendOnly = (table: string) => `
CREATE TRIGGER ${table}_no_update BEFORE UPDATE ON ${table} BEGIN SELECT RAISE(ABORT, 'the log is never changed'); END;
CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT, 'the log is never deleted'); END;
`;

const lines = `
-- Where the lines of an import's file begin, in the unpacked text: the lengths of lines as varints, from this one on.
CREATE TABLE line_block (
  import_id INTEGER NOT NULL,
  line INTEGER NOT NULL,
  byte INTEGER NOT NULL,
  lengths BLOB NOT NULL,
  PRIMARY KEY (import_id, line)
) STRICT, WITHOUT ROWID;
`;

const syncs = `
-- What a sync brought, one row for each transaction: written with the rows of its import, so that neither is there without
-- the other. A sync that brought nothing new has no import. Where an import has one, its leaf in the log covers it.
CREATE TABLE sync (
  id INTEGER PRIMARY KEY,
  import_id INTEGER UNIQUE,
  source TEXT NOT NULL,
  feed TEXT NOT NULL,             -- what was asked, without any secret: address and parameters as canonical JSON
  object TEXT,                    -- the object of a bucket or the file of a folder that was read
  version TEXT,                   -- its ETag, or size and time of change
  at INTEGER NOT NULL,
  settled_until INTEGER,          -- epoch ms: everything before it was read, and the vendor adds nothing any more
  detail TEXT NOT NULL            -- canonical JSON: period, pages, requests, counts, gaps, clock
) STRICT;
CREATE INDEX sync_feed ON sync(source, feed, object, id);
`;

/** The log's migrations: the first one makes version 2, each other one the next. Version 1 was never released. */
export const logMigrations: readonly string[] = [
  [tables, ...logTables.map(appendOnly), ...liveViews([], [])].join('\n'),
  [lines, appendOnly('line_block')].join('\n'),
  [syncs, appendOnly('sync')].join('\n'),
];
/** The oldest version of a log that can be opened. */
export const oldestLog = 2;
