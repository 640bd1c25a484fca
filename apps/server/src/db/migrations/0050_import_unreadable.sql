-- Rows of an import of which something cannot be read. docs/decisions/0034-imports.md

ALTER TABLE imports
  ADD COLUMN keep_unreadable boolean NOT NULL DEFAULT false,
  ADD COLUMN unreadable int NOT NULL DEFAULT 0;
COMMENT ON COLUMN imports.keep_unreadable IS 'Whether rows come in of which something cannot be read; it is kept as text.';
COMMENT ON COLUMN imports.unreadable IS 'How many such rows came in.';

-- People of deals that a file names.
ALTER TABLE deal_contacts ADD COLUMN import_id uuid;
COMMENT ON COLUMN deal_contacts.import_id IS 'The import that linked them with a deal which was there, and takes that back.';
CREATE INDEX deal_contacts_import ON deal_contacts (organization_id, import_id) WHERE import_id IS NOT NULL;
