-- Privacy: consents, requests of persons, how long what is kept, and what was handed out.

ALTER TABLE leads ADD COLUMN erased_at timestamptz(3);
COMMENT ON COLUMN leads.erased_at IS
  'When the person was erased: the record stays for the counts of reports, with nothing left that tells who it was.';

CREATE TABLE consents (
  organization_id uuid NOT NULL REFERENCES organizations,
  id              uuid NOT NULL,
  object          text NOT NULL,
  record_id       uuid NOT NULL,
  purpose         text NOT NULL,
  channel         text NOT NULL,
  state           text NOT NULL CHECK (state IN ('granted', 'withdrawn')),
  source          text NOT NULL,
  note            text,
  given_at        timestamptz(3) NOT NULL,
  recorded_by     uuid,
  recorded_by_name text NOT NULL,
  recorded_at     timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (organization_id, id)
);
CREATE INDEX consents_record ON consents (organization_id, object, record_id, purpose, channel, given_at DESC, id DESC);
SELECT protect('consents');
COMMENT ON TABLE consents IS
  'What a person agreed to or withdrew, by purpose and channel. Never changed: the newest row of a purpose and channel counts.';
COMMENT ON COLUMN consents.source IS 'Where the consent was given: a form, a call, a contract.';
COMMENT ON COLUMN consents.given_at IS 'When the person said so, which may be before it was recorded.';

CREATE TABLE privacy_requests (
  organization_id uuid NOT NULL REFERENCES organizations,
  id              uuid NOT NULL,
  kind            text NOT NULL CHECK (kind IN ('person_export', 'person_erasure', 'organization_export')),
  object          text,
  record_ids      uuid[] NOT NULL DEFAULT '{}',
  reason          text NOT NULL,
  state           text NOT NULL CHECK (state IN ('queued', 'running', 'completed', 'failed')),
  done            int NOT NULL DEFAULT 0,
  result          jsonb NOT NULL DEFAULT '{}',
  problem         text,
  file_key        text,
  file_bytes      bigint,
  file_expires_at timestamptz(3),
  requested_by    uuid,
  requested_by_name text NOT NULL,
  created_at      timestamptz(3) NOT NULL DEFAULT now(),
  completed_at    timestamptz(3),
  PRIMARY KEY (organization_id, id)
);
SELECT protect('privacy_requests');
COMMENT ON TABLE privacy_requests IS
  'Exports and erasures that were asked for. They name records, never persons, so that an erasure leaves nothing here.';
COMMENT ON COLUMN privacy_requests.done IS 'Rows dealt with so far.';
COMMENT ON COLUMN privacy_requests.result IS 'Rows exported or erased, by table: {table: count}.';

CREATE TABLE retention_rules (
  organization_id uuid NOT NULL REFERENCES organizations,
  kind            text NOT NULL,
  days            int NOT NULL CHECK (days BETWEEN 1 AND 3650),
  updated_at      timestamptz(3) NOT NULL DEFAULT now(),
  last_run_at     timestamptz(3),
  last_count      int NOT NULL DEFAULT 0,
  PRIMARY KEY (organization_id, kind)
);
SELECT protect('retention_rules');
COMMENT ON TABLE retention_rules IS 'After how many days what is erased or deleted by itself; without a row it is kept.';

-- The nightly run finds the organizations that have rules without looking into each.
ALTER TABLE organizations ADD COLUMN retention_due_at timestamptz(3);
CREATE INDEX organizations_retention ON organizations (retention_due_at) WHERE retention_due_at IS NOT NULL;
COMMENT ON COLUMN organizations.retention_due_at IS 'When its retention rules run next; null without rules.';

CREATE TABLE data_transfers (
  organization_id uuid NOT NULL REFERENCES organizations,
  id              uuid NOT NULL,
  kind            text NOT NULL,
  recipient       text NOT NULL,
  country         text,
  purpose         text NOT NULL,
  legal_basis     text,
  categories      text[] NOT NULL DEFAULT '{}',
  records         bigint,
  request_id      uuid,
  actor_id        uuid,
  actor_name      text NOT NULL,
  occurred_at     timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (organization_id, id)
);
CREATE INDEX data_transfers_newest ON data_transfers (organization_id, occurred_at DESC, id DESC);
SELECT protect('data_transfers');
COMMENT ON TABLE data_transfers IS 'Personal data that left the organization: exports by themselves, others as somebody records them.';
COMMENT ON COLUMN data_transfers.categories IS 'Kinds of data: identity, contact, activity, consent …';
