-- By which records of several sources are known to be one thing (dcat/identity.h): of live records only.
CREATE TABLE identity (
  row INTEGER NOT NULL REFERENCES record (row),
  hash INTEGER NOT NULL,            -- of the value
  source INTEGER NOT NULL,
  title INTEGER NOT NULL,           -- hash of the record's title
  signal TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (row, hash)
) WITHOUT ROWID;
CREATE INDEX identity_by_hash ON identity (hash, source, title);

-- The members of a family; its leader bears its id.
CREATE INDEX record_by_family ON record (family_id) WHERE family_id <> id;

-- Pairs of records that a person said are two; one < other.
CREATE TABLE separation (
  one INTEGER NOT NULL REFERENCES record (row),
  other INTEGER NOT NULL REFERENCES record (row),
  at INTEGER NOT NULL,
  PRIMARY KEY (one, other)
) WITHOUT ROWID;
CREATE INDEX separation_by_other ON separation (other);

-- What a portal listed under an id beside the better record that is kept: known again, it waits for the end of the listing.
CREATE TABLE rival (
  row INTEGER NOT NULL REFERENCES record (row),
  raw_hash INTEGER NOT NULL,
  PRIMARY KEY (row, raw_hash)
) WITHOUT ROWID;

ALTER TABLE pending_move ADD COLUMN title_key INTEGER NOT NULL DEFAULT 0;
ALTER TABLE pending_move ADD COLUMN identity TEXT NOT NULL DEFAULT '[]';  -- JSON array
