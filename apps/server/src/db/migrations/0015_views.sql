-- Saved views. What they hold is checked when it is saved and looked at again when it is read: fields, options and
-- roles come and go, and a view outlives them.

CREATE TABLE views (
  organization_id uuid NOT NULL REFERENCES organizations,
  id              uuid NOT NULL,
  object          text COLLATE "C" NOT NULL,
  name            text NOT NULL,
  layout          text NOT NULL CHECK (layout IN ('table', 'board', 'calendar')),
  columns         jsonb NOT NULL,
  filter          jsonb,
  sort            text,
  group_by        text,
  date_field      text,
  pipeline_id     uuid,
  visibility      text NOT NULL CHECK (visibility IN ('private', 'team', 'everyone')),
  team_id         uuid,
  owner_id        uuid NOT NULL REFERENCES users,
  position        int NOT NULL,
  version         int NOT NULL DEFAULT 1,
  created_at      timestamptz(3) NOT NULL DEFAULT now(),
  updated_at      timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (organization_id, id),
  FOREIGN KEY (organization_id, pipeline_id) REFERENCES pipelines (organization_id, id) ON DELETE SET NULL (pipeline_id),
  FOREIGN KEY (organization_id, team_id) REFERENCES teams (organization_id, id) ON DELETE SET NULL (team_id)
);
CREATE INDEX views_object ON views (organization_id, object, position);
CREATE INDEX views_pipeline ON views (organization_id, pipeline_id) WHERE pipeline_id IS NOT NULL;
CREATE INDEX views_team ON views (organization_id, team_id) WHERE team_id IS NOT NULL;
SELECT protect('views');
COMMENT ON TABLE views IS 'How a list of one object is shown, and to whom.';
COMMENT ON COLUMN views.columns IS 'In order: [{"field": "full_name", "width": 220}, {"field": "email", "hidden": true}].';
COMMENT ON COLUMN views.filter IS 'The filter tree of the lists; "me" is whoever opens the view.';
COMMENT ON COLUMN views.sort IS 'As the lists take it: -created_at,full_name.';
COMMENT ON COLUMN views.date_field IS 'Where a calendar puts a record.';
COMMENT ON COLUMN views.pipeline_id IS 'Of a board; null there when the pipeline was deleted.';
COMMENT ON COLUMN views.team_id IS 'Whose members see it when the visibility is team; without it only the owner does.';

CREATE TABLE view_defaults (
  organization_id uuid NOT NULL REFERENCES organizations,
  object          text COLLATE "C" NOT NULL,
  role            text COLLATE "C" NOT NULL,
  view_id         uuid NOT NULL,
  PRIMARY KEY (organization_id, object, role),
  FOREIGN KEY (organization_id, view_id) REFERENCES views (organization_id, id) ON DELETE CASCADE
);
CREATE INDEX view_defaults_view ON view_defaults (organization_id, view_id);
SELECT protect('view_defaults');
COMMENT ON TABLE view_defaults IS 'The view that members of a role get when they open an object without one.';
COMMENT ON COLUMN view_defaults.role IS 'A built-in role by its name or a custom one by its id, which may be gone.';

-- Everybody keeps views of their own: so do the roles that organizations have made already.
DO $$
DECLARE
  organization uuid;
BEGIN
  FOR organization IN SELECT id FROM organizations LOOP
    PERFORM set_config('rapport.organization_id', organization::text, true);
    UPDATE roles SET grants = grants || '{"views:read": "all", "views:create": "all"}', version = version + 1
      WHERE organization_id = organization;
  END LOOP;
END $$;
