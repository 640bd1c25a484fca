-- Imports of every object: remembered mappings, links within a file, and the way back.
ALTER TABLE imports
  ADD COLUMN phase text NOT NULL DEFAULT 'rows' CHECK (phase IN ('rows', 'links', 'undo')),
  ADD COLUMN automation boolean NOT NULL DEFAULT false,
  ADD COLUMN date_order text CHECK (date_order IN ('day_first', 'month_first')),
  ADD COLUMN source_key text COLLATE "C",
  ADD COLUMN undone int NOT NULL DEFAULT 0,
  ADD COLUMN kept int NOT NULL DEFAULT 0;
COMMENT ON COLUMN imports.phase IS 'What a running import is at: its rows, the links between them, or taking all back.';
COMMENT ON COLUMN imports.automation IS 'Rules of assignment choose owners for new records.';
COMMENT ON COLUMN imports.date_order IS 'How dates are read in columns whose values do not show it.';
COMMENT ON COLUMN imports.source_key IS 'A hash of the names of the columns: files with the same come from the same source.';
COMMENT ON COLUMN imports.undone IS 'Records that the undo has taken back.';
COMMENT ON COLUMN imports.kept IS 'Records that the undo left, since they were changed after the import.';
CREATE INDEX imports_source ON imports (organization_id, object, source_key, id DESC) WHERE mapping IS NOT NULL;

CREATE TABLE import_batches (
  organization_id uuid NOT NULL,
  import_id       uuid NOT NULL,
  place           int NOT NULL,
  created         uuid[] NOT NULL,
  PRIMARY KEY (organization_id, import_id, place),
  FOREIGN KEY (organization_id, import_id) REFERENCES imports (organization_id, id) ON DELETE CASCADE
);
SELECT protect('import_batches');
COMMENT ON TABLE import_batches IS 'Records that each batch of an import made, until they are taken back.';
COMMENT ON COLUMN import_batches.place IS 'Rows of the file that were dealt with before the batch.';

CREATE TABLE import_changes (
  organization_id uuid NOT NULL,
  import_id       uuid NOT NULL,
  record_id       uuid NOT NULL,
  version         int NOT NULL,
  is_own          boolean NOT NULL,
  outcome         text CHECK (outcome IN ('undone', 'kept')),
  fields          text[] NOT NULL DEFAULT '{}',
  PRIMARY KEY (organization_id, import_id, record_id, version),
  FOREIGN KEY (organization_id, import_id) REFERENCES imports (organization_id, id) ON DELETE CASCADE
);
SELECT protect('import_changes');
CREATE INDEX import_changes_kept ON import_changes (organization_id, import_id, record_id) WHERE outcome = 'kept';
COMMENT ON TABLE import_changes IS 'What an import changed, by the version of the record that it made: what it did to the fields stands in the timeline.';
COMMENT ON COLUMN import_changes.is_own IS 'The record was made by the same import, and goes away with it.';
COMMENT ON COLUMN import_changes.outcome IS 'What the undo did; null before.';
COMMENT ON COLUMN import_changes.fields IS 'Fields that somebody else changed since, which the undo left.';

CREATE TABLE import_links (
  organization_id uuid NOT NULL,
  import_id       uuid NOT NULL,
  row             int NOT NULL,
  field           text NOT NULL,
  column_name     text NOT NULL,
  record_id       uuid NOT NULL,
  text            text NOT NULL,
  source          jsonb NOT NULL,
  PRIMARY KEY (organization_id, import_id, row, field),
  FOREIGN KEY (organization_id, import_id) REFERENCES imports (organization_id, id) ON DELETE CASCADE
);
SELECT protect('import_links');
COMMENT ON TABLE import_links IS 'Cells that name a record of the same file: followed when all rows are in, and gone then.';
COMMENT ON COLUMN import_links.source IS 'The row as it came, for the file of failed rows.';
COMMENT ON COLUMN import_links.text IS 'What the file calls the record that is meant.';
