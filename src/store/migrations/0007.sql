-- Who wants to be told of what, and the messages that wait to be sent.

-- `event`: a word of src/notify/event.h. It is about every source that the account looks after.
CREATE TABLE watch (
  account TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  event TEXT NOT NULL,
  PRIMARY KEY (account, event)
) WITHOUT ROWID;

-- Jobs whose end was told, to whoever wanted to know. What ended before there were messages is no news.
CREATE TABLE announcement (job INTEGER PRIMARY KEY REFERENCES job (id) ON DELETE CASCADE);
INSERT INTO announcement SELECT id FROM job WHERE ended IS NOT NULL;

CREATE TABLE message (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  event TEXT NOT NULL,
  job INTEGER NOT NULL REFERENCES job (id) ON DELETE CASCADE,
  created INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_try INTEGER,                 -- NULL: sent, or given up
  sent INTEGER,
  trouble TEXT NOT NULL DEFAULT ''  -- of the last attempt that failed
);
CREATE INDEX message_by_next_try ON message (next_try) WHERE next_try IS NOT NULL;
CREATE INDEX message_by_account ON message (account, job);
CREATE INDEX message_by_job ON message (job);
