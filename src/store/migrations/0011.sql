-- Programs that are told by signed POSTs. `sealed`: the secret of the signature, under the store's key (vault.h).
CREATE TABLE webhook (
  id TEXT PRIMARY KEY,
  account TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  url TEXT NOT NULL,
  sealed BLOB NOT NULL,
  created INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX webhook_by_account ON webhook (account);

-- NULL: a mail.
ALTER TABLE message ADD COLUMN webhook TEXT REFERENCES webhook (id) ON DELETE CASCADE;
CREATE INDEX message_by_webhook ON message (webhook, id) WHERE webhook IS NOT NULL;
