-- Records that became one, and all that it takes to make them several again. docs/decisions/0036-duplicates.md.

CREATE TABLE merges (
  organization_id uuid NOT NULL REFERENCES organizations,
  id              uuid NOT NULL,
  object          text COLLATE "C" NOT NULL,
  winner_id       uuid NOT NULL,
  winner_version  int,
  led             jsonb NOT NULL,
  moved           jsonb NOT NULL,
  pairs           jsonb NOT NULL,
  merged_by       uuid REFERENCES users,
  merged_at       timestamptz(3) NOT NULL DEFAULT now(),
  undone_at       timestamptz(3),
  PRIMARY KEY (organization_id, id)
);
SELECT protect('merges');
CREATE INDEX merges_winner ON merges (organization_id, object, winner_id);
COMMENT ON TABLE merges IS 'Records that became one. Holds ids only: values are on the timelines, by their versions.';
COMMENT ON COLUMN merges.winner_version IS 'The version that the merge gave the winner; null when none of its fields changed.';
COMMENT ON COLUMN merges.led IS '[{object, id, version}]: records that led to a loser and lead to the winner since that version of theirs.';
COMMENT ON COLUMN merges.moved IS '[{table, column, from, keys}]: rows beside the losers that are beside the winner now.';
COMMENT ON COLUMN merges.pairs IS '[{id, state}]: possible duplicates as they were before; state null of such as the merge made.';

CREATE TABLE merged_records (
  organization_id uuid NOT NULL,
  object          text COLLATE "C" NOT NULL,
  loser_id        uuid NOT NULL,
  winner_id       uuid NOT NULL,
  merge_id        uuid NOT NULL,
  PRIMARY KEY (organization_id, object, loser_id),
  FOREIGN KEY (organization_id, merge_id) REFERENCES merges (organization_id, id) ON DELETE CASCADE
);
SELECT protect('merged_records');
CREATE INDEX merged_records_winner ON merged_records (organization_id, object, winner_id);
CREATE INDEX merged_records_merge  ON merged_records (organization_id, merge_id);
COMMENT ON TABLE merged_records IS 'Which record in the trash lives on in which other one. The row goes when the merge is taken back.';
