-- Files on records of every kind, in versions, each of the pieces in which it came.

CREATE TABLE attachments (
  organization_id uuid NOT NULL REFERENCES organizations,
  id              uuid NOT NULL,
  object          text COLLATE "C" NOT NULL,
  record_id       uuid NOT NULL,
  name            text NOT NULL,
  current         int NOT NULL DEFAULT 0,
  created_by      uuid REFERENCES users,
  created_at      timestamptz(3) NOT NULL DEFAULT now(),
  deleted_at      timestamptz(3),
  purged_at       timestamptz(3),
  PRIMARY KEY (organization_id, id)
);
SELECT protect('attachments');
COMMENT ON TABLE attachments IS 'Files on records; who may read the record may read them (docs/decisions/0028-notes-and-attachments.md).';
COMMENT ON COLUMN attachments.record_id IS 'The record of the kind in object.';
COMMENT ON COLUMN attachments.current IS 'The version that is shown; 0 while the first is still arriving.';
COMMENT ON COLUMN attachments.purged_at IS 'Gone for good for everybody; the row stays until its files have been taken out of the storage.';
CREATE INDEX attachments_record ON attachments (organization_id, record_id, object, id) WHERE purged_at IS NULL;
CREATE INDEX attachments_swept  ON attachments (organization_id, purged_at) WHERE purged_at IS NOT NULL;
CREATE INDEX attachments_trashed ON attachments (organization_id, deleted_at) WHERE deleted_at IS NOT NULL AND purged_at IS NULL;

CREATE TABLE attachment_versions (
  organization_id uuid NOT NULL REFERENCES organizations,
  attachment_id   uuid NOT NULL,
  number          int NOT NULL,
  size            bigint NOT NULL CHECK (size > 0),
  received        bigint NOT NULL DEFAULT 0,
  parts           text[] NOT NULL DEFAULT '{}',
  media_type      text NOT NULL DEFAULT 'application/octet-stream',
  preview         text COLLATE "C" NOT NULL DEFAULT 'none' CHECK (preview IN ('none', 'pending', 'ready')),
  created_by      uuid REFERENCES users,
  created_at      timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (organization_id, attachment_id, number),
  FOREIGN KEY (organization_id, attachment_id) REFERENCES attachments (organization_id, id) ON DELETE CASCADE,
  CHECK (received BETWEEN 0 AND size)
);
SELECT protect('attachment_versions');
COMMENT ON TABLE attachment_versions IS 'What a file was; the bytes are in the storage, one file for each piece.';
COMMENT ON COLUMN attachment_versions.parts IS 'Names of the pieces in their order, below the folder of the version.';
COMMENT ON COLUMN attachment_versions.media_type IS 'By the bytes, whatever the file is called.';
CREATE INDEX attachment_versions_arriving ON attachment_versions (organization_id, created_at) WHERE received < size;
