-- People, their sessions and tokens, and what was done. Of a person we keep the provider's id for them and the mail address.

CREATE TABLE account (
  id TEXT PRIMARY KEY,              -- UUID; the audit log knows a person by it alone
  issuer TEXT NOT NULL,             -- empty with `subject` until the first sign-in of who was invited
  subject TEXT NOT NULL,
  mail TEXT NOT NULL,
  role TEXT NOT NULL,
  created INTEGER NOT NULL,
  noticed INTEGER,                  -- when the first sign-in's notice was read and taken
  last_seen INTEGER                 -- last sign-in
) WITHOUT ROWID;
CREATE UNIQUE INDEX account_by_subject ON account (issuer, subject) WHERE subject <> '';
CREATE UNIQUE INDEX account_by_mail ON account (mail);

-- Sources that an account looks after: an id, which need not be registered yet, or '*'.
CREATE TABLE account_source (
  account TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  source TEXT NOT NULL,
  PRIMARY KEY (account, source)
) WITHOUT ROWID;

-- A browser that is signed in. `hash`: SHA-256 of what its cookie holds.
CREATE TABLE session (
  hash TEXT PRIMARY KEY,
  account TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  form_key TEXT NOT NULL,
  created INTEGER NOT NULL,
  last_seen INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX session_by_account ON session (account);

-- An API token. `hash`: argon2id of its secret part.
CREATE TABLE token (
  id TEXT PRIMARY KEY,
  account TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  hash TEXT NOT NULL,
  role TEXT NOT NULL,               -- never more than the account's, when it is used
  sources TEXT NOT NULL,            -- ids, one a line; empty: those of the account
  created INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  last_used INTEGER,
  revoked INTEGER
) WITHOUT ROWID;
CREATE INDEX token_by_account ON token (account);

-- What was done by whom. Nothing of it is changed or removed; a person who is erased stays as the bare id.
CREATE TABLE audit (
  n INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  account TEXT NOT NULL,            -- empty: nobody known, or the command line
  means TEXT NOT NULL,              -- session, token, command, nobody
  action TEXT NOT NULL,
  object TEXT NOT NULL,
  outcome TEXT NOT NULL
);
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit BEGIN SELECT raise(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_is_not_removed BEFORE DELETE ON audit BEGIN SELECT raise(ABORT, 'the audit log is append-only'); END;
