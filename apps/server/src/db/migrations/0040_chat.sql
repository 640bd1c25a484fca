-- Team chat. docs/decisions/0040-chat.md

CREATE TABLE chat_channels (
  organization_id uuid NOT NULL REFERENCES organizations,
  id              uuid NOT NULL,
  kind            text NOT NULL CHECK (kind IN ('public', 'private', 'direct', 'record')),
  name            text,
  topic           text,
  direct_key      text COLLATE "C",
  object          text COLLATE "C",
  record_id       uuid,
  last_seq        int NOT NULL DEFAULT 0,
  last_message_at timestamptz(3),
  retention_days  int CHECK (retention_days > 0),
  archived_at     timestamptz(3),
  version         int NOT NULL DEFAULT 1,
  created_by      uuid REFERENCES users,
  created_at      timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (organization_id, id),
  CHECK ((kind = 'direct') = (direct_key IS NOT NULL)),
  CHECK ((kind = 'record') = (record_id IS NOT NULL AND object IS NOT NULL)),
  CHECK (kind IN ('direct', 'record') OR name IS NOT NULL)
);
SELECT protect('chat_channels');
COMMENT ON TABLE chat_channels IS 'Where members talk. Who is in a public, private or direct one stands in chat_members; that on a record follows the permissions of the record (docs/decisions/0040-chat.md).';
COMMENT ON COLUMN chat_channels.name IS 'Null where it is told to each reader anew: of a direct one the people in it, of a record its title.';
COMMENT ON COLUMN chat_channels.direct_key IS 'The ids of those in a direct one, in their order: the same people have one.';
COMMENT ON COLUMN chat_channels.record_id IS 'The record of the kind in object.';
COMMENT ON COLUMN chat_channels.last_seq IS 'Of the newest message; counted up with the row locked, so the places of messages have no gap.';
CREATE UNIQUE INDEX chat_channels_direct ON chat_channels (organization_id, direct_key) WHERE direct_key IS NOT NULL;
CREATE UNIQUE INDEX chat_channels_record ON chat_channels (organization_id, object, record_id) WHERE record_id IS NOT NULL;
CREATE INDEX chat_channels_public ON chat_channels (organization_id, id) WHERE kind = 'public';
CREATE INDEX chat_channels_retention ON chat_channels (organization_id, id) WHERE retention_days IS NOT NULL;

CREATE TABLE chat_members (
  organization_id uuid NOT NULL REFERENCES organizations,
  channel_id      uuid NOT NULL,
  user_id         uuid NOT NULL REFERENCES users,
  joined_at       timestamptz(3) NOT NULL DEFAULT now(),
  last_read_seq   int NOT NULL DEFAULT 0,
  muted           boolean NOT NULL DEFAULT false,
  notify          text NOT NULL DEFAULT 'all' CHECK (notify IN ('all', 'mentions', 'none')),
  starred         boolean NOT NULL DEFAULT false,
  PRIMARY KEY (organization_id, channel_id, user_id),
  FOREIGN KEY (organization_id, channel_id) REFERENCES chat_channels (organization_id, id) ON DELETE CASCADE
);
SELECT protect('chat_members');
COMMENT ON TABLE chat_members IS 'Who is in a channel, how far they have read and how they want to hear of it. On a record only the latter: who may read is asked of the record.';
CREATE INDEX chat_members_user ON chat_members (organization_id, user_id, channel_id);

CREATE TABLE chat_messages (
  organization_id uuid NOT NULL REFERENCES organizations,
  id              uuid NOT NULL,
  channel_id      uuid NOT NULL,
  seq             int NOT NULL,
  client_id       text COLLATE "C" NOT NULL,
  author_id       uuid REFERENCES users,
  body            jsonb,
  text            text NOT NULL,
  words           text COLLATE "C" NOT NULL,
  reply_to        uuid,
  reply_count     int NOT NULL DEFAULT 0,
  last_reply_at   timestamptz(3),
  everyone        text CHECK (everyone IN ('here', 'channel')),
  pinned_at       timestamptz(3),
  pinned_by       uuid REFERENCES users,
  version         int NOT NULL DEFAULT 1,
  created_at      timestamptz(3) NOT NULL DEFAULT now(),
  edited_at       timestamptz(3),
  deleted_at      timestamptz(3),
  deleted_by      uuid REFERENCES users,
  PRIMARY KEY (organization_id, id),
  UNIQUE (organization_id, channel_id, seq),
  UNIQUE (organization_id, author_id, client_id),
  FOREIGN KEY (organization_id, channel_id) REFERENCES chat_channels (organization_id, id) ON DELETE CASCADE,
  FOREIGN KEY (organization_id, reply_to) REFERENCES chat_messages (organization_id, id) ON DELETE CASCADE
);
SELECT protect('chat_messages');
COMMENT ON TABLE chat_messages IS 'What was said. Of a deleted message its place stays, what it said is gone.';
COMMENT ON COLUMN chat_messages.seq IS 'Its place in the channel, replies counted along.';
COMMENT ON COLUMN chat_messages.client_id IS 'Made by who wrote it: sent again it is the same message.';
COMMENT ON COLUMN chat_messages.body IS 'The tree of nodes; names members, teams and records by id alone. Null of a deleted message.';
COMMENT ON COLUMN chat_messages.words IS 'The text as search compares it: lower case, without accents.';
COMMENT ON COLUMN chat_messages.version IS 'Counts whatever changes of it, reactions and replies too.';
CREATE INDEX chat_messages_top    ON chat_messages (organization_id, channel_id, seq) WHERE reply_to IS NULL;
CREATE INDEX chat_messages_thread ON chat_messages (organization_id, reply_to, seq) WHERE reply_to IS NOT NULL;
CREATE INDEX chat_messages_calls  ON chat_messages (organization_id, channel_id, seq) WHERE everyone IS NOT NULL;
CREATE INDEX chat_messages_pinned ON chat_messages (organization_id, channel_id, pinned_at) WHERE pinned_at IS NOT NULL;
CREATE INDEX chat_messages_age    ON chat_messages (organization_id, channel_id, created_at);

CREATE TABLE chat_message_versions (
  organization_id uuid NOT NULL REFERENCES organizations,
  message_id      uuid NOT NULL,
  version         int NOT NULL,
  body            jsonb NOT NULL,
  text            text NOT NULL,
  saved_at        timestamptz(3) NOT NULL,
  PRIMARY KEY (organization_id, message_id, version),
  FOREIGN KEY (organization_id, message_id) REFERENCES chat_messages (organization_id, id) ON DELETE CASCADE
);
SELECT protect('chat_message_versions');
COMMENT ON TABLE chat_message_versions IS 'How messages were before they were rewritten; gone with what a deleted message said.';
COMMENT ON COLUMN chat_message_versions.saved_at IS 'When it had come to be so.';

CREATE TABLE chat_reactions (
  organization_id uuid NOT NULL REFERENCES organizations,
  message_id      uuid NOT NULL,
  emoji           text COLLATE "C" NOT NULL,
  user_id         uuid NOT NULL REFERENCES users,
  created_at      timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (organization_id, message_id, emoji, user_id),
  FOREIGN KEY (organization_id, message_id) REFERENCES chat_messages (organization_id, id) ON DELETE CASCADE
);
SELECT protect('chat_reactions');
COMMENT ON TABLE chat_reactions IS 'Who reacted to a message with what.';

CREATE TABLE chat_mentions (
  organization_id uuid NOT NULL REFERENCES organizations,
  message_id      uuid NOT NULL,
  user_id         uuid NOT NULL REFERENCES users,
  channel_id      uuid NOT NULL,
  seq             int NOT NULL,
  PRIMARY KEY (organization_id, message_id, user_id),
  FOREIGN KEY (organization_id, message_id) REFERENCES chat_messages (organization_id, id) ON DELETE CASCADE
);
SELECT protect('chat_mentions');
COMMENT ON TABLE chat_mentions IS 'Whom a message names, by themselves or as one of a team, as far as they may read it.';
CREATE INDEX chat_mentions_user ON chat_mentions (organization_id, user_id, channel_id, seq);

CREATE TABLE chat_files (
  organization_id uuid NOT NULL REFERENCES organizations,
  message_id      uuid NOT NULL,
  attachment_id   uuid NOT NULL,
  channel_id      uuid NOT NULL,
  place           int NOT NULL,
  PRIMARY KEY (organization_id, message_id, attachment_id),
  FOREIGN KEY (organization_id, message_id) REFERENCES chat_messages (organization_id, id) ON DELETE CASCADE,
  FOREIGN KEY (organization_id, attachment_id) REFERENCES attachments (organization_id, id) ON DELETE CASCADE
);
SELECT protect('chat_files');
COMMENT ON TABLE chat_files IS 'Which files of a channel were sent with which message, in their order.';
CREATE INDEX chat_files_channel ON chat_files (organization_id, channel_id, attachment_id);
CREATE INDEX chat_files_attachment ON chat_files (organization_id, attachment_id);

CREATE TABLE chat_links (
  organization_id uuid NOT NULL REFERENCES organizations,
  message_id      uuid NOT NULL,
  url             text COLLATE "C" NOT NULL,
  title           text NOT NULL,
  description     text,
  site            text NOT NULL,
  place           int NOT NULL,
  PRIMARY KEY (organization_id, message_id, url),
  FOREIGN KEY (organization_id, message_id) REFERENCES chat_messages (organization_id, id) ON DELETE CASCADE
);
SELECT protect('chat_links');
COMMENT ON TABLE chat_links IS 'What the pages behind the links of a message call themselves, read once by the server.';

CREATE TABLE chat_reminders (
  organization_id uuid NOT NULL REFERENCES organizations,
  id              uuid NOT NULL,
  message_id      uuid NOT NULL,
  user_id         uuid NOT NULL REFERENCES users,
  note            text,
  due_at          timestamptz(3) NOT NULL,
  reminded_at     timestamptz(3),
  created_at      timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (organization_id, id),
  FOREIGN KEY (organization_id, message_id) REFERENCES chat_messages (organization_id, id) ON DELETE CASCADE
);
SELECT protect('chat_reminders');
COMMENT ON TABLE chat_reminders IS 'Messages of which a member wants to be reminded once; reminded_at is set in the transaction that tells of it.';
CREATE INDEX chat_reminders_due  ON chat_reminders (organization_id, due_at) WHERE reminded_at IS NULL;
CREATE INDEX chat_reminders_user ON chat_reminders (organization_id, user_id, due_at);
CREATE INDEX chat_reminders_message ON chat_reminders (organization_id, message_id);

CREATE TABLE chat_drafts (
  organization_id uuid NOT NULL REFERENCES organizations,
  channel_id      uuid NOT NULL,
  user_id         uuid NOT NULL REFERENCES users,
  thread_id       uuid NOT NULL,
  body            jsonb NOT NULL,
  updated_at      timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (organization_id, user_id, channel_id, thread_id),
  FOREIGN KEY (organization_id, channel_id) REFERENCES chat_channels (organization_id, id) ON DELETE CASCADE
);
SELECT protect('chat_drafts');
COMMENT ON TABLE chat_drafts IS 'What members have begun to write, seen by themselves alone, so that it follows them to their other devices.';
COMMENT ON COLUMN chat_drafts.thread_id IS 'The message that is replied to; in the channel itself the id of the channel.';
