-- Who gets new records: rules in their order, the members they choose among, and who is away.

CREATE TABLE assignment_rules (
  organization_id uuid NOT NULL REFERENCES organizations,
  id              uuid NOT NULL,
  object          text COLLATE "C" NOT NULL,
  name            text NOT NULL,
  enabled         boolean NOT NULL DEFAULT true,
  position        int NOT NULL,
  filter          jsonb,
  strategy        text COLLATE "C" NOT NULL CHECK (strategy IN ('member', 'round_robin', 'load', 'territory')),
  field           text COLLATE "C",
  version         int NOT NULL DEFAULT 1,
  created_by      uuid REFERENCES users,
  created_at      timestamptz(3) NOT NULL DEFAULT now(),
  updated_at      timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (organization_id, id),
  CHECK ((strategy = 'territory') = (field IS NOT NULL))
);
SELECT protect('assignment_rules');
COMMENT ON TABLE assignment_rules IS 'Who gets a new record that nobody was named for: the first enabled rule that it meets decides.';
COMMENT ON COLUMN assignment_rules.filter IS 'As in lists; null meets every record.';
COMMENT ON COLUMN assignment_rules.field IS 'Of a territory: the field whose value chooses the member.';
CREATE INDEX assignment_rules_order ON assignment_rules (organization_id, object, position, id);

CREATE TABLE assignment_targets (
  organization_id uuid NOT NULL,
  rule_id         uuid NOT NULL,
  place           int NOT NULL,
  user_id         uuid NOT NULL REFERENCES users,
  weight          int NOT NULL DEFAULT 1 CHECK (weight BETWEEN 1 AND 100),
  value           text COLLATE "C",
  credit          int NOT NULL DEFAULT 0,
  PRIMARY KEY (organization_id, rule_id, place),
  FOREIGN KEY (organization_id, rule_id) REFERENCES assignment_rules (organization_id, id) ON DELETE CASCADE
);
SELECT protect('assignment_targets');
COMMENT ON TABLE assignment_targets IS 'The members among whom a rule chooses, in their order.';
COMMENT ON COLUMN assignment_targets.weight IS 'Share of a round robin: twice the weight, twice the records.';
COMMENT ON COLUMN assignment_targets.value IS 'Of a territory: the value that leads to this member, in lower case.';
COMMENT ON COLUMN assignment_targets.credit IS
  'Where a round robin stands: whoever has most is next. Changed with the row of the rule locked, so that shares are exact.';
CREATE INDEX assignment_targets_user ON assignment_targets (organization_id, user_id);

CREATE TABLE member_absences (
  organization_id uuid NOT NULL,
  user_id         uuid NOT NULL,
  from_day        date NOT NULL,
  to_day          date NOT NULL,
  PRIMARY KEY (organization_id, user_id),
  FOREIGN KEY (organization_id, user_id) REFERENCES memberships (organization_id, user_id) ON DELETE CASCADE,
  CHECK (from_day <= to_day)
);
SELECT protect('member_absences');
COMMENT ON TABLE member_absences IS 'When a member is away next, both days included: no rule gives them records then.';
