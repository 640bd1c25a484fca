-- Notes on records of every kind, and how they were.

CREATE TABLE notes (
  organization_id uuid NOT NULL REFERENCES organizations,
  id              uuid NOT NULL,
  object          text COLLATE "C" NOT NULL,
  record_id       uuid NOT NULL,
  body            jsonb NOT NULL,
  text            text NOT NULL,
  pinned          boolean NOT NULL DEFAULT false,
  activity_id     uuid NOT NULL,
  version         int NOT NULL DEFAULT 1,
  created_by      uuid REFERENCES users,
  created_at      timestamptz(3) NOT NULL DEFAULT now(),
  edited_by       uuid REFERENCES users,
  edited_at       timestamptz(3),
  deleted_at      timestamptz(3),
  PRIMARY KEY (organization_id, id)
);
SELECT protect('notes');
COMMENT ON TABLE notes IS 'Notes on records; who may read the record may read them (docs/decisions/0028-notes-and-attachments.md).';
COMMENT ON COLUMN notes.record_id IS 'The record of the kind in object.';
COMMENT ON COLUMN notes.body IS 'The tree of nodes that the editor keeps; names members and records by id alone.';
COMMENT ON COLUMN notes.text IS 'What can be read in body, without what members and records are called.';
COMMENT ON COLUMN notes.activity_id IS 'Where the timeline tells of it; the entry may be gone by a rule of retention.';
COMMENT ON COLUMN notes.version IS 'Counts what was written, not the pinning.';
CREATE INDEX notes_record  ON notes (organization_id, record_id, object, pinned, id) WHERE deleted_at IS NULL;
CREATE INDEX notes_trashed ON notes (organization_id, deleted_at) WHERE deleted_at IS NOT NULL;

CREATE TABLE note_versions (
  organization_id uuid NOT NULL REFERENCES organizations,
  note_id         uuid NOT NULL,
  version         int NOT NULL,
  body            jsonb NOT NULL,
  text            text NOT NULL,
  saved_by        uuid REFERENCES users,
  saved_at        timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (organization_id, note_id, version),
  FOREIGN KEY (organization_id, note_id) REFERENCES notes (organization_id, id) ON DELETE CASCADE
);
SELECT protect('note_versions');
COMMENT ON TABLE note_versions IS 'How notes were at the end of each sitting of one person; the newest is the note itself.';
COMMENT ON COLUMN note_versions.version IS 'The version of the note that was reached in this sitting.';
