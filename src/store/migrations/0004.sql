-- The word that a job's error is filed under; and what became of each property of the records that a source's last telling job mapped.
ALTER TABLE job ADD COLUMN error_cause TEXT NOT NULL DEFAULT '';

CREATE TABLE mapping (
  source INTEGER NOT NULL REFERENCES source (key),
  n INTEGER NOT NULL,               -- from 1, in the order of the report
  job INTEGER NOT NULL,
  use TEXT NOT NULL,
  property TEXT NOT NULL,
  count INTEGER NOT NULL,
  example TEXT NOT NULL,
  record TEXT NOT NULL,             -- remote id
  PRIMARY KEY (source, n)
) WITHOUT ROWID;
