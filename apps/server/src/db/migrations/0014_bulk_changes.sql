-- Changes of many records at once, and the way back from one's own last change. docs/decisions/0019-bulk-changes.md.

CREATE TABLE jobs (
  organization_id uuid NOT NULL REFERENCES organizations,
  id              uuid NOT NULL,
  kind            text NOT NULL CHECK (kind IN ('bulk', 'undo')),
  object          text NOT NULL,
  action          text NOT NULL,
  change          jsonb,
  state           text NOT NULL CHECK (state IN ('queued', 'running', 'completed', 'failed', 'cancelled')),
  done            int NOT NULL DEFAULT 0,
  total           int NOT NULL DEFAULT 0,
  changed         int NOT NULL DEFAULT 0,
  failed          int NOT NULL DEFAULT 0,
  problem         text,
  undoes          uuid,
  undone_by       uuid,
  undo_until      timestamptz(3),
  api_key         jsonb,
  created_by      uuid NOT NULL REFERENCES users,
  created_at      timestamptz(3) NOT NULL DEFAULT now(),
  finished_at     timestamptz(3),
  PRIMARY KEY (organization_id, id)
);
CREATE INDEX jobs_own ON jobs (organization_id, created_by, id);
SELECT protect('jobs');
COMMENT ON TABLE jobs IS 'Changes of many records that run in the background, for the one who asked for them.';
COMMENT ON COLUMN jobs.action IS 'Of an undo, what it takes back.';
COMMENT ON COLUMN jobs.change IS 'The values that the records are given, as the API takes them; null once the job has ended.';
COMMENT ON COLUMN jobs.done IS 'Items dealt with, in the order of their place; moved in the transaction that writes those records, so a crash loses and doubles none.';
COMMENT ON COLUMN jobs.failed IS 'Items that were refused, in whole or in part.';
COMMENT ON COLUMN jobs.problem IS 'Why the whole job failed, in words.';
COMMENT ON COLUMN jobs.undoes IS 'Of an undo: the job that it takes back.';
COMMENT ON COLUMN jobs.undone_by IS 'The undo that took this job back, or is about to.';
COMMENT ON COLUMN jobs.api_key IS 'Of a program: {id, name, grants} of its key when it asked. The job may do no more than that.';

CREATE TABLE job_items (
  organization_id uuid NOT NULL,
  job_id          uuid NOT NULL,
  place           int NOT NULL,
  record_id       uuid NOT NULL,
  state           text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'changed', 'same', 'refused', 'undone')),
  version         int,
  code            text,
  message         text,
  PRIMARY KEY (organization_id, job_id, place),
  UNIQUE (organization_id, job_id, record_id),
  FOREIGN KEY (organization_id, job_id) REFERENCES jobs (organization_id, id) ON DELETE CASCADE
);
SELECT protect('job_items');
COMMENT ON TABLE job_items IS 'The records of a job, fixed when it was asked for, and what became of each.';
COMMENT ON COLUMN job_items.version IS
  'Of a record that was changed: its version after that. Of an item of an undo that waits: the version to take back. The values before and after are on the timeline of the record under this version.';
COMMENT ON COLUMN job_items.code IS 'Why it was refused, in whole or in part.';

ALTER TABLE activities ADD COLUMN undoable_by uuid;
CREATE INDEX activities_undoable ON activities (organization_id, undoable_by, id) WHERE undoable_by IS NOT NULL;
COMMENT ON COLUMN activities.undoable_by IS
  'The member whose own single change this is, while it can be taken back; null once it was, and for changes by programs, imports and jobs.';
