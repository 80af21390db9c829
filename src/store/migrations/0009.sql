-- Where a record was before its source gave it: addresses, one a line, the first place first.
ALTER TABLE record ADD COLUMN trail TEXT NOT NULL DEFAULT '';
ALTER TABLE pending_move ADD COLUMN trail TEXT NOT NULL DEFAULT '';
