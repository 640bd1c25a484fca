-- Tags on records of any kind: rows, never arrays, so that indexes serve them under row-level security.

CREATE TABLE tags (
  organization_id uuid NOT NULL REFERENCES organizations,
  id              uuid NOT NULL,
  name            text COLLATE "C" NOT NULL,
  key             text COLLATE "C" NOT NULL,
  color           text COLLATE "C" NOT NULL,
  version         int NOT NULL DEFAULT 1,
  created_by      uuid REFERENCES users,
  created_at      timestamptz(3) NOT NULL DEFAULT now(),
  updated_at      timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (organization_id, id),
  UNIQUE (organization_id, key)
);
SELECT protect('tags');
COMMENT ON TABLE tags IS 'Words with a colour that an organization puts on its records.';
COMMENT ON COLUMN tags.key IS 'The name in lower case with single spaces: spellings that differ in those alone are one tag.';
COMMENT ON COLUMN tags.color IS 'A name of the palette that screens know in both themes.';

-- No reference to the record, which may be of any kind. The trash keeps the rows; an erasure and the end of the trash take them.
CREATE TABLE record_tags (
  organization_id uuid NOT NULL,
  object          text COLLATE "C" NOT NULL,
  record_id       uuid NOT NULL,
  tag_id          uuid NOT NULL,
  PRIMARY KEY (organization_id, object, record_id, tag_id),
  FOREIGN KEY (organization_id, tag_id) REFERENCES tags (organization_id, id) ON DELETE CASCADE
);
SELECT protect('record_tags');
COMMENT ON TABLE record_tags IS 'Which records carry which tags.';
-- The tag goes before the object: equally good for a list of one object, and it serves the end of a tag, too.
CREATE INDEX record_tags_tag ON record_tags (organization_id, tag_id, object, record_id);
