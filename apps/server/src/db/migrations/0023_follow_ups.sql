-- Follow-ups of records, how they are proposed, and the clock that reminds of them.

CREATE TABLE follow_ups (
  organization_id uuid NOT NULL REFERENCES organizations,
  id              uuid NOT NULL,
  object          text COLLATE "C" NOT NULL,
  record_id       uuid NOT NULL,
  number          int NOT NULL CHECK (number BETWEEN 1 AND 3),
  due_at          timestamptz(3) NOT NULL,
  channel         text COLLATE "C" NOT NULL,
  note            text,
  status          text COLLATE "C" NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'done', 'skipped')),
  outcome         text,
  owner_id        uuid REFERENCES users,
  closed_at       timestamptz(3),
  closed_by       uuid REFERENCES users,
  reminded_at     timestamptz(3),
  version         int NOT NULL DEFAULT 1,
  created_by      uuid REFERENCES users,
  created_at      timestamptz(3) NOT NULL DEFAULT now(),
  updated_at      timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (organization_id, id),
  CHECK ((status = 'open') = (closed_at IS NULL))
);
SELECT protect('follow_ups');
COMMENT ON TABLE follow_ups IS 'Planned touches of leads, contacts and deals, numbered one to three; closed ones stay as history.';
COMMENT ON COLUMN follow_ups.record_id IS 'The record of the kind in object; who may read or change that may read or change this.';
COMMENT ON COLUMN follow_ups.owner_id IS 'Whose day it belongs to; need not be the owner of the record.';
COMMENT ON COLUMN follow_ups.reminded_at IS 'When the reminder of the present due_at went out; null until then. Set in the transaction of its event.';
CREATE UNIQUE INDEX follow_ups_open ON follow_ups (organization_id, object, record_id, number) WHERE status = 'open';
CREATE INDEX follow_ups_record   ON follow_ups (organization_id, record_id, object);
CREATE INDEX follow_ups_day      ON follow_ups (organization_id, owner_id, due_at, id) WHERE status = 'open';
CREATE INDEX follow_ups_due      ON follow_ups (organization_id, due_at, id);
CREATE INDEX follow_ups_closed   ON follow_ups (organization_id, closed_by, closed_at) WHERE status = 'done';
CREATE INDEX follow_ups_reminder ON follow_ups (organization_id, due_at) WHERE status = 'open' AND reminded_at IS NULL;

CREATE TABLE follow_up_cadences (
  organization_id uuid NOT NULL REFERENCES organizations,
  steps           jsonb NOT NULL,
  calling_from    text NOT NULL,
  calling_until   text NOT NULL,
  calling_days    int[] NOT NULL,
  PRIMARY KEY (organization_id)
);
SELECT protect('follow_up_cadences');
COMMENT ON TABLE follow_up_cadences IS 'When follow-ups are proposed, and the hours in which people are called; without a row the defaults hold.';
COMMENT ON COLUMN follow_up_cadences.steps IS 'One for each number: {days, channel}.';
COMMENT ON COLUMN follow_up_cadences.calling_from IS 'HH:MM in the time zone of whom is called.';
COMMENT ON COLUMN follow_up_cadences.calling_days IS '0 is Sunday.';

CREATE TABLE alarms (
  name            text NOT NULL,
  organization_id uuid NOT NULL REFERENCES organizations,
  rings_at        timestamptz(3) NOT NULL,
  PRIMARY KEY (name, organization_id)
);
COMMENT ON TABLE alarms IS
  'Platform: when something of that name is next due in each organization; infinity when nothing is. Taken, worked and set anew in one transaction.';
CREATE INDEX alarms_time ON alarms (rings_at);
