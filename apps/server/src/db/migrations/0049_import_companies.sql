-- Companies that the cells of an import name and that were not there. docs/decisions/0034-imports.md

ALTER TABLE imports
  ADD COLUMN create_companies boolean NOT NULL DEFAULT false,
  ADD COLUMN companies int NOT NULL DEFAULT 0;
COMMENT ON COLUMN imports.create_companies IS 'Whether companies that cells name, and that are not there, are made.';
COMMENT ON COLUMN imports.companies IS 'How many of them were made.';

ALTER TABLE import_batches
  ADD COLUMN object text NOT NULL DEFAULT '',
  DROP CONSTRAINT import_batches_pkey,
  ADD PRIMARY KEY (organization_id, import_id, place, object);
COMMENT ON COLUMN import_batches.object IS 'What was made; empty for what the file is of.';

ALTER TABLE import_changes ADD COLUMN object text NOT NULL DEFAULT '';
COMMENT ON COLUMN import_changes.object IS 'What was changed or left; empty for what the file is of.';
