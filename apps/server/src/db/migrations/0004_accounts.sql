-- Accounts: mails on their way out, addresses that are proved, ways back in, and settings that follow a person.

CREATE TABLE outgoing_mails (
  id         uuid PRIMARY KEY,
  state      text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sent', 'failed', 'kept')),
  template   text NOT NULL,
  recipient  text NOT NULL,
  language   text NOT NULL,
  subject    text NOT NULL,
  content    text,
  attempts   int NOT NULL DEFAULT 0,
  last_error text,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  settled_at timestamptz(3)
);
CREATE INDEX outgoing_mails_age ON outgoing_mails (created_at, id);
CREATE INDEX outgoing_mails_recipient ON outgoing_mails (recipient);
COMMENT ON TABLE outgoing_mails IS
  'Platform: mails to send, written in the transaction of their cause. Their text may hold a key to an account, so a transaction of an organization can add mails but sees none.';
COMMENT ON COLUMN outgoing_mails.state IS
  'queued until it is sent, or given up as failed; kept for the outbox page where no SMTP server is configured.';
COMMENT ON COLUMN outgoing_mails.content IS 'Text and HTML, sealed; null once it has been sent or given up.';
COMMENT ON COLUMN outgoing_mails.last_error IS 'What the SMTP server said last, without the address.';

ALTER TABLE outgoing_mails ENABLE ROW LEVEL SECURITY;
ALTER TABLE outgoing_mails FORCE ROW LEVEL SECURITY;
CREATE POLICY add ON outgoing_mails FOR INSERT WITH CHECK (true);
CREATE POLICY read ON outgoing_mails FOR SELECT USING ((SELECT current_organization()) IS NULL);
CREATE POLICY change ON outgoing_mails FOR UPDATE USING ((SELECT current_organization()) IS NULL);
CREATE POLICY remove ON outgoing_mails FOR DELETE USING ((SELECT current_organization()) IS NULL);

CREATE TABLE account_tokens (
  token_hash bytea PRIMARY KEY,
  user_id    uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  purpose    text NOT NULL CHECK (purpose IN ('verify_email', 'reset_password')),
  email      text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  expires_at timestamptz(3) NOT NULL
);
CREATE INDEX account_tokens_user ON account_tokens (user_id, purpose);
CREATE INDEX account_tokens_expiry ON account_tokens (expires_at);
COMMENT ON TABLE account_tokens IS
  'Platform: what the links in mails to account holders carry. SHA-256 hashes only; a row is deleted when it is used.';
COMMENT ON COLUMN account_tokens.email IS 'The address that the link was sent to: it proves this address and no other.';

ALTER TABLE users
  ADD COLUMN email_verified_at timestamptz(3),
  ADD COLUMN claims_email      boolean NOT NULL DEFAULT true,
  ADD COLUMN theme             text NOT NULL DEFAULT 'system' CHECK (theme IN ('system', 'light', 'dark')),
  ADD COLUMN date_format       text NOT NULL DEFAULT 'auto' CHECK (date_format IN ('auto', 'dmy', 'mdy', 'ymd')),
  ADD COLUMN week_start        text NOT NULL DEFAULT 'auto' CHECK (week_start IN ('auto', 'monday', 'sunday', 'saturday')),
  ADD COLUMN security_mails    boolean NOT NULL DEFAULT true,
  ADD COLUMN deleted_at        timestamptz(3);
COMMENT ON COLUMN users.email_verified_at IS 'When the holder last followed a link that was mailed to this address.';
COMMENT ON COLUMN users.claims_email IS
  'False for an account that was made with an address another account holds: it can never prove that address, and no log-in, reset or invitation by address finds it (docs/decisions/0011-accounts.md).';
COMMENT ON COLUMN users.security_mails IS 'Whether a notice is mailed of log-ins, and changes to the account.';
COMMENT ON COLUMN users.deleted_at IS 'The account was deleted by its holder; what remains is what records of others refer to.';

DROP INDEX users_email;
CREATE UNIQUE INDEX users_email ON users (email) WHERE claims_email;
CREATE INDEX users_email_unclaimed ON users (email) WHERE NOT claims_email;
