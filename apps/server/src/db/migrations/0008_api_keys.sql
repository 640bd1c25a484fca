-- API keys: what programs log in with. A key belongs to one organization and acts within what its maker may do.

CREATE TABLE api_keys (
  id               uuid PRIMARY KEY,
  organization_id  uuid NOT NULL REFERENCES organizations,
  user_id          uuid NOT NULL REFERENCES users,
  name             text NOT NULL,
  prefix           text NOT NULL UNIQUE,
  secret_hash      bytea NOT NULL,
  previous_hash    bytea,
  previous_until   timestamptz(3),
  scopes           text[] NOT NULL,
  created_at       timestamptz(3) NOT NULL DEFAULT now(),
  expires_at       timestamptz(3),
  rotated_at       timestamptz(3),
  revoked_at       timestamptz(3),
  revoked_by       uuid REFERENCES users,
  last_used_at     timestamptz(3),
  last_used_ip     text,
  networks         text[] NOT NULL DEFAULT '{}',
  usual_per_minute real NOT NULL DEFAULT 0,
  active_minutes   int NOT NULL DEFAULT 0,
  CHECK ((previous_hash IS NULL) = (previous_until IS NULL))
);
CREATE INDEX api_keys_organization ON api_keys (organization_id, created_at);
CREATE INDEX api_keys_revoked ON api_keys (revoked_at) WHERE revoked_at IS NOT NULL;
COMMENT ON TABLE api_keys IS
  'Platform: keys for programs. Read before an organization is known, so outside the tenant lock; only the api-keys module touches it.';
COMMENT ON COLUMN api_keys.user_id IS 'The maker: the key never reaches further than this member does at the moment of use.';
COMMENT ON COLUMN api_keys.prefix IS 'The public eight characters in the key, by which it is found and by which people tell keys apart.';
COMMENT ON COLUMN api_keys.secret_hash IS 'SHA-256 of the whole key; the secret has 256 random bits, so a fast hash keeps it.';
COMMENT ON COLUMN api_keys.previous_hash IS 'After a rotation, the hash of the key before, valid until previous_until.';
COMMENT ON COLUMN api_keys.scopes IS 'Permissions as object:action, or object:action:own|team where the key reaches less far than its maker.';
COMMENT ON COLUMN api_keys.networks IS 'Networks (/24, /48) that the key was used from, the newest last; a further one is a security event.';
COMMENT ON COLUMN api_keys.usual_per_minute IS 'Moving average of requests in a minute with use; many times as much is a security event.';
COMMENT ON COLUMN api_keys.active_minutes IS 'How many minutes with use that average has seen.';
