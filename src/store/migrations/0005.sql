-- Records that a person took out. A harvest knows them again by a salted hash of source and remote id, or by their
-- fingerprint; nothing of what they said stands here.
CREATE TABLE withdrawal (
  source INTEGER NOT NULL REFERENCES source (key),
  remote_hash TEXT NOT NULL,
  fingerprint INTEGER NOT NULL,
  record_id TEXT NOT NULL UNIQUE,
  at INTEGER NOT NULL,
  released INTEGER NOT NULL DEFAULT 0,  -- a harvest may bring it back
  PRIMARY KEY (source, remote_hash)
) WITHOUT ROWID;
INSERT INTO setting VALUES ('withdrawal_salt', lower(hex(randomblob(32))));
