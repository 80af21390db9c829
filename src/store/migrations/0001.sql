-- The first schema. Times are milliseconds since 1970 (UTC); words are those of include/moisson/harvest.

CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO setting VALUES ('epoch', '');

-- seq: the last number given. log_floor: the highest number that the log has forgotten.
CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO counter VALUES ('seq', 0), ('log_floor', 0);

CREATE TABLE source (
  key INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  kind TEXT NOT NULL,
  url TEXT NOT NULL,
  schedule TEXT NOT NULL,
  timezone TEXT NOT NULL,
  language TEXT NOT NULL,
  territory TEXT NOT NULL,
  options TEXT NOT NULL,            -- JSON object
  state TEXT NOT NULL,
  configured INTEGER NOT NULL,      -- of the configuration file, not of an operator
  private_networks INTEGER NOT NULL,
  registered INTEGER NOT NULL,
  next_run INTEGER,
  memory TEXT NOT NULL DEFAULT '',  -- the harvester's own
  records INTEGER NOT NULL DEFAULT 0  -- live
);

CREATE TABLE job (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  source INTEGER NOT NULL REFERENCES source (key),
  attempt INTEGER NOT NULL DEFAULT 1,  -- one more each time that a killed job is resumed
  outcome TEXT NOT NULL,
  whole INTEGER NOT NULL,
  created INTEGER NOT NULL DEFAULT 0,
  updated INTEGER NOT NULL DEFAULT 0,
  unchanged INTEGER NOT NULL DEFAULT 0,
  moved INTEGER NOT NULL DEFAULT 0,
  skipped INTEGER NOT NULL DEFAULT 0,
  failed INTEGER NOT NULL DEFAULT 0,
  removed INTEGER NOT NULL DEFAULT 0,
  pages INTEGER NOT NULL DEFAULT 0,
  announced INTEGER NOT NULL DEFAULT 0,
  removals_waiting INTEGER NOT NULL DEFAULT 0,
  started INTEGER NOT NULL,
  ended INTEGER,
  error_code TEXT,                  -- NULL: none
  error_message TEXT NOT NULL DEFAULT '',
  error_where TEXT NOT NULL DEFAULT '',
  error_hint TEXT NOT NULL DEFAULT '',
  remarks TEXT NOT NULL DEFAULT '[]'  -- JSON array
);
CREATE INDEX job_by_source ON job (source, id);

-- One job a source.
CREATE TABLE lease (
  source INTEGER PRIMARY KEY REFERENCES source (key),
  job INTEGER NOT NULL REFERENCES job (id)
);

CREATE TABLE job_record (
  job INTEGER NOT NULL REFERENCES job (id),
  n INTEGER NOT NULL,               -- from 1, in the order of the report
  outcome TEXT NOT NULL,
  remote_id TEXT NOT NULL,
  record_id TEXT NOT NULL,
  title TEXT NOT NULL,
  cause TEXT NOT NULL,
  place TEXT NOT NULL,
  message TEXT NOT NULL,
  hint TEXT NOT NULL,
  PRIMARY KEY (job, n)
) WITHOUT ROWID;
CREATE INDEX job_record_by_outcome ON job_record (job, outcome, n);

-- A record; a removed one stays as a tombstone, so that it gets its old id and row if it comes back. The wide
-- columns stand last: a lookup of the hashes then reads no overflow page.
CREATE TABLE record (
  row INTEGER PRIMARY KEY AUTOINCREMENT,
  source INTEGER NOT NULL REFERENCES source (key),
  seq INTEGER NOT NULL,             -- its place in the change log
  raw_hash INTEGER NOT NULL,        -- of the source's bytes and of what else decides the mapping
  mapping_version INTEGER NOT NULL,
  fingerprint INTEGER NOT NULL,     -- hash of what a moved record keeps
  removed_at INTEGER,
  first_seen INTEGER NOT NULL,
  last_changed INTEGER NOT NULL,
  id TEXT NOT NULL UNIQUE,
  remote_id TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  family_id TEXT NOT NULL,
  remote_url TEXT NOT NULL,
  json TEXT NOT NULL,
  UNIQUE (source, remote_id)
);
CREATE INDEX record_by_fingerprint ON record (source, fingerprint) WHERE removed_at IS NULL;

-- The record as it came, compressed (zstd).
CREATE TABLE raw (
  row INTEGER PRIMARY KEY REFERENCES record (row),
  media_type TEXT NOT NULL,
  page_url TEXT NOT NULL,
  pointer TEXT NOT NULL,
  size INTEGER NOT NULL,            -- decompressed, bytes
  bytes BLOB NOT NULL
);

-- When and by which job a record was seen last: outside record, hash and change log.
CREATE TABLE sighting (
  row INTEGER PRIMARY KEY REFERENCES record (row),
  job INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  quality INTEGER NOT NULL,         -- of the draft taken, to choose between two of one remote id; 0: not mapped
  at INTEGER NOT NULL,
  popularity INTEGER
);

-- A record stands once, at its latest seq.
CREATE TABLE change_log (
  seq INTEGER PRIMARY KEY,
  row INTEGER NOT NULL,
  removed INTEGER NOT NULL,
  at INTEGER NOT NULL
);
CREATE INDEX change_log_tombstones ON change_log (at) WHERE removed;

-- Records under a new remote id that may be old ones: they wait for the end of the listing.
CREATE TABLE pending_move (
  job INTEGER NOT NULL REFERENCES job (id),
  remote_id TEXT NOT NULL,
  attempt INTEGER NOT NULL,         -- of the job, that put it here
  fingerprint INTEGER NOT NULL,
  raw_hash INTEGER NOT NULL,
  mapping_version INTEGER NOT NULL,
  quality INTEGER NOT NULL,
  popularity INTEGER,
  remote_url TEXT NOT NULL,
  title TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  findings TEXT NOT NULL,           -- JSON array
  media_type TEXT NOT NULL,
  page_url TEXT NOT NULL,
  pointer TEXT NOT NULL,
  size INTEGER NOT NULL,
  json TEXT NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (job, remote_id)
);
CREATE INDEX pending_move_by_fingerprint ON pending_move (job, fingerprint);

-- Removals of a held job that wait for a person.
CREATE TABLE removal (
  job INTEGER NOT NULL REFERENCES job (id),
  row INTEGER NOT NULL REFERENCES record (row),
  PRIMARY KEY (job, row)
) WITHOUT ROWID;
