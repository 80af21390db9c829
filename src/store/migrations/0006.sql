-- What operators decide of a source, and what a failing one is spared.
ALTER TABLE source ADD COLUMN grace_h INTEGER NOT NULL DEFAULT 0;
ALTER TABLE source ADD COLUMN run_window TEXT NOT NULL DEFAULT '';
ALTER TABLE source ADD COLUMN blackout TEXT NOT NULL DEFAULT '';
ALTER TABLE source ADD COLUMN comment TEXT NOT NULL DEFAULT '';
ALTER TABLE source ADD COLUMN failures INTEGER NOT NULL DEFAULT 0;  -- runs in a row

ALTER TABLE job ADD COLUMN heartbeat INTEGER;  -- its last sign of life

-- Live records that their portal no longer lists: they leave the search at this time, or, if a person keeps them (NULL),
-- when a run asks again.
CREATE TABLE departure (
  row INTEGER PRIMARY KEY REFERENCES record (row),
  job INTEGER NOT NULL,
  leaves INTEGER
);
CREATE INDEX departure_by_time ON departure (leaves);
CREATE INDEX departure_by_job ON departure (job);

-- What previews found, kept until it expires; a job may apply exactly that.
CREATE TABLE plan (
  id TEXT PRIMARY KEY,
  source TEXT NOT NULL,             -- its id; it need not be registered
  description TEXT NOT NULL,        -- hash of what decides what is read of it
  ready INTEGER NOT NULL,
  created INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  document TEXT NOT NULL            -- JSON
);
CREATE TABLE plan_record (
  plan TEXT NOT NULL,
  n INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  remote_id TEXT NOT NULL,
  record_id TEXT NOT NULL,
  title TEXT NOT NULL,
  cause TEXT NOT NULL,
  place TEXT NOT NULL,
  message TEXT NOT NULL,
  hint TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  changes TEXT NOT NULL,            -- JSON
  PRIMARY KEY (plan, n)
) WITHOUT ROWID;
ALTER TABLE job ADD COLUMN plan TEXT NOT NULL DEFAULT '';  -- that it applies

-- What there was of records that failed, compressed (zstd), beside their rows of the report; of the first of a job.
CREATE TABLE job_raw (
  job INTEGER NOT NULL REFERENCES job (id),
  n INTEGER NOT NULL,
  media_type TEXT NOT NULL,
  page_url TEXT NOT NULL,
  pointer TEXT NOT NULL,
  size INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (job, n)
);

-- Secrets of sources, sealed with the key in the file beside the store.
CREATE TABLE secret (
  source INTEGER NOT NULL REFERENCES source (key),
  name TEXT NOT NULL,
  sealed BLOB NOT NULL,
  PRIMARY KEY (source, name)
) WITHOUT ROWID;
