-- What the site was used for: sums by the hour (UTC) and family of clients, and subjects that enough visitors of a day
-- asked for. Nobody's address, and no words that only a few typed, ever come here.
CREATE TABLE usage_hour (
  hour INTEGER NOT NULL,
  family TEXT NOT NULL,
  requests INTEGER NOT NULL,
  searches INTEGER NOT NULL,
  without_result INTEGER NOT NULL,
  views INTEGER NOT NULL,
  downloads INTEGER NOT NULL,
  PRIMARY KEY (hour, family)
) WITHOUT ROWID;

CREATE TABLE usage_time (
  hour INTEGER NOT NULL,
  class INTEGER NOT NULL,           -- src/store/usage.h: time_class
  searches INTEGER NOT NULL,
  PRIMARY KEY (hour, class)
) WITHOUT ROWID;

CREATE TABLE usage_subject (
  kind TEXT NOT NULL,
  day INTEGER NOT NULL,
  subject TEXT NOT NULL,
  times INTEGER NOT NULL,
  without_result INTEGER NOT NULL,
  PRIMARY KEY (kind, subject, day)
) WITHOUT ROWID;
CREATE INDEX usage_subject_by_day ON usage_subject (kind, day);

-- What holders of keys did, for themselves.
CREATE TABLE usage_client (
  client TEXT NOT NULL,
  hour INTEGER NOT NULL,
  requests INTEGER NOT NULL,
  searches INTEGER NOT NULL,
  without_result INTEGER NOT NULL,
  views INTEGER NOT NULL,
  downloads INTEGER NOT NULL,
  PRIMARY KEY (client, hour)
) WITHOUT ROWID;
CREATE INDEX usage_client_by_hour ON usage_client (hour);

-- Holders of keys who want to be named beside their figures, by the name they gave.
CREATE TABLE usage_client_name (client TEXT PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID;
