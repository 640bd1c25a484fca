-- Tasks, and the records that they are about. Text is compared in the C collation, which is leakproof, as in leads.

CREATE TABLE tasks (
  organization_id uuid NOT NULL REFERENCES organizations,
  id              uuid NOT NULL,
  title           text COLLATE "C" NOT NULL,
  description     text,
  status          text COLLATE "C" NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'done')),
  priority        text COLLATE "C" NOT NULL DEFAULT 'normal' CHECK (priority IN ('low', 'normal', 'high', 'urgent')),
  due_at          timestamptz(3),
  all_day         boolean NOT NULL DEFAULT false,
  time_zone       text COLLATE "C",
  recurrence      text COLLATE "C",
  recurs_from     timestamptz(3),
  previous_id     uuid,
  checklist       jsonb NOT NULL DEFAULT '[]',
  remind_at       timestamptz(3),
  reminded_at     timestamptz(3),
  completed_at    timestamptz(3),
  completed_by    uuid REFERENCES users,
  owner_id        uuid REFERENCES users,
  custom          jsonb NOT NULL DEFAULT '{}',
  version         int NOT NULL DEFAULT 1,
  created_by      uuid REFERENCES users,
  created_at      timestamptz(3) NOT NULL DEFAULT now(),
  updated_at      timestamptz(3) NOT NULL DEFAULT now(),
  deleted_at      timestamptz(3),
  PRIMARY KEY (organization_id, id),
  FOREIGN KEY (organization_id, previous_id) REFERENCES tasks (organization_id, id) ON DELETE SET NULL (previous_id),
  CHECK ((status = 'done') = (completed_at IS NOT NULL)),
  CHECK ((recurrence IS NULL) = (recurs_from IS NULL))
);
SELECT protect('tasks');
COMMENT ON TABLE tasks IS 'What somebody has to do; its assignee is its owner.';
COMMENT ON COLUMN tasks.all_day IS 'Due on a day, of which due_at is the last second in time_zone.';
COMMENT ON COLUMN tasks.time_zone IS 'Of whoever set the due date: days, reminders and recurrences go by the clock there.';
COMMENT ON COLUMN tasks.recurrence IS 'A rule of RFC 5545 without its property name.';
COMMENT ON COLUMN tasks.recurs_from IS 'The first due date of the series, from which the rule counts; each occurrence is a task of its own.';
COMMENT ON COLUMN tasks.previous_id IS 'The occurrence whose completion made this one.';
COMMENT ON COLUMN tasks.checklist IS 'In order: [{id, text, done}].';
COMMENT ON COLUMN tasks.remind_at IS 'When the assignee is reminded: when it is due, or in the morning of its day.';
COMMENT ON COLUMN tasks.reminded_at IS 'When the reminder of the present remind_at went out. Set in the transaction of its event.';
CREATE INDEX tasks_newest   ON tasks (organization_id, created_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX tasks_owner    ON tasks (organization_id, owner_id, created_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX tasks_due      ON tasks (organization_id, due_at, id) WHERE deleted_at IS NULL;
CREATE INDEX tasks_day      ON tasks (organization_id, owner_id, due_at, id) WHERE deleted_at IS NULL AND status = 'open';
CREATE INDEX tasks_done     ON tasks (organization_id, completed_by, completed_at) WHERE completed_at IS NOT NULL;
CREATE INDEX tasks_title    ON tasks (organization_id, title, id) WHERE deleted_at IS NULL;
CREATE INDEX tasks_trash    ON tasks (organization_id, deleted_at DESC, id DESC) WHERE deleted_at IS NOT NULL;
CREATE INDEX tasks_reminder ON tasks (organization_id, remind_at) WHERE status = 'open' AND reminded_at IS NULL AND remind_at IS NOT NULL;
CREATE UNIQUE INDEX tasks_previous ON tasks (organization_id, previous_id) WHERE previous_id IS NOT NULL;

CREATE TABLE task_links (
  organization_id uuid NOT NULL,
  task_id         uuid NOT NULL,
  object          text COLLATE "C" NOT NULL,
  record_id       uuid NOT NULL,
  PRIMARY KEY (organization_id, task_id, object, record_id),
  FOREIGN KEY (organization_id, task_id) REFERENCES tasks (organization_id, id) ON DELETE CASCADE
);
SELECT protect('task_links');
COMMENT ON TABLE task_links IS 'The records that a task is about, of any kind: leads, deals, own objects …';
CREATE INDEX task_links_record ON task_links (organization_id, record_id, task_id);

-- Roles that organizations made may do with tasks what they may do with leads; to make one, reading leads is enough.
DO $$
DECLARE
  organization uuid;
BEGIN
  FOR organization IN SELECT id FROM organizations LOOP
    PERFORM set_config('rapport.organization_id', organization::text, true);
    UPDATE roles SET version = version + 1, updated_at = now(), grants = grants || jsonb_strip_nulls(jsonb_build_object(
      'tasks:read', grants->'leads:read', 'tasks:create', 'all', 'tasks:update', grants->'leads:update',
      'tasks:delete', grants->'leads:delete'))
    WHERE organization_id = organization AND grants ? 'leads:read';
  END LOOP;
END $$;
