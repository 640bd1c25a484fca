-- The foundation: how tenancy is locked, who the people are, and how events leave the database.
-- Tables are either tenant tables (locked by protect(), tenant in every key) or platform tables,
-- which hold what must be known before an organization is known. docs/decisions/0003-tenancy.md.

CREATE FUNCTION current_organization() RETURNS uuid
LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(current_setting('rapport.organization_id', true), '')::uuid;
COMMENT ON FUNCTION current_organization IS
  'The organization of this transaction, or null. After a transaction the setting is an empty string, not null.';

CREATE FUNCTION protect(target regclass) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
  -- The sub-select makes it one evaluation a statement instead of one a row.
  EXECUTE format(
    'CREATE POLICY tenant ON %s USING (organization_id = (SELECT current_organization())) '
    'WITH CHECK (organization_id = (SELECT current_organization()))', target);
END $$;
COMMENT ON FUNCTION protect IS 'Locks a tenant table: forced row-level security with the one policy on organization_id.';

-- Platform tables ---------------------------------------------------------------------------------

CREATE TABLE users (
  id            uuid PRIMARY KEY,
  email         text NOT NULL CHECK (email = lower(email)),
  full_name     text NOT NULL,
  password_hash text NOT NULL,
  language      text NOT NULL DEFAULT 'en',
  time_zone     text NOT NULL DEFAULT 'UTC',
  created_at    timestamptz(3) NOT NULL DEFAULT now(),
  updated_at    timestamptz(3) NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX users_email ON users (email);
COMMENT ON TABLE users IS 'Platform: people who can log in; one person may belong to several organizations.';
COMMENT ON COLUMN users.password_hash IS 'argon2id, in PHC string format.';

CREATE TABLE organizations (
  id         uuid PRIMARY KEY,
  name       text NOT NULL,
  slug       text NOT NULL UNIQUE,
  currency   text NOT NULL DEFAULT 'USD',
  country    text,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);
COMMENT ON TABLE organizations IS 'Platform: the tenants.';
COMMENT ON COLUMN organizations.country IS 'ISO 3166-1 alpha-2; national phone numbers are read as of this country.';

CREATE TABLE memberships (
  organization_id uuid NOT NULL REFERENCES organizations,
  user_id         uuid NOT NULL REFERENCES users,
  role            text NOT NULL,
  created_at      timestamptz(3) NOT NULL DEFAULT now(),
  deactivated_at  timestamptz(3),
  PRIMARY KEY (organization_id, user_id)
);
CREATE INDEX memberships_user ON memberships (user_id);
COMMENT ON TABLE memberships IS
  'Platform: who belongs where, with which role. Read before an organization is known, so it is outside the tenant lock; only the identity module touches it.';

CREATE TABLE sessions (
  id              uuid PRIMARY KEY,
  user_id         uuid NOT NULL REFERENCES users,
  organization_id uuid NOT NULL REFERENCES organizations,
  cookie_hash     bytea NOT NULL UNIQUE,
  refresh_hash    bytea NOT NULL UNIQUE,
  used_refresh_hashes bytea[] NOT NULL DEFAULT '{}',
  refreshed_at    timestamptz(3),
  ip              text,
  user_agent      text,
  created_at      timestamptz(3) NOT NULL DEFAULT now(),
  last_used_at    timestamptz(3) NOT NULL DEFAULT now(),
  expires_at      timestamptz(3) NOT NULL,
  revoked_at      timestamptz(3)
);
CREATE INDEX sessions_user ON sessions (user_id);
CREATE INDEX sessions_used_refresh ON sessions USING gin (used_refresh_hashes);
COMMENT ON TABLE sessions IS
  'Platform: log-ins. Only SHA-256 hashes of the secrets are kept; a refresh token that was used before ends its session.';

COMMENT ON COLUMN sessions.refreshed_at IS
  'When the refresh token was last exchanged; for a few seconds after it the previous token may come again.';

CREATE TABLE idempotency_keys (
  key_hash     bytea PRIMARY KEY,
  request_hash bytea NOT NULL,
  status       int,
  reply        bytea,
  created_at   timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at);
COMMENT ON TABLE idempotency_keys IS
  'Platform: answers to requests that carried an Idempotency-Key, for 24 hours. The key hash covers organization, user and route; the reply is encrypted.';

CREATE TABLE event_heads (
  organization_id uuid PRIMARY KEY REFERENCES organizations,
  seq             bigint NOT NULL DEFAULT 0
);
COMMENT ON TABLE event_heads IS
  'Platform: the last sequence number of each organization. Its row lock, held from the flush to the commit, makes events visible in the order of their numbers and without a gap.';

CREATE TABLE event_positions (
  subscriber      text NOT NULL,
  organization_id uuid NOT NULL REFERENCES organizations,
  seq             bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (subscriber, organization_id)
);
COMMENT ON TABLE event_positions IS
  'Platform: how far each durable subscriber has come; moved in the transaction of its own writes.';

CREATE TABLE search_documents (
  organization_id uuid NOT NULL REFERENCES organizations,
  object          text NOT NULL,
  record_id       uuid NOT NULL,
  owner_id        uuid,
  title           text NOT NULL,
  subtitle        text,
  words           tsvector NOT NULL,
  PRIMARY KEY (organization_id, object, record_id)
);
CREATE INDEX search_documents_words ON search_documents USING gin (words);
COMMENT ON TABLE search_documents IS
  'Platform: what search looks through. Text search operators are not leakproof, so under row-level security no index would serve them; only the search module touches this table, and every lexeme carries its organization.';

-- Tenant tables -----------------------------------------------------------------------------------

CREATE TABLE events (
  organization_id uuid NOT NULL REFERENCES organizations,
  seq             bigint NOT NULL,
  id              uuid NOT NULL,
  type            text NOT NULL,
  actor_id        uuid,
  actor_name      text NOT NULL,
  object          text NOT NULL,
  record_id       uuid NOT NULL,
  record_version  int,
  owner_id        uuid,
  data            jsonb NOT NULL,
  occurred_at     timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (organization_id, seq)
);
SELECT protect('events');
COMMENT ON TABLE events IS 'The outbox: what happened, written in the transaction in which it happened.';
COMMENT ON COLUMN events.owner_id IS 'Owner of the record at that time, for the permission check of readers with scope own.';

CREATE TABLE pipelines (
  organization_id uuid NOT NULL REFERENCES organizations,
  id              uuid NOT NULL,
  object          text NOT NULL,
  name            text NOT NULL,
  is_default      boolean NOT NULL DEFAULT false,
  version         int NOT NULL DEFAULT 1,
  created_at      timestamptz(3) NOT NULL DEFAULT now(),
  updated_at      timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (organization_id, id)
);
CREATE UNIQUE INDEX pipelines_default ON pipelines (organization_id, object) WHERE is_default;
SELECT protect('pipelines');
COMMENT ON TABLE pipelines IS 'Ways that records of one object go, stage by stage.';

CREATE TABLE stages (
  organization_id uuid NOT NULL,
  id              uuid NOT NULL,
  pipeline_id     uuid NOT NULL,
  name            text NOT NULL,
  color           text NOT NULL,
  type            text NOT NULL CHECK (type IN ('open', 'won', 'lost')),
  probability     int NOT NULL CHECK (probability BETWEEN 0 AND 100),
  position        int NOT NULL,
  version         int NOT NULL DEFAULT 1,
  PRIMARY KEY (organization_id, id),
  UNIQUE (organization_id, pipeline_id, id),
  FOREIGN KEY (organization_id, pipeline_id) REFERENCES pipelines (organization_id, id) ON DELETE CASCADE
);
SELECT protect('stages');
COMMENT ON TABLE stages IS 'Steps of a pipeline, in the order of position.';

CREATE TABLE stage_totals (
  organization_id uuid NOT NULL REFERENCES organizations,
  stage_id        uuid NOT NULL,
  currency        text NOT NULL,
  records         bigint NOT NULL DEFAULT 0,
  value           numeric NOT NULL DEFAULT 0,
  PRIMARY KEY (organization_id, stage_id, currency)
);
SELECT protect('stage_totals');
COMMENT ON TABLE stage_totals IS
  'Roll-up of live records and their value by stage and currency, kept by a subscriber of the record events; value in ten-thousandths.';

CREATE TABLE leads (
  organization_id  uuid NOT NULL REFERENCES organizations,
  id               uuid NOT NULL,
  full_name        text COLLATE "C" NOT NULL,
  company_name     text COLLATE "C",
  email            text COLLATE "C",
  phone            text COLLATE "C",
  mobile           text COLLATE "C",
  website          text COLLATE "C",
  industry         text COLLATE "C",
  country          text COLLATE "C",
  state            text COLLATE "C",
  city             text COLLATE "C",
  time_zone        text COLLATE "C",
  source           text COLLATE "C",
  external_id      text COLLATE "C",
  status           text COLLATE "C" NOT NULL DEFAULT 'new',
  pipeline_id      uuid NOT NULL,
  stage_id         uuid NOT NULL,
  stage_entered_at timestamptz(3) NOT NULL DEFAULT now(),
  rank             text COLLATE "C" NOT NULL,
  score            int CHECK (score BETWEEN 0 AND 100),
  probability      int CHECK (probability BETWEEN 0 AND 100),
  estimated_value  bigint,
  currency         text COLLATE "C" NOT NULL,
  owner_id         uuid REFERENCES users,
  custom           jsonb NOT NULL DEFAULT '{}',
  import_id        uuid,
  version          int NOT NULL DEFAULT 1,
  created_by       uuid REFERENCES users,
  created_at       timestamptz(3) NOT NULL DEFAULT now(),
  updated_at       timestamptz(3) NOT NULL DEFAULT now(),
  deleted_at       timestamptz(3),
  PRIMARY KEY (organization_id, id),
  FOREIGN KEY (organization_id, pipeline_id, stage_id) REFERENCES stages (organization_id, pipeline_id, id)
);
SELECT protect('leads');
COMMENT ON TABLE leads IS 'Possible customers, not yet qualified.';
COMMENT ON COLUMN leads.estimated_value IS 'Ten-thousandths of the currency unit (docs/decisions/0004-money.md).';
COMMENT ON COLUMN leads.rank IS 'Place in the column of the board: a fractional index, smaller is higher.';
COMMENT ON COLUMN leads.custom IS 'Values without a field of their own: {key: value}.';
COMMENT ON COLUMN leads.deleted_at IS 'Set while the record is in the trash.';

-- Newest first is the default order; the others serve the filters and sorts of the lead desk.
-- Every operator used on them is leakproof, which row-level security asks of an index condition.
CREATE INDEX leads_newest   ON leads (organization_id, created_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX leads_status   ON leads (organization_id, status, created_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX leads_owner    ON leads (organization_id, owner_id, created_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX leads_board    ON leads (organization_id, stage_id, rank, id) WHERE deleted_at IS NULL;
CREATE INDEX leads_name     ON leads (organization_id, full_name, id) WHERE deleted_at IS NULL;
CREATE INDEX leads_email    ON leads (organization_id, email, id) WHERE deleted_at IS NULL;
CREATE INDEX leads_external ON leads (organization_id, external_id) WHERE deleted_at IS NULL AND external_id IS NOT NULL;
CREATE INDEX leads_updated  ON leads (organization_id, updated_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX leads_trash    ON leads (organization_id, deleted_at DESC, id DESC) WHERE deleted_at IS NOT NULL;

CREATE TABLE activities (
  organization_id uuid NOT NULL REFERENCES organizations,
  id              uuid NOT NULL,
  object          text NOT NULL,
  record_id       uuid NOT NULL,
  type            text NOT NULL,
  actor_id        uuid,
  actor_name      text NOT NULL,
  body            text,
  data            jsonb NOT NULL DEFAULT '{}',
  occurred_at     timestamptz(3) NOT NULL DEFAULT now(),
  created_at      timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (organization_id, id)
);
CREATE INDEX activities_timeline ON activities (organization_id, object, record_id, occurred_at DESC, id DESC);
SELECT protect('activities');
COMMENT ON TABLE activities IS 'Facts on the timeline of a record.';

CREATE TABLE imports (
  organization_id  uuid NOT NULL REFERENCES organizations,
  id               uuid NOT NULL,
  object           text NOT NULL,
  file_name        text NOT NULL,
  file_key         text NOT NULL,
  state            text NOT NULL,
  layout           jsonb NOT NULL,
  mapping          jsonb,
  duplicate_policy text,
  done             int NOT NULL DEFAULT 0,
  total            int NOT NULL DEFAULT 0,
  created          int NOT NULL DEFAULT 0,
  updated          int NOT NULL DEFAULT 0,
  skipped          int NOT NULL DEFAULT 0,
  failed           int NOT NULL DEFAULT 0,
  problem          text,
  created_by       uuid REFERENCES users,
  created_at       timestamptz(3) NOT NULL DEFAULT now(),
  finished_at      timestamptz(3),
  PRIMARY KEY (organization_id, id)
);
SELECT protect('imports');
COMMENT ON TABLE imports IS 'Uploaded files and how far each has been brought in.';
COMMENT ON COLUMN imports.layout IS 'What the analysis of the file found: delimiter, columns, guessed mapping, sample.';
COMMENT ON COLUMN imports.done IS 'Rows dealt with; moved in the transaction that writes those rows, so a crash loses and doubles none.';

CREATE TABLE import_errors (
  organization_id uuid NOT NULL,
  import_id       uuid NOT NULL,
  row             int NOT NULL,
  column_name     text,
  value           text NOT NULL,
  message         text NOT NULL,
  source          jsonb NOT NULL,
  PRIMARY KEY (organization_id, import_id, row),
  FOREIGN KEY (organization_id, import_id) REFERENCES imports (organization_id, id) ON DELETE CASCADE
);
SELECT protect('import_errors');
COMMENT ON TABLE import_errors IS 'Rows that could not be imported, as they came, with the reason.';
