-- What people are told of: who hears of which event, who follows which record, and by which ways. docs/decisions/0041-notifications.md.

CREATE TABLE notifications (
  organization_id uuid NOT NULL REFERENCES organizations,
  id              uuid NOT NULL,
  user_id         uuid NOT NULL REFERENCES users,
  event_id        uuid NOT NULL,
  type            text COLLATE "C" NOT NULL,
  object          text COLLATE "C" NOT NULL,
  record_id       uuid,
  actor_id        uuid REFERENCES users,
  data            jsonb NOT NULL DEFAULT '{}',
  in_app          boolean NOT NULL,
  created_at      timestamptz(3) NOT NULL DEFAULT now(),
  read_at         timestamptz(3),
  mail_due_at     timestamptz(3),
  push_due_at     timestamptz(3),
  PRIMARY KEY (organization_id, id),
  UNIQUE (organization_id, event_id, user_id, type)
);
SELECT protect('notifications');
COMMENT ON TABLE notifications IS 'What a member is told of: that it happened and to what, by ids alone. What it is called is read when it is shown, as far as the member may know it then.';
COMMENT ON COLUMN notifications.event_id IS 'The event that it tells of; told at most once to each member.';
COMMENT ON COLUMN notifications.record_id IS 'What it is about, of the kind in object; null where it is about several records.';
COMMENT ON COLUMN notifications.actor_id IS 'Whoever did it; null for what happens by itself.';
COMMENT ON COLUMN notifications.in_app IS 'Stands in the list in the app; without it, it was only made for a push or a digest.';
COMMENT ON COLUMN notifications.mail_due_at IS 'When the digest goes out that tells of it; null when it is not, or not any more, to be mailed.';
COMMENT ON COLUMN notifications.push_due_at IS 'When it is pushed to the devices of the member, unless it has been read by then; null when it is not, or not any more, to be pushed.';
CREATE INDEX notifications_mine   ON notifications (organization_id, user_id, id);
CREATE INDEX notifications_unread ON notifications (organization_id, user_id, id) WHERE read_at IS NULL AND in_app;
CREATE INDEX notifications_about  ON notifications (organization_id, record_id, object);
CREATE INDEX notifications_old    ON notifications (organization_id, created_at);
CREATE INDEX notifications_mails  ON notifications (organization_id, mail_due_at) WHERE mail_due_at IS NOT NULL;
CREATE INDEX notifications_pushes ON notifications (organization_id, push_due_at) WHERE push_due_at IS NOT NULL;

CREATE TABLE notification_settings (
  organization_id uuid NOT NULL REFERENCES organizations,
  user_id         uuid NOT NULL REFERENCES users,
  channels        jsonb NOT NULL DEFAULT '{}',
  sound           boolean NOT NULL DEFAULT false,
  quiet_from      text COLLATE "C",
  quiet_to        text COLLATE "C",
  paused_until    timestamptz(3),
  digest          text COLLATE "C" NOT NULL DEFAULT 'daily' CHECK (digest IN ('off', 'hourly', 'daily')),
  digest_at       text COLLATE "C" NOT NULL DEFAULT '08:00',
  PRIMARY KEY (organization_id, user_id),
  CHECK ((quiet_from IS NULL) = (quiet_to IS NULL))
);
SELECT protect('notification_settings');
COMMENT ON TABLE notification_settings IS 'What a member has chosen to be told of, and how; without a row, everything is as it comes.';
COMMENT ON COLUMN notification_settings.channels IS '{type: {way: boolean}}: only what differs from the catalogue in the contracts.';
COMMENT ON COLUMN notification_settings.quiet_from IS 'HH:MM by the clock of the member, as are quiet_to and digest_at.';
COMMENT ON COLUMN notification_settings.paused_until IS 'Not to be disturbed until then.';

CREATE TABLE record_followers (
  organization_id uuid NOT NULL REFERENCES organizations,
  user_id         uuid NOT NULL REFERENCES users,
  object          text COLLATE "C" NOT NULL,
  record_id       uuid NOT NULL,
  following       boolean NOT NULL,
  chosen          boolean NOT NULL,
  since           timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (organization_id, record_id, object, user_id)
);
SELECT protect('record_followers');
COMMENT ON TABLE record_followers IS 'Who is told of what happens to a record, beside its owner, who needs no row for it.';
COMMENT ON COLUMN record_followers.following IS 'False for whoever, the owner too, has chosen not to be told.';
COMMENT ON COLUMN record_followers.chosen IS 'By the member themselves: what they do on the record later changes nothing about it.';

-- Who has worked here before is told of what happens from now on, and not of the month before.
INSERT INTO event_positions (subscriber, organization_id, seq)
SELECT 'notifications.tell', organization_id, seq FROM event_heads ON CONFLICT DO NOTHING;
