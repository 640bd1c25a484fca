-- Fields that organizations make for themselves. The value is a member of the record's document; a copy of it is a
-- row here, so that lists are served by indexes which exist once for all tenants. docs/decisions/0023-custom-fields.md.

CREATE TABLE custom_fields (
  organization_id uuid NOT NULL REFERENCES organizations,
  id              uuid NOT NULL,
  object          text COLLATE "C" NOT NULL,
  key             text COLLATE "C" NOT NULL,
  label           text NOT NULL,
  help            text,
  type            text NOT NULL,
  options         jsonb NOT NULL DEFAULT '[]',
  to_object       text,
  formula         text,
  formula_type    text,
  required        boolean NOT NULL DEFAULT false,
  is_unique       boolean NOT NULL DEFAULT false,
  default_value   jsonb,
  position        int NOT NULL,
  retired_at      timestamptz(3),
  version         int NOT NULL DEFAULT 1,
  created_by      uuid REFERENCES users,
  created_at      timestamptz(3) NOT NULL DEFAULT now(),
  updated_at      timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (organization_id, id),
  UNIQUE (organization_id, object, key)
);
SELECT protect('custom_fields');
COMMENT ON TABLE custom_fields IS 'Fields that an organization made, by the object whose records have them.';
COMMENT ON COLUMN custom_fields.options IS 'Of a select or multi-select: [{value, label, color}]; records hold the value.';
COMMENT ON COLUMN custom_fields.formula_type IS 'What the result of the formula is told, filtered and sorted as.';
COMMENT ON COLUMN custom_fields.retired_at IS 'Set while the field is out of use; its values are kept.';

CREATE TABLE custom_values (
  organization_id uuid NOT NULL REFERENCES organizations,
  field_id        uuid NOT NULL,
  record_id       uuid NOT NULL,
  item            smallint NOT NULL DEFAULT 0,
  number          float8,
  text            text COLLATE "C",
  is_unique       boolean NOT NULL DEFAULT false,
  PRIMARY KEY (organization_id, record_id, field_id, item),
  FOREIGN KEY (organization_id, field_id) REFERENCES custom_fields (organization_id, id) ON DELETE CASCADE
);
-- Every operator used on them is leakproof, which row-level security asks of an index condition.
CREATE INDEX custom_values_number ON custom_values (organization_id, field_id, number, record_id) WHERE number IS NOT NULL;
CREATE INDEX custom_values_text   ON custom_values (organization_id, field_id, text, record_id) WHERE text IS NOT NULL;
CREATE UNIQUE INDEX custom_values_unique_number ON custom_values (organization_id, field_id, number) WHERE is_unique AND number IS NOT NULL;
CREATE UNIQUE INDEX custom_values_unique_text   ON custom_values (organization_id, field_id, text) WHERE is_unique AND text IS NOT NULL;
SELECT protect('custom_values');
COMMENT ON TABLE custom_values IS
  'Index of the values of custom fields of live records: what is in the trash has no rows, and so blocks no unique value.';
COMMENT ON COLUMN custom_values.item IS 'Place among the values of a field that holds several.';
COMMENT ON COLUMN custom_values.text IS 'Dates, times, ids and yes/no as JSON has them; of longer texts the first 200 characters.';
