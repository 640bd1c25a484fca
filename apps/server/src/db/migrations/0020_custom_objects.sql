-- Objects that organizations make for themselves. The records of all of them, of all organizations, are rows of one
-- table, told apart by the word of their object: no table, column or index for an organization or an object.
-- docs/decisions/0025-custom-objects.md.

CREATE TABLE custom_objects (
  organization_id uuid NOT NULL REFERENCES organizations,
  id              uuid NOT NULL,
  key             text COLLATE "C" NOT NULL,
  label           text NOT NULL,
  label_many      text NOT NULL,
  icon            text,
  color           text,
  description     text,
  position        int NOT NULL,
  roles           text[],
  retired_at      timestamptz(3),
  version         int NOT NULL DEFAULT 1,
  created_by      uuid REFERENCES users,
  created_at      timestamptz(3) NOT NULL DEFAULT now(),
  updated_at      timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (organization_id, id),
  UNIQUE (organization_id, key)
);
SELECT protect('custom_objects');
COMMENT ON TABLE custom_objects IS 'Kinds of records that an organization made: vehicles, contracts …';
COMMENT ON COLUMN custom_objects.key IS 'The word of the object in fields, views, tags, events and search; it never changes.';
COMMENT ON COLUMN custom_objects.roles IS 'Built-in names or ids of the roles that see it; null for all whose permissions allow it.';
COMMENT ON COLUMN custom_objects.retired_at IS 'Set while the object is out of use; its records are kept.';

CREATE TABLE custom_records (
  organization_id uuid NOT NULL REFERENCES organizations,
  id              uuid NOT NULL,
  object          text COLLATE "C" NOT NULL,
  name            text COLLATE "C" NOT NULL,
  owner_id        uuid REFERENCES users,
  custom          jsonb NOT NULL DEFAULT '{}',
  version         int NOT NULL DEFAULT 1,
  created_by      uuid REFERENCES users,
  created_at      timestamptz(3) NOT NULL DEFAULT now(),
  updated_at      timestamptz(3) NOT NULL DEFAULT now(),
  deleted_at      timestamptz(3),
  PRIMARY KEY (organization_id, id),
  FOREIGN KEY (organization_id, object) REFERENCES custom_objects (organization_id, key)
);
SELECT protect('custom_records');
COMMENT ON TABLE custom_records IS 'Records of the objects that organizations made.';
COMMENT ON COLUMN custom_records.object IS 'The key of the object.';
COMMENT ON COLUMN custom_records.custom IS 'Values of the fields of the object, by key; custom_values has a copy for lists.';
CREATE INDEX custom_records_newest ON custom_records (organization_id, object, created_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX custom_records_owner  ON custom_records (organization_id, object, owner_id, created_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX custom_records_name   ON custom_records (organization_id, object, name, id) WHERE deleted_at IS NULL;
CREATE INDEX custom_records_trash  ON custom_records (organization_id, object, deleted_at DESC, id DESC) WHERE deleted_at IS NOT NULL;
