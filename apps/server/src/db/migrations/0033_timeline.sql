-- What stands on top of a timeline, and when somebody last looked at a record.

ALTER TABLE activities ADD COLUMN pinned_at timestamptz(3);
COMMENT ON COLUMN activities.pinned_at IS 'Since when it stands on top of the timeline of its record; null for most.';
CREATE INDEX activities_pinned ON activities (organization_id, object, record_id) WHERE pinned_at IS NOT NULL;

CREATE TABLE record_visits (
  organization_id uuid NOT NULL REFERENCES organizations,
  user_id         uuid NOT NULL REFERENCES users,
  object          text COLLATE "C" NOT NULL,
  record_id       uuid NOT NULL,
  visited_at      timestamptz(3) NOT NULL DEFAULT now(),
  previous_at     timestamptz(3),
  PRIMARY KEY (organization_id, user_id, object, record_id)
);
SELECT protect('record_visits');
COMMENT ON TABLE record_visits IS 'When a member last had a record open, so that its timeline can say what is new to them.';
COMMENT ON COLUMN record_visits.visited_at IS 'The last look of the present visit: looks that follow each other within half an hour are one.';
COMMENT ON COLUMN record_visits.previous_at IS 'The last look of the visit before; null on the first one.';
CREATE INDEX record_visits_record ON record_visits (organization_id, object, record_id);
