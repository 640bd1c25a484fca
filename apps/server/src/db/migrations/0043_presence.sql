-- When members were last here, and what they say of themselves. docs/decisions/0041-notifications.md.

CREATE TABLE member_statuses (
  organization_id uuid NOT NULL REFERENCES organizations,
  user_id         uuid NOT NULL REFERENCES users,
  last_seen_at    timestamptz(3),
  text            text,
  text_until      timestamptz(3),
  PRIMARY KEY (organization_id, user_id)
);
SELECT protect('member_statuses');
COMMENT ON TABLE member_statuses IS 'When a member last had the app open, and a few words on what they are at. Whether they are here now stands in no table.';
COMMENT ON COLUMN member_statuses.last_seen_at IS 'To the minute, as long as the app is open.';
COMMENT ON COLUMN member_statuses.text_until IS 'Until when the words hold; null without end.';
