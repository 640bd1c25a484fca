-- Records that are probably the same, as the finder proposes them and people decide. docs/decisions/0036-duplicates.md.

CREATE TABLE duplicates (
  organization_id uuid NOT NULL REFERENCES organizations,
  id              uuid NOT NULL,
  object          text COLLATE "C" NOT NULL,
  a_id            uuid NOT NULL,
  b_id            uuid NOT NULL CHECK (a_id < b_id),
  score           float8 NOT NULL,
  reasons         jsonb NOT NULL,
  state           text COLLATE "C" NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'dismissed', 'merged')),
  scan_id         uuid NOT NULL,
  found_at        timestamptz(3) NOT NULL DEFAULT now(),
  decided_by      uuid REFERENCES users,
  decided_at      timestamptz(3),
  PRIMARY KEY (organization_id, id),
  UNIQUE (organization_id, object, a_id, b_id)
);
SELECT protect('duplicates');
CREATE INDEX duplicates_best ON duplicates (organization_id, object, state, score, id);
CREATE INDEX duplicates_other ON duplicates (organization_id, object, b_id);
COMMENT ON TABLE duplicates IS 'Pairs of records that are probably the same. Holds none of their values.';
COMMENT ON COLUMN duplicates.score IS 'How probable it is that they are the same, 0 to 1.';
COMMENT ON COLUMN duplicates.reasons IS '[{field, agreement, weight}], the weight in bits.';
COMMENT ON COLUMN duplicates.state IS 'What people decided is kept when the finder comes again, which learns from it.';
COMMENT ON COLUMN duplicates.scan_id IS 'The job that found the pair last. Open pairs that a later one does not find go.';

ALTER TABLE jobs DROP CONSTRAINT jobs_kind_check;
ALTER TABLE jobs ADD CONSTRAINT jobs_kind_check CHECK (kind IN ('bulk', 'undo', 'scan'));
