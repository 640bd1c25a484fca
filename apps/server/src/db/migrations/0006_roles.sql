-- Roles that an organization makes for itself, and teams. The built-in roles are code, not rows.

CREATE TABLE roles (
  organization_id uuid NOT NULL REFERENCES organizations,
  id              uuid NOT NULL,
  name            text NOT NULL,
  description     text,
  grants          jsonb NOT NULL,
  field_rules     jsonb NOT NULL DEFAULT '{}',
  version         int NOT NULL DEFAULT 1,
  created_by      uuid REFERENCES users,
  created_at      timestamptz(3) NOT NULL DEFAULT now(),
  updated_at      timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (organization_id, id)
);
CREATE UNIQUE INDEX roles_name ON roles (organization_id, lower(name));
SELECT protect('roles');
COMMENT ON TABLE roles IS
  'Custom roles; memberships.role holds the name of a built-in role or the id of one of these. A role that is found in neither place grants nothing.';
COMMENT ON COLUMN roles.grants IS 'Permission → scope: {"leads:read": "team"}. A permission that is missing is refused.';
COMMENT ON COLUMN roles.field_rules IS
  'Object → field → hidden or read: {"lead": {"email": "hidden"}}. A field that is missing may be changed.';

CREATE TABLE teams (
  organization_id uuid NOT NULL REFERENCES organizations,
  id              uuid NOT NULL,
  name            text NOT NULL,
  manager_id      uuid,
  version         int NOT NULL DEFAULT 1,
  created_at      timestamptz(3) NOT NULL DEFAULT now(),
  updated_at      timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (organization_id, id),
  FOREIGN KEY (organization_id, manager_id) REFERENCES memberships (organization_id, user_id) ON DELETE SET NULL (manager_id)
);
CREATE UNIQUE INDEX teams_name ON teams (organization_id, lower(name));
CREATE INDEX teams_manager ON teams (organization_id, manager_id);
SELECT protect('teams');
COMMENT ON TABLE teams IS 'Groups of members: whose records the scope "team" of a permission reaches.';
COMMENT ON COLUMN teams.manager_id IS
  'Reaches the records of the team''s members without having to be one of them.';

CREATE TABLE team_members (
  organization_id uuid NOT NULL REFERENCES organizations,
  team_id         uuid NOT NULL,
  user_id         uuid NOT NULL,
  PRIMARY KEY (organization_id, team_id, user_id),
  FOREIGN KEY (organization_id, team_id) REFERENCES teams (organization_id, id) ON DELETE CASCADE,
  FOREIGN KEY (organization_id, user_id) REFERENCES memberships (organization_id, user_id) ON DELETE CASCADE
);
CREATE INDEX team_members_user ON team_members (organization_id, user_id);
SELECT protect('team_members');
COMMENT ON TABLE team_members IS 'Who belongs to which team; a member may belong to several.';
