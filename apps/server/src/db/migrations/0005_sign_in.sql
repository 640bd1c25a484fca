-- Two-factor, passkeys, and log-in through other providers. docs/decisions/0012-sign-in.md.
-- Everything here belongs to a person and is read before an organization is known.

ALTER TABLE users ALTER COLUMN password_hash DROP NOT NULL;
COMMENT ON COLUMN users.password_hash IS
  'argon2id, in PHC string format. Null for a person who logs in by a provider or a passkey and has never set a password.';

ALTER TABLE organizations ADD COLUMN require_two_factor boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN organizations.require_two_factor IS
  'Sessions that were opened with one factor only are refused on every route of this organization.';

ALTER TABLE sessions
  ADD COLUMN second_factor text CHECK (second_factor IN ('totp', 'recovery_code', 'passkey')),
  ADD COLUMN confirmed_at timestamptz(3);
COMMENT ON COLUMN sessions.second_factor IS
  'What proved the person beside the password; null when nothing did. A passkey with user verification counts as both.';
COMMENT ON COLUMN sessions.confirmed_at IS
  'When the person last proved again who they are. Changes to the ways in ask for such a proof, or the log-in itself, within a quarter of an hour.';

CREATE TABLE second_factors (
  user_id       uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
  secret_sealed text NOT NULL,
  last_step     bigint NOT NULL DEFAULT 0,
  confirmed_at  timestamptz(3),
  created_at    timestamptz(3) NOT NULL DEFAULT now()
);
COMMENT ON TABLE second_factors IS 'Platform: the authenticator app of a person (TOTP, RFC 6238).';
COMMENT ON COLUMN second_factors.last_step IS
  'The 30-second step of the last accepted code. Only a later one is accepted, so no code works twice.';
COMMENT ON COLUMN second_factors.confirmed_at IS
  'Null while the set-up waits for its first code; until then log-ins do not ask for one.';

CREATE TABLE recovery_codes (
  user_id   uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  code_hash bytea NOT NULL,
  used_at   timestamptz(3),
  PRIMARY KEY (user_id, code_hash)
);
COMMENT ON TABLE recovery_codes IS
  'Platform: stand in for the authenticator app, once each. SHA-256 of 80 random bits.';

CREATE TABLE passkeys (
  id            uuid PRIMARY KEY,
  user_id       uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  credential_id text NOT NULL UNIQUE,
  public_key    bytea NOT NULL,
  counter       bigint NOT NULL DEFAULT 0,
  transports    text[] NOT NULL DEFAULT '{}',
  backed_up     boolean NOT NULL DEFAULT false,
  name          text NOT NULL,
  created_at    timestamptz(3) NOT NULL DEFAULT now(),
  last_used_at  timestamptz(3)
);
CREATE INDEX passkeys_user ON passkeys (user_id);
COMMENT ON TABLE passkeys IS 'Platform: WebAuthn credentials of a person, of which the server has the public keys only.';
COMMENT ON COLUMN passkeys.credential_id IS 'base64url, as browsers send it.';
COMMENT ON COLUMN passkeys.counter IS
  'The signature counter at the last use. A key that counts must go up; one that falls behind was copied.';
COMMENT ON COLUMN passkeys.backed_up IS 'Synchronised between the devices of the person.';

CREATE TABLE identities (
  id           uuid PRIMARY KEY,
  user_id      uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  provider     text NOT NULL,
  issuer       text NOT NULL,
  subject      text NOT NULL,
  email        text,
  created_at   timestamptz(3) NOT NULL DEFAULT now(),
  last_used_at timestamptz(3),
  UNIQUE (provider, issuer, subject)
);
CREATE INDEX identities_user ON identities (user_id);
COMMENT ON TABLE identities IS 'Platform: accounts at OpenID providers that open an account here.';
COMMENT ON COLUMN identities.subject IS
  'The provider''s unchanging name of the person (sub); unique within its issuer, never used again for another.';
COMMENT ON COLUMN identities.email IS 'What the provider said last, to tell several apart on screen; nothing is decided by it.';

CREATE TABLE sign_in_steps (
  token_hash      bytea PRIMARY KEY,
  kind            text NOT NULL,
  user_id         uuid REFERENCES users ON DELETE CASCADE,
  session_id      uuid REFERENCES sessions ON DELETE CASCADE,
  organization_id uuid REFERENCES organizations ON DELETE CASCADE,
  data            jsonb NOT NULL DEFAULT '{}',
  attempts        int NOT NULL DEFAULT 0,
  created_at      timestamptz(3) NOT NULL DEFAULT now(),
  expires_at      timestamptz(3) NOT NULL
);
CREATE INDEX sign_in_steps_expiry ON sign_in_steps (expires_at);
CREATE INDEX sign_in_steps_user ON sign_in_steps (user_id);
CREATE INDEX sign_in_steps_session ON sign_in_steps (session_id);
COMMENT ON TABLE sign_in_steps IS
  'Platform: log-ins and set-ups that wait for their next step, for minutes. Each is taken once; only the SHA-256 of its token is kept.';
COMMENT ON COLUMN sign_in_steps.organization_id IS 'Where the log-in was going.';
COMMENT ON COLUMN sign_in_steps.attempts IS 'Wrong answers so far; after a few the step is over.';
