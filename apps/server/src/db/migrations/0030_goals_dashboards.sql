-- What is aimed at, and how each member arranges their figures.

CREATE TABLE goals (
  organization_id uuid NOT NULL REFERENCES organizations,
  id              uuid NOT NULL,
  user_id         uuid REFERENCES users,
  team_id         uuid,
  metric          text COLLATE "C" NOT NULL,
  period          text COLLATE "C" NOT NULL CHECK (period IN ('month', 'quarter', 'year')),
  starts_on       date NOT NULL,
  ends_before     date NOT NULL CHECK (ends_before > starts_on),
  target          bigint NOT NULL CHECK (target > 0),
  currency        text COLLATE "C",
  version         int NOT NULL DEFAULT 1,
  created_by      uuid REFERENCES users,
  created_at      timestamptz(3) NOT NULL DEFAULT now(),
  updated_at      timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (organization_id, id),
  CHECK (user_id IS NULL OR team_id IS NULL),
  FOREIGN KEY (organization_id, team_id) REFERENCES teams (organization_id, id) ON DELETE CASCADE
);
SELECT protect('goals');
COMMENT ON TABLE goals IS 'What a member, a team or the organization (neither named) wants to come to. What it has come to is counted when it is asked for.';
COMMENT ON COLUMN goals.target IS 'Of money ten-thousandths of the currency unit, otherwise how many.';
COMMENT ON COLUMN goals.ends_before IS 'The first day after the period.';
CREATE UNIQUE INDEX goals_once ON goals (organization_id, metric, period, starts_on, user_id, team_id, currency) NULLS NOT DISTINCT;
CREATE INDEX goals_period ON goals (organization_id, ends_before, starts_on);

CREATE TABLE dashboards (
  organization_id uuid NOT NULL REFERENCES organizations,
  user_id         uuid NOT NULL REFERENCES users,
  widgets         jsonb NOT NULL,
  version         int NOT NULL DEFAULT 1,
  updated_at      timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (organization_id, user_id)
);
SELECT protect('dashboards');
COMMENT ON TABLE dashboards IS 'How a member has arranged their dashboard; without a row it is as their role has it.';
COMMENT ON COLUMN dashboards.widgets IS 'In order: {widget, size}.';

-- What people logged, by the day on which it happened.
CREATE INDEX activities_logged ON activities (organization_id, occurred_at) INCLUDE (actor_id, type)
  WHERE type IN ('note', 'call', 'email', 'meeting', 'message');
