-- How people come to belong to an organization: invitations. What a membership tells of its use.

CREATE TABLE invitations (
  organization_id uuid NOT NULL REFERENCES organizations,
  id              uuid NOT NULL,
  email           text COLLATE "C" NOT NULL CHECK (email = lower(email)),
  role            text NOT NULL,
  team_ids        uuid[] NOT NULL DEFAULT '{}',
  message         text,
  language        text NOT NULL DEFAULT 'en',
  token_hash      bytea NOT NULL UNIQUE,
  link_hash       bytea NOT NULL UNIQUE,
  invited_by      uuid NOT NULL REFERENCES users,
  created_at      timestamptz(3) NOT NULL DEFAULT now(),
  sent_at         timestamptz(3) NOT NULL DEFAULT now(),
  expires_at      timestamptz(3) NOT NULL,
  outcome         text CHECK (outcome IN ('accepted', 'declined', 'revoked')),
  ended_at        timestamptz(3),
  PRIMARY KEY (organization_id, id),
  CHECK ((outcome IS NULL) = (ended_at IS NULL))
);
CREATE UNIQUE INDEX invitations_open ON invitations (organization_id, email) WHERE outcome IS NULL;
CREATE INDEX invitations_address ON invitations (email) WHERE outcome IS NULL;
CREATE INDEX invitations_ended ON invitations (ended_at) WHERE outcome IS NOT NULL;
COMMENT ON TABLE invitations IS
  'Platform: who was asked to join where, and as what. Found by token or by address before an organization is known, so it is outside the tenant lock; only the members module touches it.';
COMMENT ON COLUMN invitations.role IS 'A built-in role by its name or a custom one by its id; never owner.';
COMMENT ON COLUMN invitations.team_ids IS 'The teams that the person joins on accepting, as far as they still exist then.';
COMMENT ON COLUMN invitations.message IS 'What the inviter wrote to go with it.';
COMMENT ON COLUMN invitations.language IS 'Of the mail: the account''s own where there is one, else the inviter''s.';
COMMENT ON COLUMN invitations.token_hash IS
  'SHA-256 of the token in the newest mail; whoever has it reads the mails of that address. Sending again makes a new one, which ends the former.';
COMMENT ON COLUMN invitations.link_hash IS
  'SHA-256 of the token in the link that the inviter was shown; it lets in like the other, but proves nobody''s address.';
COMMENT ON COLUMN invitations.sent_at IS 'When the newest mail went out.';
COMMENT ON COLUMN invitations.outcome IS 'Null while it is open; an open one past expires_at can be sent again but not accepted.';

ALTER TABLE memberships ADD COLUMN last_active_at timestamptz(3);
COMMENT ON COLUMN memberships.last_active_at IS
  'When the member last had this organization open, to about ten minutes; null for never.';
COMMENT ON COLUMN memberships.deactivated_at IS
  'Set while the member is shut out; what they own stays theirs until it is given to somebody else.';
