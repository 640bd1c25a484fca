-- Files with the records of a list, each made by a job. docs/decisions/0039-exports.md

ALTER TABLE jobs DROP CONSTRAINT jobs_kind_check;
ALTER TABLE jobs ADD CONSTRAINT jobs_kind_check CHECK (kind IN ('bulk', 'undo', 'scan', 'export'));
COMMENT ON COLUMN jobs.done IS 'Items dealt with, in the order of their place; moved in the transaction that writes those records, so a crash loses and doubles none. Of an export, the records that are written.';

CREATE TABLE exports (
  organization_id uuid NOT NULL,
  id              uuid NOT NULL,
  format          text NOT NULL CHECK (format IN ('csv', 'xlsx')),
  file_name       text NOT NULL,
  asked           jsonb,
  bytes           bigint,
  expires_at      timestamptz(3),
  PRIMARY KEY (organization_id, id),
  FOREIGN KEY (organization_id, id) REFERENCES jobs (organization_id, id) ON DELETE CASCADE
);
SELECT protect('exports');
COMMENT ON TABLE exports IS 'What jobs of the kind export write; the bytes are in the storage.';
COMMENT ON COLUMN exports.asked IS 'Filter, search, order, columns and how to write them; null once the job has ended.';
COMMENT ON COLUMN exports.bytes IS 'Null until the file is there, and when it is there no more.';
CREATE INDEX exports_expiring ON exports (organization_id, expires_at) WHERE bytes IS NOT NULL;
